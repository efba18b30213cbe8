"""Step press: a harmless press (search, next, confirm). The press that registers stands under commit, never here."""

from __future__ import annotations

from dataclasses import dataclass

from bridge_agent.domain.core_profile import TargetText
from bridge_agent.domain.plan import ActReport, Target
from bridge_agent.domain.ports import Screen
from bridge_agent.domain.recipe_steps import Binding, StepBody


class PressText(StepBody, TargetText):
    """The place stands straight under the word."""

    def bind(self, at: Binding) -> PressAct:
        return PressAct(at.target(self))


@dataclass(frozen=True, slots=True)
class PressAct:
    target: Target
    kind: str = "press"

    def perform(self, screen: Screen) -> ActReport:
        screen.press(self.target)
        return ActReport()
