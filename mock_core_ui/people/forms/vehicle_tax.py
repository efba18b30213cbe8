"""自動車税の三手続 (環境性能割, 種別割の申告, 住所変更): how the town's car owners fill them in."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from mock_core_ui.people.forms.form import Form, Values, person_items
from mock_core_ui.people.model import Resident
from mock_core_ui.people.residents import Household, Town

_NEW, _USED, _TRANSFER = "1", "2", "3"
_CARS = (
    ("トヨタ", "6AA-ZVW60", "1", "1.98", "5"),
    ("ホンダ", "5BA-GB5", "1", "1.31", "7"),
    ("スズキ", "4AA-MK53S", "1", "0.658", "4"),
    ("マツダ", "3DA-KF2P", "2", "2.188", "5"),
    ("日産", "ZAA-ZE1", "3", "85", "5"),
    ("いすゞ", "2RG-FRR90", "2", "5.193", "3"),
)
"""車名, 型式, 燃料, 総排気量又は定格出力, 乗車定員."""
_CHASSIS = ("ZVW30-1O10011", "IO01-0110001", "MK53S-1I00110", "JN1TBNT30Z0", "FRR90-7OO0071", "GB5-1000I01")
"""Beginnings with O beside 0 and I beside 1; a number follows."""
_KANA = "さすせそたちつてとなにぬねのはひふほまみむめもやゆらりるろ"
_DEALERS = (
    ("東浜みなも自動車販売株式会社", "東浜県東浜市本町一丁目１番１号"),
    ("㈱汐見原オートリース", "東浜県汐見原市港町１２番地"),
)
_FORMER = (("曽我　陽一", "東浜県青波市南町二丁目４番５号"), ("㈲﨑田商店", "東浜県青波市北町１－２－３"))
_OLD_HOMES = (("0000701", "東浜県青波市南町二丁目４番５号"), ("0000702", "東浜県青波市北町１－２－３　学生寮２１２"))


def plate_items(rng: Random) -> dict[str, str]:
    """A 登録番号 in its four parts; the last one has no zeros in front, and new 分類番号 have letters."""
    return {
        "plate_office": rng.choice(("東浜", "汐見")),
        "plate_class": rng.choice(("300", "500", "580", "30A", "33X")),
        "plate_kana": rng.choice(_KANA),
        "plate_no": str(rng.choice((1, 7, 12, 358, 1001, 2480, 8008, 9999))),
    }


def chassis_no(rng: Random) -> str:
    """A 車台番号 in which letters and digits that look alike stand beside each other."""
    return f"{rng.choice(_CHASSIS)}{rng.randrange(100, 1000)}"


def _people(rng: Random, taxpayer: Resident) -> dict[str, str]:
    """所有者 and 使用者: the taxpayer, or a dealer who keeps the title until everything is paid."""
    items = person_items("taxpayer", taxpayer, rng, sex=False)
    if rng.random() < 0.3:
        owner, address = rng.choice(_DEALERS)
        return items | {
            "owner_name": owner,
            "owner_address": address,
            "user_name": taxpayer.name,
            "user_address": taxpayer.address,
            "ownership_form": rng.choice("24"),
        }
    return items | {
        "owner_name": taxpayer.name,
        "owner_address": taxpayer.address,
        "user_name": "",
        "user_address": "",
        "ownership_form": "1",
    }


def _car(rng: Random, day: date, *, new: bool) -> dict[str, str]:
    name, model, fuel, displacement, seats = rng.choice(_CARS)
    first = day if new else date(rng.randrange(1990, 2026), 1 + rng.randrange(12), 1)
    return {
        "garage_place": "汐見原市",
        "use_kind": "1" if rng.random() < 0.1 else "2",
        "car_name": name,
        "model": model,
        "first_reg": f"{first:%Y-%m}",
        "fuel": fuel,
        "displacement": displacement,
        "seats": seats if rng.random() < 0.8 else "",
    }


def _declared(town: Town, household: Household, day: date, kind: str) -> Values:
    rng = town.rng
    values: Values = {"report_date": day.isoformat(), "report_kind": kind}
    values |= plate_items(rng)
    values["chassis_no"] = chassis_no(rng)
    values |= _people(rng, household.applicant)
    values |= _car(rng, day, new=kind == _NEW)
    return values


def _fill_environment(town: Town, household: Household, day: date) -> Values:
    rng = town.rng
    values = _declared(town, household, day, rng.choice((_NEW, _NEW, _USED, _TRANSFER)))
    price = rng.randrange(800, 5200) * 1000
    rate = rng.choice(("0", "10", "20", "30"))
    accessory = rng.choice((0, 0, 150000, 88000))
    own_tax = (price + accessory) * int(rate) // 1000 // 100 * 100
    yearly = rng.choice((0, 12500, 25400))
    values["acquire_cause"] = rng.choice("1123")
    values["acquire_date"] = (day - timedelta(days=rng.randrange(1, 10))).isoformat()
    values["acquire_price"] = str(price)
    values["accessory"] = str(accessory) if accessory else ""
    values["tax_rate"] = rate
    values["env_tax"] = str(own_tax)
    values["type_tax"] = str(yearly) if yearly else ""
    values["total_tax"] = str(own_tax + yearly)
    return values


def _fill_report(town: Town, household: Household, day: date) -> Values:
    rng = town.rng
    kind = rng.choice((_NEW, _USED, _TRANSFER, _TRANSFER, "4", "7"))
    values = _declared(town, household, day, kind)
    values["change_date"] = (day - timedelta(days=rng.randrange(1, 10))).isoformat()
    former, address = rng.choice(_FORMER) if kind == _TRANSFER else ("", "")
    values["old_owner_name"] = former
    values["old_owner_address"] = address
    values["old_plate"] = f"青波 500 ね {rng.randrange(1000, 10000)}" if kind in (_TRANSFER, "4") else ""
    values["reporter_name"] = household.applicant.name if rng.random() < 0.5 else ""
    return values


def _fill_address(town: Town, household: Household, day: date) -> Values:
    rng = town.rng
    person = household.applicant
    old_postal, old_address = rng.choice(_OLD_HOMES)
    values: Values = {"notify_date": day.isoformat()}
    values |= plate_items(rng)
    values["chassis_no"] = chassis_no(rng)
    values["taxpayer_name"] = person.name
    values["taxpayer_kana"] = person.kana if rng.random() < 0.8 else ""
    values["old_postal"] = old_postal if rng.random() < 0.7 else ""
    values["old_address"] = old_address
    values["new_postal"] = person.postal
    values["new_address"] = person.address
    values["new_katagaki"] = person.katagaki
    values["moved_date"] = (day - timedelta(days=rng.randrange(5, 60))).isoformat() if rng.random() < 0.7 else ""
    values["tel"] = person.tel
    values["reg_plan"] = rng.choice(("1", "2", "3", ""))
    return values


def _attach(values: Values) -> tuple[str, ...]:
    return ()


def _attach_address(values: Values) -> tuple[str, ...]:
    return ("車検証の写し.pdf",)


ENVIRONMENT = Form(
    person="taxpayer", date_key="report_date", settle=Town.household, fill=_fill_environment, attach=_attach
)
REPORT = Form(person="taxpayer", date_key="report_date", settle=Town.household, fill=_fill_report, attach=_attach)
ADDRESS = Form(
    person="taxpayer", date_key="notify_date", settle=Town.household, fill=_fill_address, attach=_attach_address
)
