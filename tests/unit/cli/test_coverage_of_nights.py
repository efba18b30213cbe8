"""What `recipe coverage --nights` tells of a ledger: which procedures were really rehearsed, and the last night's line."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bridge_agent.domain.crash_points import Write
from bridge_agent.domain.errors import BusinessError, SystemDown
from bridge_agent.domain.ledger_records import ProcedureBalance
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.work_item import State
from bridge_agent.pipeline.night import RunOptions
from bridge_agent.pipeline.run import run
from tests.unit.cli.home_site import HomeSite
from tests.unit.pipeline.imitation import ImitatedRecipes, Town, application
from tests.unit.pipeline.test_night import states

ALLOWANCE, UNPAID = "child_allowance_certification", "child_allowance_unpaid"
DONATION, STATUS = "child_allowance_donation", "child_allowance_status"
WAITING = (State.PENDING, "")


class RecipesOfFour(ImitatedRecipes):
    """Four procedures of one core; the source's code is the procedure's name."""

    def home_of(self, procedure_code: str) -> tuple[str, str]:
        return procedure_code, "sogo"


def of(procedure: str, number: int, value: str = "良い") -> Any:
    return application(number, value, procedure_code=procedure, procedure_name=procedure)


APPLICATIONS = [of(ALLOWANCE, 1), of(ALLOWANCE, 2), of(STATUS, 3, "bad"), of(DONATION, 4), of(UNPAID, 5)]
"""Two of one procedure, one that cannot be planned, one that nobody rehearses, one whose person the core does not know."""
UNKNOWN = {"R005": BusinessError(Reason.RESIDENT_NOT_FOUND)}


def play(town: Town, **options: Any) -> None:
    town.options = RunOptions(**options)
    run(replace(town.night(), recipes=RecipesOfFour()))


def rehearse_three_procedures(town: Town) -> None:
    """At 11:10 the first of two applications, at 11:20 and 11:30 those that come to no end."""
    town.core.screen_faults = {**UNKNOWN}
    for procedure in (ALLOWANCE, STATUS, UNPAID):
        town.clock.wait(600)
        play(town, rehearse=True, procedure=procedure, limit=1)


@pytest.fixture
def town() -> Town:
    return Town(APPLICATIONS)


def at(hour: int, minute: int) -> datetime:
    return datetime(2026, 11, 20, hour, minute, tzinfo=UTC)


# ---- rehearsed ----------------------------------------------------------------------------------------------------


def test_only_what_came_to_the_end_of_a_rehearsal_is_rehearsed(town: Town) -> None:
    rehearse_three_procedures(town)
    assert town.ledger.rehearsed() == {ALLOWANCE: at(11, 10)}
    assert town.core.requests == 0
    assert states(town)["R003"] == (State.HELD, Reason.CODE_UNKNOWN)  # at intake, and never in hand
    assert [states(town)[number] for number in ("R001", "R002", "R004", "R005")] == [WAITING] * 4
    said = [
        (number, text[:5]) for number, text in town.progress.outcomes if text.startswith(("登録の手前", "保留になり"))
    ]
    assert said == [("R001", "登録の手前"), ("R005", "保留になり")]


def test_the_last_rehearsal_that_came_to_its_end_counts(town: Town) -> None:
    rehearse_three_procedures(town)
    town.clock.wait(600)
    play(town, rehearse=True)  # 11:40, all of them
    assert town.ledger.rehearsed() == {ALLOWANCE: at(11, 40), DONATION: at(11, 40)}
    town.core.screen_faults = {"R004": RuntimeError("broken screen")}
    town.clock.wait(600)
    play(town, rehearse=True)
    assert town.ledger.rehearsed() == {ALLOWANCE: at(11, 50), DONATION: at(11, 40), UNPAID: at(11, 50)}


def test_a_rehearsal_that_breaks_off_has_not_come_to_its_end(town: Town) -> None:
    town.core.screen_faults = {"R004": SystemDown("基幹システムが応答しません。")}
    play(town, rehearse=True, procedure=DONATION)
    assert states(town)["R004"] == WAITING
    assert town.ledger.rehearsed() == {}


def test_a_real_night_is_no_rehearsal_and_takes_none_away(town: Town) -> None:
    play(town, procedure=DONATION)
    assert town.ledger.rehearsed() == {}
    rehearse_three_procedures(town)
    play(town)
    assert town.ledger.rehearsed() == {ALLOWANCE: at(11, 10)}


def test_an_entry_that_failed_and_was_put_back_is_not_rehearsed(town: Town) -> None:
    town.core.screen_faults = {"R004": RuntimeError("broken screen")}
    play(town, procedure=DONATION, limit=1)
    assert town.ledger.rehearsed() == {}


def test_only_the_return_of_an_item_tells_of_a_rehearsal(town: Town) -> None:
    play(town, rehearse=True, procedure=STATUS)
    with town.ledger.write(Write.COUNTED) as connection:
        town.ledger.record(connection, "remarked", 1, why="rehearsed")
    assert town.ledger.rehearsed() == {}


# ---- the last night -----------------------------------------------------------------------------------------------


def test_a_rehearsal_is_not_the_last_night(town: Town) -> None:
    assert town.ledger.last_night() == {}
    rehearse_three_procedures(town)
    assert town.ledger.last_night() == {}


def test_the_last_night_is_the_last_one_that_ended(town: Town) -> None:
    play(town, procedure=ALLOWANCE, limit=1)
    expected = {
        #           approved registered already_there held in_doubt withdrawn closed not_yet_entered
        ALLOWANCE: ProcedureBalance(ALLOWANCE, ALLOWANCE, 2, 1, 0, 0, 0, 0, 0, 1),
        STATUS: ProcedureBalance(STATUS, STATUS, 1, 0, 0, 1, 0, 0, 0, 0),
        DONATION: ProcedureBalance(DONATION, DONATION, 1, 0, 0, 0, 0, 0, 0, 1),
        UNPAID: ProcedureBalance(UNPAID, UNPAID, 1, 0, 0, 0, 0, 0, 0, 1),
    }
    assert town.ledger.last_night() == expected
    rehearse_three_procedures(town)
    town.ledger.start_run("run")  # and never ends
    assert town.ledger.last_night() == expected
    play(town)
    assert town.ledger.last_night() == {
        ALLOWANCE: ProcedureBalance(ALLOWANCE, ALLOWANCE, 1, 1, 0, 0, 0, 0, 0, 0),
        STATUS: ProcedureBalance(STATUS, STATUS, 1, 0, 0, 1, 0, 0, 0, 0),
        DONATION: ProcedureBalance(DONATION, DONATION, 1, 1, 0, 0, 0, 0, 0, 0),
        UNPAID: ProcedureBalance(UNPAID, UNPAID, 1, 0, 0, 1, 0, 0, 0, 0),
    }


# ---- the command --------------------------------------------------------------------------------------------------


@pytest.fixture
def rehearsed_site(site: HomeSite) -> HomeSite:
    site.town.source = type(site.town.source)(APPLICATIONS)
    with site.books():
        rehearse_three_procedures(site.town)
    return site


def cells(site: HomeSite, monkeypatch: pytest.MonkeyPatch, *words: str) -> dict[str, list[str]]:
    """Number of the country's list -> its row, on a terminal on which nothing is folded."""
    monkeypatch.setenv("COLUMNS", "400")
    done = site.command("recipe", "coverage", *words)
    assert done.exit_code == 0, done.exception
    rows = [[cell.strip() for cell in line.split("│")[1:-1]] for line in done.stdout.splitlines() if "│" in line]
    return {row[0]: row for row in rows}


def test_the_table_tells_rehearsal_and_last_night(rehearsed_site: HomeSite, monkeypatch: pytest.MonkeyPatch) -> None:
    table = cells(rehearsed_site, monkeypatch, "--nights")
    assert len(table) == 31
    assert [table[number][-2:] for number in ("1", "5", "6", "10")] == [
        ["2026-11-20 20:10:00", "なし"],
        ["まだ", "なし"],
        ["まだ", "なし"],
        ["まだ", "なし"],
    ]
    with rehearsed_site.books():
        play(rehearsed_site.town)
    table = cells(rehearsed_site, monkeypatch, "--nights")
    assert [table[number][-2:] for number in ("1", "2", "5", "6", "10")] == [
        ["2026-11-20 20:10:00", "承認済 2・登録 2・保留 0"],
        ["まだ", "なし"],
        ["まだ", "承認済 1・登録 0・保留 1"],
        ["まだ", "承認済 1・登録 1・保留 0"],
        ["まだ", "承認済 1・登録 0・保留 1"],
    ]


def test_without_nights_the_ledger_is_not_told(rehearsed_site: HomeSite, monkeypatch: pytest.MonkeyPatch) -> None:
    table = cells(rehearsed_site, monkeypatch)
    assert {len(row) for row in table.values()} == {6}


def test_programs_read_the_same(rehearsed_site: HomeSite) -> None:
    lines = json.loads(rehearsed_site.command("recipe", "coverage", "--nights", "--json").stdout)
    told = {line["procedure"]: line["rehearsed_at"] for line in lines if line["rehearsed_at"]}
    assert told == {ALLOWANCE: "2026-11-20 11:10:00+00:00"}
