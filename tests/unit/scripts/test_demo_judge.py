"""The demonstration's books over several sites: each alone, all together, and no application by two ways."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pytest

from scripts.demo_agent import AgentSite, Answer
from scripts.demo_judge import Night, judge
from scripts.demo_run import DemoResult
from scripts.demo_said import say_result
from scripts.demo_town import Place, Town
from scripts.demo_ways import EVERY_WAY, FOLDER, OSS, SCREEN, WayIn, way_of
from tests.architecture.source_files import ROOT

ROBOT = "bridge01"
REISSUE, HIGH_COST, PARKING = "ltci_burden_ratio_reissue", "ltci_high_cost", "parking_space_certificate"
NONE_ELSEWHERE = dict.fromkeys(
    ("already_there", "held", "in_doubt", "withdrawn", "closed", "not_yet_entered", "lost"), 0
)


def fill(database: Path, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(f"CREATE TABLE {table} ({', '.join(columns)})")
        connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(columns))})", rows)
    return database


@dataclass
class Books:
    """Two sites' worth of databases: what each source was given, each ledger, the core's log. Changed, then judged."""

    given: dict[WayIn, list[str]]
    ledgers: dict[WayIn, list[str]]
    log: list[tuple[str, str]]
    """(受付番号, procedure); the core's number is 受付番号 with K before it."""
    broken: WayIn | None = None
    """Whose runs ended before anything was done."""

    def judged(self, folder: Path, applications: int = 3) -> tuple[dict[str, object], list[str]]:
        log = (
            "id",
            "operator",
            "procedure",
            "atena_no",
            "reference",
            "application_date",
            "core_receipt_no",
            "before_run",
        )
        rows = [(n, ROBOT, what, f"P{n}", ref, "2026-11-20", f"K{ref}", 0) for n, (ref, what) in enumerate(self.log)]
        core = fill(folder / "core.sqlite", "commit_log", log, rows)
        town = _Town(
            {way.place: Place("", ROBOT, "", self._source(folder, way)) for way in self.given},
            {"sogo": Place("", ROBOT, "", core)},
        )
        nights = [self._night(folder, way) for way in self.given]
        return judge(cast("Town", town), nights, applications)

    def _source(self, folder: Path, way: WayIn) -> Path:
        rows = [(number, "registered", "") for number in self.given[way]]
        return fill(folder / f"{way.place}.sqlite", "expectation", ("receipt_no", '"column"', "reason"), rows)

    def _night(self, folder: Path, way: WayIn) -> Night:
        if way is self.broken:
            return Night(cast("AgentSite", _Site(way, folder / "none.db")), Answer(3, ""), 1.0, Answer(3, ""))
        columns = ("receipt_no", "state", "reason", "core", "receipt_at_core")
        rows = [(number, "reported", "", "sogo", f"K{number}") for number in self.ledgers[way]]
        ledger = fill(folder / f"{way.site}.db", "item", columns, rows)
        count = len(self.ledgers[way])
        said = json.dumps({"approved": count, "registered": count, "sheet": f"{way.name}.html"} | NONE_ELSEWHERE)
        return Night(cast("AgentSite", _Site(way, ledger)), Answer(0, said), 1.0, Answer(0, said))


@dataclass
class _Town:
    sources: dict[str, Place]
    cores: dict[str, Place]
    operator: str = ROBOT


@dataclass
class _Site:
    way: WayIn
    ledger: Path


@pytest.fixture
def books() -> Books:
    return Books(
        {SCREEN: ["1", "2"], FOLDER: ["3"]},
        {SCREEN: ["1", "2"], FOLDER: ["3"]},
        [("1", REISSUE), ("2", REISSUE), ("3", HIGH_COST)],
    )


def test_books_that_add_up(books: Books, tmp_path: Path) -> None:
    numbers, problems = books.judged(tmp_path)
    assert problems == []
    found = {name: (way["given"], way["registered"]) for name, way in numbers["ways"].items()}  # type: ignore[attr-defined]
    assert found == {"screen": (2, 2), "folder": (1, 1)}
    assert [numbers[word] for word in ("given", "approved", "registered", "duplicates", "missing", "lost")] == [
        3, 3, 3, 0, 0, 0,
    ]  # fmt: skip


def test_an_application_that_two_sources_have_is_told_although_both_sites_agree(books: Books, tmp_path: Path) -> None:
    books.given[FOLDER].append("1")
    books.ledgers[FOLDER].append("1")
    _, problems = books.judged(tmp_path, 4)
    assert "1: came in by two ways" in problems


def test_a_second_entry_by_another_site_is_a_duplicate(books: Books, tmp_path: Path) -> None:
    books.log.append(("1", REISSUE))
    numbers, problems = books.judged(tmp_path)
    assert numbers["duplicates"] == 1
    assert "duplicates: 1" in problems


def test_an_application_that_no_source_was_given_is_told(books: Books, tmp_path: Path) -> None:
    assert books.judged(tmp_path, 4)[1] == ["3 applications were given, expected 4"]


def test_a_procedure_that_came_another_way_than_its_own_is_told(books: Books, tmp_path: Path) -> None:
    books.log[1] = ("2", HIGH_COST)
    assert books.judged(tmp_path)[1] == ["screen: sogo K2: ltci_high_cost must come another way"]


def test_what_one_site_does_not_know_is_no_other_site_s_either(books: Books, tmp_path: Path) -> None:
    books.ledgers[FOLDER].remove("3")
    numbers, problems = books.judged(tmp_path)
    assert numbers["lost"] == 1
    assert "folder: 3: not in the ledger, expected registered" in problems
    assert "sogo K3: entered, but not registered in the ledger" in problems


def test_a_registration_that_no_core_has_is_missing(books: Books, tmp_path: Path) -> None:
    books.log.pop()
    numbers, problems = books.judged(tmp_path)
    assert (numbers["missing"], problems) == (1, ["missing: 1"])


def test_a_run_that_broke_off_before_it_had_a_ledger_is_one_line(books: Books, tmp_path: Path) -> None:
    books.broken = FOLDER
    books.log.pop()
    numbers, problems = books.judged(tmp_path)
    assert problems == [
        "folder: the first run ended with 3",
        "folder: the second run ended with 3",
        "folder: the first run printed no balance",
    ]
    assert (numbers["given"], numbers["approved"]) == (3, 2)


SAID_TOO = (
    "values_read_back_of",
    "values_wrong",
    "second_run_entered",
    "seconds",
    "entries_per_minute",
    "total_seconds",
)


def test_what_came_by_which_way_is_said(books: Books, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    numbers, problems = books.judged(tmp_path)
    numbers |= dict.fromkeys(SAID_TOO, 0)
    say_result(DemoResult(numbers, problems))
    said = capsys.readouterr().out
    assert "申請 3 件は、画面から 2 件、フォルダーから 1 件届きました。" in said
    (line,) = (line for line in said.splitlines() if line.startswith("  登録確認済"))
    assert line.replace("　", " ").split() == ["登録確認済", "3", "2", "1", "registered"]
    assert "突合表（フォルダー） / morning sheet: folder.html" in said


def test_one_way_in_needs_no_columns(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    numbers, problems = Books({SCREEN: ["1"]}, {SCREEN: ["1"]}, [("1", HIGH_COST)]).judged(tmp_path, 1)
    assert problems == []
    numbers |= dict.fromkeys(SAID_TOO, 0)
    say_result(DemoResult(numbers, problems))
    said = capsys.readouterr().out
    assert "届きました" not in said
    assert "  登録確認済　　　     1   registered" in said.splitlines()


def test_the_ways_share_no_procedure_and_the_first_takes_the_rest() -> None:
    named = [procedure for way in EVERY_WAY for procedure in way.procedures]
    assert len(named) == len(set(named)) == 11
    assert [way_of(what, EVERY_WAY) for what in (REISSUE, HIGH_COST, PARKING)] == [SCREEN, FOLDER, OSS]
    assert way_of(PARKING, (SCREEN,)) is SCREEN


@pytest.mark.parametrize("way", EVERY_WAY, ids=lambda way: way.name)
def test_a_way_s_profile_is_there_under_the_source_s_name(way: WayIn) -> None:
    lines = (ROOT / "recipes" / "sources" / f"{way.profile}.yaml").read_text(encoding="utf-8").splitlines()
    (source,) = (line.split()[1] for line in lines if line.startswith("source:"))
    assert source == way.source
