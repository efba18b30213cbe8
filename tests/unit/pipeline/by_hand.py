"""One lane worked by hand, step by step: for rules that a whole night would blur."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import text

from bridge_agent.domain.application import Application
from bridge_agent.domain.ledger_records import Attempt, Claim, Doubt
from bridge_agent.domain.plan import Act, ActReport, EntryPlan, Meaning, Target
from bridge_agent.domain.ports import LookUpUnreadable, Screen, Search
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.result import Answer, CoreRecord, EntryResult, InDoubt, Seen
from bridge_agent.domain.work_item import State
from bridge_agent.pipeline.collect import collect
from bridge_agent.pipeline.doubts import LaneNight
from bridge_agent.pipeline.enter import enter
from tests.unit.pipeline.imitation import ImitatedRecipes, Town, application

LANE, CORE = "sogo-1", "sogo"
SETTLE_S, VISIBLE_S, SUBMIT_S = 10.0, 2.0, 5.0
"""As the imitated core's profile declares them."""


class ByHand:
    """A town whose applications are pending, with one open session of its one lane."""

    def __init__(self, *applications: Application, **of_town: Any) -> None:
        self.town = Town(applications or [application(1)], **of_town)
        self.ledger, self.core, self.clock = self.town.ledger, self.town.core, self.town.clock
        self.night = self.town.night()
        self.access = self.town.access()
        self.session = self.town.session()
        self.state = LaneNight()
        self.run_id = self.ledger.start_run("run")
        collect(self.night, self.run_id)
        with self.ledger.lane(LANE):
            pass  # a ledger in memory has no second owner

    def claim(self) -> Claim:
        claim = self.ledger.claim(LANE, CORE, self.session.sender)
        assert claim is not None
        return claim

    def enter(self, canary_ok: bool | None = None) -> EntryResult:
        return enter(self.night, self.access, self.session, self.claim(), canary_ok)

    def seen(self, fault: str = "") -> Attempt:
        """An application entered up to its completion screen; the look-up is owed."""
        self.core.faults = {self.core.requests + 1: fault}
        result = self.enter()
        assert isinstance(result, Seen)
        return result.attempt

    def doubt(self, fault: str = "before") -> Doubt:
        """An application in doubt, whose sender has been stopped."""
        self.core.faults = {self.core.requests + 1: fault}
        assert isinstance(self.enter(), InDoubt)
        self.ledger.sender_stopped(LANE, self.session.sender, SETTLE_S)
        return self.open_doubt()

    def open_doubt(self) -> Doubt:
        (doubt,) = self.ledger.doubts(LANE)
        return doubt

    def state_of(self, receipt_no: str = "R001") -> tuple[State, str]:
        (found,) = [(i.state, i.reason) for i in self.ledger.items() if i.receipt_no == receipt_no]
        return found

    def note_of(self, receipt_no: str = "R001") -> str:
        (found,) = [i.note for i in self.ledger.items() if i.receipt_no == receipt_no]
        return found

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Of the ledger's own tables, where the port gives no view."""
        with self.ledger.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query))]

    def answers(self, **changes: Any) -> None:
        """Every register action is answered like this; the core commits nothing."""
        answer = replace(Answer(Meaning.COMPLETED, "done", sent=1), **changes)

        def register(press: Target, endings: Sequence[object], timeout_s: float) -> Answer:
            self.core.requests += 1
            return answer

        self.session.screen.register = register  # type: ignore[method-assign]

    def cannot_read(self) -> None:
        """Every look-up page is unreadable from now on."""

        def search(query: Search) -> tuple[CoreRecord, ...]:
            raise LookUpUnreadable("x")

        self.session.look_up.search = search  # type: ignore[method-assign]

    def plans(self, change: Callable[[EntryPlan], EntryPlan]) -> None:
        """From now on the recipe gives a plan that is changed like this."""

        class Changed(ImitatedRecipes):
            def plan(self, application: Application, waived: Collection[Reason] = ()) -> EntryPlan:
                return change(super().plan(application, waived))

        self.night = replace(self.night, recipes=Changed())


class Step:
    """An act that does what it is told and remembers nothing."""

    def __init__(self, kind: str, do: Callable[[], None] = lambda: None, report: ActReport | None = None) -> None:
        self.kind = kind
        self._do = do
        self._report = report or ActReport()

    def perform(self, screen: Screen) -> ActReport:
        self._do()
        return self._report


def acting(*acts: Act) -> Callable[[EntryPlan], EntryPlan]:
    return lambda plan: replace(plan, acts=acts)


def no_receipt_shown(plan: EntryPlan) -> EntryPlan:
    """The core's completion screen shows no number."""
    return replace(plan, commit=replace(plan.commit, receipt=None))
