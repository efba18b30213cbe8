"""What every ledger write goes through: one transaction, the table of moves, the fence, the event chain."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, ExceptionContext, Row, event, exists, insert, select, update
from sqlalchemy.exc import DBAPIError

from bridge_agent.domain.clock import Clock
from bridge_agent.domain.crash_points import AFTER, BEFORE, WITHIN, Write, reach
from bridge_agent.domain.ledger_records import Attempt, Doubt, LedgerUnwritable, StaleClaim
from bridge_agent.domain.ports import Sealer
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.work_item import State, WorkItem, allowed
from bridge_agent.ledger.place import release_reserve
from bridge_agent.ledger.row_seals import ALTERED, broken_rows, install
from bridge_agent.ledger.tables import attempt, event_log, item, lane, meta

WAIVED = "waived"
"""Kind of the event that a person answered for a document."""
PLAN_PURPOSE = "attempt-plan"
CHAIN_PURPOSE = "chain-key"
CONTENT_PURPOSE = "application"


@dataclass(frozen=True, slots=True)
class Owner:
    """The process that writes: recorded with every claim, so that a taker can tell whether it still lives."""

    pid: int
    started: float
    host: str
    boot_id: str


UNWRITABLE = {
    "full": "ディスクの空きがなく、台帳に書けません。登録は止めました。空きを作ってから、もう一度実行してください。",
    "disk": "台帳のディスクが読み書きの誤りを返しました。登録は止めました。ディスクを調べてから、もう一度実行してください。",
    "readonly": "台帳に書き込めません（読み取り専用）。ファイルとフォルダの権限を確かめてください。",
    "busy": "台帳がほかの処理に使われたままで、書けませんでした。ほかの実行や控えの処理が終わってから、もう一度実行してください。",
    "damaged": "台帳が壊れています。何も入力していません。控えから復元してください（bridge-agent ledger restore）。",
    "altered": "台帳の内容がこのプログラムの外で書き換わっています。その申請には何もしていません。"
    "bridge-agent ledger verify で場所を確かめ、控えから復元してください。",
}


def kind_of(error: DBAPIError) -> str | None:
    """Which of UNWRITABLE a database error is; None for what a rule of the database itself refused."""
    if ALTERED in str(error.orig):
        return "altered"
    code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF  # the primary code, whatever the extended one says
    return _KINDS.get(code)


_KINDS = {
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_IOERR: "disk",
    sqlite3.SQLITE_READONLY: "readonly",
    sqlite3.SQLITE_CANTOPEN: "readonly",
    sqlite3.SQLITE_BUSY: "busy",
    sqlite3.SQLITE_LOCKED: "busy",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_NOTADB: "damaged",
}


BEGINS_WORK = frozenset({Write.CLAIM, Write.ARM, Write.TAKE_IN, Write.START_RUN})
"""Writes that are not made on the reserve of a full disk."""
QUICK_CHECK_S = 3600.0


def text_of(moment: datetime) -> str:
    """Fixed-width UTC text: sorts like the time itself in both databases."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"


def moment_of(text: str) -> datetime:
    return datetime.fromisoformat(text)


def canonical(body: Mapping[str, object]) -> str:
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def event_hash(key: bytes, previous: str, at: str, kind: str, item_id: int | None, body: str) -> str:
    """Keyed: who has not the site key cannot make a chain that fits."""
    text = "\x1f".join([previous, at, kind, str(item_id or ""), body])
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def chain_key(connection: Connection, sealer: Sealer) -> bytes | None:
    """The key of the event chain, sealed in the ledger itself so that a new site key leaves the chain as it is."""
    sealed = connection.execute(select(meta.c.value).where(meta.c.key == "chain_key")).scalar_one_or_none()
    return None if sealed is None else sealer.unseal(bytes.fromhex(sealed), CHAIN_PURPOSE)


def new_chain_key(connection: Connection, sealer: Sealer) -> bytes:
    key = secrets.token_bytes(32)
    connection.execute(insert(meta).values(key="chain_key", value=sealer.seal(key, CHAIN_PURPOSE).hex()))
    return key


class DatabaseRefused(LedgerUnwritable):
    """What the database itself said, as one of UNWRITABLE."""

    def __init__(self, kind: str) -> None:
        super().__init__(UNWRITABLE[kind])
        self.kind = kind


def _speak(context: ExceptionContext) -> None:
    """Reads, too, fail with a sentence and not with the database's own words."""
    error = context.sqlalchemy_exception
    kind = kind_of(error) if isinstance(error, DBAPIError) else None
    if kind is not None:
        raise DatabaseRefused(kind) from None


class LedgerWriter:
    """Shared by all groups of ledger methods; holds the engine and the ports the ledger needs."""

    def __init__(self, engine: Engine, clock: Clock, sealer: Sealer, owner: Owner) -> None:
        self.engine = engine
        self.clock = clock
        self.sealer = sealer
        self.owner = owner
        self._broken = False
        self._full = False
        self._checked_at = clock.monotonic()
        self._chain_key: bytes | None = None
        self._prepare()

    def _prepare(self) -> None:
        """Whatever connection the engine makes seals its rows, and its errors are sentences."""
        install(self.engine, self.sealer)
        if not event.contains(self.engine, "handle_error", _speak):
            event.listen(self.engine, "handle_error", _speak)

    @contextmanager
    def write(self, what: Write) -> Iterator[Connection]:
        """One durable write: when the block has ended without an error, it is on the disk.

        Raises LedgerUnwritable when it is not; after a failed disk access this process writes nothing any more,
        because what the disk kept is unknown until the ledger is opened anew.
        """
        if self._broken:
            raise LedgerUnwritable(UNWRITABLE["disk"])
        if self._full and what in BEGINS_WORK:
            raise LedgerUnwritable(UNWRITABLE["full"])
        if what is Write.CLAIM:
            self._check_quickly()
        reach(BEFORE, what)
        try:
            with self.engine.begin() as connection:
                yield connection
                reach(WITHIN, what)
        except DatabaseRefused as refused:
            self._failed(refused.kind)
            raise
        except DBAPIError as error:
            kind = kind_of(error)
            if kind is None:
                raise
            self._failed(kind)
            raise DatabaseRefused(kind) from None
        reach(AFTER, what)

    def _failed(self, kind: str) -> None:
        """The reserve lets a run on a full disk write its end; nothing new is begun any more."""
        self._broken = self._broken or kind == "disk"
        if kind != "full":
            return
        self._full = True
        if self.engine.url.database:
            release_reserve(Path(self.engine.url.database))

    def _check_quickly(self) -> None:
        """At most once an hour, before the next application is taken in hand; a connection of its own has no old pages."""
        place = self.engine.url.database
        if not place or self.clock.monotonic() - self._checked_at < QUICK_CHECK_S:
            return
        self._checked_at = self.clock.monotonic()
        try:
            with closing(sqlite3.connect(f"{Path(place).resolve().as_uri()}?mode=ro", uri=True, timeout=30)) as looking:
                damage = looking.execute("PRAGMA quick_check(1)").fetchone()[0]
        except sqlite3.Error as error:
            raise DatabaseRefused(_KINDS.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, "damaged")) from None
        if damage != "ok":
            raise LedgerUnwritable(UNWRITABLE["damaged"])

    def now(self) -> str:
        return text_of(self.clock.now())

    def later(self, seconds: float) -> str:
        return text_of(self.clock.now() + timedelta(seconds=seconds))

    def record(self, connection: Connection, kind: str, item_id: int | None, /, **body: object) -> None:
        """Append to the chain, in the caller's transaction."""
        key = self._key_of_chain(connection)
        previous = connection.execute(
            select(event_log.c.hash).order_by(event_log.c.event_id.desc()).limit(1)
        ).scalar_one_or_none()
        at, text = self.now(), canonical(body)
        connection.execute(
            insert(event_log).values(
                at=at,
                kind=kind,
                item_id=item_id,
                body=text,
                previous=previous or "",
                hash=event_hash(key, previous or "", at, kind, item_id, text),
            )
        )

    def _key_of_chain(self, connection: Connection) -> bytes:
        if self._chain_key is None:
            key = chain_key(connection, self.sealer)
            if key is not None:
                self._chain_key = key
            elif connection.execute(select(event_log.c.event_id).limit(1)).first() is None:
                return new_chain_key(connection, self.sealer)  # remembered once it is committed
            else:
                raise LedgerUnwritable(UNWRITABLE["damaged"])
        assert self._chain_key is not None
        return self._chain_key

    def waived(self, connection: Connection, item_id: int, content_hash: str) -> frozenset[Reason]:
        """What a person answered for by releasing the item with this content. Raises when an event was altered."""
        rows = connection.execute(
            select(event_log).where(event_log.c.item_id == item_id, event_log.c.kind == WAIVED)
        ).all()
        found: set[Reason] = set()
        for row in rows:
            key = self._key_of_chain(connection)
            if row.hash != event_hash(key, row.previous, row.at, row.kind, row.item_id, row.body):
                raise LedgerUnwritable(UNWRITABLE["altered"])
            body = json.loads(row.body)
            if body["content"] == content_hash:
                found.add(Reason(body["reason"]))
        return frozenset(found)

    def trust(self, connection: Connection, table: str, keys: Sequence[object]) -> None:
        """Asked before anything follows from these rows. Raises LedgerUnwritable when one was altered by another hand."""
        if broken_rows(connection, table, keys):
            raise LedgerUnwritable(UNWRITABLE["altered"])

    def move(
        self,
        connection: Connection,
        item_id: int,
        start: State,
        end: State,
        *,
        fence: int | None = None,
        new_fence: int | None = None,
        why: str = "",
        **changes: Any,
    ) -> None:
        """One allowed move of one item; raises StaleClaim unless exactly one row had that state and `fence`.

        With a fence also unless the item's lane is this process's: a fence can have been read after the lane was lost.
        """
        if not allowed(start, end):
            raise AssertionError(f"{start} -> {end} is not in MOVES")
        condition = (item.c.item_id == item_id) & (item.c.state == start.value)
        if fence is not None:
            condition &= (item.c.fence == fence) & self.in_own_lane()
        if new_fence is not None:
            changes["fence"] = new_fence
        done = connection.execute(
            update(item).where(condition).values(state=end.value, updated_at=self.now(), **changes)
        )
        if done.rowcount != 1:
            raise StaleClaim("処理対象の状態が変わっています。別の実行が引き継いだため、この処理は中止します。")
        self.record(connection, f"{start.value}->{end.value}", item_id, why=why)

    def in_own_lane(self) -> ColumnElement[bool]:
        """Of an item: this very process owns its lane."""
        return exists().where(lane.c.lane == item.c.lane, self.of_this_process())

    def of_this_process(self) -> ColumnElement[bool]:
        """Of a lane: this very process owns it."""
        mine = (lane.c.owner_pid == self.owner.pid) & (lane.c.owner_started == self.owner.started)
        return mine & (lane.c.owner_host == self.owner.host)

    # ---- rows to domain ------------------------------------------------------------------------------------

    @staticmethod
    def work_item(row: Row[Any], attempts: int = 0) -> WorkItem:
        return WorkItem(
            item_id=row.item_id,
            receipt_no=row.receipt_no,
            procedure=row.procedure,
            procedure_name=row.procedure_name,
            core=row.core,
            state=State(row.state),
            reason=row.reason,
            note=row.note,
            attempts=attempts,
            receipt_at_core=row.receipt_at_core,
            core_count=row.core_count,
        )

    def attempt_of(self, row: Row[Any]) -> Attempt:
        return Attempt(
            attempt_id=row.attempt_id,
            item_id=row.item_id,
            number=row.number,
            lane=row.lane,
            fence=row.fence,
            armed_at=moment_of(row.armed_at),
            submit_deadline=moment_of(row.submit_deadline),
            plan=self.sealer.unseal(row.plan, PLAN_PURPOSE),
            baseline=tuple(json.loads(row.baseline)),
            core_record=row.core_record,
        )

    def open_attempts(self, connection: Connection, lane: str, state: State) -> list[Doubt]:
        joined = select(item, attempt).join(attempt, attempt.c.item_id == item.c.item_id)
        # Both tables have item_id, lane and fence: read them under their own names.
        rows = connection.execute(
            joined.where(attempt.c.outcome.is_(None), item.c.state == state.value, item.c.lane == lane)
            .with_only_columns(item.c.item_id, attempt.c.attempt_id)
            .order_by(item.c.due_at, item.c.item_id)
        ).all()
        return [self._doubt(connection, item_id, attempt_id) for item_id, attempt_id in rows]

    def _doubt(self, connection: Connection, item_id: int, attempt_id: int) -> Doubt:
        row = connection.execute(select(item).where(item.c.item_id == item_id)).one()
        tried = connection.execute(select(attempt).where(attempt.c.attempt_id == attempt_id)).one()
        self.trust(connection, "item", [item_id])
        self.trust(connection, "attempt", [attempt_id])
        return Doubt(
            item=self.work_item(row, tried.number),
            # a recovery raised the item's fence: the new owner writes with that one
            attempt=replace(self.attempt_of(tried), fence=row.fence),
            due_at=moment_of(row.due_at),
            absent_looks=row.absent_looks,
            why=row.note,
            sender_dead=bool(row.sender_dead),
            restored=bool(row.restored),
        )
