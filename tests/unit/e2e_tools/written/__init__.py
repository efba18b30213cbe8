"""Applications written out by hand, each with the values that a core must store for it, control by control.

They are the second judge beside the inverse reading: nothing in them is computed. `world()` makes a town of the first
sixteen, so that the whole loop can be run on exactly these.
"""

from __future__ import annotations

from mock_core_ui.people.canary import TRAINING_RECORDS, TRAINING_RESIDENT
from mock_core_ui.people.model import World
from tests.unit.e2e_tools.written import (
    allowance_changes,
    allowance_money,
    burden_ratio,
    certification,
    child_allowance,
    disaster,
    nintei_benefits,
    nintei_classes,
    vehicles,
    wakaba_children,
    wakaba_mothers,
)
from tests.unit.e2e_tools.written.case import Case, unlike

CASES: tuple[Case, ...] = (*burden_ratio.CASES, *child_allowance.CASES, *disaster.CASES, *certification.CASES)

FURTHER_CASES: tuple[Case, ...] = (
    *allowance_changes.CASES,
    *allowance_money.CASES,
    *nintei_classes.CASES,
    *nintei_benefits.CASES,
    *wakaba_mothers.CASES,
    *wakaba_children.CASES,
    *vehicles.CASES,
)
"""Of the procedures that came later; `world()` goes without them."""

__all__ = ["CASES", "FURTHER_CASES", "Case", "unlike", "world"]


def world() -> World:
    """A town whose only applications are the written ones, in the order of arrival; every applicant is a resident."""
    residents = [TRAINING_RESIDENT, *(case.resident for case in CASES)]
    by_arrival = sorted(CASES, key=lambda case: case.application.received_at)
    return World(
        seed=0,
        residents=tuple(sorted(residents, key=lambda resident: resident.atena_no)),
        applications=tuple(case.application for case in by_arrival),
        earlier_records=TRAINING_RECORDS,
    )
