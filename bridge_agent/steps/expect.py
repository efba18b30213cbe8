"""Step expect: wait until a known screen is shown; another known screen holds the application with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pydantic import Field

from bridge_agent.domain.core_profile import MarkText, SignText
from bridge_agent.domain.errors import BusinessError, NotYet
from bridge_agent.domain.plan import ActReport, Mark, Meaning, Target
from bridge_agent.domain.ports import Screen
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.recipe_steps import Binding, StepBody
from bridge_agent.domain.recipe_words import Instead, WaitText


class ExpectText(StepBody):
    shows: tuple[SignText, ...] = Field(min_length=1)
    frame: str = ""
    instead: tuple[Instead, ...] = ()
    wait_s: float | None = Field(None, gt=0)
    stays_s: float = Field(0.0, ge=0)

    def bind(self, at: Binding) -> ExpectAct:
        marks = [replace(at.mark(_as_mark(self), "expected"), stays_s=self.stays_s)]
        presses: dict[str, Target] = {}
        waits: dict[str, WaitText] = {}
        for number, other in enumerate(self.instead, start=1):
            mark = at.mark(other, f"instead.{number}")
            if other.press is not None:
                presses[mark.name] = at.target(other.press)
            elif other.wait is not None:
                mark = replace(mark, meaning=Meaning.WAIT)
                waits[mark.name] = other.wait
            elif other.hold is not None:
                mark = replace(mark, meaning=Meaning.HOLD, reason=other.hold.value)
            marks.append(mark)
        return ExpectAct(tuple(marks), self.wait_s, presses, waits)


def _as_mark(text: ExpectText) -> MarkText:
    return MarkText(shows=text.shows, frame=text.frame)


@dataclass(frozen=True, slots=True)
class ExpectAct:
    marks: tuple[Mark, ...]
    wait_s: float | None = None
    presses: Mapping[str, Target] = field(default_factory=dict)
    """Name of a mark -> what is pressed when it is seen, once, before the waiting goes on."""
    waits: Mapping[str, WaitText] = field(default_factory=dict)
    """Name of a mark -> the prerequisite that is not there yet when it is seen."""
    kind: str = "expect"

    def perform(self, screen: Screen) -> ActReport:
        """Raises BusinessError with the reason of the mark that came instead, NotYet for a prerequisite."""
        marks = list(self.marks)
        while True:
            seen = screen.recognise(marks, self.wait_s)
            if seen.meaning is Meaning.HOLD:
                raise BusinessError(Reason(seen.reason))
            if seen.meaning is Meaning.WAIT:
                wait = self.waits[seen.name]
                raise NotYet(wait.what, wait.again_days, wait.most_days)
            if seen.name not in self.presses:
                return ActReport()
            screen.press(self.presses[seen.name])
            # Whether it goes away is seen by what comes; that it comes twice was not foreseen.
            marks = [mark for mark in marks if mark.name != seen.name]
