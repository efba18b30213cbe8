"""罹災証明書の発行申請: how the town's residents fill it in after the invented storm."""

from __future__ import annotations

from datetime import date

from mock_core_ui.people.forms.form import Form, Values, person_items
from mock_core_ui.people.model import Resident
from mock_core_ui.people.residents import Household, Town

_DISASTERS = (
    ("令和８年１０月１８日からの豪雨", "4", date(2026, 10, 18)),
    ("令和８年台風第２３号", "3", date(2026, 10, 25)),
)
_DAMAGES = (
    "①屋根瓦が３０～４０枚ほど飛散した。\n②居間の天井から雨漏りがあり、畳６枚が使用できない。",
    "床上約２５㎝まで浸水した（１０月１８日２３時～翌５時）。\n①冷蔵庫・洗濯機が故障\n②床材が反り、歩行が困難\n③外壁にひび割れ",
    "玄関－勝手口間の土間が床下浸水。\n泥の撤去は済んだが、基礎の一部が見えている。",
    "カーポートの屋根が破損し、隣家のフェンスに接触した。\n住家の窓ガラス２枚が割れた。",
    "裏山の土砂が敷地へ流入。\n①物置が全壊\n②住家の北側外壁が変形（写真②～④参照）",
)
_PURPOSES = ("1", "1|2", "2|3", "1|2|3", "4", "5|6")


def _age(birth: date, day: date) -> int:
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def _building_items(town: Town, applicant: Resident) -> dict[str, str]:
    rng = town.rng
    rented = bool(applicant.katagaki) and rng.random() < 0.7
    return {
        "damage_address": applicant.address,
        "building_name": applicant.katagaki,
        "ownership": "2" if rented else "1",
        "building_use": "1",
        "owner_name": "汐見　不動産" if rented else "",
    }


def _damage_items(town: Town, cause: str) -> dict[str, str]:
    rng = town.rng
    return {
        "damage_detail": rng.choice(_DAMAGES),
        "flood": rng.choice("123") if cause == "4" else "1",
        "self_judge": "1" if rng.random() < 0.2 else "0",
        "purpose": rng.choice(_PURPOSES),
        "copies": str(rng.randrange(1, 4)),
    }


def _fill(town: Town, household: Household, day: date) -> Values:
    rng = town.rng
    applicant = household.applicant
    name, cause, struck = rng.choice(_DISASTERS)
    values: Values = {"apply_date": day.isoformat()}
    values |= person_items("applicant", applicant, rng, sex=False)
    values["applicant_rel"] = "1"
    values["contact_address"] = "汐見原市立中央小学校　体育館" if rng.random() < 0.2 else ""
    values["head_name"] = applicant.name
    values |= {"disaster_name": name, "disaster_cause": cause, "disaster_date": struck.isoformat()}
    values |= _building_items(town, applicant)
    values |= _damage_items(town, cause)
    values["survey_contact"] = applicant.tel
    values["members"] = [
        {
            "member_name": member.name,
            "member_rel": relation,
            "member_birth": member.birth.isoformat(),
            "member_age": str(_age(member.birth, day)),
        }
        for member, relation in household.others
    ]
    return values


def _attach(_values: Values) -> tuple[str, ...]:
    return ("被害写真1_北.jpg", "被害写真2_東.jpg", "被害写真3_南.jpg", "被害写真4_西.jpg", "本人確認書類.pdf")


FORM = Form(person="applicant", date_key="apply_date", settle=Town.household, fill=_fill, attach=_attach)
