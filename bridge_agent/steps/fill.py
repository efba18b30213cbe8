"""Steps fill and rows: one screen's fields typed as a whole, read back as a whole, compared as a whole."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Literal

from pydantic import Field, model_validator

from bridge_agent.domain.comparison import VariantTable
from bridge_agent.domain.core_profile import TargetText
from bridge_agent.domain.errors import BusinessError
from bridge_agent.domain.plan import Act, ActReport, BoundField
from bridge_agent.domain.ports import Screen
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.recipe_steps import Binding, StepBody
from bridge_agent.domain.recipe_words import FieldText
from bridge_agent.steps.compared import differing
from bridge_agent.steps.press import PressAct


class FillText(StepBody):
    """Single fields of the screen."""

    shorthand: ClassVar[str] = "fields"
    fields: tuple[FieldText, ...] = Field(min_length=1)

    def bind(self, at: Binding) -> FillAct:
        return FillAct(tuple(field for text in self.fields for field in at.fields(text)), at.variants)


class RowsText(StepBody):
    """The rows of a repeated group: {n} in names, labels and headings is the row's number."""

    of: str
    fields: tuple[FieldText, ...] = Field(min_length=1)
    unused: Literal["clear", "leave"] = "clear"
    add: TargetText | None = None
    """What makes the screen show one more row."""
    there: int = Field(0, ge=0)
    """With `add`: rows that the screen shows before it is pressed."""
    done: TargetText | None = None
    """With `add`: what puts the row that was typed into the screen's table, before the next one is added."""

    @model_validator(mode="after")
    def _added_one_by_one(self) -> RowsText:
        if self.add is None and (self.there or self.done is not None):
            raise ValueError("there と done は add（行を増やすボタン）と一緒に書いてください")
        if self.done is not None and self.there:
            raise ValueError("1 行ずつ入力する画面（done）では there を書けません")
        return self

    @property
    def row_group(self) -> str:
        return self.of

    def bind(self, at: Binding) -> FillAct | tuple[Act, ...]:
        if self.add is None:
            return self._all_rows(at)
        rows = at.rows(self.of)
        if self.done is None:
            pressed = [PressAct(at.target(self.add)) for row in rows if row > self.there]
            unfilled = range(rows.stop, self.there + 1)
            return (*pressed, self._filled(at, rows, unfilled))
        acts: list[Act] = []
        for row in rows:
            acts += (
                PressAct(at.target(self.add)),
                self._filled(at, range(row, row + 1), range(0)),
                PressAct(at.target(self.done)),
            )
        return tuple(acts)

    def _filled(self, at: Binding, rows: range, unfilled: range) -> FillAct:
        fields = [field for row in rows for text in self.fields for field in at.fields(text, self.of, row)]
        fields += [field for row in unfilled for text in self.fields for field in at.cleared(text, self.of, row)]
        return FillAct(tuple(fields), at.variants)

    def _all_rows(self, at: Binding) -> FillAct:
        filled = at.rows(self.of)
        unfilled = range(filled.stop, at.screen_rows(self.of) + 1) if self.unused == "clear" else range(0)
        return self._filled(at, filled, unfilled)


@dataclass(frozen=True, slots=True)
class FillAct:
    fields: tuple[BoundField, ...]
    variants: VariantTable
    kind: str = "fill"

    def with_more(self, other: FillAct) -> FillAct:
        """Both on the same screen: typed, read back and compared as one."""
        return replace(self, fields=(*self.fields, *other.fields))

    def perform(self, screen: Screen) -> ActReport:
        """Raises BusinessError(READBACK_DIFFERS) naming the items that differ, in the clerk's words."""
        if not self.fields:
            return ActReport()
        wrong = differing(self.fields, screen.fill(self.fields), self.variants)
        if wrong:
            raise BusinessError(Reason.READBACK_DIFFERS, "、".join(dict.fromkeys(wrong)))
        return ActReport(len(self.fields), len(self.fields))
