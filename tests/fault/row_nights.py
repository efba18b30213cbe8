"""Plays a row of the fault table: a small town, clean applications around the struck one, the fault, the drain.

The agent is the production pipeline, over the fast driver or over Chromium. Faults are switched at the agent's own
named points, so that each strikes what its row says. What happened is read from the core's log, the ledger file and the
run's own report; everything that differs from the row is returned in words.
"""

from __future__ import annotations

import json
import random
import tempfile
import threading
import time
import urllib.error
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any
from unicodedata import normalize

from bridge_agent.domain import crash_points
from bridge_agent.drivers.browser import BrowserCoreSession, BrowserOptions, WebAccount
from bridge_agent.ledger.store import SqlLedger
from bridge_agent.pipeline.night import CoreAccess, RunOptions
from bridge_agent.pipeline.run import RunReport
from mock_core_ui.people import build_world
from mock_core_ui.people.model import World
from tests.fault.fast.nights import mine
from tests.fault.fast.town import PASSWORD, FastTown
from tests.fault.row import Row, Strike, Timed, Value
from tests.ledger_rows import read

PROCEDURES = {
    "sogo": ("ltci_burden_ratio_reissue", "child_allowance_certification", "disaster_victim_certificate"),
    "nintei": ("ltci_certification",),
    "wakaba": ("pregnancy_notification", "childcare_certification", "nursery_status"),
    "jidosha": ("vehicle_tax_address_change", "parking_space_certificate"),
}
FAST_LIMITS = {"page_s": 5.0, "submit_s": 1.5, "settle_s": 0.4, "visibility_max_s": 0.1}
BROWSER_LIMITS = {"page_s": 8.0, "submit_s": 4.0, "settle_s": 1.0, "visibility_max_s": 0.3}
COUNTER = {"fault": "M1b", "when": {"nth": [0]}}
"""Never strikes; the plan counts with it how many register requests have come."""
OPEN = frozenset(("pending", "claimed", "armed", "seen", "in_doubt"))
LATEST_S = 40.0
"""A late commit has come, and a dark core is back, within this time."""


@dataclass(slots=True)
class Stage:
    """The fault plan while a row is played: which strikes are in force, and what has been counted so far."""

    town: FastTown
    core: str
    strikes: list[tuple[Strike, dict[str, Any]]]
    on: set[int] = field(default_factory=set)
    reached: dict[str, int] = field(default_factory=dict)
    order: list[int] = field(default_factory=list)
    requests: int = 0
    """Register requests that came to the core."""
    fired: dict[int, int] = field(default_factory=dict)

    def begin(self) -> None:
        self.on = {at for at, (strike, _) in enumerate(self.strikes) if not strike.at}
        self.switch()

    def point(self, name: str) -> None:
        count = self.reached[name] = self.reached.get(name, 0) + 1
        before = set(self.on)
        for at, (strike, _) in enumerate(self.strikes):
            if strike.at == name and count in (strike.reached or (count,)):
                self.on.add(at)
            elif strike.until == name:
                self.on.discard(at)
        if self.on != before:
            self.note()
            self.on -= {at for at, (one, _) in enumerate(self.strikes) if one.nth and self.fired.get(at)}
            self.switch()

    def note(self) -> None:
        counter, *rules = self.town.rules(self.core)
        self.requests += counter["seen"]
        for at, rule in zip(self.order, rules, strict=True):
            self.fired[at] = self.fired.get(at, 0) + rule["fired"]

    def switch(self) -> None:
        """Puts the strikes in force into the core's plan, which begins to count anew."""
        self.order = sorted(self.on)
        self.town.faults(self.core, COUNTER, *(self.strikes[at][1] for at in self.order))

    def calm(self) -> None:
        """No faults; waits until the core can be reached again."""
        end = time.monotonic() + LATEST_S
        while True:
            try:
                self.note()
                self.on = set()
                self.switch()
                return
            except (urllib.error.URLError, OSError):
                if time.monotonic() > end:
                    raise
                time.sleep(0.1)


class _Points:
    """One hook for all threads: each thread's points go to the row that it plays."""

    def __init__(self) -> None:
        self.stages: dict[int, Stage] = {}
        self.lock = threading.Lock()

    def __call__(self, name: str) -> None:
        stage = self.stages.get(threading.get_ident())
        if stage is not None:
            stage.point(name)


POINTS = _Points()


@contextmanager
def heard(stage: Stage) -> Iterator[None]:
    with POINTS.lock:
        POINTS.stages[threading.get_ident()] = stage
        crash_points.install(POINTS)
    try:
        yield
    finally:
        with POINTS.lock:
            del POINTS.stages[threading.get_ident()]
            if not POINTS.stages:
                crash_points.install(None)


def chosen(value: Value, limits: Mapping[str, float], chance: random.Random) -> str | float:
    match value:
        case Timed(limit, times, plus):
            return limits[limit] * times + plus
        case tuple():
            return chance.choice(value)
        case _:
            return value


def rule_of(strike: Strike, limits: Mapping[str, float], chance: random.Random) -> dict[str, Any]:
    when = {"nth": list(strike.nth)} if strike.nth else {"every": 1}
    given = {key: chosen(value, limits, chance) for key, value in strike.given.items()}
    return {"fault": strike.fault, "when": when, **given}


@dataclass(slots=True)
class Played:
    """What differs from the row, in words; nothing when all is as expected."""

    row: Row
    core: str
    seed: int
    differences: list[str] = field(default_factory=list)

    def same(self, what: str, found: object, wanted: object) -> None:
        if found != wanted:
            self.differences.append(f"{what}: {found!r}, expected {wanted!r}")


def play(row: Row, seed: int, browser: Path | None = None) -> Played:
    """One row with one seed. The seed chooses core, procedure, people, the struck one's place, and parameters."""
    chance = random.Random(f"{row.name} {seed}")
    core = row.cores[seed % len(row.cores)]
    procedure = chance.choice(row.procedures or PROCEDURES[core])
    earlier = chance.choice((0, 1)) if seed else 0
    limits = FAST_LIMITS if browser is None else BROWSER_LIMITS
    played = Played(row, core, seed)
    with (
        tempfile.TemporaryDirectory() as folder,
        FastTown(
            Path(folder),
            world=_world(seed, earlier + 2, procedure),
            procedures=(procedure,),
            limits=limits,
            tls=row.tls,
        ) as town,
    ):
        strikes = [(strike, rule_of(strike, limits, chance)) for strike in row.all_strikes()]
        _play(Playing(town, core, earlier, browser), Stage(town, core, strikes), played)
    return played


def _world(seed: int, wanted: int, procedure: str) -> World:
    """Nobody applies to whom the core's faults give somebody else's record: the next application is the bystander."""
    for number in count(seed, 1000):
        world = build_world(number, wanted, (procedure,), plain=True)
        lowest = sorted(resident.atena_no for resident in world.residents)[:2]
        if not {one.atena_no for one in world.applications} & set(lowest):
            return world
    raise AssertionError("numbers have no end")


@dataclass(frozen=True, slots=True)
class Playing:
    town: FastTown
    core: str
    earlier: int
    browser: Path | None

    def run(self, limit: int = 0) -> RunReport:
        options = RunOptions(limit=limit)
        if self.browser is None:
            return self.town.run(options)
        return self.town.run(options, lanes=[in_browser(self.town, one, self.browser) for one in mine(self.town.plan)])

    @property
    def numbers(self) -> list[str]:
        return sorted(self.town.expected())  # the order of arrival, which is that of entry

    def commits(self) -> dict[str, int]:
        """By receipt number: under the reference, or under the person where the screen has none."""
        people = {one["receipt_no"]: one["atena_no"] for one in applications(self.town)}
        made = self.town.commits()
        return {
            number: sum(
                normalize("NFKC", c.reference) == number or (not c.reference and c.atena_no == people[number])
                for c in made
            )
            for number in people
        }


def applications(town: FastTown) -> list[dict[str, Any]]:
    lines = (town.plan.folder / "applications.jsonl").read_text(encoding="utf-8").splitlines()
    found = [json.loads(line) for line in lines]
    return [one | {"receipt_no": one["key"]["receipt_no"]} for one in found]


def in_browser(town: FastTown, access: CoreAccess, browser: Path) -> CoreAccess:
    account = WebAccount(town.plan.origins[access.profile.core], "bridge01", lambda: PASSWORD)
    options = BrowserOptions(browser=str(browser), equal=access.open_session.args[-1].equal, retry_pause_s=0.2)  # type: ignore[attr-defined]
    return replace(access, open_session=partial(BrowserCoreSession, access.profile, account, options))


def _play(it: Playing, stage: Stage, played: Played) -> None:
    row, town = played.row, it.town
    if it.earlier:
        played.same("exit code of the clean run", it.run(it.earlier).exit_code, 0)
    struck, follower = it.numbers[it.earlier], it.numbers[it.earlier + 1]
    stage.begin()
    with heard(stage):
        report = it.run()
    states, commits = town.states(), it.commits()
    played.same("struck", states.get(struck), (row.struck.state, row.struck.reason))
    played.same("next", states.get(follower, ("",))[0], row.run.next_state)
    played.same("commits of the struck", commits[struck], row.struck.commits)
    played.same("exit code", report.exit_code, row.run.exit_code)
    played.same("stops", stops_of(report), row.run.stops)
    played.same("breaker", breaker_of(town), row.run.breaker)
    sums = (report.balance.duplicates, report.balance.missing, report.balance.lost)
    played.same("duplicates, missing, lost of the balance", sums, (row.run.duplicates, row.run.missing, 0))
    _drain(it, stage, played, struck)


def _drain(it: Playing, stage: Stage, played: Played, struck: str) -> None:
    row, town = played.row, it.town
    wanted = row.after_drain()
    stage.calm()
    silent = [strike.fault for at, (strike, _) in enumerate(stage.strikes) if not stage.fired.get(at)]
    played.same("faults that never struck", silent, [])
    end = time.monotonic() + LATEST_S
    while it.commits()[struck] < wanted.commits and time.monotonic() < end:
        time.sleep(0.05)  # a late commit is on its way
    _wait_until_shown(town, end)
    restart_lanes(town)
    report = it.run()
    states, commits = town.states(), it.commits()
    played.same("struck after the drain", states.get(struck), (wanted.state, wanted.reason))
    played.same("left open after the drain", [n for n, (state, _) in states.items() if state in OPEN], [])
    others = {number: state for number, (state, _) in states.items() if number != struck}
    played.same("others after the drain", set(others.values()), {"reported"})
    played.same("commits of the struck after the drain", commits[struck], wanted.commits)
    played.same("commits of the others", {commits[number] for number in others}, {1})
    code = row.drained_exit if row.drained_exit is not None else int(wanted.state == "held")
    played.same("exit code of the drain", report.exit_code, code)
    stage.note()
    attempts = read(town.plan.ledger, "SELECT count(*) AS n, max(coalesce(sent, 0)) AS most FROM attempt")[0]
    earlier = it.earlier  # those requests came before anything was counted
    if stage.requests > attempts["n"] - earlier:
        played.differences.append(f"{stage.requests} register requests for {attempts['n'] - earlier} attempts")
    played.same("more than one request let through for an attempt", attempts["most"] > 1, False)


def restart_lanes(town: FastTown) -> None:
    """What a person does after a circuit breaker has opened."""
    with town.night() as night:
        assert isinstance(night.ledger, SqlLedger)
        for one in night.ledger.breakers():
            night.ledger.close_breaker(one.lane, "係員")


def _wait_until_shown(town: FastTown, end: float) -> None:
    """Records that are kept out of the look-up for a time: until that time is over."""
    sql = "SELECT count(*) AS n FROM records WHERE julianday(visible_from) > julianday('now')"
    while any(read(database, sql)[0]["n"] for database in town.databases.values()) and time.monotonic() < end:
        time.sleep(0.05)


def stops_of(report: RunReport) -> str:
    if report.stops:
        return "lane"
    return "procedure" if any("手続があります" in notice for notice in report.notices) else ""


def breaker_of(town: FastTown) -> str:
    rows = read(town.plan.ledger, "SELECT opened_why FROM lane WHERE opened_at IS NOT NULL")
    return "、".join(row["opened_why"] for row in rows)
