"""Judges a run from outside: the agent's ledger, the mock's own expectations and the cores' commit logs side by side.

Standard library only, and no code of the agent: reads the databases as they lie on disk. Nothing here is shown to, or
used by, the agent.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

COLUMNS = ("registered", "already_there", "held", "in_doubt", "withdrawn", "closed", "not_yet_entered")
_COLUMN_OF = {
    "pending": "not_yet_entered",
    "claimed": "not_yet_entered",
    "armed": "in_doubt",
    "seen": "in_doubt",
    "in_doubt": "in_doubt",
    "registered": "registered",
    "reported": "registered",
    "held": "held",
    "closed": "closed",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the ledger has an application."""

    column: str
    reason: str
    core: str
    record: str
    """The core's receipt number, '' while there is none."""


@dataclass(frozen=True, slots=True)
class Commit:
    """One registration as the core itself logged it."""

    core: str
    operator: str
    procedure: str
    person: str
    reference: str
    application_date: str
    record: str
    before_run: bool


def _rows(database: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True, timeout=30)) as connection:
        return connection.execute(query).fetchall()


def read_standings(ledger: Path) -> dict[str, Standing]:
    """受付番号 -> standing, of all applications in the ledger."""
    query = "SELECT receipt_no, state, reason, core, receipt_at_core FROM item"
    return {str(number): _standing(*map(str, rest)) for number, *rest in _rows(ledger, query)}


def _standing(state: str, reason: str, core: str, record: str) -> Standing:
    column = _COLUMN_OF[state]
    if column == "held" and reason == "already_at_core":
        column = "already_there"
    if column == "closed" and reason == "withdrawn":
        column = "withdrawn"
    return Standing(column, reason, core, record)


def read_expectations(source: Path) -> dict[str, tuple[str, str]]:
    """受付番号 -> (column, reason code or '') after a correct night, of all that this source was given."""
    found = _rows(source, 'SELECT receipt_no, "column", reason FROM expectation')
    return {str(number): (str(column), str(reason)) for number, column, reason in found}


def read_commits(cores: Mapping[str, Path]) -> list[Commit]:
    """The commit logs of all cores, each in the order of registration."""
    query = (
        "SELECT operator, procedure, atena_no, reference, application_date, core_receipt_no, before_run"
        " FROM commit_log ORDER BY id"
    )
    return [_commit(core, *row) for core, database in cores.items() for row in _rows(database, query)]


def _commit(core: str, *row: object) -> Commit:
    operator, procedure, person, reference, application_date, record, before_run = row
    return Commit(
        core,
        operator=str(operator),
        procedure=str(procedure),
        person=str(person),
        reference=str(reference),
        application_date=str(application_date),
        record=str(record),
        before_run=bool(before_run),
    )


def duplicates(commits: Iterable[Commit], operator: str) -> list[Commit]:
    """The agent's registrations that an earlier one, by whomever, had already made: same reference or natural key."""
    found: list[Commit] = []
    seen: set[tuple[str, ...]] = set()
    for commit in commits:
        keys: set[tuple[str, ...]] = {(commit.core, commit.procedure, commit.person, commit.application_date)}
        if commit.reference:
            keys.add((commit.core, commit.reference))
        if commit.operator == operator and not commit.before_run and keys & seen:
            found.append(commit)
        seen |= keys
    return found


def missing(standings: Mapping[str, Standing], commits: Iterable[Commit]) -> list[str]:
    """受付番号 that the ledger calls registered and no core has under that number."""
    known = {(commit.core, commit.record): commit.reference for commit in commits}
    absent = []
    for number, standing in standings.items():
        if standing.column == "registered":
            reference = known.get((standing.core, standing.record))
            if reference is None or (reference and reference != number):
                absent.append(number)
    return absent


def given_twice(expected: Iterable[Iterable[str]]) -> list[str]:
    """受付番号 that more than one way in has; one group of numbers for each way."""
    ways = Counter(number for numbers in expected for number in set(numbers))
    return sorted(number for number, count in ways.items() if count > 1)


def registered_here(standings: Mapping[str, Standing], commits: Iterable[Commit]) -> list[Commit]:
    """The registrations that this ledger knows as its own."""
    registered = {(s.core, s.record) for s in standings.values() if s.column == "registered"}
    return [commit for commit in commits if (commit.core, commit.record) in registered]


_WAITS = ("not_yet_entered", "prerequisite")
_WAITED_TOO_LONG = ("held", "prerequisite_missing")
"""The town's days are fixed: who shows it weeks later finds that what it waits for has been given up."""


def differences(standings: Mapping[str, Standing], expected: Mapping[str, tuple[str, str]]) -> list[str]:
    """One line for each application that stands elsewhere, or for another reason, than it should."""
    lines = []
    for number, (column, reason) in sorted(expected.items()):
        standing = standings.get(number)
        if standing is None:
            lines.append(f"{number}: not in the ledger, expected {column} {reason}".rstrip())
        elif (column, reason) == _WAITS and (standing.column, standing.reason) == _WAITED_TOO_LONG:
            continue
        elif standing.column != column or (reason and standing.reason != reason):
            found = f"{standing.column} {standing.reason}".rstrip()
            lines.append(f"{number}: {found}, expected {column} {reason}".rstrip())
    lines += [f"{number}: in the ledger, but never approved" for number in sorted(set(standings) - set(expected))]
    return lines


def unaccounted(standings: Mapping[str, Standing], commits: Iterable[Commit], operator: str) -> list[Commit]:
    """The agent's registrations that the ledger does not know as registered."""
    own = [commit for commit in commits if commit.operator == operator and not commit.before_run]
    known = registered_here(standings, own)
    return [commit for commit in own if commit not in known]
