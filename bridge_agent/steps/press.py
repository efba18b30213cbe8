"""Step press: a harmless press (search, next, confirm). The press that registers stands under commit, never here."""

from __future__ import annotations

from dataclasses import dataclass

from bridge_agent.domain.core_profile import TargetText
from bridge_agent.domain.plan import ActReport, Target
from bridge_agent.domain.ports import Screen
from bridge_agent.domain.recipe_steps import Binding, StepBody


class PressText(StepBody, TargetText):
    """The place stands straight under the word; `over`: what the pointer must rest on for it to appear."""

    over: TargetText | None = None

    def bind(self, at: Binding) -> PressAct:
        return PressAct(at.target(self), at.target(self.over) if self.over else None)


@dataclass(frozen=True, slots=True)
class PressAct:
    target: Target
    over: Target | None = None
    kind: str = "press"

    def perform(self, screen: Screen) -> ActReport:
        screen.press(self.target, self.over)
        return ActReport()
