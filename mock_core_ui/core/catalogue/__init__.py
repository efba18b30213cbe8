"""The mock cores' own catalogue of screens: one module a procedure, one table of all of them."""

from __future__ import annotations

from mock_core_ui.core.catalogue import (
    child_allowance_amount_change,
    child_allowance_certification,
    child_allowance_donation,
    child_allowance_donation_change,
    child_allowance_extinction,
    child_allowance_name_address_change,
    child_allowance_school_fee,
    child_allowance_school_fee_change,
    child_allowance_status,
    child_allowance_unpaid,
    child_rearing_allowance_status,
    childcare_certification,
    disaster_victim_certificate,
    ltci_after_move,
    ltci_burden_limit,
    ltci_burden_ratio_reissue,
    ltci_care_plan_request,
    ltci_category_change,
    ltci_certification,
    ltci_equipment,
    ltci_high_cost,
    ltci_home_renovation,
    ltci_insured_card_reissue,
    ltci_renewal,
    nursery_application,
    nursery_status,
    parking_space_certificate,
    pregnancy_notification,
    vehicle_env_tax,
    vehicle_tax_address_change,
    vehicle_tax_report,
)
from mock_core_ui.core.catalogue.screen import Screen

SCREENS: dict[str, Screen] = {
    module.SCREEN.procedure: module.SCREEN
    for module in (
        ltci_burden_ratio_reissue,
        child_allowance_certification,
        child_allowance_amount_change,
        child_allowance_name_address_change,
        child_allowance_extinction,
        child_allowance_unpaid,
        child_allowance_donation,
        child_allowance_donation_change,
        child_allowance_school_fee,
        child_allowance_school_fee_change,
        child_allowance_status,
        disaster_victim_certificate,
        ltci_certification,
        ltci_category_change,
        ltci_after_move,
        ltci_high_cost,
        ltci_burden_limit,
        ltci_equipment,
        ltci_home_renovation,
        ltci_renewal,
        ltci_care_plan_request,
        ltci_insured_card_reissue,
        pregnancy_notification,
        childcare_certification,
        nursery_application,
        nursery_status,
        child_rearing_allowance_status,
        vehicle_env_tax,
        vehicle_tax_report,
        vehicle_tax_address_change,
        parking_space_certificate,
    )
}
"""Procedure id -> its screen, in menu order."""

CORES: dict[str, str] = {
    "sogo": "総合行政システム",
    "nintei": "介護認定システム",
    "wakaba": "わかば子育て支援システム",
    "jidosha": "自動車手続システム（県）",
    "hibari": "ひばり介護保険システム",
}
"""Core id -> the system's name as shown."""
DESKTOP = "hibari"
"""The core whose client is a windowed program."""
ALWAYS = ("sogo", "nintei")
"""The cores that every town has; the others are there when somebody applies for what they do, or when asked for."""


def screens_of(core: str) -> tuple[Screen, ...]:
    """The screens that one core has."""
    return tuple(screen for screen in SCREENS.values() if screen.core == core)
