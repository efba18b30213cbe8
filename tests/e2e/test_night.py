"""A whole night with every hazard and with faults: where each application stands, what the cores hold, what leaks."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from mock_core_ui.people import build_world, leak_needles
from mock_core_ui.people.model import World
from tests.e2e import leaks
from tests.e2e.agent_town import AgentTown, Finished
from tests.e2e.inverse import committed, differences
from tests.ledger_rows import standing
from tests.unit.e2e_tools import written

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SEED, APPLICATIONS = 3, 60
FAULTS = (
    {"fault": "M4", "when": {"nth": [2]}},
    {"fault": "M1", "when": {"nth": [5]}},
    {"fault": "M3", "when": {"nth": [8]}, "seconds": 15},
    {"fault": "M1b", "when": {"nth": [11]}},
)
"""Each leaves a doubt, with its evidence and its log lines. The last one is never entered: absent."""


@dataclass(frozen=True)
class Night:
    town: AgentTown
    world: World
    first: Finished
    second: Finished

    def committed(self) -> dict[str, list[object]]:
        """Receipt number -> rows of the commit logs that are this application's, by the inverse reading's own eyes."""
        rows = [
            row
            for place in self.town.report["cores"].values()
            for row in committed(Path(place["database"]))
            if not row.before_run
        ]
        return {
            a.receipt_no: [
                row
                for row in rows
                if row.procedure == a.procedure_id
                and (row.reference == a.receipt_no or (not row.reference and row.atena_no == a.atena_no))
            ]
            for a in self.world.applications
        }


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory, browser_path: Path) -> Iterator[Night]:
    folder = tmp_path_factory.mktemp("一晩 の 町")
    town = AgentTown(
        folder,
        seed=SEED,
        applications=APPLICATIONS,
        browser=browser_path,
        limits={"submit_s": 5, "settle_s": 2},
        settings="[evidence]\npictures = true",
    )
    town.faults("sogo", *FAULTS)
    first = town.run()
    town.faults("sogo")
    second = town.run()
    yield Night(town, build_world(SEED, APPLICATIONS), first, second)
    town.close()


def test_every_application_stands_where_it_must(night: Night) -> None:
    states = {number: standing(*state) for number, state in night.town.states().items()}
    wrong = {n: (states.get(n), e) for n, e in night.town.expected().items() if states.get(n) != e}
    # the one that the core refused with an error before it committed
    assert list(wrong.values()) == [(("held", "absent"), ("registered", ""))], wrong
    assert night.first.code == 1, night.first.err


def test_the_books_balance(night: Night) -> None:
    sums = night.first.summary
    columns = ("registered", "already_there", "held", "in_doubt", "withdrawn", "closed", "not_yet_entered")
    assert sums["approved"] == APPLICATIONS == sum(sums[c] for c in columns)
    assert (sums["duplicates"], sums["missing"], sums["lost"], sums["in_doubt"]) == (0, 0, 0, 0)
    assert (night.town.doubles(), night.town.missing(), night.town.lost()) == (0, 0, [])


def test_the_second_run_enters_nothing(night: Night) -> None:
    assert night.second.summary["entered"] == 0
    assert night.second.code == 1


def test_the_source_was_told_of_every_registration(night: Night) -> None:
    sql = "SELECT receipt_no, core_number FROM application WHERE core_number <> ''"
    with sqlite3.connect(night.town.report["management_database"]) as database:
        told = dict(database.execute(sql).fetchall())
    assert told == {c.reference or _receipt(night, c.atena_no): c.receipt for c in night.town.commits()}


def _receipt(night: Night, atena_no: str) -> str:
    (one,) = (
        a.receipt_no
        for a in night.world.applications
        if a.procedure_id == "ltci_certification" and a.atena_no == atena_no and a.expected.column == "registered"
    )
    return one


def test_every_value_in_the_core_is_what_the_application_said(night: Night) -> None:
    registered = {n for n, state in night.town.states().items() if standing(*state)[0] == "registered"}
    assert len(registered) >= 30
    committed_rows = night.committed()
    for application in night.world.applications:
        rows = committed_rows[application.receipt_no]
        if application.receipt_no not in registered:
            assert rows == [], application.receipt_no
            continue
        (row,) = rows
        assert differences(application, row) == [], application.receipt_no  # type: ignore[arg-type]


def test_nothing_personal_is_in_any_file_or_output(night: Night) -> None:
    needles = leak_needles(night.world)
    # the recipes are the author's, and name the training resident; everything else is the agent's own
    written = [place for place in night.town.home.iterdir() if place.name != "recipes"]
    found = leaks.search(written, needles)
    for name, text in (("out", night.first.out), ("err", night.first.err), ("err", night.second.err)):
        found += leaks.search_text(name, text, needles)
    assert found == []
    assert len(list(night.town.home.rglob("*.sealed"))) > 30  # evidence was there to be searched
    assert not list((night.town.home / "data" / "work").glob("*"))


def test_the_leak_search_finds_what_is_planted(night: Night, tmp_path: Path) -> None:
    needles = leak_needles(night.world)
    (tmp_path / "planted.log").write_bytes(f"氏名 {needles[1]} です".encode("cp932", "replace") + needles[0].encode())
    assert leaks.search([tmp_path], needles)


def test_the_morning_sheet_is_written_twice_over(night: Night) -> None:
    reports = sorted(p.suffix for p in (night.town.home / "reports").iterdir())
    assert reports == [
        ".html",
        ".html",
        ".json",
        ".jsonl",
        ".xlsx",
        ".xlsx",
    ]  # beside them witness and heads of the ledger


def test_the_sixteen_hand_written_applications_arrive_as_written(tmp_path: Path, browser_path: Path) -> None:
    """Literal applications and literal stored values, four a procedure: no code stands between them and the eye."""
    town = AgentTown(tmp_path, browser=browser_path, world=written.world())
    try:
        finished = town.run()
        commits = {(c.procedure, c.atena_no): c.values for c in town.commits()}
        wrong = {}
        for case in written.CASES:
            key = (case.application.procedure_id, case.application.atena_no)
            wrong[case.application.receipt_no] = (
                written.unlike(case.stored, commits[key]) if key in commits else "not entered"
            )
        assert {number: what for number, what in wrong.items() if what} == {}, (town.states(), finished.err)
        assert finished.code == 0
    finally:
        town.close()
