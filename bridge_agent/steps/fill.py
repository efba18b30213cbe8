"""Steps fill and rows: one screen's fields typed as a whole, read back as a whole, compared as a whole."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Literal

from pydantic import Field

from bridge_agent.domain.comparison import VariantTable
from bridge_agent.domain.errors import BusinessError
from bridge_agent.domain.plan import ActReport, BoundField
from bridge_agent.domain.ports import Screen
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.recipe_steps import Binding, StepBody
from bridge_agent.domain.recipe_words import FieldText
from bridge_agent.steps.compared import differing


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

    @property
    def row_group(self) -> str:
        return self.of

    def bind(self, at: Binding) -> FillAct:
        filled = at.rows(self.of)
        fields = [field for row in filled for text in self.fields for field in at.fields(text, self.of, row)]
        if self.unused == "clear":
            unfilled = range(filled.stop, at.screen_rows(self.of) + 1)
            fields += [field for row in unfilled for text in self.fields for field in at.cleared(text, self.of, row)]
        return FillAct(tuple(fields), at.variants)


@dataclass(frozen=True, slots=True)
class FillAct:
    fields: tuple[BoundField, ...]
    variants: VariantTable
    kind: str = "fill"

    def with_more(self, other: FillAct) -> FillAct:
        """Both on the same screen: typed, read back and compared as one."""
        return replace(self, fields=(*self.fields, *other.fields))

    def perform(self, screen: Screen) -> ActReport:
        """Raises BusinessError(READBACK_DIFFERS) naming the keys."""
        if not self.fields:
            return ActReport()
        wrong = differing(self.fields, screen.fill(self.fields), self.variants)
        if wrong:
            raise BusinessError(Reason.READBACK_DIFFERS, "、".join(wrong))
        return ActReport(len(self.fields), len(self.fields))
