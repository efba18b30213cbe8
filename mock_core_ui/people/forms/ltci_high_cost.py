"""高額介護（予防）サービス費の支給申請: how the town's insured residents fill it in, with all who live with them."""

from __future__ import annotations

from datetime import date

from mock_core_ui.people.forms.care_benefit import insured_items
from mock_core_ui.people.forms.child_allowance import account_items
from mock_core_ui.people.forms.form import Form, Values, filing_person_items, month_begins
from mock_core_ui.people.residents import Household, Town


def _service_month(town: Town, day: date) -> str:
    """A month whose claims the office has seen: two to seven months ago, now and then over a year."""
    back = town.rng.choice((2, 2, 3, 3, 4, 5, 7, 14))
    return f"{month_begins(day.year, day.month - back):%Y-%m}"


def _members(household: Household) -> list[dict[str, str]]:
    people = [household.spouse] if household.spouse else []
    people += [resident for resident, _ in household.others]
    return [
        {
            "member_name": member.name,
            "member_birth": member.birth.isoformat(),
            "member_sex": member.sex,
            "member_insured_no": member.insured_no,
        }
        for member in people
    ]


def _fill(town: Town, household: Household, day: date) -> Values:
    values: Values = {"apply_date": day.isoformat()}
    values |= insured_items(town, household)
    values |= filing_person_items(household)
    values["service_ym"] = _service_month(town, day)
    values["members"] = _members(household)
    values["consent_tax"] = "1"
    values["heir_kind"] = town.rng.choice(("3", "")) if household.others else ""
    values |= account_items(town, household.applicant)
    return values


def _attach(_values: Values) -> tuple[str, ...]:
    return ("領収書.pdf",)


FORM = Form(person="insured", date_key="apply_date", settle=Town.elders, fill=_fill, attach=_attach)
