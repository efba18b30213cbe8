"""介護保険住所地特例: a local form that the management system takes and no recipe covers."""

from __future__ import annotations

from datetime import date

from mock_core_ui.people.forms.form import Form, Values, person_items
from mock_core_ui.people.places import CARE_OFFICES
from mock_core_ui.people.residents import Household, Town


def _fill(town: Town, household: Household, day: date) -> Values:
    insured = household.applicant
    values: Values = {"apply_date": day.isoformat(), "insured_no": insured.insured_no}
    values |= person_items("insured", insured, town.rng)
    values["facility_name"] = CARE_OFFICES[4].name
    values["moved_in"] = day.replace(day=1).isoformat()
    return values


def _attach(_values: Values) -> tuple[str, ...]:
    return ("入所証明書.pdf",)


FORM = Form(person="insured", date_key="apply_date", settle=Town.elder, fill=_fill, attach=_attach)
