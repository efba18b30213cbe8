"""The invented town: its districts with postal codes, buildings, banks, care offices and clinics."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

TOWN = "汐見原市"

_DISTRICTS = (
    ("0000101", "中央一丁目"),
    ("0000102", "中央二丁目"),
    ("0000111", "港町"),
    ("0000203", "上之郷字髙台"),
    ("0000204", "上之郷字邉野"),
    ("0000310", "一番町四丁目"),
    ("0000311", "十一番町"),
    ("0000402", "緑ケ丘"),
    ("0000415", "沖ノ﨑"),
    ("0000501", "大字新田"),
)

_BUILDINGS = (
    "汐見コーポ{n}号",
    "メゾン・ド・ミナト{n}",
    "髙台ハイツＢ棟{n}号室",
    "県営緑ケ丘団地３－{n}",
    "グリーンヒルズ{n}",
    "サンライズ沖ノ﨑Ⅱ　{n}号室",
    "村上様方",
)


@dataclass(frozen=True, slots=True)
class Home:
    postal: str
    address: str
    katagaki: str


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch of an invented bank; codes keep their leading zeros."""

    bank_code: str
    bank_name: str
    branch_code: str
    branch_name: str


@dataclass(frozen=True, slots=True)
class CareOffice:
    """A care office that may file for a resident. `kind` is the code of 提出代行者の種別."""

    number: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Nursery:
    """A nursery of the town; `number` is the 施設コード."""

    number: str
    name: str


@dataclass(frozen=True, slots=True)
class Clinic:
    name: str
    department: str
    address: str
    tel: str


BRANCHES = (
    Branch("0981", "汐見原銀行", "001", "本店営業部"),
    Branch("0981", "汐見原銀行", "012", "港町支店"),
    Branch("0981", "汐見原銀行", "030", "緑ケ丘支店"),
    Branch("0982", "みなも信用金庫", "003", "中央支店"),
    Branch("0982", "みなも信用金庫", "017", "髙台支店"),
    Branch("0983", "あさなぎ銀行", "005", "汐見原支店"),
    Branch("0983", "あさなぎ銀行", "128", "インターネット支店"),
    Branch("0984", "汐見原農業協同組合", "002", "上之郷支店"),
)

CARE_OFFICES = (
    CareOffice("0070100018", "汐見原市中央地域包括支援センター", "1"),
    CareOffice("0070100026", "汐見原市上之郷地域包括支援センター", "1"),
    CareOffice("0070200115", "ケアプランみなも", "2"),
    CareOffice("0070200123", "居宅介護支援事業所 沖ノ﨑", "2"),
    CareOffice("0070300014", "特別養護老人ホーム 汐見の里", "3"),
    CareOffice("0070400012", "介護老人保健施設 なぎさ", "4"),
    CareOffice("0070500019", "緑ケ丘介護医療院", "5"),
)

CLINICS = (
    Clinic("汐見原市民病院", "内科", "汐見原市中央一丁目１番１号", "0123-00-9001"),
    Clinic("港町クリニック", "整形外科", "汐見原市港町５番地", "0123-00-9002"),
    Clinic("髙台内科医院", "内科", "汐見原市上之郷字髙台１２０番地", "0123-00-9003"),
    Clinic("緑ケ丘脳神経外科", "脳神経外科", "汐見原市緑ケ丘７番２号", "0123-00-9004"),
)

NURSERIES = (
    Nursery("0301001", "汐見原中央保育所"),
    Nursery("0301002", "港町保育所"),
    Nursery("0301003", "緑ケ丘保育園"),
    Nursery("0301004", "みどり保育園"),
    Nursery("0301005", "みどり保育園分園"),
    Nursery("0301006", "ひかり保育園"),
    Nursery("0301007", "認定こども園 沖ノ﨑"),
    Nursery("0301008", "認定こども園 なぎさ"),
    Nursery("0301009", "髙台どんぐり保育園"),
    Nursery("0301010", "上之郷保育所"),
    Nursery("0301011", "小規模保育 ゆりかご"),
    Nursery("0301012", "新田こども園"),
)

_WIDE = str.maketrans("0123456789-", "０１２３４５６７８９－")


def _lot(rng: Random, district: str) -> str:
    """House number in one of the town's three ways of writing it."""
    first, second, third = rng.randrange(1, 30), rng.randrange(1, 25), rng.randrange(1, 20)
    if district.endswith("丁目"):
        return f"{second}番{third}号".translate(_WIDE)
    if "字" in district:
        return f"{first * 40 + second}番地の{third}".translate(_WIDE)
    return f"{first}-{second}-{third}".translate(_WIDE)


def new_home(rng: Random) -> Home:
    """An address in the town; about two in five have a 方書."""
    postal, district = rng.choice(_DISTRICTS)
    katagaki = ""
    if rng.random() < 0.4:
        number = f"{rng.randrange(1, 9)}0{rng.randrange(1, 9)}".translate(_WIDE)
        katagaki = rng.choice(_BUILDINGS).format(n=number)
    return Home(postal, f"{TOWN}{district}{_lot(rng, district)}", katagaki)
