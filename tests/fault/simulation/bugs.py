"""Twelve bugs put into the production code on purpose: each must be caught, and the rule it breaks must be named.

A bug that survives means that the simulation is wrong. Where a bug is a changed line, the function's own source is
changed and compiled again, so a bug that no longer fits the code fails loudly.
"""

from __future__ import annotations

import inspect
import sys
import textwrap
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

from bridge_agent.domain import work_item
from bridge_agent.drivers.browser.look_up import BrowserLookUp, _words, list_wanted, records_in
from bridge_agent.ledger.changed_forms import ChangedForms
from bridge_agent.ledger.lanes import LaneMoves
from bridge_agent.ledger.owning import LaneOwning
from bridge_agent.ledger.writing import LedgerWriter
from bridge_agent.pipeline import enter, lane, look_up, settle
from tests.fault.simulation import processes
from tests.fault.simulation.database import TRIGGERS
from tests.fault.simulation.run_seeds import player

Change = tuple[Any, str, Callable[[], Any]]


@dataclass(frozen=True)
class Bug:
    name: str
    what: str
    rule: str
    changes: tuple[Change, ...] = ()
    profile: Mapping[str, float] = field(default_factory=dict)
    without_triggers: tuple[str, ...] = ()
    """Rules of the database that would stop the bug as well: taken away, so that the first line is tested."""

    @contextmanager
    def installed(self) -> Iterator[None]:
        with ExitStack() as stack:
            for home, name, make in self.changes:
                stack.callback(setattr, home, name, vars(home)[name])
                setattr(home, name, make())
            yield


def rewritten(function: Callable[..., Any], *changes: tuple[str, str]) -> Callable[[], Any]:
    """The function with some of its text changed, compiled in its own module."""

    def make() -> Any:
        source = textwrap.dedent(inspect.getsource(function))
        for old, new in changes:
            if source.count(old) != 1:
                raise AssertionError(f"{function.__qualname__} no longer has {old!r}: the bug must be written anew")
            source = source.replace(old, new)
        names: dict[str, Any] = {}
        module = vars(sys.modules[function.__module__])
        scope = {"annotations": True}
        exec(
            compile("from __future__ import annotations\n" + source, function.__module__, "exec"), module | scope, names
        )
        made = names[function.__name__]
        return _in_module(made, module)

    return make


def _in_module(made: Any, module: dict[str, Any]) -> Any:
    """The same code with the module's own globals, so that it sees what is changed there later."""
    inner = getattr(made, "__wrapped__", made)
    fresh = type(inner)(inner.__code__, module, inner.__name__, inner.__defaults__, inner.__closure__)
    fresh.__kwdefaults__ = inner.__kwdefaults__
    return contextmanager(fresh) if inner is not made else fresh


ARM = "hand = Armed(night.ledger.arm(claim, facts))"
NOT_ARMED = """from bridge_agent.domain.ledger import Attempt
        now = night.clock.now()
        hand = Armed(
            Attempt(0, claim.item.item_id, 1, claim.lane, claim.fence, now, now, facts.plan, facts.baseline)
        )"""
PRESS = "answer = session.screen.register(plan.commit.press, plan.commit.endings, submit_s)"


def trusting(found: bool) -> Callable[[], Any]:
    return lambda: lambda night, access, session: found


def without_fence() -> Any:
    plain = LedgerWriter.move

    def move(self: Any, *given: Any, fence: int | None = None, **named: Any) -> None:
        plain(self, *given, **named)

    return move


def first_page_only() -> Any:
    def search(self: Any, query: Any) -> Any:
        told = self._page(self._pattern(query), _words(query, page=1), list_wanted(self._profile.list_shape))
        return tuple(records_in(told, self._profile.list_shape))

    return search


def believing() -> Any:
    """Says that the former browser is dead, and has killed nothing."""
    return lambda self, sender: sender.host == self.host


BUGS: dict[str, Bug] = {
    bug.name: bug
    for bug in (
        Bug("B1", "armed write left out", "R1", ((enter, "armed", rewritten(enter.armed, (ARM, NOT_ARMED))),)),
        Bug(
            "B2",
            "armed committed after the click",
            "R1",
            (
                (
                    enter,
                    "enter",
                    rewritten(
                        enter.enter,
                        (
                            "        with night.watchdog.guard(facts.sender, submit_s + SUBMIT_GRACE_S), armed(night, access, claim, facts) as hand:",
                            f"        {PRESS}\n        with night.watchdog.guard(facts.sender, submit_s + SUBMIT_GRACE_S), armed(night, access, claim, facts) as hand:",
                        ),
                        (f"            {PRESS}\n            hand", "            hand"),
                    ),
                ),
                (lane, "enter", lambda: enter.enter),
            ),
        ),
        Bug(
            "B3",
            "look-up after success skipped",
            "R4",
            (
                (
                    settle,
                    "after_entry",
                    rewritten(
                        settle.after_entry,
                        (
                            "            result = look_up(night, access, session, plan, ours)",
                            "            from bridge_agent.domain.result import CoreRecord\n"
                            "            result = LookUpResult(Verdict.FOUND, (CoreRecord(ours.receipt),))",
                        ),
                    ),
                ),
                (lane, "after_entry", lambda: settle.after_entry),
            ),
        ),
        Bug(
            "B4",
            "click inside a retry",
            "R1",
            (
                (
                    enter,
                    "enter",
                    rewritten(
                        enter.enter,
                        (
                            f"                {PRESS}\n",
                            "                for tried in range(2):\n"
                            "                    try:\n"
                            f"                        {PRESS}\n"
                            "                        break\n"
                            "                    except TransientError:\n"
                            "                        if tried:\n"
                            "                            raise\n"
                            "                        session.start()\n"
                            "                        walk(night, session, plan.acts)\n",
                        ),
                    ),
                ),
                (lane, "enter", lambda: enter.enter),
            ),
        ),
        Bug("B5", "settle = 0", "R3", profile={"settle_s": 1e-6}),
        Bug(
            "B6",
            "canary skipped",
            "R3",
            tuple((home, "canary", trusting(found=True)) for home in (look_up, settle, lane)),
        ),
        Bug(
            "B7",
            "absence believed after one look-up",
            "R3",
            ((settle, "_absent", rewritten(settle._absent, ("doubt.absent_looks == 0", "False"))),),
        ),
        Bug(
            "B8",
            "baseline recomputed at attempt 2",
            "R8",
            (
                (
                    enter,
                    "pre_check",
                    rewritten(
                        enter.pre_check,
                        ("    if late:", "    if late and not late:"),
                        ("    return claim.baseline", "    return records"),
                    ),
                ),
                (
                    LaneMoves,
                    "arm",
                    rewritten(
                        LaneMoves.arm,
                        ("facts.baseline if claim.baseline is None else claim.baseline", "facts.baseline"),
                    ),
                ),
            ),
        ),
        Bug("B9", "fence not checked on write", "R9", ((LedgerWriter, "move", without_fence),)),
        Bug(
            "B10",
            "take-over without killing",
            "R10",
            (
                (processes, "lock_is_lost", lambda: lambda me, owner: owner.hangs()),
                (processes.Process, "kill_sender", believing),
            ),
        ),
        Bug(
            "B11",
            "recovery sends armed to pending",
            "R7",
            (
                (work_item, "allowed", lambda: lambda start, end: True),
                (sys.modules[LedgerWriter.__module__], "allowed", lambda: lambda start, end: True),
                (
                    LaneOwning,
                    "recover",
                    rewritten(
                        LaneOwning.recover,
                        ("case State.CLAIMED:", "case State.CLAIMED | State.ARMED:"),
                        ("State.CLAIMED,\n", "leftover.state,\n"),
                        ("            case State.ARMED:", "            case State.REPORTED:"),
                    ),
                ),
            ),
            without_triggers=("only_allowed_moves",),
        ),
        Bug("B12", "only the first result page read", "R3", ((BrowserLookUp, "search", first_page_only),)),
        Bug(
            "B13",
            "the day that a missing prerequisite is waited for is not looked at",
            "L2",
            ((LaneMoves, "is_due", rewritten(LaneMoves.is_due, ("due_at <= self.now()", 'due_at != ""'))),),
        ),
        Bug(
            "B14",
            "what waits of a changed form is held, but not kept from the lanes",
            "L3",
            ((ChangedForms, "stopped_forms", lambda: lambda me, connection: frozenset()),),
        ),
    )
}
MOST_SEEDS = 600
"""A bug that no schedule among so many shows counts as not caught."""


def caught(bug: Bug) -> tuple[int, str] | None:
    """The first seed that names the rule which the bug breaks, and what it says."""
    unknown = set(bug.without_triggers) - set(TRIGGERS)
    if unknown:
        raise AssertionError(f"the database has no rule {unknown}")
    with player(bug=bug) as one:
        for seed in range(MOST_SEEDS):
            for rule, what in one.play(seed).violations:
                if rule == bug.rule:
                    return seed, what
    return None
