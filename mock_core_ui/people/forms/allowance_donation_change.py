"""児童手当に係る寄附変更等の申出: parents who give another amount, at other times, or nothing any more."""

from __future__ import annotations

from datetime import date, timedelta

from mock_core_ui.people.forms.form import Form, Values
from mock_core_ui.people.forms.recipients import certificate_no, payment_month, recipient_items
from mock_core_ui.people.residents import Household, Town

_AMOUNT, _WITHDRAWAL, _MONTH = "1", "2", "3"
_AMOUNTS = ("900", "1000", "5000", "10000", "20000")


def _fill(town: Town, household: Household, day: date) -> Values:
    rng = town.rng
    kind = rng.choice((_AMOUNT, _AMOUNT, _WITHDRAWAL, _MONTH))
    scope = rng.choice("122") if kind == _AMOUNT else ""
    values: Values = {"notify_date": day.isoformat()}
    values |= recipient_items(household.applicant, rng, mynumber=False)
    values["certificate_no"] = certificate_no(rng)
    values["original_date"] = (day - timedelta(days=rng.randrange(40, 600))).isoformat()
    values["change_kind"] = kind
    values["old_amount"] = rng.choice(_AMOUNTS) if rng.random() < 0.7 else ""
    values["new_scope"] = scope
    values["new_amount"] = rng.choice(_AMOUNTS) if scope == "2" else ""
    values["from_ym"] = payment_month(day, rng.randrange(3))
    return values


def _attach(_values: Values) -> tuple[str, ...]:
    return ()


FORM = Form(person="claimant", date_key="notify_date", settle=Town.family, fill=_fill, attach=_attach)
