"""Steps that only read: resident (is this the applicant?) and check (does the screen show what was entered?)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from pydantic import Field

from bridge_agent.domain.comparison import VariantTable
from bridge_agent.domain.errors import BusinessError
from bridge_agent.domain.plan import ActReport, BoundField
from bridge_agent.domain.ports import Screen
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.recipe_steps import Binding, StepBody
from bridge_agent.domain.recipe_words import ShownText
from bridge_agent.steps.compared import differing


class ResidentText(StepBody):
    """氏名 and 生年月日 that the core shows for the 宛名番号, against the application's."""

    shorthand: ClassVar[str] = "shown"
    shown: tuple[ShownText, ...] = Field(min_length=1)

    def bind(self, at: Binding) -> ShownAct:
        return ShownAct(_all_shown(self.shown, at), at.variants, Reason.RESIDENT_DIFFERS, "resident")


class CheckText(StepBody):
    """Texts on a confirmation screen, against what was entered."""

    shorthand: ClassVar[str] = "shown"
    shown: tuple[ShownText, ...] = Field(min_length=1)

    def bind(self, at: Binding) -> ShownAct:
        return ShownAct(_all_shown(self.shown, at), at.variants, Reason.READBACK_DIFFERS, "check")


def _all_shown(texts: tuple[ShownText, ...], at: Binding) -> tuple[BoundField, ...]:
    return tuple(field for text in texts for field in at.shown(text))


@dataclass(frozen=True, slots=True)
class ShownAct:
    fields: tuple[BoundField, ...]
    variants: VariantTable
    reason: Reason
    kind: str

    def perform(self, screen: Screen) -> ActReport:
        """Raises BusinessError naming the items that differ, in the clerk's words."""
        wrong = differing(self.fields, screen.fill(self.fields), self.variants)
        if wrong:
            raise BusinessError(self.reason, "、".join(wrong))
        return ActReport(len(self.fields), len(self.fields))
