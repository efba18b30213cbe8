"""児童手当に係る寄附の申出: parents who give the allowance, or a part of each payment, to the town."""

from __future__ import annotations

from datetime import date
from random import Random

from mock_core_ui.people.forms.form import Form, Values
from mock_core_ui.people.forms.recipients import certificate_no_or_none, payment_month, recipient_items
from mock_core_ui.people.residents import Household, Town

_PAYMENTS = "123456"
"""2月期 to 12月期: six payments a year."""
_PURPOSES = (
    "中央公園の遊具の修繕に使ってください。",
    "子ども食堂・学習支援など、次の順に希望します。\n①子ども食堂\n②夏休みの学習支援（小学校３～６年生）",
    "使途は問いません",
)


def _payments(rng: Random) -> str:
    if rng.random() < 0.5:
        return "|".join(_PAYMENTS)
    return "|".join(sorted(rng.sample(_PAYMENTS, rng.randrange(1, 4))))


def _fill(town: Town, household: Household, day: date) -> Values:
    rng = town.rng
    part = rng.random() < 0.6
    values: Values = {"notify_date": day.isoformat()}
    values |= recipient_items(household.applicant, rng, mynumber=False)
    values["certificate_no"] = certificate_no_or_none(rng)
    values["donation_scope"] = "2" if part else "1"
    values["pay_month"] = _payments(rng)
    values["donation_amount"] = rng.choice(("1000", "5000", "10000", "15000")) if part else ""
    values["start_ym"] = payment_month(day)
    values["end_ym"] = payment_month(day, rng.randrange(3, 13)) if rng.random() < 0.4 else ""
    values["purpose_note"] = rng.choice(_PURPOSES) if rng.random() < 0.6 else ""
    return values


def _attach(_values: Values) -> tuple[str, ...]:
    return ()


FORM = Form(person="claimant", date_key="notify_date", settle=Town.family, fill=_fill, attach=_attach)
