"""What must hold, whatever happens. Judged from the core's own commit log, the requests that reached a browser, and plain
SQL on the database; never from what the agent believes.

R1  one register request at most for an armed attempt, after its committed armed row, by the same process and fence
R2  no register request while another attempt of the application is open or registered
R3  no second attempt without two true absences a settle time apart, canary found, sender dead, policy declared
R4  registered only after a look-up that returned exactly one new record, equal and ours
R5  one commit at most for an application, exactly one when it is registered
R6  nothing is lost: every application is in a state
R7  only moves of the specification; once registered never pending; closed has no exit
R8  the baseline of the first attempt stays
R9  a stale process changes nothing
R10 a taker kills the former owner and its browser before it enters anything, or only looks
R11 after a failed armed write there is no register request
R12 the books add up, the exit code is right, what the core has twice is reported
L1  without faults everything comes to rest
L2  an application whose prerequisite is missing is left alone until the day it waits for
L3  nothing is begun while the ledger says that the form of its procedure has changed
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections import Counter, defaultdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tests.fault.simulation.database import CHAIN_KEY
from tests.fault.simulation.specification import COLUMNS, MOVES, STARTS, column
from tests.fault.simulation.world import DAY, OPERATORS, SETTLE_S, SimSender

if TYPE_CHECKING:
    from tests.fault.simulation.processes import Process
    from tests.fault.simulation.simulation import Simulation

BY_THE_LANE = frozenset(
    "put_back hold close_withdrawn arm seen in_doubt registered hold_after_attempt look_later try_again".split()
)
"""Writes that only the process may make in whose hands the item is."""
OF_THE_ROWS = (
    "last_event last_lookup last_attempt rows state ever_registered receipt holder fence armed_by armed_at "
    "sender_of item_of requested failed_arm absences by_two_persons awaited"
).split()
"""What the rules know of the ledger's rows, by the rows' own numbers."""
STOPPED = "SELECT value FROM control WHERE key = 'changed_forms'"
WAITING = "SELECT item_id, due_at FROM item WHERE state = 'pending' AND reason = 'prerequisite'"
SOON = 1e-6


class Rules:
    """Watches one schedule; `found` holds (rule, what happened)."""

    def __init__(self, sim: Simulation) -> None:
        self.sim = sim
        self.read = sim.database.read
        self.found: list[tuple[str, str]] = []
        self.moves: Counter[str] = Counter()
        self.last_event = self.last_lookup = self.last_attempt = 0
        self.rows: dict[int, tuple[Any, ...]] = {}
        self.state: dict[int, str] = {}
        self.ever_registered: set[int] = set()
        self.receipt: dict[int, str] = {}
        self.holder: dict[int, Process] = {}
        self.fence: dict[int, int] = {}
        self.armed_by: dict[int, Process] = {}
        self.armed_at: dict[int, float] = {}
        self.sender_of: dict[int, SimSender] = {}
        self.item_of: dict[int, int] = {}
        self.requested: set[int] = set()
        self.failed_arm: set[tuple[int, int]] = set()
        self.absences: dict[int, list[tuple[float, bool, bool]]] = defaultdict(list)
        self.looks_counted: dict[int, int] = defaultdict(int)
        self.last_run: Process | None = None
        self.by_two_persons: set[int] = set()
        self.awaited: dict[int, str] = {}
        """Item -> the moment before which it is not tried again."""
        self.kept: dict[str, Any] = {}

    # ---- backup and restore ----------------------------------------------------------------------------------

    def remember(self) -> None:
        """The ledger is copied: what is known of its rows now will hold again after a restore."""
        self.kept = {name: copy_of(getattr(self, name)) for name in OF_THE_ROWS}

    def forget(self) -> None:
        """The copy is back: its rows, and numbers of rows that will be given once more. The core forgets nothing."""
        for name, value in self.kept.items():
            setattr(self, name, value)

    def broken(self, rule: str, what: str) -> None:
        self.found.append((rule, what))

    # ---- at the register request -----------------------------------------------------------------------------

    def at_register(self, process: Process, sender: SimSender, receipt_no: str) -> None:
        rows = self.read(
            "SELECT a.attempt_id, a.fence, a.outcome, i.item_id FROM item i LEFT JOIN attempt a "
            "ON a.item_id = i.item_id WHERE i.receipt_no = ?",
            receipt_no,
        )
        item = rows[0][3] if rows else 0
        tried = [row for row in rows if row[0] is not None]
        mine = [a for a, fence, outcome, _ in tried if outcome is None and self.armed_by.get(a) is process]
        usable = [a for a in mine if a not in self.requested]
        if not usable:
            why = "a second register request for one attempt" if mine else "a register request without an armed row"
            self.broken("R1", f"{receipt_no}: {why}")
        if (process.number, item) in self.failed_arm:
            self.broken("R11", f"{receipt_no}: a register request after a failed armed write")
        others = [a for a, _, outcome, _ in tried if outcome in (None, "registered") and a not in mine]
        if others:
            self.broken("R2", f"{receipt_no}: attempt {others[0]} is open or registered")
        holder = self.holder.get(item)
        if holder is not None and holder is not process and holder.host == process.host:
            self.broken("R10", f"{receipt_no}: a register request by process {process.number} after it was taken over")
        self.requested.update(usable)
        for attempt in usable:
            self.sender_of[attempt] = sender

    def write_failed(self, process: Process, what: str) -> None:
        if what == "arm":
            self.failed_arm.update((process.number, i) for i, p in self.holder.items() if p is process)

    # ---- after every committed write -------------------------------------------------------------------------

    def after_write(self, process: Process, what: str, *, failed: bool = False) -> None:
        rows = self.read("SELECT item_id, state, fence, absent_looks, sender_dead, lane, receipt_no FROM item")
        changed = [row[0] for row in rows if self.rows.get(row[0]) != row]
        if changed:
            before, self.rows = self.rows, {row[0]: row for row in rows}
            for item in changed:
                self.receipt[item] = self.rows[item][6]
            self.whose(process, what, changed, before)
            self.events(process)
        if what in ("arm", "reconstruct"):
            self.armed(process, failed=failed, sends=what == "arm")
        self.lookups(process)
        if self.sim.world.waits:
            self.awaited = dict(self.read(WAITING))

    def whose(self, process: Process, what: str, changed: list[int], before: dict[int, tuple[Any, ...]]) -> None:
        if what == "claim":
            self.claimed(process, changed)
        elif what == "reconstruct":
            for item in changed:
                self.holder[item], self.fence[item] = process, self.rows[item][2]
        elif what == "release_absent":
            self.by_two_persons.update(changed)
        elif what in ("own_lane", "recover", "adopt"):
            for item in changed:
                if before[item][2] != self.rows[item][2]:
                    self.holder[item] = process
        elif what in BY_THE_LANE:
            for item in changed:
                lane = self.rows[item][5]
                if self.holder.get(item) is not process and self.sim.locks.get(lane) is process:
                    self.holder[item] = process  # the lane's new owner settles a doubt that its former owner left
                elif self.holder.get(item) is not process:
                    self.broken("R9", f"item {item}: {what} by process {process.number}, which no longer holds it")

    def claimed(self, process: Process, items: list[int]) -> None:
        for item in items:
            self.holder[item] = process
            self.fence[item] = self.rows[item][2]
            day = self.awaited.get(item, "")
            if day and self.sim.world.wall_clock() < datetime.fromisoformat(day):
                self.broken("L2", f"item {item}: claimed before {day}")
        if self.sim.schedule.forms:
            for (value,) in self.read(STOPPED):
                if "p" in json.loads(value)["changed"]:
                    self.broken("L3", f"items {items}: claimed although their form has changed")
        lane = process.lane
        for other in self.sim.processes:
            if other is not process and other.holds_lanes() and lane in other.lanes and other.host == process.host:
                self.broken("R10", f"process {process.number} enters in {lane} while process {other.number} lives")
        for attempt, sender in self.sender_of.items():
            item = self.item_of[attempt]
            left = self.rows[item][5] == lane and self.rows[item][1] in ("armed", "seen", "in_doubt")
            theirs = self.armed_by[attempt] is not process and self.armed_by[attempt].host == process.host
            if left and theirs and sender.alive and sender.host == process.host:
                self.broken("R10", f"process {process.number} enters in {lane} while a former browser lives")

    def events(self, process: Process) -> None:
        rows = self.read(
            "SELECT event_id, kind, item_id FROM event WHERE event_id > ? ORDER BY event_id", self.last_event
        )
        for event, kind, item in rows:
            self.last_event = event
            if "->" not in kind:
                continue
            self.moves[kind] += 1
            start, end = kind.split("->")
            if start != self.state.get(item, ""):
                self.broken("R7", f"item {item}: {kind}, but it was {self.state.get(item)}")
            if kind not in MOVES and not (start == "" and end in STARTS):
                self.broken("R7", f"item {item}: {kind} is no move of the specification")
            if end == "pending" and item in self.ever_registered:
                self.broken("R7", f"item {item}: once registered, pending again")
            if end == "registered":
                self.ever_registered.add(item)
                self.proved(process, item)
            self.state[item] = end
        for item, row in self.rows.items():
            if row[1] != self.state.get(item):
                self.broken("R7", f"item {item}: {self.state.get(item)}->{row[1]} without an event")
                self.state[item] = row[1]

    # ---- arming ----------------------------------------------------------------------------------------------

    def armed(self, process: Process, *, failed: bool, sends: bool) -> None:
        """`sends`: its own browser is about to send; an attempt rebuilt after a restore was sent by nobody known."""
        for attempt, item, number, fence, baseline, first in self.read(
            "SELECT a.attempt_id, a.item_id, a.number, a.fence, a.baseline, f.baseline FROM attempt a "
            "JOIN attempt f ON f.attempt_id = (SELECT min(attempt_id) FROM attempt WHERE item_id = a.item_id) "
            "WHERE a.attempt_id > ? ORDER BY a.attempt_id",
            self.last_attempt,
        ):
            self.last_attempt = attempt
            self.armed_by[attempt], self.item_of[attempt] = process, item
            self.armed_at[attempt] = self.sim.world.now
            if process.senders and sends:
                self.sender_of[attempt] = process.senders[-1]
            if not failed:
                self.failed_arm.discard((process.number, item))
            if fence != self.fence.get(item) or fence != self.rows[item][2]:
                self.broken("R1", f"item {item}: armed with fence {fence}, claimed with {self.fence.get(item)}")
            if baseline != first:
                self.broken("R8", f"item {item}: baseline {first} became {baseline} at attempt {number}")
            if item in self.by_two_persons:
                self.by_two_persons.discard(item)  # their decision; that there is one commit only is R5's matter
            elif number > 1:
                self.again(item, attempt, number)

    def again(self, item: int, attempt: int, number: int) -> None:
        """A second attempt: everything that must have been proved about the first one."""
        former = max(a for a, i in self.item_of.items() if i == item and a != attempt)
        looks = self.absences[former][-2:]
        sender = self.sender_of.get(former)
        wrong = []
        if number > 2:
            wrong.append("a third attempt")
        if self.sim.schedule.policy != "after_quiescence":
            wrong.append("no declared policy")
        if len(looks) < 2:
            wrong.append(f"{len(looks)} absent look-ups")
        elif looks[1][0] - looks[0][0] < SETTLE_S - SOON:
            wrong.append(f"look-ups {looks[1][0] - looks[0][0]:.1f} s apart")
        if not all(canary for _, canary, _ in looks):
            wrong.append("no canary")
        if not all(true for _, _, true in looks):
            wrong.append("the record was there to be seen")
        if sender is not None:
            if sender.alive:
                wrong.append("its browser lives")
            elif looks and looks[0][0] - sender.died_at < SETTLE_S - SOON:
                wrong.append("looked up too soon after its browser's death")
        if wrong:
            self.broken("R3", f"item {item}: {', '.join(wrong)}")

    # ---- look-ups --------------------------------------------------------------------------------------------

    def lookups(self, process: Process) -> None:
        for lookup, item, attempt, kind, verdict in self.read(
            "SELECT lookup_id, item_id, attempt_id, kind, verdict FROM lookup WHERE lookup_id > ?", self.last_lookup
        ):
            self.last_lookup = lookup
            if kind != "doubt" or verdict != "absent":
                continue
            key = self.key_of(item)
            own = next((i for i in range(len(process.looks) - 1, -1, -1) if process.looks[i].asked == key), None)
            if own is None:
                self.broken("R3", f"item {item}: an absence was booked without a look-up")
                continue
            look = process.looks[own]
            since = process.looks[self.looks_counted[process.number] : own]
            canary = any(k.shown for k in since if k.asked != key)
            self.looks_counted[process.number] = own + 1
            baseline = json.loads(self.read("SELECT baseline FROM attempt WHERE attempt_id = ?", attempt)[0][0])
            there = [r for r in look.visible if r not in baseline and self.record_is_of(r, item)]
            self.absences[attempt].append((look.at, canary, not there))

    def key_of(self, item: int) -> str:
        receipt = self.receipt[item]
        if self.sim.schedule.by_reference:
            return f"/r?{receipt}"
        return f"/p?{self.sim.world.applications[receipt].atena_no}"

    def record_is_of(self, record_id: str, item: int) -> bool:
        return any(c.record_id == record_id and c.receipt_no == self.receipt[item] for c in self.sim.world.log)

    def proved(self, process: Process, item: int) -> None:
        attempt, baseline, plan = self.read(
            "SELECT attempt_id, baseline, plan FROM attempt WHERE item_id = ? AND outcome = 'registered'", item
        )[0]
        key = self.key_of(item)
        look = next((k for k in reversed(process.looks) if k.asked == key), None)
        if look is None or look.at < self.armed_at[attempt]:
            self.broken("R4", f"item {item}: registered without a look-up after the register action")
            return
        rows = [r for r in look.shown if r[0] not in json.loads(baseline) and r[6] == DAY.isoformat()]
        value = json.loads(plan)["compare"][0]["value"]
        if len(rows) != 1:
            self.broken("R4", f"item {item}: registered, the look-up showed {len(rows)} new records")
        elif rows[0][4] not in OPERATORS:
            self.broken("R4", f"item {item}: registered, the record is another operator's")
        elif process.details.get(rows[0][0]) != value:
            self.broken("R4", f"item {item}: registered, the record was not read or differs")

    # ---- the end ---------------------------------------------------------------------------------------------

    def unsettled(self) -> list[str]:
        waiting = self.read(
            "SELECT receipt_no, state FROM item WHERE state IN ('pending','claimed','armed','seen','in_doubt')"
        )
        untold = self.read(
            "SELECT i.receipt_no, 'not reported' FROM outbox o JOIN item i ON i.item_id = o.item_id "
            "WHERE o.done_at IS NULL AND i.state = 'registered'"
        )
        return [f"{receipt} {state}" for receipt, state in (*waiting, *untold)]

    def drained(self) -> None:
        if left := self.unsettled():
            self.broken("L1", f"still open after the last run: {', '.join(left)}")

    def run_ended(self, process: Process) -> None:
        if process.error is not None and isinstance(process.error, AssertionError | TypeError | LookupError):
            self.broken("R12", f"process {process.number} ended by {process.error!r}")
        if process.report is not None and process.report.exit_code not in (0, 1, 3, 4):
            self.broken("R12", f"exit code {process.report.exit_code}")

    def at_the_end(self) -> None:
        world = self.sim.world
        states = {
            receipt: (state, reason)
            for receipt, state, reason in self.read("SELECT receipt_no, state, reason FROM item")
        }
        purged = "SELECT i.receipt_no FROM attempt a JOIN item i ON i.item_id = a.item_id WHERE length(a.plan) = 0"
        forgotten = {receipt for (receipt,) in self.read(purged)}  # its time to be looked up again is over
        for receipt in world.applications:
            if receipt not in states and self.wanted(receipt):
                self.broken("R6", f"{receipt} is in no state")
        for receipt, (state, _) in states.items():
            ours = [c for c in world.of(receipt) if not c.doubled]
            every = world.of(receipt, ours=False)
            if len(ours) > 1 and not self.sim.schedule.late:
                self.broken("R5", f"{receipt}: {len(ours)} commits")
            if state in ("registered", "reported"):
                if len(ours) != 1:
                    self.broken("R5", f"{receipt}: {state} with {len(ours)} commits")
                if len(every) > 1 and receipt not in forgotten:
                    self.broken("R12", f"{receipt}: {state}, the core has {len(every)} records")
        self.books()
        self.chain()

    def wanted(self, receipt: str) -> bool:
        source = self.sim.world.source
        return receipt not in source.linked and receipt not in source.states

    def books(self) -> None:
        """The last run alone: its columns and its exit code, counted anew from the rows."""
        report = self.last_run.report if self.last_run is not None else None
        if report is None:
            self.broken("R12", "the last run made no books")
            return
        rows = self.read(
            "SELECT i.state, i.reason, i.core_count > 1 AND EXISTS (SELECT 1 FROM attempt a WHERE a.item_id = i.item_id) "
            "FROM run_item r LEFT JOIN item i ON i.app_key = r.app_key WHERE r.run_id = ?",
            report.run_id,
        )
        columns: Counter[str] = Counter(column(state, reason) for state, reason, _ in rows)
        told = {c: report.balance.total(c) for c in COLUMNS}
        if told != {c: columns[c] for c in COLUMNS} or report.balance.total("approved") != len(rows):
            self.broken("R12", f"the books say {told}, the rows {dict(columns)}")
        red = [r for s, r, twice in rows if s == "held" and (twice or r in ("duplicate_at_core", "missing_at_core"))]
        person = columns["held"] + columns["already_there"] + columns["in_doubt"] + columns["not_yet_entered"]
        right = 4 if red or columns["lost"] else 3 if report.stops else 1 if person or report.notices else 0
        if report.exit_code != right:
            self.broken("R12", f"exit code {report.exit_code}, right is {right}")

    def chain(self) -> None:
        previous = ""
        for at, kind, item, body, before, head in self.read(
            "SELECT at, kind, item_id, body, previous, hash FROM event ORDER BY event_id"
        ):
            text = "\x1f".join([previous, at, kind, str(item or ""), body])
            if before != previous or head != hmac.new(CHAIN_KEY, text.encode(), hashlib.sha256).hexdigest():
                self.broken("R12", "the chain of events is broken")
                return
            previous = head


def copy_of(known: Any) -> Any:
    if isinstance(known, defaultdict):
        return defaultdict(known.default_factory, {key: list(value) for key, value in known.items()})
    return known.copy() if isinstance(known, dict | set) else known
