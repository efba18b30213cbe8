"""What is outside the agent: the core with its own commit log, its look-up, the senders, the clocks.

The oracle reads the commit log here; the agent sees only screens and the look-up.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from bridge_agent.domain.application import Application, ApplicationKey
from bridge_agent.domain.clock import JST
from bridge_agent.domain.errors import NotYet
from tests.fault.simulation.schedule import OUTCOMES, Schedule
from tests.fault.simulation.source import Source

START = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
SETTLE_S, VISIBILITY_S, SUBMIT_S = 10.0, 2.0, 5.0
OPERATORS = ("連携 一号", "連携 二号")
CLERK = "窓口 花子"
CANARY_PERSON, CANARY_RECORD = "9999999999", "K-0000"
DAY = date(2026, 11, 20)
HEADINGS = ["受付番号", "整理番号", "宛名番号", "手続", "登録者", "登録日時", "申請日"]
COLUMNS = {
    "record": HEADINGS[0],
    "reference": HEADINGS[1],
    "atena_no": HEADINGS[2],
    "procedure": HEADINGS[3],
    "operator": HEADINGS[4],
    "registered_at": HEADINGS[5],
    "date": HEADINGS[6],
}
PAGE_SIZE = 2
FIRST_BROWSER = 4000
AGAIN_DAYS, MOST_DAYS = 1, 3
"""A missing prerequisite is asked for again the next morning, and given up that long after the application came."""


@dataclass(slots=True, eq=False)
class Commit:
    """A line of the core's commit log. `receipt_no` is whose application it is, whatever the record shows."""

    record_id: str
    receipt_no: str
    atena_no: str
    value: str
    operator: str
    at: float
    visible_at: float
    ours: bool = True
    doubled: bool = False
    """The core itself made this second one out of one request."""
    day: str = DAY.isoformat()


@dataclass(slots=True, eq=False)
class SimSender:
    """A browser. It may outlive its process; a killed one sends nothing, but what it sent may still commit."""

    pid: int
    host: str
    alive: bool = True
    died_at: float = 0.0
    requests: list[Request] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Request:
    sender: SimSender
    receipt_no: str
    atena_no: str
    value: str
    operator: str
    outcome: str
    commit_at: float
    """Infinity: never."""
    visible_after: float
    commit: Commit | None = None


NEVER = float("inf")
COMMITS = frozenset(
    {
        "ok",
        "error_after",
        "drop_after",
        "double",
        "wrong_value",
        "other_person_committed",
        "refused_but_done",
        "dialog_committed",
        "session_lost_after",
        "late_visible",
        "fuse_blocked",
        "fuse_silent",
        "raise_after",
    }
)


class World:
    def __init__(self, schedule: Schedule) -> None:
        self.schedule = schedule
        self.now = 0.0
        self.wall = 0.0
        self.calm = False
        """No faults any more: the second phase."""
        self.log: list[Commit] = []
        self.senders: dict[int, SimSender] = {}
        self.in_flight: list[Request] = []
        self.applications: dict[str, Application] = {}
        self.source = Source(self)
        self.recipe_for_all = False
        self.waits: dict[str, int] = {}
        """Receipt number -> days until its prerequisite is there; 0: it never comes."""

    # ---- time ------------------------------------------------------------------------------------------------

    def wall_clock(self) -> datetime:
        return START + timedelta(seconds=self.now + self.wall)

    def spend(self, seconds: float) -> None:
        self.now += seconds

    def must_not_wait(self, receipt_no: str) -> None:
        """Raises NotYet as an entry screen does that shows no prerequisite."""
        days = self.waits.get(receipt_no)
        if days is None:
            return
        passed = (self.wall_clock().astimezone(JST).date() - START.astimezone(JST).date()).days
        if not days or passed < days:
            raise NotYet("前提", AGAIN_DAYS, MOST_DAYS)

    # ---- the core --------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Requests in flight whose moment has come are committed."""
        if not self.in_flight:
            return
        due = [r for r in self.in_flight if r.commit_at <= self.now]
        for request in sorted(due, key=lambda r: r.commit_at):
            self.in_flight.remove(request)
            value = "別の値" if request.outcome == "wrong_value" else request.value
            request.commit = self.commit(request, value, request.commit_at, request.visible_after)
            if request.outcome == "double":
                again = self.commit(request, value, request.commit_at, self.schedule.between(0, VISIBILITY_S))
                again.doubled = True

    def commit(self, request: Request, value: str, at: float, visible_after: float) -> Commit:
        made = Commit(
            f"K-{len(self.log) + 1:04}",
            request.receipt_no,
            request.atena_no,
            value,
            request.operator,
            at,
            at + visible_after,
        )
        self.log.append(made)
        return made

    def clerk_enters(self, number: int) -> None:
        """A5: what a person enters is in the look-up at once."""
        receipts = sorted(self.applications)
        application = self.applications[receipts[number % len(receipts)]]
        value = application.columns["値"]
        self.log.append(
            Commit(
                f"K-{len(self.log) + 1:04}",
                application.key.receipt_no,
                application.atena_no,
                value,
                CLERK,
                self.now,
                self.now,
                ours=False,
            )
        )

    def send(self, sender: SimSender, content: tuple[str, str, str], operator: str) -> Request:
        """The register request leaves the browser; what becomes of it is the seed's choice."""
        s = self.schedule
        outcome = s.pick(OUTCOMES) if not self.calm and s.happens(s.core_fault) else "ok"
        if s.late and not self.calm and s.happens(0.6):
            outcome = "hang_then_commit"
        visible_after = s.between(0, VISIBILITY_S) if outcome == "late_visible" or s.happens(0.1) else 0.0
        commit_at = NEVER
        if outcome in COMMITS:
            commit_at = self.now + s.between(0.01, 0.4)
        elif outcome == "hang_then_commit":
            commit_at = self.now + s.between(1.0, SUBMIT_S + SETTLE_S)
        request = Request(sender, *content, operator, outcome, commit_at, visible_after)
        sender.requests.append(request)
        if commit_at != NEVER:
            self.in_flight.append(request)
        return request

    def new_sender(self, host: str) -> SimSender:
        made = SimSender(FIRST_BROWSER + len(self.senders), host)
        self.senders[made.pid] = made
        return made

    def kill_sender(self, sender: SimSender) -> None:
        """A2: what it sent commits within settle of its death, or never."""
        if not sender.alive:
            return
        self.settle()
        sender.alive, sender.died_at = False, self.now
        s = self.schedule
        for request in [r for r in self.in_flight if r.sender is sender]:
            if s.late and s.happens(0.8):
                request.commit_at = self.now + (SETTLE_S * s.between(1.5, 5) if s.happens(0.3) else 1e6)
            elif s.happens(0.4):
                request.commit_at = NEVER
                self.in_flight.remove(request)
            else:
                request.commit_at = min(request.commit_at, self.now + SETTLE_S * s.between(0.0, 0.98))

    def late_after_all(self) -> None:
        """A2 is broken at the worst moment: just when absence was believed."""
        for request in self.in_flight:
            request.commit_at = self.now + self.schedule.between(0.0, 1.0)

    def late_at_last(self) -> None:
        """Faults end: nothing is under way any longer than half a minute."""
        for request in self.in_flight:
            request.commit_at = min(request.commit_at, self.now + self.schedule.between(0.0, 30.0))

    def orphan(self, sender: SimSender) -> None:
        """Its process died and it lives on: what it has begun may be sent much later, as long as it lives."""
        self.settle()
        for request in [r for r in self.in_flight if r.sender is sender]:
            request.commit_at = self.now + self.schedule.between(0.0, 500.0)

    def visible(self) -> list[Commit]:
        self.settle()
        return [c for c in self.log if c.visible_at <= self.now]

    def of(self, receipt_no: str, *, ours: bool = True) -> list[Commit]:
        self.settle()
        return [c for c in self.log if c.receipt_no == receipt_no and (c.ours or not ours)]

    def outage(self) -> str:
        if self.calm:
            return ""
        return next((what for begin, end, what in self.schedule.outages if begin <= self.now < end), "")

    def rows(self, path: str) -> list[list[str]]:
        """What a search finds: '/r?' asks for a reference, '/p?' for a person."""
        kind, asked = path[1], path[3:].partition("&")[0]
        found = []
        if kind == "p" and asked == CANARY_PERSON:
            found.append([CANARY_RECORD, "", CANARY_PERSON, "手続", CLERK, "", ""])
        by_reference = self.schedule.by_reference
        for c in self.visible():
            if (c.receipt_no if kind == "r" else c.atena_no) == asked:
                shown = (START + timedelta(seconds=c.at)).astimezone(JST).strftime("%Y-%m-%d %H:%M:%S")
                reference = c.receipt_no if by_reference else ""
                found.append([c.record_id, reference, c.atena_no, "手続", c.operator, shown, c.day])
        return found


def populate(world: World) -> None:
    """The applications of a schedule; some persons have old records of another day at the core."""
    for number, kind in enumerate(world.schedule.applications, start=1):
        receipt_no = f"R{number:03}"
        person = 1 if kind == "same_person" else number
        world.applications[receipt_no] = Application(
            ApplicationKey("minamo", "default", receipt_no),
            "K2" if kind == "homeless" else "K1",
            "手続",
            "1",
            "1",
            START - timedelta(hours=1) + timedelta(seconds=number),
            f"{person:010}",
            "1",
            {"値": "bad" if kind == "bad" else f"値{number}"},
        )
        world.source.kinds[receipt_no] = kind
        for at, days in world.schedule.waits:
            if at == number - 1:
                world.waits[receipt_no] = days
        for old in range(world.schedule.random.randrange(3) if not world.schedule.by_reference else 0):
            day = f"2025-0{old + 1}-10"
            record = Commit(f"A-{number}{old}", "", f"{person:010}", "昔", CLERK, -1e6, -1e6, ours=False, day=day)
            world.log.insert(0, record)
