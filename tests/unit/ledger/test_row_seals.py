"""A row that was altered past the agent is never acted on: while opening, and in the middle of a run."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bridge_agent.domain.errors import ConfigError
from bridge_agent.domain.ledger_records import LedgerUnwritable
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.result import Answer
from bridge_agent.ledger.opening import open_ledger
from bridge_agent.ledger.row_seals import SEALED, columns_of
from bridge_agent.ledger.store import SqlLedger
from bridge_agent.ledger.tables import metadata
from bridge_agent.ledger.writing import Owner
from bridge_agent.pipeline.run import run
from bridge_agent.sealing import SiteSealer
from tests.unit.ledger.test_store import ABSENT, FACTS, FOUND, claim, take_in
from tests.unit.pipeline.imitated_core import ImitatedClock
from tests.unit.pipeline.imitation import Town, application

SEALER = SiteSealer(bytes(range(32)))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "ledger.db"


@pytest.fixture
def ledger(file: Path) -> SqlLedger:
    engine = open_ledger(file, SEALER.check_value(), SEALER)
    return SqlLedger(engine, ImitatedClock(), SEALER, Owner(1, 1.0, "host", "boot"))


def alter(file: Path, statement: str) -> None:
    """Another hand, with another program; the triggers stand again afterwards."""
    with closing(sqlite3.connect(file, isolation_level=None)) as db:
        triggers = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _sql in triggers:
            db.execute(f"DROP TRIGGER {name}")
        assert db.execute(statement).rowcount > 0
        for _name, sql in triggers:
            db.execute(sql)


def waiting(ledger: SqlLedger) -> Callable[[], object]:
    take_in(ledger)
    return lambda: claim(ledger)


def armed(ledger: SqlLedger) -> Callable[[], object]:
    take_in(ledger)
    attempt = ledger.arm(claim(ledger), FACTS)
    ledger.in_doubt(attempt, "timeout", None, due_after_s=0)
    return lambda: ledger.doubts("lane")


def seen(ledger: SqlLedger) -> Callable[[], object]:
    take_in(ledger)
    attempt = ledger.arm(claim(ledger), FACTS)
    ledger.seen(attempt, Answer(None, receipt="K-1"), "")
    return lambda: ledger.owed("lane")


def settled(ledger: SqlLedger) -> Callable[[], object]:
    seen(ledger)
    ledger.registered(ledger.owed("lane")[0].attempt, FOUND, "after_entry")
    return ledger.outbox


def looked_up_again(ledger: SqlLedger) -> Callable[[], object]:
    settled(ledger)
    return lambda: ledger.registered_since("sogo", ledger.clock.now())


def second_try(ledger: SqlLedger) -> Callable[[], object]:
    armed(ledger)
    ledger.try_again(ledger.doubts("lane")[0].attempt, ABSENT)
    return lambda: claim(ledger)


@pytest.mark.parametrize(
    ("before", "statement"),
    [
        (waiting, "UPDATE item SET receipt_no = 'R777'"),
        (waiting, "UPDATE item SET tries = 1"),
        (armed, "UPDATE item SET note = ''"),
        (armed, "UPDATE item SET absent_looks = 1"),
        (armed, "UPDATE attempt SET baseline = '[\"K-1\"]'"),
        (armed, "UPDATE attempt SET armed_at = '2020-01-01T00:00:00.000000Z'"),
        (seen, "UPDATE attempt SET core_record = 'K-9'"),
        (settled, "UPDATE outbox SET core_receipt = 'K-9'"),
        (settled, "UPDATE item SET receipt_no = 'R777'"),
        (looked_up_again, "UPDATE attempt SET core_record = 'K-9'"),
        (looked_up_again, "UPDATE item SET fence = 9"),
        (second_try, "UPDATE attempt SET baseline = '[\"K-1\"]'"),
    ],
)
def test_an_altered_row_is_not_acted_on(
    file: Path, ledger: SqlLedger, before: Callable[[SqlLedger], Callable[[], object]], statement: str
) -> None:
    act = before(ledger)
    alter(file, statement)
    with pytest.raises(LedgerUnwritable, match="書き換わって"):
        act()
    ledger.engine.dispose()
    with pytest.raises(ConfigError, match="書き換わって"):
        open_ledger(file, SEALER.check_value(), SEALER)


def test_unaltered_rows_are_acted_on(ledger: SqlLedger) -> None:
    assert second_try(ledger)() is not None


def test_nothing_is_written_over_an_altered_row(file: Path, ledger: SqlLedger) -> None:
    take_in(ledger)
    claimed = claim(ledger)
    alter(file, "UPDATE item SET core = 'other'")
    with pytest.raises(LedgerUnwritable, match="書き換わって"):
        ledger.hold(claimed, Reason.SCREEN_CHANGED, "")


def test_an_application_that_lost_its_number_is_not_taken_in_a_second_time(file: Path, ledger: SqlLedger) -> None:
    take_in(ledger)
    alter(file, "UPDATE item SET state = 'closed'")
    with pytest.raises(LedgerUnwritable, match="書き換わって"):
        ledger.known("minamo", "default", "R001")


def test_rows_sealed_with_another_key_are_altered_rows(file: Path, ledger: SqlLedger) -> None:
    take_in(ledger)
    ledger.engine.dispose()
    other = SiteSealer(bytes(32))
    with pytest.raises(ConfigError):
        open_ledger(file, SEALER.check_value(), other)


def test_a_row_altered_during_the_night_stops_the_lane_before_it_is_entered(tmp_path: Path) -> None:
    file = tmp_path / "ledger.db"
    town = Town([application(1), application(2)])
    town.ledger = SqlLedger(
        open_ledger(file, SEALER.check_value(), SEALER), town.clock, SEALER, Owner(1, 1.0, "host", "boot")
    )
    town.core.at_register = lambda: (
        None if len(town.core.log) else alter(file, "UPDATE item SET tries = 3 WHERE item_id = 2")
    )
    report = run(town.night())
    assert report.exit_code == 3
    assert [r.reference for r in town.core.log] == ["R001"]


def test_every_table_that_decides_something_is_sealed_over_all_its_columns() -> None:
    tables = {t.name for t in metadata.sorted_tables}
    assert tables - set(SEALED) == {"meta", "event", "run", "run_item"}
    for table in SEALED:
        assert {"seal", *columns_of(table)} == {c.name for c in metadata.tables[table].columns}
