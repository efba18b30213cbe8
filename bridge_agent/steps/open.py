"""Step open: bring up a starting place of the core (a path in the browser)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import quote

from pydantic import Field

from bridge_agent.domain.plan import ActReport
from bridge_agent.domain.ports import Screen
from bridge_agent.domain.recipe_steps import Binding, StepBody
from bridge_agent.domain.recipe_words import Always, ValueText

PERSON = "{atena_no}"
"""Stands in a place for the application's 宛名番号: a core's direct address of one person's entry screen."""


class OpenText(StepBody):
    shorthand: ClassVar[str] = "place"
    place: str = Field(min_length=1)

    def bind(self, at: Binding) -> OpenAct:
        place = self.place
        if PERSON in place:
            person = at.value(ValueText.model_validate({"from": Always.ATENA_NO.value}))
            place = place.replace(PERSON, quote(person, safe=""))
        return OpenAct(place)


@dataclass(frozen=True, slots=True)
class OpenAct:
    place: str
    kind: str = "open"

    def perform(self, screen: Screen) -> ActReport:
        screen.open(self.place)
        return ActReport()
