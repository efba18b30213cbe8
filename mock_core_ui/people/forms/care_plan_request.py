"""居宅（介護予防）サービス計画作成（変更）依頼の届出: how insured residents name the office that plans their care."""

from __future__ import annotations

from datetime import date, timedelta

from mock_core_ui.people.forms.form import Form, Values, person_items
from mock_core_ui.people.places import CARE_OFFICES, TOWN
from mock_core_ui.people.residents import Household, Town

_PLANNERS = CARE_OFFICES[:4]
"""地域包括支援センター and 居宅介護支援事業者: only they plan care at home."""
_PLACES = {
    "0070100018": ("0000101", f"{TOWN}中央一丁目２番３号", "0123-00-9101"),
    "0070100026": ("0000203", f"{TOWN}上之郷字髙台３２番地の１", "0123-00-9102"),
    "0070200115": ("0000111", f"{TOWN}港町６番地", "0123-00-9103"),
    "0070200123": ("0000415", f"{TOWN}沖ノ﨑２－４－１", "0123-00-9104"),
}
"""事業所番号 -> postal code, address and telephone as residents copy them from the office's leaflet."""
_CARE_MANAGERS = ("潮田　久美", "渚　健二", "﨑本　洋子", "髙浜　徹")
_REASONS = (
    "転居により担当区域が変わったため",
    "現在の事業所が休止するため",
    "家族の希望による（週２回の通所に合わせる）",
)
_SERVICES = ("訪問介護、通所介護", "通所リハビリテーション", "福祉用具貸与（車いす・手すり）")


def _office_items(town: Town) -> dict[str, str]:
    office = town.rng.choice(_PLANNERS)
    postal, address, tel = _PLACES[office.number]
    return {
        "plan_kind": town.rng.choice("23") if office.kind == "1" else "1",
        "office_no": office.number,
        "office_name": office.name,
        "office_postal": postal,
        "office_address": address,
        "office_tel": tel,
        "care_manager": town.rng.choice(_CARE_MANAGERS) if town.rng.random() < 0.8 else "",
    }


def _term_items(town: Town, day: date, *, changed: bool) -> dict[str, str]:
    rng = town.rng
    start = day + timedelta(days=rng.randrange(0, 15))
    used = rng.random() < 0.3
    return {
        "start_date": start.isoformat(),
        "change_date": start.isoformat() if changed else "",
        "change_reason": rng.choice(_REASONS) if changed else "",
        "same_month_use": "1" if used else rng.choice(("0", "")),
        "same_month_service": rng.choice(_SERVICES) if used else "",
    }


def _fill(town: Town, household: Household, day: date) -> Values:
    insured = household.applicant
    changed = town.rng.random() < 0.4
    office = _office_items(town)
    values: Values = {"notify_date": day.isoformat(), "kind": "2" if changed else "1"}
    values["plan_kind"] = office.pop("plan_kind")
    values["insured_no"] = insured.insured_no
    values |= person_items("insured", insured, town.rng)
    values |= office
    values |= _term_items(town, day, changed=changed)
    values["consent"] = "1"
    return values


def _attach(_values: Values) -> tuple[str, ...]:
    return ("介護保険被保険者証.pdf",)


FORM = Form(person="insured", date_key="notify_date", settle=Town.elder, fill=_fill, attach=_attach)
