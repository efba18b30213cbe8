"""住所移転後の要介護・要支援認定申請: insured residents who were certified where they lived before, within 14 days."""

from __future__ import annotations

from datetime import date, timedelta

from mock_core_ui.people.forms import ltci_certification
from mock_core_ui.people.forms.form import Form, Values
from mock_core_ui.people.forms.ltci_category_change import held_now_items
from mock_core_ui.people.residents import Household, Town

_LATEST_DAYS = 14
"""The old certificate counts for those who apply within 14 days of moving in."""
_FORMER_HOMES = (
    ("青波市", "990127", "東浜県青波市南町二丁目４番５号"),
    ("青波市", "990127", "東浜県青波市北町１－２－３　学園ハイツ２１２"),
    ("上之浜町", "994012", "東浜県上之郡上之浜町大字沖２０番地の１"),
    ("みなも広域連合", "", "西浜県みなも市髙砂３－３"),
)
"""Municipality, its number as an insurer where people know it, address."""
_ABOUT_VISITS = "doc_name"
"""The first item of the first application that this form does not have."""


def _move_items(town: Town, day: date) -> dict[str, str]:
    rng = town.rng
    municipality, number, address = rng.choice(_FORMER_HOMES)
    return {
        "move_in_date": (day - timedelta(days=rng.randrange(0, _LATEST_DAYS))).isoformat(),
        "prev_municipality": municipality,
        "prev_insurer_no": number,
        "prev_address": address,
        "cert_no": "0" if rng.random() < 0.15 else "1",
    }


def _fill(town: Town, household: Household, day: date) -> Values:
    first = ltci_certification.FORM.fill(town, household, day)
    values: Values = {}
    for item, value in first.items():
        if item == _ABOUT_VISITS:
            break
        if item == "ins_name":
            values |= _move_items(town, day)
            values |= held_now_items(town, day)
        if item != "apply_kind":
            values[item] = value
    return values


def _attach(values: Values) -> tuple[str, ...]:
    return ("介護保険受給資格証明書.pdf",) if values["cert_no"] == "1" else ()


FORM = Form(person="insured", date_key="apply_date", settle=Town.elder, fill=_fill, attach=_attach)
