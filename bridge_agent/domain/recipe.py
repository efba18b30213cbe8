"""A recipe as its author writes it: closed models of the words in recipes/<core>/<procedure>/recipe.yaml.

Every word that an author may write is a field here or in a step kind; docs/recipes.md explains each of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from bridge_agent.domain.core_profile import CoreProfile, DialogText, MarkText, Part, TargetText
from bridge_agent.domain.eras import iso_day
from bridge_agent.domain.plan import FieldClass
from bridge_agent.domain.recipe_steps import Step
from bridge_agent.domain.recipe_words import CompareText, NamedWords, ShownText, When, Words
from bridge_agent.domain.substitution import NO_SUBSTITUTIONS, SubstitutionTable


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


class VerifyText(Part):
    """What an item must agree with, beyond its own shape; which words apply depends on the item's type."""

    address: str = ""
    """Of a postal code: the item that must lie in the code's town."""
    name: str = ""
    """Of a bank or branch code: the item that must hold its name."""
    bank: str = ""
    """Of a branch code: the item with the bank's code."""
    check_digit: bool = False
    """Of a facility number: its last digit must be right."""


class InputText(Part):
    """One item of the application: the source's column, its type and the class that decides where it is masked."""

    column: str = Field(min_length=1)
    type: InputType
    class_: Annotated[FieldClass | None, Field(alias="class")] = None
    required: bool = False
    required_when: When | None = None
    verify: VerifyText | None = None
    divided_by: str = Field("|", min_length=1, max_length=3)
    """multi_choice only: what the source writes between two codes."""
    written: Literal["iso", "slashes", "eight_digits"] = "iso"
    """date only: how the source writes a day: 2026-11-05, 2026/11/05 (also 2026/11/5) or 20261105."""

    @model_validator(mode="after")
    def _only_several_are_divided(self) -> InputText:
        if "divided_by" in self.model_fields_set and self.type is not InputType.MULTI_CHOICE:
            raise ValueError("divided_by は multi_choice の項目にだけ書けます")
        return self

    @model_validator(mode="after")
    def _only_days_are_written(self) -> InputText:
        if "written" in self.model_fields_set and self.type is not InputType.DATE:
            raise ValueError("written は date の項目にだけ書けます")
        return self

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


class PaperText(Part):
    """A document that has to come with the application, known by its file's name."""

    name: str = Field(min_length=1)
    """What people call it."""
    files: NamedWords = ()
    """Words of which one stands in the file's name; left out: `name` itself."""
    original: Literal["no", "yes", "if_no_file"] = "no"
    """It comes on paper, by itself (or does when no file came): the application waits for a person who has it in hand."""
    rows: str = ""
    """A repeated group of which one row calls for it, by `when` or by being there."""
    when: When | None = None

    @property
    def row_group(self) -> str:
        return self.rows


class EndText(Part):
    """What the office calls an application after its entry, where that is not the end (面談待ち)."""

    state: str = Field(min_length=1)
    of: str = ""
    """Which of the procedure's applications these are, in the office's words (事前)."""
    when: When | None = None


def _one_end(value: object) -> object:
    """A text stands for the one end of every application."""
    return [{"state": value}] if isinstance(value, str) else value


Ends = Annotated[tuple[EndText, ...], BeforeValidator(_one_end)]


class SumText(Part):
    """Amounts of a repeated group that must add up to another item."""

    of: str
    rows: str
    equals: str

    @property
    def row_group(self) -> str:
        return self.rows


class FlowText(Part):
    """What the office does before and after the entry, step by step, in its own words."""

    before: tuple[str, ...] = Field(min_length=1)
    after: tuple[str, ...] = Field(min_length=1)


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


class Recipe(Part):
    procedure: str = Field(pattern=r"^[a-z0-9_]+$")
    name: str = Field(min_length=1)
    core: str
    screen: str = ""
    """Number and name of the core's entry screen as people know it; told in lists, never looked for on a page."""
    accepts: Accepts
    valid: Valid
    author: str = Field(min_length=1)
    approver: str = Field(min_length=1)
    finish: Finish
    reference: Literal["receipt_no", "none"]
    application_date: str = ""
    same_person_days: int = Field(0, ge=0)
    same_person_apart: Words = ()
    """Items that tell two applications of one person apart: only those with the same texts there are held together."""
    ends_at: Ends = ()
    """None: the entry is the end (登録済). Of several, the first whose condition holds."""
    route: str = ""
    """Another way than the municipality's own management system by which the applications come."""
    flow: FlowText | None = None
    papers: tuple[PaperText, ...] = ()
    sums: tuple[SumText, ...] = ()
    inputs: dict[str, InputText] = Field(min_length=1)
    groups: dict[str, GroupText] = Field(default_factory=dict)
    codes: dict[str, dict[str, str]] = Field(default_factory=dict)
    dialogs: tuple[DialogText, ...] = ()
    steps: tuple[Step, ...] = Field(min_length=1)
    commit: CommitText
    look_up: LookUpText

    @property
    def afterwards(self) -> str:
        """What becomes of its applications after the entry, of all kinds of them; '' = nothing."""
        return "、".join(f"{end.of}は{end.state}" if end.of else end.state for end in self.ends_at)

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
    substitutions: SubstitutionTable = NO_SUBSTITUTIONS
    """Approved for the whole site; part of the digest, because it decides what is typed."""

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
