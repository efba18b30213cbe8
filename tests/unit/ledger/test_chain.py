"""The chain that every write of the ledger is in, and the check of the file before an application is taken in hand."""

from __future__ import annotations

import hashlib
import hmac
import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import insert

from bridge_agent.domain import crash_points
from bridge_agent.domain.crash_points import Write
from bridge_agent.domain.ledger_records import LedgerUnwritable
from bridge_agent.ledger.opening import open_ledger
from bridge_agent.ledger.store import SqlLedger
from bridge_agent.ledger.tables import meta
from bridge_agent.ledger.writing import (
    QUICK_CHECK_S,
    UNWRITABLE,
    Owner,
    canonical,
    chain_key,
    event_hash,
    moment_of,
    text_of,
)
from tests.unit.ledger.refusals import refuse_within
from tests.unit.ledger.steps import claim, claim_or_none, events, take
from tests.unit.pipeline.imitated_core import ImitatedClock, ImitatedSealer

OWNER = Owner(1, 1.0, "host", "boot")


# ---- before the next one is taken in hand -----------------------------------------------------------------------


def damage(file: Path) -> None:
    """Rubbish in the middle: an index page, so that rows can still be read."""
    with closing(sqlite3.connect(file)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # where there is a write-ahead log, the file alone is read then
        page = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'item_by_person'").fetchone()[0]
        size = db.execute("PRAGMA page_size").fetchone()[0]
    with file.open("r+b") as opened:
        opened.seek((page - 1) * size + 3)
        opened.write(b"\x00\x63")


def test_the_file_is_checked_once_an_hour_before_an_application_is_taken_in_hand(
    file: Path, on_disk: SqlLedger, clock: ImitatedClock
) -> None:
    take(on_disk)
    clock.wait(QUICK_CHECK_S)
    assert claim_or_none(on_disk, core="zeimu") is None  # sound
    damage(file)
    clock.wait(QUICK_CHECK_S - 1)
    assert claim_or_none(on_disk, core="zeimu") is None  # not yet looked at again
    clock.wait(1)
    with pytest.raises(LedgerUnwritable) as caught:
        claim(on_disk)
    assert str(caught.value) == UNWRITABLE["damaged"]


def test_only_a_claim_asks_for_the_check(file: Path, on_disk: SqlLedger, clock: ImitatedClock) -> None:
    take(on_disk)
    claimed = claim(on_disk)
    damage(file)
    clock.wait(QUICK_CHECK_S)
    on_disk.put_back(claimed, "", after_s=0)
    with pytest.raises(LedgerUnwritable):
        claim(on_disk)


@pytest.mark.parametrize(
    ("content", "kind"), [(b"not a database at all, whatever its name says" * 30, "damaged"), (None, "readonly")]
)
def test_a_file_that_can_no_longer_be_checked_is_a_sentence(
    file: Path, clock: ImitatedClock, content: bytes | None, kind: str
) -> None:
    ledger = SqlLedger(open_ledger(file, "check"), clock, ImitatedSealer(), OWNER)
    take(ledger)
    with ledger.lane("lane"):
        clock.wait(QUICK_CHECK_S)
        ledger.engine.dispose()
        if content is None:
            file.unlink()
        else:
            file.write_bytes(content)
        with pytest.raises(LedgerUnwritable) as caught:
            ledger.claim("lane", "sogo", None)
    assert str(caught.value) == UNWRITABLE[kind]


def test_a_ledger_in_memory_has_no_file_to_check(ledger: SqlLedger, clock: ImitatedClock) -> None:
    take(ledger)
    clock.wait(2 * QUICK_CHECK_S)
    claim(ledger)


# ---- the chain ------------------------------------------------------------------------------------------------


def test_a_moment_is_text_of_one_width_in_utc_that_sorts_like_time() -> None:
    at = datetime(2026, 11, 20, 20, 0, 0, 70, tzinfo=timezone(timedelta(hours=9)))
    assert text_of(at) == "2026-11-20T11:00:00.000070Z"
    assert text_of(datetime(2026, 1, 2, tzinfo=UTC)) == "2026-01-02T00:00:00.000000Z"
    assert moment_of(text_of(at)) == at


def test_the_canonical_form_does_not_depend_on_the_order_of_writing() -> None:
    assert canonical({"who": "職員", "epoch": 1}) == '{"epoch":1,"who":"職員"}'


@pytest.mark.parametrize(("item_id", "as_text"), [(7, "7"), (None, "")])
def test_a_link_of_the_chain_is_an_hmac_over_all_its_parts(item_id: int | None, as_text: str) -> None:
    key = bytes(range(32))
    expected = hmac.new(key, f"prev\x1fat\x1fkind\x1f{as_text}\x1fbody".encode(), hashlib.sha256).hexdigest()
    assert event_hash(key, "prev", "at", "kind", item_id, "body") == expected


def test_the_chain_s_key_is_made_once_and_kept_with_the_ledger(ledger: SqlLedger) -> None:
    with ledger.engine.connect() as connection:
        assert chain_key(connection, ledger.sealer) is None
    take(ledger, 1)
    with ledger.engine.connect() as connection:
        key = chain_key(connection, ledger.sealer)
    assert key is not None
    assert len(key) == 32
    take(SqlLedger(ledger.engine, ledger.clock, ImitatedSealer(), OWNER), 2)
    take(ledger, 3)
    assert unbroken(ledger, key)


def test_a_key_whose_write_was_not_kept_is_not_used(ledger: SqlLedger) -> None:
    crash_points.install(refuse_within(Write.TAKE_IN, sqlite3.SQLITE_BUSY))
    with pytest.raises(LedgerUnwritable):
        take(ledger)
    crash_points.install(None)
    take(ledger)
    with ledger.engine.connect() as connection:
        key = chain_key(connection, ledger.sealer)
    assert key is not None
    assert unbroken(ledger, key)


def unbroken(ledger: SqlLedger, key: bytes) -> bool:
    previous = ""
    with ledger.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT at, kind, item_id, body, previous, hash FROM event").all()
    for row in rows:
        if row.previous != previous or row.hash != event_hash(key, previous, row.at, row.kind, row.item_id, row.body):
            return False
        previous = row.hash
    return bool(rows)


def test_a_chain_whose_key_is_gone_is_not_gone_on_with(ledger: SqlLedger, clock: ImitatedClock) -> None:
    take(ledger)
    with ledger.engine.begin() as connection:
        connection.execute(meta.delete().where(meta.c.key == "chain_key"))
    later = SqlLedger(ledger.engine, clock, ImitatedSealer(), OWNER)
    with pytest.raises(LedgerUnwritable) as caught:
        take(later, 2)
    assert str(caught.value) == UNWRITABLE["damaged"]
    assert len(events(later)) == 1


def test_a_record_says_of_which_item_and_why(ledger: SqlLedger) -> None:
    take(ledger)
    claim(ledger)
    with ledger.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT at, kind, item_id, body FROM event ORDER BY event_id").all()
    assert [(row.at, row.kind, row.item_id) for row in rows] == [
        (ledger.now(), "->pending", 1),
        (ledger.now(), "pending->claimed", 1),
    ]
    assert [json.loads(row.body) for row in rows] == [{"why": ""}, {"why": ""}]


def test_another_key_of_the_ledger_is_not_the_chain_s(ledger: SqlLedger) -> None:
    with ledger.engine.begin() as connection:
        connection.execute(insert(meta).values(key="other", value="00"))
        assert chain_key(connection, ledger.sealer) is None
