"""The mock cores' own catalogue of screens: one module a procedure, one table of all of them."""

from __future__ import annotations

from mock_core_ui.core.catalogue import (
    child_allowance_certification,
    disaster_victim_certificate,
    ltci_burden_ratio_reissue,
    ltci_certification,
)
from mock_core_ui.core.catalogue.screen import Screen

SCREENS: dict[str, Screen] = {
    module.SCREEN.procedure: module.SCREEN
    for module in (
        ltci_burden_ratio_reissue,
        child_allowance_certification,
        disaster_victim_certificate,
        ltci_certification,
    )
}
"""Procedure id -> its screen, in menu order."""

CORES: dict[str, str] = {"sogo": "総合行政システム", "nintei": "介護認定システム"}
"""Core id -> the system's name as shown."""


def screens_of(core: str) -> tuple[Screen, ...]:
    """The screens that one core has."""
    return tuple(screen for screen in SCREENS.values() if screen.core == core)
