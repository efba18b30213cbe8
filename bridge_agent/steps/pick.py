"""Step pick: choose one row in a pop-up search window. No row or two rows with the text: nothing is chosen."""

from __future__ import annotations

from dataclasses import dataclass

from bridge_agent.domain.core_profile import TargetText
from bridge_agent.domain.plan import ActReport, BoundField, Picking
from bridge_agent.domain.ports import Screen
from bridge_agent.domain.recipe_steps import Binding, StepBody
from bridge_agent.domain.recipe_words import FieldText, ValueText


class PickText(StepBody):
    opener: TargetText
    window: str = ""
    search: tuple[FieldText, ...] = ()
    press: TargetText | None = None
    row: ValueText
    choose: TargetText | None = None

    def bind(self, at: Binding) -> PickAct:
        picking = Picking(
            opener=at.target(self.opener),
            search_fields=tuple(field for text in self.search for field in at.fields(text)),
            search=at.target(self.press) if self.press else None,
            row_text=at.value(self.row),
            choose=at.target(self.choose) if self.choose else None,
            window=self.window,
        )
        return PickAct(picking)


@dataclass(frozen=True, slots=True)
class PickAct:
    picking: Picking
    kind: str = "pick"

    @property
    def fields(self) -> tuple[BoundField, ...]:
        return self.picking.search_fields

    def perform(self, screen: Screen) -> ActReport:
        screen.pick(self.picking)
        return ActReport(len(self.fields), len(self.fields))
