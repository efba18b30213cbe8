"""学校給食費等の徴収等の変更等の申出: parents who change or withdraw lines of what they offered before."""

from __future__ import annotations

from datetime import date

from mock_core_ui.people.forms.allowance_school_fee import fee_rows
from mock_core_ui.people.forms.form import Form, Values
from mock_core_ui.people.forms.recipients import certificate_no, payment_month, recipient_items
from mock_core_ui.people.residents import Household, Town


def _fill(town: Town, household: Household, day: date) -> Values:
    rng = town.rng
    values: Values = {"notify_date": day.isoformat()}
    values |= recipient_items(household.applicant, rng, mynumber=False)
    values["certificate_no"] = certificate_no(rng)
    values["change_kind"] = rng.choice("112")
    values["from_ym"] = payment_month(day, rng.randrange(2))
    rows = fee_rows(rng, household.children, day)
    # Only the lines that change are named, never all of the first 申出.
    values["children"] = rows[: rng.randrange(1, len(rows) + 1)]
    return values


def _attach(_values: Values) -> tuple[str, ...]:
    return ()


FORM = Form(person="claimant", date_key="notify_date", settle=Town.family, fill=_fill, attach=_attach)
