"""Step open: bring up a starting place of the core (a path in the browser)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from pydantic import Field

from bridge_agent.domain.plan import ActReport
from bridge_agent.domain.ports import Screen
from bridge_agent.domain.recipe_steps import Binding, StepBody


class OpenText(StepBody):
    shorthand: ClassVar[str] = "place"
    place: str = Field(min_length=1)

    def bind(self, at: Binding) -> OpenAct:
        return OpenAct(self.place)


@dataclass(frozen=True, slots=True)
class OpenAct:
    place: str
    kind: str = "open"

    def perform(self, screen: Screen) -> ActReport:
        screen.open(self.place)
        return ActReport()
