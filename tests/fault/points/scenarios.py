"""How each point is reached: what has happened before, what the core does, and which process is under test.

A core outcome matters at the points near the register action; the other scenarios exist for single points that an
undisturbed night never comes to.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import psutil

from bridge_agent.domain.crash_points import Action, Write
from bridge_agent.domain.reasons import Reason
from tests.fault.fast.nights import NightProcess, TownPlan
from tests.fault.points import books, hooks, persons
from tests.fault.points.hooks import Order
from tests.fault.points.towns import SHORT, PointTown

Rule = Mapping[str, object]
ONCE: Rule = {"when": {"nth": [1]}, "limit": 1}

NEAR: frozenset[Write | Action] = frozenset(
    {
        Write.ARM,
        Write.SEEN,
        Write.IN_DOUBT,
        Write.SENDER_STOPPED,
        Write.LOOKED,
        Write.REGISTERED,
        Write.HOLD_AFTER_ATTEMPT,
        Write.LOOK_LATER,
        Write.TRY_AGAIN,
        Action.REGISTER,
        Action.READ_ENDING,
        Action.STOP_SENDER,
        Action.LOOK_AFTER,
        Action.LOOK_DOUBT,
    }
)
"""What comes between the last check and a settled attempt: here it matters what the core did."""
AT_THE_ACTION: frozenset[Write | Action] = frozenset(
    {Write.IN_DOUBT, Action.REGISTER, Action.READ_ENDING, Write.SEEN, Action.LOOK_DOUBT}
)


@dataclass(frozen=True, slots=True)
class Scenario:
    name: str
    rules: tuple[Rule, ...] = ()
    """Faults of the core while the process under test runs."""
    prepare: Callable[[PointTown], None] = lambda town: None
    start: Callable[[PointTown, TownPlan], NightProcess] = lambda town, plan: town.start(plan)
    only: frozenset[Write | Action] = frozenset()
    """The writes and actions that it exists for; none = every one that an undisturbed night reaches."""
    limits: Mapping[str, float] = field(default_factory=dict)
    plan: Mapping[str, Any] = field(default_factory=dict)
    """Changes of the town's plan."""
    mend: Callable[[PointTown], None] = lambda town: None
    """What a person does before the next night, as the message of the broken deed has said."""


def rule(fault: str, **more: object) -> Rule:
    return {"fault": fault, **ONCE, **more}


def outcome(name: str, *rules: Rule, **limits: float) -> Scenario:
    """What the core does with the first register request."""
    return Scenario(name, rules, only=NEAR, limits=limits)


def twin(name: str, *rules: Rule, **limits: float) -> Scenario:
    """An outcome that another one stands for as soon as the doubt is in the ledger."""
    return Scenario(name, rules, only=AT_THE_ACTION, limits=limits)


# ---- what has happened before ----


def kill_at(town: PointTown, point: str, *rules: Rule, users: Mapping[str, str] | None = None) -> None:
    """A night that died at a point."""
    order = Order(hooks.KILL, str(town.folder / "earlier"), point)
    town.faults(*rules)
    town.start(replace(town.plan, setting=hooks.SETTING, argument=order.argument(), users=users or {})).wait(60)
    town.faults()


def stop_at(town: PointTown, point: str) -> None:
    """A night that stands still at a point, its lease over; whoever takes over has to kill it."""
    order = Order(hooks.PAUSE, str(town.folder / "earlier"), point)
    process = town.start(replace(town.plan, setting=hooks.SETTING, argument=order.argument()))
    wait_until_stopped(process)
    town.lease_of_the_dead()


def wait_until_stopped(process: NightProcess, within_s: float = 60.0) -> bool:
    """False when it has ended without standing still."""
    end = time.monotonic() + within_s
    while time.monotonic() < end:
        try:
            if psutil.Process(process.pid).status() == psutil.STATUS_STOPPED:
                return True
        except psutil.NoSuchProcess:
            return False
        process.process.join(0.005)
        if not process.alive:
            return False
    return False


def go_on(process: NightProcess) -> None:
    if process.alive:
        os.kill(process.pid, signal.SIGCONT)


def one_held(town: PointTown) -> None:
    """A night with an unknown dialog: one application is held."""
    town.faults(rule("M16"))
    town.start().wait(60)
    town.faults()


def breaker_open(town: PointTown) -> None:
    town.faults({"fault": "M1b", "when": {"nth": [1, 2]}})
    town.start().wait(60)
    town.faults()


def second_record(town: PointTown) -> None:
    town.start().wait(60)
    town.clerk_enters_again()


def withdrawn_unreported(town: PointTown) -> None:
    kill_at(town, "before action report")
    town.withdraw_all()


def released_without_recipe(town: PointTown) -> None:
    """Taken in while there was no recipe, released by a person after one came."""
    persons.do(town.plan, persons.NIGHT_WITHOUT_RECIPES)
    for receipt_no in town.held():
        persons.do(town.plan, persons.RELEASE, receipt_no)


# ---- a person's process ----


def person(deed: str) -> Callable[[PointTown, TownPlan], NightProcess]:
    def start(town: PointTown, plan: TownPlan) -> NightProcess:
        subject = {
            persons.RELEASE: lambda: town.held()[0],
            persons.CLOSE: lambda: town.held()[0],
            persons.ASK_AGAIN: lambda: town.held(Reason.ABSENT)[0],
            persons.RESTART: lambda: town.breakers()[0],
            persons.RELEASE_ABSENT: lambda: " ".join(town.held(Reason.ABSENT_AFTER_RESTORE)),
        }.get(deed, str)()
        return persons.start_person(plan, deed, subject)

    return start


def only(*what: Write | Action) -> frozenset[Write | Action]:
    return frozenset(what)


OUTCOMES = (
    outcome("error before commit", rule("M1b")),
    twin("error after commit", rule("M1")),
    twin("dropped before commit", rule("M4b")),
    outcome("dropped after commit", rule("M4")),
    twin("reset after commit", rule("M5")),
    outcome("hangs, then commits", rule("M2", seconds=0.7), settle_s=1.2),
    twin("commits, then hangs", rule("M3", seconds=0.8)),
    twin("session lost before commit", rule("M12")),
    twin("session lost after commit", rule("M13")),
    twin("completion screen cut", rule("M9")),
    outcome("visible late", rule("M37", seconds=0.5), settle_s=0.8),
    outcome("dialog after commit", rule("M16b")),
    outcome("refused: duplicate warning", rule("M22")),
    outcome("look-up fails after commit", rule("M4"), {"fault": "M38", "when": {"every": 2}, "limit": 12}),
)

SPECIAL = (
    Scenario(
        "lane stopped",
        ({"fault": "M1b", "when": {"nth": [1, 2]}},),
        only=only(Write.OPEN_BREAKER, Action.EVIDENCE, Action.START_SESSION, Action.RENEW_SESSION),
    ),
    Scenario(
        "absent, tried again",
        (rule("M1b"),),
        only=only(Write.TRY_AGAIN, Write.CLAIM, Write.ARM, Write.SEEN, Write.REGISTERED, Action.REGISTER),
        plan={"resubmit": True},
    ),
    Scenario(
        "lane kept while waiting",
        (rule("M1b"),),
        only=only(Write.KEEP_LANE),
        limits={"settle_s": 1.2},
        plan={"lease": SHORT},
    ),
    Scenario("entry screen cut", (rule("M9", page="entry"),), only=only(Write.PUT_BACK, Action.RENEW_SESSION)),
    Scenario("unknown dialog before", (rule("M16"),), only=only(Write.HOLD, Write.COUNTED)),
    Scenario(
        "withdrawn after download",
        prepare=lambda town: town.happens_later("withdraw"),
        only=only(Write.CLOSE_WITHDRAWN),
    ),
    Scenario(
        "died after arming",
        prepare=lambda town: kill_at(town, "after write arm"),
        only=only(Write.RECOVER, Action.KILL_SENDER, Action.LOOK_DOUBT, Write.LOOK_LATER),
    ),
    Scenario(
        "died after registering",
        prepare=lambda town: kill_at(town, "after action register"),
        only=only(Write.RECOVER, Action.KILL_SENDER, Action.LOOK_DOUBT, Write.REGISTERED),
    ),
    Scenario(
        "died in hand",
        prepare=lambda town: kill_at(town, "after action pre_check"),
        only=only(Write.RECOVER, Action.KILL_SENDER, Write.CLAIM, Write.ARM),
    ),
    Scenario(
        "died with completion seen",
        prepare=lambda town: kill_at(town, "after write seen"),
        only=only(Write.RECOVER, Action.KILL_SENDER, Action.LOOK_AFTER, Write.REGISTERED),
    ),
    Scenario(
        "lane renamed",
        prepare=lambda town: kill_at(town, "after write seen", users={"sogo": "bridge02"}),
        only=only(Write.ADOPT, Write.RECOVER, Action.KILL_SENDER),
    ),
    Scenario(
        "owner stands still in hand",
        prepare=lambda town: stop_at(town, "after write claim"),
        only=only(Action.KILL_OWNER, Write.OWN_LANE, Write.RECOVER),
    ),
    Scenario(
        "owner stands still armed",
        prepare=lambda town: stop_at(town, "before action register"),
        only=only(Action.KILL_OWNER, Write.OWN_LANE, Write.RECOVER, Action.KILL_SENDER),
    ),
    Scenario("withdrawn before the report", prepare=withdrawn_unreported, only=only(Write.REPORT_REFUSED)),
    Scenario(
        "second record by a clerk",
        prepare=second_record,
        only=only(Write.HOLD_AFTER_REGISTRATION, Action.LOOK_RECONCILE),
    ),
    Scenario("recipe came later", prepare=released_without_recipe, only=only(Write.REHOME)),
    Scenario("a person releases", prepare=one_held, start=person(persons.RELEASE), only=only(Write.RELEASE)),
    Scenario("a person closes", prepare=one_held, start=person(persons.CLOSE), only=only(Write.CLOSE_HELD)),
    Scenario(
        "a person asks for another look",
        prepare=breaker_open,
        start=person(persons.ASK_AGAIN),
        only=only(Write.ASK_AGAIN),
    ),
    Scenario(
        "a person restarts the lane",
        prepare=breaker_open,
        start=person(persons.RESTART),
        only=only(Write.CLOSE_BREAKER),
    ),
    Scenario("a person says stop", start=person(persons.STOP), only=only(Write.REQUEST_STOP)),
    Scenario(
        "a backup is restored",
        prepare=books.one_more_since,
        start=person(persons.RESTORE),
        only=only(Write.RESTORE),
    ),
    Scenario(
        "a ledger put back by hand is accepted",
        prepare=books.put_back_by_hand,
        start=person(persons.ACCEPT),
        only=only(Write.RESTORE),
        mend=books.accept_if_refused,
    ),
    Scenario(
        "the night after a restore",
        prepare=books.restored,
        only=only(Write.COLLECTED, Write.RECONSTRUCT, Write.REGISTERED, Write.HOLD_AFTER_ATTEMPT, Action.LOOK_DOUBT),
    ),
    Scenario(
        "no recipe after a restore",
        prepare=books.restored,
        start=person(persons.NIGHT_WITHOUT_RECIPES),
        only=only(Write.HOLD_FORGOTTEN),
    ),
    Scenario(
        "the night of a changed form",
        start=person(persons.NIGHT_OF_A_CHANGED_FORM),
        only=only(Write.STOP_FORMS),
    ),
    Scenario(
        "two persons release",
        prepare=books.absent_held,
        start=person(persons.RELEASE_ABSENT),
        only=only(Write.RELEASE_ABSENT),
    ),
    Scenario("a person purges", prepare=books.all_reported, start=person(persons.PURGE), only=only(Write.PURGE)),
)

PLAIN = Scenario("ok")
ALL = {one.name: one for one in (PLAIN, *OUTCOMES, *SPECIAL)}
