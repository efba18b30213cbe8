"""介護保険負担割合証の再交付申請: how the town's insured residents fill it in."""

from __future__ import annotations

from datetime import date

from mock_core_ui.people.forms.form import Form, Values, filing_person_items, person_items
from mock_core_ui.people.residents import Household, Town

_OTHER_REASONS = (
    "転居の際に見当たらなくなったため",
    "施設に提出したまま返却されないため",
    "水にぬれて文字が読めない（①枚目のみ）",
)


def _fill(town: Town, household: Household, day: date) -> Values:
    rng = town.rng
    insured = household.applicant
    reason = rng.choice(("1", "1", "2", "3"))
    values: Values = {"apply_date": day.isoformat(), "insured_no": insured.insured_no}
    values |= person_items("insured", insured, rng)
    values |= filing_person_items(household)
    values["reason"] = reason
    values["reason_text"] = rng.choice(_OTHER_REASONS) if reason == "3" else ""
    values["delivery"] = rng.choice(("1", "1", "2", "3"))
    return values


def _attach(_values: Values) -> tuple[str, ...]:
    return ("本人確認書類.pdf",)


FORM = Form(person="insured", date_key="apply_date", settle=Town.elder, fill=_fill, attach=_attach)
