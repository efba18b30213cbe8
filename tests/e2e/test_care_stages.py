"""介護: an application from another town waits for the register; each stage of 住宅改修 says what comes after its entry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from mock_core_ui.people import build_world
from mock_core_ui.people.model import Application, Expectation, World
from tests.e2e.agent_town import AgentTown
from tests.ledger_rows import standing

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MOVED, RENOVATION = "ltci_after_move", "ltci_home_renovation"


@dataclass(frozen=True)
class Night:
    world: World
    town: AgentTown
    sheet: str


def of(world: World, procedure: str) -> list[Application]:
    return [each for each in world.applications if each.procedure_id == procedure]


def not_yet_in_the_register(world: World) -> World:
    """The first of those who moved in has a 宛名番号, and the core does not know it yet."""
    early = of(world, MOVED)[0]
    waiting = replace(early, expected=Expectation("not_yet_entered", "prerequisite"))
    return replace(
        world,
        applications=tuple(waiting if each is early else each for each in world.applications),
        residents=tuple(each for each in world.residents if each.atena_no != early.atena_no),
    )


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory, browser_path: Path) -> Iterator[Night]:
    world = not_yet_in_the_register(build_world(43, 8, [MOVED, RENOVATION], plain=True))
    assert {each.values["stage"] for each in of(world, RENOVATION)} == {"1", "2"}
    town = AgentTown(tmp_path_factory.mktemp("stages"), browser=browser_path, world=world)
    town.run()
    (sheet,) = (town.home / "reports").glob("*.html")
    yield Night(world, town, sheet.read_text(encoding="utf-8"))
    town.close()


def test_who_is_not_in_the_register_yet_waits_and_all_others_are_entered(night: Night) -> None:
    waiting = of(night.world, MOVED)[0]
    early, states = waiting.receipt_no, night.town.states()
    # The town's days are fixed: 14 days after the application a person is asked.
    assert states[early] in (("pending", "prerequisite"), ("held", "prerequisite_missing"))
    others = {number: standing(*state) for number, state in states.items() if number != early}
    assert set(others.values()) == {("registered", "")}
    assert len(others) == 7
    assert "住民記録への転入の反映" in night.sheet
    assert waiting.atena_no not in {commit.atena_no for commit in night.town.commits()}


def test_the_sheet_says_of_each_stage_what_comes_after_it(night: Night) -> None:
    for each in of(night.world, RENOVATION):
        (row,) = (line for line in night.sheet.splitlines() if f'<td class="id">{each.receipt_no}</td>' in line)
        after = {"1": "承認待ち", "2": "支給審査待ち"}[str(each.values["stage"])]
        assert f"この後: {after}<" in row
