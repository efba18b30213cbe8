"""児童手当の額改定: how parents tell that children came into or left their care, several on one form."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from mock_core_ui.people.forms.child_allowance import child_row
from mock_core_ui.people.forms.form import Form, Values
from mock_core_ui.people.forms.recipients import certificate_no_or_none, recipient_items
from mock_core_ui.people.model import Resident
from mock_core_ui.people.residents import Household, Town

_MOST_CHILDREN = 4
"""More than the core's screen has lines for is rare enough not to happen here."""
_BIRTH = "1"
_COMING = (_BIRTH, _BIRTH, _BIRTH, "2", "3", "4", "5")
_LEAVING = ("6", "7", "7", "8", "9", "10")
_NO_LONGER_IN_CARE = "7"


def _changed_child(rng: Random, child: Resident, day: date) -> dict[str, str]:
    coming = rng.random() < 0.7
    reason = rng.choice(_COMING if coming else _LEAVING)
    changed = (day - timedelta(days=rng.randrange(1, 15))).isoformat()
    row = {"child_change": "1" if coming else "2", "change_date": changed, "change_reason": reason}
    row |= child_row(rng, child)
    if reason == _BIRTH:
        row["child_birth"] = changed
    if reason == _NO_LONGER_IN_CARE:
        row["child_kango"] = "0"
    return row


def _fill(town: Town, household: Household, day: date) -> Values:
    rng = town.rng
    count = min(len(household.children), rng.choice((1, 1, 2, _MOST_CHILDREN)))
    rows = [_changed_child(rng, child, day) for child in household.children[-count:]]
    values: Values = {"claim_date": day.isoformat(), "change_kind": min(row["child_change"] for row in rows)}
    values["certificate_no"] = certificate_no_or_none(rng)
    values |= recipient_items(household.applicant, rng)
    values["claimant_pension"] = rng.choice(("", "1", "2", "3", "4", "5", "6", "7"))
    values["children"] = rows
    return values


def _attach(values: Values) -> tuple[str, ...]:
    children = values["children"]
    away = isinstance(children, list) and any(row["child_live"] == "2" for row in children)
    return ("別居監護申立書.pdf", "世帯全員の住民票.pdf") if away else ()


FORM = Form(person="claimant", date_key="claim_date", settle=Town.family, fill=_fill, attach=_attach)
"""`change_kind` is what the form's head says: 増額 as soon as one child comes, though others may leave."""
