"""児童手当の受給事由消滅: parents who move away, become public servants or no longer keep their children."""

from __future__ import annotations

from datetime import date, timedelta

from mock_core_ui.people.forms.form import Form, Values
from mock_core_ui.people.forms.recipients import certificate_no, recipient_items
from mock_core_ui.people.residents import Household, Town

_AWAY, _ABROAD, _PUBLIC_SERVANT, _OTHER = "1", "2", "3", "12"
_REASONS = (_AWAY, _AWAY, _AWAY, _ABROAD, _PUBLIC_SERVANT, _PUBLIC_SERVANT, "4", "5", "6", "7", "8", "9", "10", _OTHER)
"""The death of the recipient (11) is never told by the recipient."""
_NEW_HOMES = ("東浜県青波市南町二丁目４番５号", "北浜県磯部町大字浜１２３番地　磯部荘２０１")
_OFFICES = ("東浜県青波土木事務所", "汐見原市消防本部", "東浜県立汐見原高等学校")
_OTHER_REASONS = ("配偶者が生計の中心者となったため", "児童福祉施設の長が受給することとなったため（①を除く）")


def _fill(town: Town, household: Household, day: date) -> Values:
    rng = town.rng
    reason = rng.choice(_REASONS)
    values: Values = {"notify_date": day.isoformat(), "certificate_no": certificate_no(rng)}
    values |= recipient_items(household.applicant, rng)
    # Some announce a move that is still to come.
    values["extinct_date"] = (day + timedelta(days=rng.randrange(-14, 15))).isoformat()
    values["extinct_reason"] = reason
    values["extinct_reason_text"] = rng.choice(_OTHER_REASONS) if reason == _OTHER else ""
    values["new_address"] = rng.choice(_NEW_HOMES) if reason == _AWAY else ""
    values["employer"] = rng.choice(_OFFICES) if reason == _PUBLIC_SERVANT else ""
    values["children"] = [
        {"child_name": child.name, "child_birth": child.birth.isoformat()} for child in household.children
    ]
    return values


def _attach(_values: Values) -> tuple[str, ...]:
    return ()


FORM = Form(person="claimant", date_key="notify_date", settle=Town.family, fill=_fill, attach=_attach)
