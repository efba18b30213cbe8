"""児童手当: whoever signed must be the one the form is about, on the core's own word; else nothing is entered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from mock_core_ui.people import build_world
from mock_core_ui.people.model import Application, Expectation, Resident, World
from tests.e2e.agent_town import AgentTown
from tests.ledger_rows import standing

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DONATION, UNPAID, NAMES = "child_allowance_donation", "child_allowance_unpaid", "child_allowance_name_address_change"
DIFFERS = Expectation("held", "resident_differs")


@dataclass(frozen=True)
class Night:
    world: World
    town: AgentTown


def of(world: World, procedure: str) -> list[Application]:
    return [each for each in world.applications if each.procedure_id == procedure]


def resident(world: World, name: object, birth: object = None) -> Resident:
    return next(
        each for each in world.residents if each.name == name and (birth is None or each.birth.isoformat() == birth)
    )


def signed_by_somebody_else(world: World) -> Application:
    """寄附: the 受給資格者 is named, but the card was that of somebody else in the town."""
    offered = of(world, DONATION)[0]
    other = next(each for each in world.residents if each.name != offered.values["claimant_name"])
    return replace(offered, atena_no=other.atena_no, expected=DIFFERS)


def under_the_number_of_the_deceased(world: World) -> Application:
    claim = of(world, UNPAID)[0]
    dead = resident(world, claim.values["deceased_name"], claim.values["deceased_birth"])
    return replace(claim, atena_no=dead.atena_no, expected=DIFFERS)


def new_name_before_the_register_has_it(world: World) -> Application:
    """The parent gives the new name where the form asks for it, and their name as it still stands in the register."""
    told = next(each for each in of(world, NAMES) if each.values["subject"] == "1" and each.values["new_name"])
    return replace(told, expected=DIFFERS, values={**told.values, "claimant_name": told.values["old_name"]})


def still_registered(world: World, told: Application) -> tuple[Resident, ...]:
    old = str(told.values["old_name"])
    return tuple(replace(each, name=old) if each.atena_no == told.atena_no else each for each in world.residents)


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory, browser_path: Path) -> Iterator[Night]:
    world = build_world(41, 18, [DONATION, UNPAID, NAMES], plain=True)
    renamed = new_name_before_the_register_has_it(world)
    changed = {
        each.receipt_no: each
        for each in (signed_by_somebody_else(world), under_the_number_of_the_deceased(world), renamed)
    }
    applications = tuple(changed.get(each.receipt_no, each) for each in world.applications)
    world = replace(world, applications=applications, residents=still_registered(world, renamed))
    town = AgentTown(tmp_path_factory.mktemp("persons"), browser=browser_path, world=world)
    town.run()
    yield Night(world, town)
    town.close()


def test_only_the_three_of_another_person_are_held(night: Night) -> None:
    states = {number: standing(*state) for number, state in night.town.states().items()}
    assert states == night.town.expected()
    held = [each.procedure_id for each in night.world.applications if states[each.receipt_no] != ("registered", "")]
    assert sorted(held) == sorted((DONATION, UNPAID, NAMES))


def test_the_two_persons_of_an_unpaid_allowance_stand_in_their_own_places(night: Night) -> None:
    claims = {each.receipt_no: each for each in of(night.world, UNPAID)}
    entered = [each for each in night.town.commits() if each.procedure == UNPAID]
    assert len(entered) == len(claims) - 1
    for commit in entered:
        said = claims[commit.reference].values
        child = resident(night.world, said["claimant_name"], said["claimant_birth"])
        assert commit.atena_no == child.atena_no
        assert commit.values["seikyusha_shimei"] == said["claimant_name"]
        assert commit.values["seikyusha_jusho"] == said["claimant_address"]
        assert commit.values["shibosha_shimei"] == said["deceased_name"]
        assert commit.values["shibosha_jusho"] == said["deceased_address"]
        assert commit.values["hotei_shimei"] == said["guardian_name"]
        # Nobody told the number of the parent who died, and the child's must never stand there.
        assert commit.values["shibosha_atena"] == ""
