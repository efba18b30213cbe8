"""The demonstration's judge finds doubles, lost registrations and wrong standings; it must never be blind to one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from scripts import demo_books as books
from scripts.demo_books import Commit, Standing

ROBOT = "bridge01"
FIRST = Commit("sogo", ROBOT, "reissue", "0000000001", "R-1", "2026-11-20", "S-1", before_run=False)
SECOND = replace(FIRST, person="0000000002", reference="R-2", record="S-2")
REGISTERED = Standing("registered", "", "sogo", "S-1")


def test_different_applications_are_no_duplicates() -> None:
    assert books.duplicates([FIRST, SECOND, replace(FIRST, core="nintei")], ROBOT) == []


@pytest.mark.parametrize(
    "again",
    [
        replace(FIRST, record="S-9"),
        replace(FIRST, record="S-9", reference=""),
        replace(FIRST, record="S-9", person="0000000009"),
        replace(FIRST, record="S-9", reference="R-9"),
    ],
)
def test_the_same_reference_or_natural_key_again_is_a_duplicate(again: Commit) -> None:
    assert books.duplicates([FIRST, SECOND, again], ROBOT) == [again]


def test_a_registration_beside_a_clerks_record_is_a_duplicate() -> None:
    earlier = replace(FIRST, operator="clerk01", record="S-0", before_run=True)
    assert books.duplicates([earlier, FIRST], ROBOT) == [FIRST]
    assert books.duplicates([earlier, replace(earlier, record="S-9")], ROBOT) == []


def test_registered_without_a_record_at_the_core_is_missing() -> None:
    standings = {"R-1": REGISTERED, "R-3": replace(REGISTERED, record="S-3"), "R-4": replace(REGISTERED, record="")}
    assert books.missing(standings, [FIRST, SECOND]) == ["R-3", "R-4"]


def test_another_applications_record_does_not_count() -> None:
    assert books.missing({"R-2": REGISTERED}, [FIRST]) == ["R-2"]
    assert books.missing({"R-2": REGISTERED}, [replace(FIRST, reference="")]) == []


def test_who_runs_the_town_weeks_later_finds_the_waiting_given_up() -> None:
    expected = {"R-1": ("not_yet_entered", "prerequisite")}
    assert books.differences({"R-1": Standing("not_yet_entered", "prerequisite", "", "")}, expected) == []
    assert books.differences({"R-1": Standing("held", "prerequisite_missing", "", "")}, expected) == []
    assert books.differences({"R-1": Standing("held", "tried_too_often", "", "")}, expected) == [
        "R-1: held tried_too_often, expected not_yet_entered prerequisite"
    ]


def test_every_difference_is_a_line() -> None:
    expected = {"R-1": ("registered", ""), "R-2": ("held", "too_long"), "R-3": ("withdrawn", "")}
    held = Standing("held", "code_unknown", "", "")
    found = books.differences({"R-1": REGISTERED, "R-2": held, "R-4": held}, expected)
    assert found == [
        "R-2: held code_unknown, expected held too_long",
        "R-3: not in the ledger, expected withdrawn",
        "R-4: in the ledger, but never approved",
    ]


def test_an_entry_that_the_ledger_does_not_know_is_found() -> None:
    assert books.unaccounted({"R-1": REGISTERED}, [FIRST, SECOND], ROBOT) == [SECOND]


def test_states_and_reasons_become_columns(tmp_path: Path) -> None:
    ledger = tmp_path / "台帳 1.db"
    rows = [
        ("R-1", "reported", "", "sogo", "S-1"),
        ("R-2", "held", "already_at_core", "sogo", ""),
        ("R-3", "held", "too_long", "", ""),
        ("R-4", "closed", "withdrawn", "", ""),
        ("R-5", "closed", "dismissed", "", ""),
        ("R-6", "armed", "", "sogo", ""),
        ("R-7", "pending", "", "sogo", ""),
    ]
    with closing(sqlite3.connect(ledger)) as connection, connection:
        connection.execute("CREATE TABLE item (receipt_no, state, reason, core, receipt_at_core)")
        connection.executemany("INSERT INTO item VALUES (?, ?, ?, ?, ?)", rows)
    columns = {number: standing.column for number, standing in books.read_standings(ledger).items()}
    assert list(columns.values()) == [
        "registered", "already_there", "held", "withdrawn", "closed", "in_doubt", "not_yet_entered",
    ]  # fmt: skip


def test_what_two_ways_in_have_is_found() -> None:
    assert books.given_twice([["R-1", "R-2"], ["R-3"], ["R-2"]]) == ["R-2"]
    assert books.given_twice([["R-1", "R-1"], ["R-2"]]) == []


def test_a_ledger_s_own_registrations_are_those_with_its_core_and_record() -> None:
    standings = {"R-1": REGISTERED, "R-2": Standing("held", "already_at_core", "sogo", "S-2")}
    assert books.registered_here(standings, [FIRST, SECOND, replace(FIRST, core="nintei")]) == [FIRST]
