"""A recipe as its author writes it: closed models of the words in recipes/<core>/<procedure>/recipe.yaml.

Every word that an author may write is a field here or in a step kind; docs/recipes.md explains each of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal, Protocol

from pydantic import BeforeValidator, Field, SerializeAsAny, model_validator

from bridge_agent.domain.comparison import VariantTable
from bridge_agent.domain.core_profile import CoreProfile, DialogText, MarkText, Part, TargetText
from bridge_agent.domain.eras import iso_day
from bridge_agent.domain.plan import Act, BoundField, Comparison, Control, FieldClass, Mark, Target
from bridge_agent.domain.reasons import Reason


class InputType(StrEnum):
    """What an item of the application is; decides which checks its value must pass before anything is typed."""

    NAME = "name"
    KANA = "kana"
    DATE = "date"
    YEAR_MONTH = "year_month"
    TIME = "time"
    CHOICE = "choice"
    MULTI_CHOICE = "multi_choice"
    BOOL = "bool"
    YEN = "yen"
    INTEGER = "integer"
    DECIMAL = "decimal"
    MYNUMBER = "mynumber"
    POSTAL = "postal"
    ADDRESS = "address"
    PHONE = "phone"
    INSURED_NO = "insured_no"
    FACILITY_NO = "facility_no"
    BANK_CODE = "bank_code"
    BRANCH_CODE = "branch_code"
    ACCOUNT_NO = "account_no"
    YUCHO_KIGOU = "yucho_kigou"
    YUCHO_BANGOU = "yucho_bangou"
    ACCOUNT_KANA = "account_kana"
    CHASSIS_NO = "chassis_no"
    ATENA_NO = "atena_no"
    TEXT = "text"
    TEXTAREA = "textarea"


class Finish(StrEnum):
    REGISTER = "register"
    DRAFT = "draft"
    ATTENDED = "attended"


class Always(StrEnum):
    """Values that every application has, beside the items of its form; usable as `from:`."""

    RECEIPT_NO = "receipt_no"
    ATENA_NO = "atena_no"
    APPLICATION_DATE = "application_date"


def _listed(value: object) -> object:
    """One word may stand where a list of words is allowed."""
    return [value] if isinstance(value, str) else value


Words = Annotated[tuple[str, ...], BeforeValidator(_listed)]


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


class InputText(Part):
    """One item of the application: the source's column, its type and the class that decides where it is masked."""

    column: str = Field(min_length=1)
    type: InputType
    class_: Annotated[FieldClass | None, Field(alias="class")] = None
    required: bool = False
    required_when: When | None = None

    @property
    def field_class(self) -> FieldClass:
        """What is not declared is masked."""
        return self.class_ or FieldClass.PERSONAL


class GroupText(Part):
    """A repeated group: columns carry {n}; `max` rows may come from the source, the screen holds `rows`."""

    name: str
    max: int = Field(gt=0)
    rows: int = Field(gt=0)
    min: int = Field(0, ge=0)
    inputs: dict[str, InputText] = Field(min_length=1)

    @model_validator(mode="after")
    def _columns_are_numbered(self) -> GroupText:
        for key, item in self.inputs.items():
            if "{n}" not in item.column:
                raise ValueError(f"{key} の column に行番号の {{n}} がありません")
        return self


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
    keys: bool = False
    empty: Literal["", "clear", "skip"] = ""

    @model_validator(mode="after")
    def _control_is_typed(self) -> PlaceText:
        if self.control is Control.SHOWN:
            raise ValueError("画面に表示された値を確かめるには、check の手順を使ってください")
        if self.control is Control.RADIO and self.empty == "clear":
            raise ValueError("ラジオボタンは空に戻せません。empty を消してください")
        return self

    @property
    def clears(self) -> bool:
        """Whether an empty value is written over what may stand there (texts and ticks: yes, unless said otherwise)."""
        return self.empty == "clear" or (not self.empty and self.control in (Control.TEXT, Control.CHECK))


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
    keys: bool = False
    empty: Literal["", "clear", "skip"] = ""
    split: str = ""
    parts: dict[str, PartPlace] = Field(default_factory=dict)
    boxes: dict[str, TargetText] = Field(default_factory=dict)

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


class Instead(MarkText):
    """Another screen that may come, and why the application is held then."""

    hold: Reason


class CommitText(Part):
    """The one press that registers, and how its answer is recognised."""

    press: TargetText
    completed: MarkText
    receipt: TargetText | None = None
    refused: tuple[MarkText, ...] = ()
    proofs: tuple[ShownText, ...] = ()


class LookUpText(Part):
    """How the registered record is found again and compared."""

    procedure: str = Field(min_length=1)
    by: Literal["reference", "person"]
    compare: tuple[CompareText, ...] = ()


class Accepts(Part):
    procedure_codes: Words = Field(min_length=1)
    form_versions: Words = Field(min_length=1)


def _day(value: object) -> object:
    if isinstance(value, str) and (found := iso_day(value)) is not None:
        return found
    raise ValueError("2026-04-01 の形で、存在する日付を書いてください")


Day = Annotated[date, BeforeValidator(_day)]


class Valid(Part):
    from_: Annotated[Day, Field(alias="from")]
    to: Day

    def covers(self, day: date) -> bool:
        return self.from_ <= day <= self.to

    @model_validator(mode="after")
    def _in_order(self) -> Valid:
        if self.to < self.from_:
            raise ValueError("to が from より前の日です")
        return self


class Binding(Protocol):
    """What a step may ask while it is bound to one application. Problems are gathered, not raised at once."""

    @property
    def variants(self) -> VariantTable: ...

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

    def bind(self, at: Binding) -> Act | None:
        """The bound step; None when there is nothing to do."""
        raise NotImplementedError


class Step(Part):
    """One step: its word, what stands under it, and when it applies."""

    kind: str
    body: SerializeAsAny[StepBody]
    when: When | None = None


class Recipe(Part):
    procedure: str = Field(pattern=r"^[a-z0-9_]+$")
    name: str = Field(min_length=1)
    core: str
    accepts: Accepts
    valid: Valid
    author: str = Field(min_length=1)
    approver: str = Field(min_length=1)
    finish: Finish
    reference: Literal["receipt_no", "none"]
    application_date: str = ""
    same_person_days: int = Field(0, ge=0)
    inputs: dict[str, InputText] = Field(min_length=1)
    groups: dict[str, GroupText] = Field(default_factory=dict)
    codes: dict[str, dict[str, str]] = Field(default_factory=dict)
    dialogs: tuple[DialogText, ...] = ()
    steps: tuple[Step, ...] = Field(min_length=1)
    commit: CommitText
    look_up: LookUpText

    @model_validator(mode="after")
    def _agrees(self) -> Recipe:
        if self.author.strip() == self.approver.strip():
            raise ValueError("author（作成者）と approver（承認者）は別の人でなければなりません")
        if self.look_up.by == "reference" and self.reference == "none":
            raise ValueError("reference: none のレシピでは look_up の by を person にしてください")
        return self


@dataclass(frozen=True, slots=True)
class LoadedRecipe:
    """A recipe with its core profile, checked as a whole, and the digest over all files it was made of."""

    recipe: Recipe
    core: CoreProfile
    digest: str
    file: Path
    places: Mapping[tuple[str | int, ...], str]
    """Path in the recipe -> file:line:column, for messages."""

    def where(self, path: tuple[str | int, ...]) -> str:
        """The place of the innermost part of `path` that the author wrote."""
        return place_of(self.places, path)


def place_of(places: Mapping[tuple[str | int, ...], str], path: tuple[str | int, ...]) -> str:
    """Steps over words that only the model has (a list written without its key, the branch of a choice)."""
    reached: tuple[str | int, ...] = ()
    for word in path:
        if (*reached, word) in places:
            reached = (*reached, word)
    return places.get(reached, "")


def parts_of(part: Part, path: tuple[str | int, ...] = (), group: str = "") -> Iterator[Found]:
    """Every piece of a recipe with its path, outermost first; `group` is the repeated group it stands in."""
    group = getattr(part, "row_group", "") or group
    yield Found(path, part, group)
    for name, info in type(part).model_fields.items():
        yield from _inside(getattr(part, name), (*path, info.alias or name), group)


@dataclass(frozen=True, slots=True)
class Found:
    path: tuple[str | int, ...]
    part: Part
    group: str


def _inside(value: Any, path: tuple[str | int, ...], group: str) -> Iterator[Found]:
    if isinstance(value, Step):
        yield Found(path, value, group)
        yield from parts_of(value.body, (*path, value.kind), group)
        if value.when:
            yield from parts_of(value.when, (*path, "when"), group)
    elif isinstance(value, Part):
        yield from parts_of(value, path, group)
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _inside(item, (*path, number), group)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _inside(item, (*path, key), group)
