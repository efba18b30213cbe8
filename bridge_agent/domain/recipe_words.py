"""The words of a recipe that say where a value comes from, where it goes, and how it is compared."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from bridge_agent.domain.charsets import Charset
from bridge_agent.domain.core_profile import MarkText, Part, TargetText
from bridge_agent.domain.plan import Comparison, Control
from bridge_agent.domain.reasons import Reason


class Always(StrEnum):
    """Values that every application has, beside the items of its form; usable as `from:`."""

    RECEIPT_NO = "receipt_no"
    ATENA_NO = "atena_no"
    APPLICATION_DATE = "application_date"
    ATTACHMENTS = "attachments"
    """Names of all files that came with it, as screens list them (、 between)."""


def _listed(value: object) -> object:
    """One word may stand where a list of words is allowed."""
    return [value] if isinstance(value, str) else value


Words = Annotated[tuple[str, ...], BeforeValidator(_listed)]
NamedWords = Annotated[tuple[Annotated[str, Field(min_length=1)], ...], BeforeValidator(_listed)]
"""None of them empty: an empty word stands in every name."""


class When(Part):
    """The one condition there is: an item of the application is, or is not, a code ('' = empty)."""

    field: str
    is_: Annotated[str | None, Field(alias="is")] = None
    is_not: str | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> When:
        if (self.is_ is None) == (self.is_not is None):
            raise ValueError("is か is_not のどちらか一方を書いてください")
        return self

    def holds(self, value: str) -> bool:
        return value == self.is_ if self.is_ is not None else value != self.is_not


class ValueText(Part):
    """Where a value comes from (`from` items, or a fixed `text`) and how it is converted."""

    from_: Annotated[Words, Field(alias="from")] = ()
    text: str | None = None
    joint: str = ""
    as_: Annotated[Words, Field(alias="as")] = ()
    codes: str = ""
    when: When | None = None

    @model_validator(mode="after")
    def _one_origin(self) -> ValueText:
        if bool(self.from_) == (self.text is not None):
            raise ValueError("from か text のどちらか一方を書いてください")
        return self


class PlaceText(Part):
    """A control on the screen and the limits of what it takes."""

    to: TargetText
    control: Control = Control.TEXT
    max: int = Field(0, ge=0)
    max_unit: Literal["characters", "bytes"] = "characters"
    charset: Charset | None = None
    """What the field takes, where that is less than the core; characters outside it hold the application."""
    keys: bool = False
    empty: Literal["", "clear", "skip"] = ""

    @model_validator(mode="after")
    def _control_is_typed(self) -> PlaceText:
        if self.control is Control.SHOWN:
            raise ValueError("画面に表示された値を確かめるには、check の手順を使ってください")
        return self

    @property
    def clears(self) -> bool:
        """Whether an empty value is written over what may stand there (texts and ticks: yes, unless said otherwise)."""
        written = (Control.TEXT, Control.TEXT_OR_SELECT, Control.CHECK, Control.LIST)
        return self.empty == "clear" or (not self.empty and self.control in written)


class PartPlace(PlaceText):
    """Where one part of a split value goes."""

    as_: Annotated[Words, Field(alias="as")] = ()
    codes: str = ""


class FieldText(ValueText):
    """One value typed into a screen: into one control (`to`), in parts (`split`), or as ticks (`boxes`)."""

    key: str = ""
    to: TargetText | None = None
    control: Control = Control.TEXT
    compare: Comparison = Comparison.EXACT
    max: int = Field(0, ge=0)
    max_unit: Literal["characters", "bytes"] = "characters"
    charset: Charset | None = None
    keys: bool = False
    empty: Literal["", "clear", "skip"] = ""
    split: str = ""
    parts: dict[str, PartPlace] = Field(default_factory=dict)
    boxes: dict[str, TargetText] = Field(default_factory=dict)
    typed: ValueText | None = None
    kept: ValueText | None = None
    more: TargetText | None = None

    @model_validator(mode="after")
    def _only_lists_are_searched(self) -> FieldText:
        searched = self.typed is not None or self.kept is not None or self.more is not None
        if searched and self.control is not Control.LIST:
            raise ValueError("typed・kept・more は control: list の欄だけに書けます")
        return self

    @model_validator(mode="after")
    def _one_place(self) -> FieldText:
        if (self.to is not None) + bool(self.parts) + bool(self.boxes) != 1:
            raise ValueError("to、parts（split とともに）、boxes のうち一つだけを書いてください")
        if bool(self.split) != bool(self.parts):
            raise ValueError("split と parts は必ず一緒に書いてください")
        if self.text is not None and not self.key:
            raise ValueError("text で決まった値を入れる欄には key（欄の名前）を書いてください")
        if self.to is not None:
            self.place()
        return self

    def place(self) -> PlaceText:
        """The whole value's control; only where `to` is written."""
        if self.to is None:
            raise ValueError("to がありません")
        return PlaceText(
            to=self.to,
            control=self.control,
            max=self.max,
            max_unit=self.max_unit,
            charset=self.charset,
            keys=self.keys,
            empty=self.empty,
        )

    @property
    def name(self) -> str:
        """Key for messages and evidence."""
        return self.key or self.from_[0]


class ShownText(ValueText):
    """A text that the screen shows and that must be this application's value."""

    key: str = ""
    to: TargetText
    compare: Comparison | None = None


class CompareText(ValueText):
    """A line of the record's detail screen; with `rows`, one line for each row of that group ({n} in the label)."""

    label: str = Field(min_length=1)
    compare: Comparison | None = None
    rows: str = ""

    @property
    def row_group(self) -> str:
        return self.rows


class WaitText(Part):
    """A prerequisite that is not there yet: what it is, and when to look again."""

    what: str = Field(min_length=1)
    again_days: int = Field(1, ge=1)
    most_days: int = Field(30, ge=1)
    """Days since the application arrived after which a person is asked."""


class Instead(MarkText):
    """Another screen that may come: why the application is held then, what is pressed to go on, or what it waits for."""

    hold: Reason | None = None
    press: TargetText | None = None
    wait: WaitText | None = None

    @model_validator(mode="after")
    def _one_of_three(self) -> Instead:
        if sum(word is not None for word in (self.hold, self.press, self.wait)) != 1:
            raise ValueError("hold・press・wait のうち一つだけを書いてください")
        return self
