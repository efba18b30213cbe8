"""One chaos town with a real browser: the agent as its people start it; agent, browser, driver and core killed in turn.

Kills are aimed by the ledger: after so many claims, when an application is in the wanted state. A browser or driver
that is killed does not end the agent, so one agent process sees several kills.
"""

from __future__ import annotations

import contextlib
import random
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from bridge_agent.drivers.sender import started_at
from mock_core_ui.people import build_world
from tests.e2e.agent_town import AgentTown, Finished
from tests.fault.chaos import striking, truth
from tests.fault.chaos.mocks import ServedMocks
from tests.fault.chaos.tally import Tally, absent_at_core, ledger_figures, values_wrong

TARGETS = ("agent", "sender", "driver", "sender", "driver", "core", "agent", "sender", "driver")
AIMS = ("claimed", "armed", "armed", "seen", "in_doubt", "any moment")
CLAIMS_BETWEEN = 7
"""A kill comes after at most so many claims since the last."""
EARLY_SHARE, EARLY_S = 0.1, 4.0
"""Share of the agents that are killed within so many seconds of their start."""
AIM_LIMIT_S = 10.0
"""A wanted state that does not come up within this time is waited for no longer."""
POLL_S = 0.004
DOWN_S = 0.5
ENOUGH = 0.3
DRAIN_RUNS, DRAIN_RUN_S = 8, 600.0
SUBMIT_S, VISIBILITY_S, SETTLE_S = 4.0, 0.5, 1.0


@dataclass(frozen=True, slots=True)
class Hand:
    """An application in hand, and the processes that the ledger names for it."""

    state: str
    owner: int
    sender: tuple[int, float]
    driver: tuple[int, float]


class BrowserChaos:
    procedures: tuple[str, ...] | None = None
    """None = those of the web cores."""
    targets: Sequence[str] = TARGETS
    rules = staticmethod(striking.rules)

    def __init__(
        self,
        folder: Path,
        *,
        seed: int,
        applications: int,
        browser: Path | str,
        lanes: int = 1,
        settle_s: float = SETTLE_S,
        going_on: Callable[[], bool] = lambda: True,
        display: str = "",
    ) -> None:
        self.chance = random.Random(f"chaos {seed}")
        self.tally = Tally()
        self.going_on = going_on
        self.lanes = min(lanes, 2)
        self._applications = applications
        self._pace = striking.Pace(SUBMIT_S, settle_s, VISIBILITY_S)
        self._world = build_world(seed, applications, self.procedures, True)
        folder.mkdir(parents=True, exist_ok=True)
        self.town = AgentTown(
            folder,
            seed=seed,
            applications=applications,
            plain=True,
            browser=browser,
            limits={"submit_s": SUBMIT_S, "settle_s": settle_s, "visibility_max_s": VISIBILITY_S},
            accounts=self.lanes,
            mocks=ServedMocks,
            procedures=self.procedures,
            display=display,
        )
        assert isinstance(self.town.mock, ServedMocks)
        self.mocks = self.town.mock
        self._rules: dict[str, list[striking.Rule]] = {}
        self._agent: subprocess.Popen[str] | None = None
        self._family: list[psutil.Process] = []
        self._former: list[psutil.Process] = []
        """What killed agents have left behind: the next run kills what could send, the rest ends at the town's end."""
        self._targets: list[str] = []
        self._log = (folder / "chaos.log").open("a", encoding="utf-8")
        self._ledger = self.town.ledger

    def run(self) -> dict[str, Any]:
        try:
            self._faults(on=True)
            self._strike()
            self._end_striking()
            drained = self._drain()
            self.tally.figures = self._figures(drained)
            return self.tally.plain()
        finally:
            if self._agent is not None:
                self.town.kill(self._agent)
            self._clear()
            self.town.close()
            self._log.close()

    # ---- strike ----

    def _strike(self) -> None:
        while self.going_on() and self.tally.kills < ENOUGH * self._applications:
            if self._agent is not None and self._agent.poll() is not None:
                self._note("ended by itself", self._agent.returncode)
                self.tally.crashes += self._agent.returncode < 0
                self._agent = None
            if self._agent is None:
                self._close_breakers()
                if not truth.anything_to_do(self._ledger, self._applications):
                    return
                self._start()
                if self.chance.random() < EARLY_SHARE:
                    self._pause(self.chance.uniform(0, EARLY_S))
                    self._kill_agent()
                    continue
            self._kill_one()

    def _start(self) -> None:
        words = ("run", "--json") if self.lanes == 1 else ("run", "--json", "--lanes", str(self.lanes))
        self._agent = self.town.start(*words)
        self.tally.runs += 1
        self._note("started", self._agent.pid)

    def _kill_one(self) -> None:
        """Wait for the moment, then strike the next target."""
        if not self._targets:
            self._targets = self.chance.sample(self.targets, len(self.targets))
        what, aim = self._targets.pop(), self.chance.choice(AIMS)
        if not self._wait_claims(self.chance.randint(1, CLAIMS_BETWEEN)):
            return
        hand = self._wait_for(aim)
        if self._agent is None or self._agent.poll() is not None:
            return
        if self.chance.random() < 0.5:
            self._pause(self.chance.uniform(0, 0.05))
            hand = self._hand() or hand
        self._note("aims at", what, aim)
        match what:
            case "agent":
                self._kill_agent(hand)
            case "core":
                self._kill_core()
            case _ if hand is not None:
                self._kill_helper(what, hand)
            case _:
                self._targets.insert(0, what)

    def _wait_claims(self, more: int) -> bool:
        """Whether so many were claimed before the agent ended or the time was over."""
        wanted = truth.claims(self._ledger) + more
        while self._agent is not None and self._agent.poll() is None and self.going_on():
            if truth.claims(self._ledger) >= wanted:
                return True
            if truth.made(self._ledger) and not truth.anything_to_do(self._ledger, self._applications):
                return False
            time.sleep(0.05)
        return False

    def _wait_for(self, aim: str) -> Hand | None:
        """The application in hand, as soon as it is in the wanted state."""
        end = time.monotonic() + AIM_LIMIT_S
        hand = self._hand()
        while aim != "any moment" and (hand is None or hand.state != aim) and time.monotonic() < end:
            if self._agent is None or self._agent.poll() is not None:
                break
            time.sleep(POLL_S)
            hand = self._hand()
        return hand

    def _hand(self) -> Hand | None:
        if not truth.made(self._ledger):
            return None
        rows = truth.ask(
            self._ledger,
            "SELECT state, owner_pid, sender_pid, sender_started, sender_driver_pid, sender_driver_started FROM item"
            " WHERE state IN ('claimed', 'armed', 'seen', 'in_doubt') AND sender_pid > 0 ORDER BY updated_at DESC",
        )
        hands = [
            Hand(
                row["state"],
                row["owner_pid"],
                (row["sender_pid"], row["sender_started"]),
                (row["sender_driver_pid"], row["sender_driver_started"]),
            )
            for row in rows
        ]
        living = [hand for hand in hands if lives(hand.sender)]
        return living[0] if living else None

    def _gather(self) -> list[psutil.Process]:
        """The agent's process and all below it."""
        assert self._agent is not None
        with contextlib.suppress(psutil.NoSuchProcess):
            agent = psutil.Process(self._agent.pid)
            return [agent, *agent.children(recursive=True)]
        return []

    def _kill_agent(self, hand: Hand | None = None) -> None:
        """The agent's own process alone; with several lanes its supervisor, or one lane's process."""
        assert self._agent is not None
        family = self._gather()
        if self.lanes > 1 and hand is not None and self.chance.random() < 0.6:
            lane = [process for process in family if process.pid == hand.owner]
            if lane:
                lane[0].kill()
                self._former += family[1:]
                self._killed("agent", truth.state_at_kill(self._ledger, [hand.owner]))
                return
        if self._agent.poll() is not None:
            return
        self._agent.kill()
        self._agent.wait()
        self._agent = None
        self._former += family[1:]
        pids = [process.pid for process in family]
        self._killed("agent" if self.lanes == 1 else "supervisor", truth.state_at_kill(self._ledger, pids or [0]))

    def _kill_helper(self, what: str, hand: Hand) -> None:
        place = hand.sender if what == "sender" else hand.driver
        state = truth.state_at_kill(self._ledger, [hand.owner])
        if not lives(place):
            return
        with contextlib.suppress(psutil.NoSuchProcess):
            psutil.Process(place[0]).kill()
            self._killed(what, state)

    def _kill_core(self) -> None:
        pids = [process.pid for process in self._gather()]
        self._count_faults()
        state = truth.state_at_kill(self._ledger, pids or [0])
        self.mocks.kill()
        self._killed("core", state)
        self._pause(self.chance.uniform(0, DOWN_S))
        self.mocks.start()
        self._faults(on=True)

    def _killed(self, what: str, state: str) -> None:
        self.tally.kill(what, state)
        self._note("killed", what, state)

    def _pause(self, seconds: float) -> None:
        """The one thing waited for here is time itself: the moment of a kill is random."""
        time.sleep(seconds)

    # ---- faults and breakers ----

    def _faults(self, *, on: bool) -> None:
        for core in self.town.report["cores"]:
            self._rules[core] = list(self.rules(self.chance, self._pace)) if on else []
            self.town.faults(core, *self._rules[core])

    def _count_faults(self) -> None:
        for core, rules in self._rules.items():
            for rule, fired in zip(rules, self.town.fired(core), strict=True):
                if fired:
                    self.tally.faults[str(rule["fault"])] += fired

    def _close_breakers(self) -> None:
        for lane in truth.open_breakers(self._ledger):
            done = self.town.agent("lane", "restart", lane)
            self.tally.breaker_restarts += done.code == 0
            self._note("restarted", lane, done.code)

    # ---- drain ----

    def _end_striking(self) -> None:
        if self._agent is not None and self._agent.poll() is None:
            self._kill_agent()
        self._count_faults()
        self._faults(on=False)

    def _drain(self) -> bool:
        for round_ in range(DRAIN_RUNS):
            self._close_breakers()
            done = self._whole_run(round_)
            if done is not None and done.code < 0:
                self.tally.crashes += 1
            if not truth.anything_to_do(self._ledger, self._applications) and not self._unreported():
                return True
        return False

    def _whole_run(self, round_: int) -> Finished | None:
        words: Sequence[str] = () if self.lanes == 1 or round_ else ("--lanes", str(self.lanes))
        self.tally.runs += 1
        try:
            done = self.town.agent("run", "--json", *words, limit_s=DRAIN_RUN_S)
        except subprocess.TimeoutExpired:
            self._note("no end while draining", round_)
            return None
        self._note("drained", round_, done.code, done.out.strip()[-600:])
        return done

    def _unreported(self) -> int:
        return int(truth.ask(self._ledger, "SELECT count(*) AS n FROM item WHERE state = 'registered'")[0]["n"])

    def _clear(self) -> None:
        for process in self._former:
            with contextlib.suppress(psutil.Error):
                if process.is_running():
                    process.kill()

    def _figures(self, drained: bool) -> dict[str, Any]:
        databases = [Path(place["database"]) for place in self.town.report["cores"].values()]
        return ledger_figures(self._ledger, self._pace.settle_s) | {
            "applications": len(self.town.expected()),
            "duplicates": self.town.doubles(),
            "missing": self.town.missing(),
            "lost": len(self.town.lost()),
            "not_drained": int(not drained),
            "held_absent_at_core": absent_at_core(self._ledger, self._world, databases),
            "values_wrong": values_wrong(self._world, databases),
        }

    def _note(self, *words: object) -> None:
        self._log.write(f"{time.time():.3f} " + " ".join(str(word) for word in words) + "\n")
        self._log.flush()


def lives(place: tuple[int, float]) -> bool:
    """Whether the process that the ledger names is still this one."""
    pid, started = place
    found = started_at(pid) if pid else None
    return found is not None and abs(found - started) < 1.0
