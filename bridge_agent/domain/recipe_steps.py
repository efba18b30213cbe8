"""What a step kind is made of, and what it may ask while it is bound to one application."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Protocol

from pydantic import SerializeAsAny

from bridge_agent.domain.application import Attachment
from bridge_agent.domain.comparison import VariantTable
from bridge_agent.domain.core_profile import MarkText, Part, TargetText
from bridge_agent.domain.plan import Act, BoundField, Mark, Target
from bridge_agent.domain.recipe_words import FieldText, ShownText, ValueText, When


class Binding(Protocol):
    """What a step may ask while it is bound to one application. Problems are gathered, not raised at once."""

    @property
    def variants(self) -> VariantTable: ...

    @property
    def attachments(self) -> Sequence[Attachment]:
        """Everything that came with the application."""
        ...

    def fields(self, text: FieldText, group: str = "", row: int = 0) -> tuple[BoundField, ...]:
        """Nothing when the condition does not hold or an empty value is skipped."""
        ...

    def cleared(self, text: FieldText, group: str, row: int) -> tuple[BoundField, ...]:
        """The same controls with empty values, for a row that the application does not fill."""
        ...

    def shown(self, text: ShownText) -> tuple[BoundField, ...]: ...

    def value(self, text: ValueText) -> str: ...

    def rows(self, group: str) -> range:
        """1.. for the rows that the application fills."""
        ...

    def screen_rows(self, group: str) -> int: ...

    def target(self, text: TargetText, row: int = 0) -> Target: ...

    def mark(self, text: MarkText, name: str) -> Mark: ...


class StepBody(Part):
    """What stands under a step's word. Each step kind is one subclass."""

    shorthand: ClassVar[str] = ""
    """Field that takes what is written straight under the step's word (a text, a list); empty = a mapping is expected."""

    def bind(self, at: Binding) -> Act | Sequence[Act] | None:
        """The bound step, or several in their order; None when there is nothing to do."""
        raise NotImplementedError


class Step(Part):
    """One step: its word, what stands under it, and when it applies."""

    kind: str
    body: SerializeAsAny[StepBody]
    when: When | None = None
