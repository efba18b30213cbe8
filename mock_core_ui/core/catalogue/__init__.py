"""The mock cores' own catalogue of screens: one module a procedure, one table of all of them."""

from __future__ import annotations

from mock_core_ui.core.catalogue import (
    child_allowance_certification,
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
)
from mock_core_ui.core.catalogue.screen import Screen

SCREENS: dict[str, Screen] = {
    module.SCREEN.procedure: module.SCREEN
    for module in (
        ltci_burden_ratio_reissue,
        child_allowance_certification,
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
    )
}
"""Procedure id -> its screen, in menu order."""

CORES: dict[str, str] = {
    "sogo": "総合行政システム",
    "nintei": "介護認定システム",
    "hibari": "ひばり介護保険システム",
}
"""Core id -> the system's name as shown."""
DESKTOP = "hibari"
"""The core whose client is a windowed program. A town has it only when it is asked for."""


def screens_of(core: str) -> tuple[Screen, ...]:
    """The screens that one core has."""
    return tuple(screen for screen in SCREENS.values() if screen.core == core)
