"""Which of the town's applications reach the prefecture's vehicle system, and how they are numbered there."""

from __future__ import annotations

from dataclasses import replace

from mock_core_ui.people.model import Application, World

CODES = {"V0031": "OS10", "V0028": "OS20", "V0029": "OS21", "V0030": "OS22"}
"""The municipality's 手続コード of a form -> the vehicle system's own."""


def numbered(application: Application) -> Application:
    """The same application under the vehicle system's code and 到達番号; it knows no code of the municipality."""
    code = CODES[application.procedure_code]
    return replace(application, receipt_no=f"S26-{application.receipt_no}", procedure_code=code)


def with_vehicles_apart(world: World) -> World:
    """The same town with a vehicle system: its applications bear that system's numbers."""
    applications = (numbered(one) if one.procedure_code in CODES else one for one in world.applications)
    return replace(world, applications=tuple(applications))


def shares(world: World) -> tuple[World, World]:
    """What reaches the municipality, and what reaches the vehicle system."""
    apart = with_vehicles_apart(world)
    own = frozenset(CODES.values())
    vehicles = tuple(one for one in apart.applications if one.procedure_code in own)
    others = tuple(one for one in apart.applications if one.procedure_code not in own)
    return replace(apart, applications=others), replace(apart, applications=vehicles)
