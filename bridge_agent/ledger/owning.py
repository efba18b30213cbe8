"""Who owns a lane: lock, owner, lease, circuit breaker, and what a dead or killed owner has left."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, insert, select, update

from bridge_agent.domain.breaker import Breaker, OpenBreaker
from bridge_agent.domain.crash_points import Write
from bridge_agent.domain.ledger_records import LaneBusy, LaneOwner, Leftover, StaleClaim
from bridge_agent.domain.ports import Sender
from bridge_agent.domain.work_item import State
from bridge_agent.ledger.intake import IntakeMoves
from bridge_agent.ledger.tables import control, item
from bridge_agent.ledger.tables import lane as lane_table

UNSETTLED = [s.value for s in (State.CLAIMED, State.ARMED, State.SEEN, State.IN_DOUBT)]


@dataclass(frozen=True, slots=True)
class Lease:
    """How long a sign of life holds. The holder counts on its own monotonic clock and stops `margin_s` earlier."""

    seconds: float = 180.0
    """An entry before arming takes seconds, on a slow core a minute."""
    margin_s: float = 10.0
    after_submit_s: float = 5.0
    """What must be left beyond the submit time-out, or the register action is not made."""


class LaneOwning(IntakeMoves):
    lock_folder: Path | None = None
    """Where lane locks stand; None for a ledger in memory, which no second process can open."""
    lease = Lease()
    _kept = 0.0

    @contextmanager
    def lane(self, lane: str) -> Iterator[None]:
        if self.lock_folder is None:
            self._own(lane)
            yield
            return
        self.lock_folder.mkdir(parents=True, exist_ok=True)
        # An open exclusive transaction is a lock that every system releases when its process dies.
        name = re.sub(r"[^0-9A-Za-z_-]", lambda match: f"%{ord(match[0]):x}", lane)
        lock = sqlite3.connect(self.lock_folder / f"{name}.lock", timeout=0.5, isolation_level=None)
        try:
            try:
                lock.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError:
                raise LaneBusy(
                    f"レーン {lane} は別の実行が使用中です。終わるのを待つか、bridge-agent stop で止めてください。"
                ) from None
            self._own(lane)
            yield
        finally:
            lock.close()

    def _own(self, lane: str) -> None:
        owner = {
            "owner_pid": self.owner.pid,
            "owner_started": self.owner.started,
            "owner_host": self.owner.host,
            "lease_until": self.later(self.lease.seconds),
        }
        with self.write(Write.OWN_LANE) as connection:
            if connection.execute(select(lane_table.c.lane).where(self._mine(lane))).first() is None:
                # whoever had this lane, and may go on on another machine, can settle nothing any more
                unsettled = (item.c.lane == lane) & item.c.state.in_(UNSETTLED)
                if connection.execute(select(item.c.item_id).where(unsettled).limit(1)).first() is not None:
                    connection.execute(update(item).where(unsettled).values(fence=self._next_fence(connection)))
            self._lane_row(connection, lane, **owner)
        self._kept = self.clock.monotonic()

    @staticmethod
    def _lane_row(connection: Connection, lane: str, **values: Any) -> None:
        changed = connection.execute(update(lane_table).where(lane_table.c.lane == lane).values(**values))
        if not changed.rowcount:
            connection.execute(insert(lane_table).values(lane=lane, **values))

    def keep_lane(self, lane: str) -> None:
        if self.clock.monotonic() - self._kept < self.lease.seconds / 3:
            return
        with self.write(Write.KEEP_LANE) as connection:
            self._renew(connection, lane, self.lease.seconds)

    def _renew(self, connection: Connection, lane: str, seconds: float) -> None:
        """In the caller's transaction. A process that is no longer the owner has been taken over."""
        renewed = connection.execute(update(lane_table).where(self._mine(lane)).values(lease_until=self.later(seconds)))
        if renewed.rowcount != 1:
            raise StaleClaim(f"レーン {lane} は別の実行が引き継いでいます。この処理は中止します。")
        self._kept = self.clock.monotonic()

    def _mine(self, lane: str) -> ColumnElement[bool]:
        return (lane_table.c.lane == lane) & self.of_this_process()

    def lane_owner(self, lane: str) -> LaneOwner | None:
        with self.engine.connect() as connection:
            row = connection.execute(select(lane_table).where(lane_table.c.lane == lane)).one_or_none()
        if row is None or not row.owner_pid:
            return None
        process = Sender(row.owner_pid, row.owner_started, row.owner_host)
        return LaneOwner(process, lease_over=row.lease_until < self.now())

    # ---- circuit breaker -------------------------------------------------------------------------------------

    def breakers(self) -> Sequence[OpenBreaker]:
        with self.engine.connect() as connection:
            opened = select(lane_table).where(lane_table.c.opened_at.is_not(None)).order_by(lane_table.c.lane)
            rows = connection.execute(opened).all()
        return [OpenBreaker(r.lane, Breaker(r.opened_why), r.opened_note, r.opened_at) for r in rows]

    def breaker(self, lane: str) -> OpenBreaker | None:
        return next((opened for opened in self.breakers() if opened.lane == lane), None)

    def open_breaker(self, lane: str, why: Breaker, note: str) -> None:
        with self.write(Write.OPEN_BREAKER) as connection:
            opened = select(lane_table.c.opened_at).where(lane_table.c.lane == lane)
            if connection.execute(opened).scalar_one_or_none():
                return
            self._lane_row(connection, lane, opened_at=self.now(), opened_why=why.value, opened_note=note)
            self.record(connection, "breaker_opened", None, lane=lane, why=why.value, note=note)

    def close_breaker(self, lane: str, who: str) -> bool:
        """False when it was not open."""
        with self.write(Write.CLOSE_BREAKER) as connection:
            opened = (lane_table.c.lane == lane) & lane_table.c.opened_at.is_not(None)
            closed = connection.execute(
                update(lane_table).where(opened).values(opened_at=None, opened_why="", opened_note="")
            )
            if closed.rowcount:
                self.record(connection, "breaker_closed", None, lane=lane, who=who)
            return bool(closed.rowcount)

    # ---- what a dead process left ----------------------------------------------------------------------------

    def other_lanes(self, core: str, lane: str) -> Sequence[str]:
        with self.engine.connect() as connection:
            left = select(item.c.lane).where(item.c.core == core, item.c.lane != lane, item.c.state.in_(UNSETTLED))
            return sorted(connection.execute(left.distinct()).scalars())

    def adopt(self, core: str, former: str, lane: str) -> None:
        with self.write(Write.ADOPT) as connection:
            settled_later = [State.SEEN.value, State.IN_DOUBT.value]
            connection.execute(
                update(item)
                .where(item.c.core == core, item.c.lane == former, item.c.state.in_(settled_later))
                .values(lane=lane, fence=self._next_fence(connection))
            )
            self.record(connection, "lane_adopted", None, core=core, former=former, lane=lane)

    def leftovers(self, lane: str, core: str) -> Sequence[Leftover]:
        with self.engine.connect() as connection:
            in_hand = item.c.state.in_([State.CLAIMED.value, State.ARMED.value, State.SEEN.value])
            unsure = (item.c.state == State.IN_DOUBT.value) & ~item.c.sender_dead
            mine = (item.c.lane == lane) & (item.c.core == core)
            rows = connection.execute(select(item).where(mine, in_hand | unsure)).all()
        return [
            Leftover(
                item_id=row.item_id,
                state=State(row.state),
                sender=sender_on(row),
            )
            for row in rows
        ]

    def recover(self, leftover: Leftover, *, sender_dead: bool, settle_s: float) -> State:
        with self.write(Write.RECOVER) as connection:
            fence = self._next_fence(connection)
            match leftover.state:
                case State.CLAIMED:
                    self.move(
                        connection,
                        leftover.item_id,
                        State.CLAIMED,
                        State.PENDING,
                        why="recovered",
                        new_fence=fence,
                        crashes=item.c.crashes + 1,
                        due_at=self.now(),
                    )
                    return State.PENDING
                case State.ARMED:
                    self._doubt_row(connection, leftover.item_id, State.ARMED, fence, "crashed", settle_s, sender_dead)
                    return State.IN_DOUBT
                case _:
                    due = self.later(settle_s) if leftover.state is State.IN_DOUBT else self.now()
                    connection.execute(
                        update(item)
                        .where(item.c.item_id == leftover.item_id, item.c.state == leftover.state.value)
                        .values(fence=fence, sender_dead=sender_dead, due_at=due, absent_looks=0)
                    )
                    return leftover.state

    def _doubt_row(
        self,
        connection: Connection,
        item_id: int,
        start: State,
        fence: int,
        why: str,
        settle_s: float,
        sender_dead: bool | None,
        expected_fence: int | None = None,
    ) -> None:
        known = {} if sender_dead is None else {"sender_dead": sender_dead}
        self.move(
            connection,
            item_id,
            start,
            State.IN_DOUBT,
            fence=expected_fence,
            why=why,
            new_fence=fence,
            note=why,
            due_at=self.later(settle_s),
            absent_looks=0,
            **known,
        )

    def _next_fence(self, connection: Connection) -> int:
        """One counter for all lanes, so that an item that changes lanes never meets an old fence again."""
        key = "fence"
        value = connection.execute(select(control.c.value).where(control.c.key == key)).scalar_one_or_none()
        fence = int(value or "0") + 1
        if value is None:
            connection.execute(insert(control).values(key=key, value=str(fence)))
        else:
            connection.execute(update(control).where(control.c.key == key).values(value=str(fence)))
        return fence


def sender_on(row: Row[Any]) -> Sender | None:
    if not row.sender_pid:
        return None
    return Sender(
        row.sender_pid,
        row.sender_started,
        row.owner_host,
        row.sender_driver_pid or 0,
        row.sender_driver_started or 0.0,
    )
