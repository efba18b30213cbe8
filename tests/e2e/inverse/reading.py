"""Reads one commit-log row's values back into the application's item keys."""

from __future__ import annotations

from collections.abc import Mapping

from tests.e2e.inverse import (
    burden_ratio_reissue,
    child_allowance,
    child_allowance_changes,
    child_allowance_money,
    disaster_certificate,
    hibari,
    jidosha,
    ltci_benefits,
    ltci_certification,
    ltci_classes,
    wakaba,
)
from tests.e2e.inverse.places import UNREADABLE, Place, Rows, Sheet

Items = dict[str, str | list[dict[str, str]]]

SHEETS: dict[str, Sheet] = {
    "ltci_burden_ratio_reissue": burden_ratio_reissue.SHEET,
    "child_allowance_certification": child_allowance.SHEET,
    "child_allowance_amount_change": child_allowance_changes.AMOUNT_CHANGE,
    "child_allowance_name_address_change": child_allowance_changes.NAME_ADDRESS_CHANGE,
    "child_allowance_extinction": child_allowance_changes.EXTINCTION,
    "child_allowance_unpaid": child_allowance_money.UNPAID,
    "child_allowance_donation": child_allowance_money.DONATION,
    "child_allowance_donation_change": child_allowance_money.DONATION_CHANGE,
    "child_allowance_school_fee": child_allowance_money.SCHOOL_FEE,
    "child_allowance_school_fee_change": child_allowance_money.SCHOOL_FEE_CHANGE,
    "child_allowance_status": child_allowance_changes.STATUS,
    "disaster_victim_certificate": disaster_certificate.SHEET,
    "ltci_certification": ltci_certification.SHEET,
    "ltci_category_change": ltci_classes.CATEGORY_CHANGE,
    "ltci_after_move": ltci_classes.AFTER_MOVE,
    "ltci_high_cost": ltci_benefits.HIGH_COST,
    "ltci_burden_limit": ltci_benefits.BURDEN_LIMIT,
    "ltci_equipment": ltci_benefits.EQUIPMENT,
    "ltci_home_renovation": ltci_benefits.HOME_RENOVATION,
    "ltci_renewal": hibari.RENEWAL,
    "ltci_care_plan_request": hibari.CARE_PLAN,
    "ltci_insured_card_reissue": hibari.CARD_REISSUE,
    "pregnancy_notification": wakaba.PREGNANCY,
    "childcare_certification": wakaba.CHILDCARE,
    "nursery_application": wakaba.NURSERY,
    "nursery_status": wakaba.NURSERY_STATUS,
    "child_rearing_allowance_status": wakaba.REARING_STATUS,
    "vehicle_env_tax": jidosha.ENVIRONMENT,
    "vehicle_tax_report": jidosha.REPORT,
    "vehicle_tax_address_change": jidosha.ADDRESS_CHANGE,
    "parking_space_certificate": jidosha.PARKING,
}
"""Procedure id -> its screen as read by hand."""


def read_back(procedure_id: str, values: Mapping[str, object]) -> Items:
    """Item key -> the value that an application must have had to be stored so; repeat groups as lists.

    Names and free text come back letter by letter; the holder of an account only in the form that a bank transfer
    leaves of it. What no application can have said begins with `UNREADABLE`.
    """
    sheet = SHEETS[procedure_id]
    items: Items = {place.item: _read(place, values) for place in sheet.places}
    for rows in sheet.rows:
        items[rows.item] = _read_rows(rows, values)
    return items


def _read(place: Place, values: Mapping[str, object]) -> str:
    missing = [control for control in place.controls if control not in values]
    if missing:
        return f"{UNREADABLE}{' '.join(missing)}"
    return place.read(tuple(values[control] for control in place.controls))


def _read_rows(rows: Rows, values: Mapping[str, object]) -> list[dict[str, str]]:
    """Rows up to the last one that holds anything; an empty row before it is kept, for it is a gap."""
    read = [{place.item: _read(place, values) for place in rows.places(row)} for row in range(1, rows.count + 1)]
    while read and not any(read[-1].values()):
        read.pop()
    return read
