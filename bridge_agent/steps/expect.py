"""Step expect: wait until a known screen is shown; another known screen holds the application with its reason."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pydantic import Field

from bridge_agent.domain.core_profile import MarkText, SignText
from bridge_agent.domain.errors import BusinessError
from bridge_agent.domain.plan import ActReport, Mark, Meaning
from bridge_agent.domain.ports import Screen
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.recipe_steps import Binding, StepBody
from bridge_agent.domain.recipe_words import Instead


class ExpectText(StepBody):
    shows: tuple[SignText, ...] = Field(min_length=1)
    frame: str = ""
    instead: tuple[Instead, ...] = ()
    wait_s: float | None = Field(None, gt=0)

    def bind(self, at: Binding) -> ExpectAct:
        wanted = at.mark(_as_mark(self), "expected")
        others = (
            replace(at.mark(other, f"instead.{number}"), meaning=Meaning.HOLD, reason=other.hold.value)
            for number, other in enumerate(self.instead, start=1)
        )
        return ExpectAct((wanted, *others), self.wait_s)


def _as_mark(text: ExpectText) -> MarkText:
    return MarkText(shows=text.shows, frame=text.frame)


@dataclass(frozen=True, slots=True)
class ExpectAct:
    marks: tuple[Mark, ...]
    wait_s: float | None = None
    kind: str = "expect"

    def perform(self, screen: Screen) -> ActReport:
        """Raises BusinessError with the reason of the mark that came instead."""
        seen = screen.recognise(self.marks, self.wait_s)
        if seen.meaning is Meaning.HOLD:
            raise BusinessError(Reason(seen.reason))
        return ActReport()
