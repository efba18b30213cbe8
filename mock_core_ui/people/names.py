"""Name material of the invented town: kanji with kana, old forms, foreign residents, spellings that systems lose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

SPACE = "\u3000"
"""Family and given name are divided by exactly one full-width space."""


@dataclass(frozen=True, slots=True)
class Name:
    """A family or given name in writing and reading, or a whole name with both parts."""

    text: str
    kana: str


def _pairs(material: str) -> tuple[Name, ...]:
    return tuple(Name(*entry.split("/")) for entry in material.split(" "))


PLAIN_FAMILY = _pairs(
    "青柳/アオヤギ 浅野/アサノ 飯島/イイジマ 池上/イケガミ 岩永/イワナガ 内海/ウツミ 江口/エグチ 大森/オオモリ "
    "岡本/オカモト 奥田/オクダ 加納/カノウ 川島/カワシマ 菊地/キクチ 北原/キタハラ 木下/キノシタ 久保田/クボタ "
    "黒川/クロカワ 小池/コイケ 五味/ゴミ 近藤/コンドウ 坂本/サカモト 佐久間/サクマ 篠原/シノハラ 島津/シマヅ "
    "杉浦/スギウラ 須藤/ストウ 関口/セキグチ 曽根/ソネ 高木/タカギ 田村/タムラ 千葉/チバ 塚本/ツカモト "
    "土井/ドイ 中川/ナカガワ 永井/ナガイ 西村/ニシムラ 野口/ノグチ 橋本/ハシモト 長谷川/ハセガワ 服部/ハットリ "
    "馬場/ババ 樋口/ヒグチ 平野/ヒラノ 深沢/フカザワ 福田/フクダ 藤井/フジイ 本田/ホンダ 前田/マエダ "
    "松岡/マツオカ 三浦/ミウラ 宮本/ミヤモト 村上/ムラカミ 望月/モチヅキ 森田/モリタ 安田/ヤスダ 山口/ヤマグチ "
    "湯浅/ユアサ 横山/ヨコヤマ 吉村/ヨシムラ 和田/ワダ"
)
OLD_FORM_FAMILY = _pairs(
    "髙橋/タカハシ 髙田/タカダ 日髙/ヒダカ 山﨑/ヤマザキ 川﨑/カワサキ 岩﨑/イワサキ 渡邉/ワタナベ "
    "渡邊/ワタナベ 田邉/タナベ 濵田/ハマダ 濵口/ハマグチ 德永/トクナガ 德田/トクダ 瀨川/セガワ 廣瀨/ヒロセ "
    "齋藤/サイトウ 櫻井/サクライ 眞鍋/マナベ 國分/コクブン 黑澤/クロサワ 圓山/マルヤマ 嶋﨑/シマザキ"
)
LONG_FAMILY = _pairs("勅使河原/テシガワラ 小比類巻/コヒルイマキ 東四柳/ヒガシヨツヤナギ 長曽我部/チョウソカベ")
LONG_GIVEN = _pairs("左衛門三郎/サエモンサブロウ 光太郎左近/コウタロウサコン")

GIVEN = {
    ("elder", "1"): _pairs(
        "正雄/マサオ 清/キヨシ 茂/シゲル 三郎/サブロウ 喜一/キイチ 武夫/タケオ 勇/イサム 善次郎/ゼンジロウ "
        "辰五郎/タツゴロウ 譲二/ジョージ 義春/ヨシハル 與四郎/ヨシロウ 國男/クニオ 昭/アキラ 庄吉/ショウキチ "
        "富士夫/フジオ 繁/シゲル 寅之助/トラノスケ"
    ),
    ("elder", "2"): _pairs(
        "ハツヱ/ハツエ トメ/トメ 千代子/チヨコ 和子/カズコ 美津江/ミツエ 文子/フミコ きよ/キヨ 節子/セツコ "
        "壽美/スミ 久江/ヒサエ ふさ子/フサコ 貞子/サダコ 祥子/ショウコ 榮子/エイコ シヅ/シズ 郁代/イクヨ "
        "芳枝/ヨシエ ミヨ/ミヨ"
    ),
    ("adult", "1"): _pairs(
        "健太郎/ケンタロウ 大輔/ダイスケ 真一/シンイチ 亮/リョウ 淳/ジュン 拓也/タクヤ 祐介/ユウスケ "
        "浩二/コウジ 翔平/ショウヘイ 直樹/ナオキ 竜一/リュウイチ 雅之/マサユキ 俊/シュン 徹/トオル "
        "博文/ヒロフミ"
    ),
    ("adult", "2"): _pairs(
        "裕子/ユウコ 麻衣/マイ 彩/アヤ 由美/ユミ 絵里香/エリカ 奈津子/ナツコ 美穂/ミホ 純子/ジュンコ "
        "千尋/チヒロ 香織/カオリ 真理/マリー 京子/キョウコ 愛/アイ 里佳/リカ 弥生/ヤヨイ"
    ),
    ("child", "1"): _pairs(
        "蓮/レン 陽翔/ハルト 湊/ミナト 悠真/ユウマ 颯太/ソウタ 樹/イツキ 大和/ヤマト 律/リツ 健心/ケンシン "
        "朔/サク 龍之介/リュウノスケ 一颯/イブキ"
    ),
    ("child", "2"): _pairs(
        "陽葵/ヒマリ 凛/リン 結菜/ユイナ 芽依/メイ 咲良/サクラ 葵/アオイ 心音/ココネ 紬/ツムギ 莉子/リコ "
        "花/ハナ 美桜/ミオ 珠/タマ"
    ),
}

FOREIGN = {
    "1": _pairs(
        "ＫＩＭ　ＭＩＮＳＯＯ/キム　ミンスー ＮＧＵＹＥＮ　ＡＮＨ/グエン　アイン "
        "ＳＩＬＶＡ　ＲＡＦＡＥＬ/シルヴァ　ハファエル ＧＵＲＵＮＧ　ＢＩＫＡＳＨ/グルン　ビカシュ "
        "ＣＨＥＮ　ＷＥＩ（東田偉）/チェン　ウェイ ＭＩＬＬＥＲ　ＪＯＮＡＴＨＡＮ/ミラー　ジョナサン "
        "ＲＯＤＲＩＧＵＥＳ　ＦＥＲＮＡＮＤＯ/ロドリゲス　フェルナンド"
    ),
    "2": _pairs(
        "ＫＩＭ　ＳＯＹＥＯＮ/キム　ソヨン ＴＲＡＮ　ＬＡＮ/チャン　ラン "
        "ＳＡＮＴＯＳ　ＭＡＲＩＡＡＰＡＲＥＣＩＤＡ/サントス　マリアアパレシーダ "
        "ＷＡＮＧ　ＬＩ（西川麗）/ワン　リー ＴＨＡＰＡ　ＳＩＴＡ/タパ　シタ "
        "ＤＥＬＡＣＲＵＺ　ＣＨＲＩＳＴＩＮＡ/デラクルス　クリスティーナ"
    ),
}
"""Whole names of foreign residents in full-width Latin letters; a 通称 stands in brackets after the given name."""

VARIANTS = {
    "髙": "高",
    "﨑": "崎",
    "邉": "辺",
    "邊": "辺",
    "濵": "浜",
    "德": "徳",
    "瀨": "瀬",
    "齋": "斎",
}
"""Register's form -> form that many applicants type; municipalities approve these pairs as the same name."""


@dataclass(frozen=True, slots=True)
class LostFamily:
    """A family name whose bearer writes a character that cp932 packages or cores cannot carry."""

    registered: Name
    written: str


IVS_FAMILY = LostFamily(Name("葛西", "カサイ"), "葛\U000e0100西")
NON_BMP_FAMILY = LostFamily(Name("吉岡", "ヨシオカ"), "\U00020bb7岡")
PRIVATE_AREA_FAMILY = LostFamily(Name("辻村", "ツジムラ"), "\ue000村")
"""A variation sequence, a character beyond the BMP, and a 外字 of the private area."""


def as_typed(name: str) -> str:
    """The name with each registered old form replaced by the everyday one."""
    return "".join(VARIANTS.get(letter, letter) for letter in name)


def whole(family: Name, given: Name) -> Name:
    """Family and given name joined by the full-width space, in writing and reading."""
    return Name(family.text + SPACE + given.text, family.kana + SPACE + given.kana)


def pick(rng: Random, names: Sequence[Name]) -> Name:
    """One of the names, evenly."""
    return names[int(rng.random() * len(names))]


def family_name(rng: Random, *, plain: bool) -> Name:
    """A family name; about one in five has an old form, and outside plain towns a few are long."""
    draw = rng.random()
    if draw < 0.2:
        return pick(rng, OLD_FORM_FAMILY)
    if draw < 0.23 and not plain:
        return pick(rng, LONG_FAMILY)
    return pick(rng, PLAIN_FAMILY)
