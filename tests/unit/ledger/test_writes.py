"""One durable write: whole or not at all, with a sentence when the disk refuses; and the chain that every write is in."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import IntegrityError, OperationalError

from bridge_agent.domain import crash_points
from bridge_agent.domain.crash_points import Write
from bridge_agent.domain.ledger_records import LedgerUnwritable, StaleClaim
from bridge_agent.domain.work_item import State
from bridge_agent.ledger.place import reserve_of
from bridge_agent.ledger.store import SqlLedger
from bridge_agent.ledger.writing import (
    UNWRITABLE,
    DatabaseRefused,
    Owner,
)
from tests.unit.ledger.refusals import refuse_within, said
from tests.unit.ledger.steps import ABSENT, claim, doubtful, events, found, item_row, state, take
from tests.unit.pipeline.imitated_core import ImitatedClock, ImitatedSealer

OWNER = Owner(1, 1.0, "host", "boot")


# ---- what the database refuses --------------------------------------------------------------------------------

REFUSALS = [
    (sqlite3.SQLITE_FULL, "full"),
    (sqlite3.SQLITE_IOERR, "disk"),
    (sqlite3.SQLITE_IOERR_FSYNC, "disk"),
    (sqlite3.SQLITE_READONLY, "readonly"),
    (sqlite3.SQLITE_READONLY_DBMOVED, "readonly"),
    (sqlite3.SQLITE_CANTOPEN, "readonly"),
    (sqlite3.SQLITE_BUSY, "busy"),
    (sqlite3.SQLITE_BUSY_SNAPSHOT, "busy"),
    (sqlite3.SQLITE_LOCKED, "busy"),
    (sqlite3.SQLITE_CORRUPT, "damaged"),
    (sqlite3.SQLITE_NOTADB, "damaged"),
]


@pytest.mark.parametrize(("code", "kind"), REFUSALS)
@pytest.mark.parametrize("when", ["statement", "commit"])
def test_a_refusal_of_the_database_is_a_sentence_and_nothing_is_written(
    on_disk: SqlLedger, code: int, kind: str, when: str
) -> None:
    item_id = take(on_disk)
    with refusing(on_disk.engine, when, code), pytest.raises(LedgerUnwritable) as caught:
        claim(on_disk)
    assert isinstance(caught.value, DatabaseRefused)
    assert (caught.value.kind, str(caught.value)) == (kind, UNWRITABLE[kind])
    assert state(on_disk, item_id)[0] is State.PENDING


@contextmanager
def refusing(engine: Engine, when: str, code: int) -> Iterator[None]:
    """The engine's database answers a statement, or the commit, with that code."""

    def refuse(*_: object) -> None:
        raise said(code)

    if when == "commit":
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(engine.dialect, "do_commit", refuse)
            yield
        return
    event.listen(engine, "do_execute", refuse)
    try:
        yield
    finally:
        event.remove(engine, "do_execute", refuse)


def test_a_read_that_is_refused_is_a_sentence_too(on_disk: SqlLedger) -> None:
    with refusing(on_disk.engine, "statement", sqlite3.SQLITE_CORRUPT), pytest.raises(LedgerUnwritable) as caught:
        on_disk.items()
    assert str(caught.value) == UNWRITABLE["damaged"]


@pytest.mark.parametrize("code", [sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_ERROR, 0, 256])
def test_what_is_no_fault_of_the_disk_keeps_its_own_words(on_disk: SqlLedger, code: int) -> None:
    with refusing(on_disk.engine, "statement", code), pytest.raises(OperationalError):
        on_disk.items()
    take(on_disk)  # and the next write is made


def test_an_interruption_in_the_middle_of_a_statement_stays_one(on_disk: SqlLedger) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    event.listen(on_disk.engine, "do_execute", interrupt)
    with pytest.raises(KeyboardInterrupt):
        on_disk.items()
    event.remove(on_disk.engine, "do_execute", interrupt)
    take(on_disk)


def test_a_rule_of_the_database_is_not_the_disk_s_fault(on_disk: SqlLedger) -> None:
    take(on_disk)
    with pytest.raises(IntegrityError), on_disk.write(Write.HOLD) as connection:
        connection.execute(text("UPDATE item SET state = 'reported'"))
    take(on_disk, 2)


@pytest.mark.parametrize(
    ("code", "kind"),
    [(sqlite3.SQLITE_FULL, "full"), (sqlite3.SQLITE_IOERR_WRITE, "disk"), (sqlite3.SQLITE_BUSY, "busy")],
)
def test_a_refusal_in_the_block_of_a_write_is_the_same_refusal(on_disk: SqlLedger, code: int, kind: str) -> None:
    item_id = take(on_disk)
    crash_points.install(refuse_within(Write.CLAIM, code))
    with pytest.raises(LedgerUnwritable, match=UNWRITABLE[kind][:20]):
        claim(on_disk)
    assert state(on_disk, item_id)[0] is State.PENDING


def test_a_rule_that_is_broken_in_the_block_of_a_write_keeps_its_own_words(on_disk: SqlLedger) -> None:
    take(on_disk)
    crash_points.install(refuse_within(Write.CLAIM, sqlite3.SQLITE_CONSTRAINT))
    with pytest.raises(OperationalError):
        claim(on_disk)
    crash_points.install(None)
    claim(on_disk)


# ---- after a refusal ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("where", ["statement", "block"])
def test_after_a_failed_disk_access_this_process_writes_nothing_any_more(on_disk: SqlLedger, where: str) -> None:
    take(on_disk)
    if where == "block":
        crash_points.install(refuse_within(Write.CLAIM, sqlite3.SQLITE_IOERR))
        with pytest.raises(LedgerUnwritable):
            claim(on_disk)
        crash_points.install(None)
    else:
        with refusing(on_disk.engine, "commit", sqlite3.SQLITE_IOERR), pytest.raises(LedgerUnwritable):
            claim(on_disk)
    for write in (lambda: take(on_disk, 2), lambda: on_disk.end_run(1, 0, {}), lambda: claim(on_disk)):
        with pytest.raises(LedgerUnwritable) as caught:
            write()
        assert str(caught.value) == UNWRITABLE["disk"]
    assert len(on_disk.items()) == 1  # reading goes on
    anew = SqlLedger(on_disk.engine, on_disk.clock, ImitatedSealer(), OWNER)
    claim(anew)


def test_a_disk_that_failed_is_not_mended_by_a_later_refusal(on_disk: SqlLedger) -> None:
    """A write that was under way when another one met the failed disk, and that is refused for a lock."""

    def overtaken(point: str) -> None:
        if point == f"before write {Write.TAKE_IN}":
            with refusing(on_disk.engine, "commit", sqlite3.SQLITE_IOERR), pytest.raises(LedgerUnwritable):
                on_disk.request_stop("職員")
            crash_points.install(refuse_within(Write.TAKE_IN, sqlite3.SQLITE_BUSY))

    crash_points.install(overtaken)
    with pytest.raises(LedgerUnwritable) as caught:
        take(on_disk)
    assert str(caught.value) == UNWRITABLE["busy"]
    crash_points.install(None)
    with pytest.raises(LedgerUnwritable) as caught:
        take(on_disk)
    assert str(caught.value) == UNWRITABLE["disk"]


@pytest.mark.parametrize("code", [sqlite3.SQLITE_BUSY, sqlite3.SQLITE_READONLY])
def test_after_another_refusal_the_next_write_is_tried(on_disk: SqlLedger, code: int) -> None:
    take(on_disk)
    with refusing(on_disk.engine, "commit", code), pytest.raises(LedgerUnwritable):
        claim(on_disk)
    claim(on_disk)


def test_on_a_full_disk_the_reserve_lets_a_run_end_and_nothing_new_begin(file: Path, on_disk: SqlLedger) -> None:
    take(on_disk)
    claimed = claim(on_disk)
    assert reserve_of(file).exists()
    with refusing(on_disk.engine, "commit", sqlite3.SQLITE_FULL), pytest.raises(LedgerUnwritable):
        on_disk.request_stop("職員")
    assert not reserve_of(file).exists()
    for begin in (lambda: take(on_disk, 2), lambda: on_disk.start_run("run"), lambda: claim(on_disk, "other")):
        with pytest.raises(LedgerUnwritable) as caught:
            begin()
        assert str(caught.value) == UNWRITABLE["full"]
    on_disk.put_back(claimed, "full", after_s=0)
    on_disk.end_run(1, 3, {})
    assert state(on_disk)[0] is State.PENDING


@pytest.mark.parametrize("code", [sqlite3.SQLITE_IOERR, sqlite3.SQLITE_BUSY])
def test_the_reserve_is_for_a_full_disk_alone(file: Path, on_disk: SqlLedger, code: int) -> None:
    with refusing(on_disk.engine, "commit", code), pytest.raises(LedgerUnwritable):
        take(on_disk)
    assert reserve_of(file).exists()


def test_a_full_memory_ledger_has_no_reserve_to_release(ledger: SqlLedger) -> None:
    with refusing(ledger.engine, "commit", sqlite3.SQLITE_FULL), pytest.raises(LedgerUnwritable) as caught:
        take(ledger)
    assert str(caught.value) == UNWRITABLE["full"]


# ---- whole or not at all --------------------------------------------------------------------------------------


@pytest.mark.parametrize("point", ["before", "within"])
def test_a_write_that_dies_before_its_commit_leaves_nothing(on_disk: SqlLedger, point: str) -> None:
    def hook(name: str) -> None:
        if name == f"{point} write claim":
            raise RuntimeError

    take(on_disk)
    crash_points.install(hook)
    with pytest.raises(RuntimeError):
        claim(on_disk)
    assert state(on_disk)[0] is State.PENDING
    assert "pending->claimed" not in events(on_disk)


def test_a_write_passes_its_three_points_in_order(on_disk: SqlLedger) -> None:
    passed: list[str] = []
    crash_points.install(passed.append)
    take(on_disk)
    assert passed == ["before write take_in", "within write take_in", "after write take_in"]


def test_a_move_that_is_not_in_the_table_is_a_fault_of_the_program(ledger: SqlLedger) -> None:
    item_id = take(ledger)
    with pytest.raises(AssertionError, match="MOVES"), ledger.write(Write.HOLD) as connection:
        ledger.move(connection, item_id, State.PENDING, State.REGISTERED)
    assert state(ledger) == (State.PENDING, "")


def test_a_move_finds_its_item_in_its_state_and_with_its_fence(ledger: SqlLedger, clock: ImitatedClock) -> None:
    item_id, other = take(ledger, 1), take(ledger, 2)
    fence = claim(ledger).fence
    for start, wrong in ((State.ARMED, fence), (State.CLAIMED, fence + 1)):
        with pytest.raises(StaleClaim), ledger.write(Write.HOLD) as connection:
            ledger.move(connection, item_id, start, State.IN_DOUBT, fence=wrong)
    clock.wait(1)
    with ledger.write(Write.HOLD) as connection:
        ledger.move(connection, item_id, State.CLAIMED, State.HELD, fence=fence, new_fence=70, why="because")
    row = item_row(ledger, item_id)
    assert (row.state, row.fence, row.updated_at) == (State.HELD, 70, ledger.now())
    assert state(ledger, other) == (State.PENDING, "")


@pytest.mark.parametrize("changes", [{"pid": 2}, {"started": 2.0}, {"host": "other"}])
def test_a_fence_is_worth_nothing_in_a_lane_that_is_another_process_s(
    ledger: SqlLedger, changes: dict[str, Any]
) -> None:
    """It may have been read after the lane was lost."""
    tried = doubtful(ledger)
    owner = replace(Owner(1, 1.0, "host", "boot"), **changes)
    other = SqlLedger(ledger.engine, ledger.clock, ImitatedSealer(), owner)
    for write in (
        lambda: other.look_again(tried, ABSENT, after_s=1),
        lambda: other.try_again(tried, ABSENT),
        lambda: other.registered(tried, found(), "doubt"),
    ):
        with pytest.raises(StaleClaim):
            write()
    assert ledger.try_again(tried, ABSENT) is State.PENDING
