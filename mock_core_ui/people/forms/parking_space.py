"""自動車保管場所証明申請: how the town's car owners fill it in. Lengths are whole centimetres."""

from __future__ import annotations

from datetime import date

from mock_core_ui.people.forms.form import Form, Values
from mock_core_ui.people.forms.vehicle_tax import chassis_no
from mock_core_ui.people.residents import Household, Town

_CARS = (("トヨタ", "6AA-ZVW60", "460", "178", "143"), ("スズキ", "4AA-MK53S", "339", "147", "178"))
"""車名 (the maker's name), 型式, 長さ, 幅, 高さ."""
_LOTS = ("汐見原市港町１２番地", "汐見原市中央一丁目３番１号")


def _fill(town: Town, household: Household, day: date) -> Values:
    rng = town.rng
    person = household.applicant
    name, model, length, width, height = rng.choice(_CARS)
    own = rng.random() < 0.5
    replaces = rng.random() < 0.4
    values: Values = {
        "apply_date": day.isoformat(),
        "police": "汐見原警察署",
        "car_name": name,
        "model": model,
        "chassis_no": chassis_no(rng) if rng.random() < 0.6 else "",
        "length_cm": length,
        "width_cm": width,
        "height_cm": height,
        "base_address": person.address,
        "park_address": person.address if own else rng.choice(_LOTS),
        "park_slot": "" if own else f"No.{rng.randrange(1, 40)}",
        "label_no": "",
        "applicant_name": person.name,
        "applicant_kana": person.kana,
        "applicant_postal": person.postal,
        "applicant_address": person.address,
        "applicant_katagaki": person.katagaki,
        "applicant_tel": person.tel,
        "land_right": "1" if own else rng.choice("23"),
        "apply_kind": "2" if replaces else "1",
        "old_plate": f"東浜 300 さ {rng.randrange(1000, 10000)}" if replaces else "",
    }
    dealer = rng.random() < 0.3
    values["contact_name"] = "東浜みなも自動車販売　原田" if dealer else ""
    values["contact_tel"] = "0123-00-7700" if dealer else ""
    return values


def _attach(values: Values) -> tuple[str, ...]:
    right = "自認書.pdf" if values["land_right"] == "1" else "使用承諾証明書.pdf"
    return ("所在図・配置図.pdf", right)


FORM = Form(person="applicant", date_key="apply_date", settle=Town.household, fill=_fill, attach=_attach)
