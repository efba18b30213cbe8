"""What all recipes of one core system share: log-in, look-up, dialogs, time limits, promises.

Read from recipes/<core>/core.yaml; the address and the account come from the settings, passwords from the key store.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class Part(BaseModel):
    """A piece of a recipe or core profile: closed (unknown words are errors) and immutable."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, str_strip_whitespace=False)


class TargetText(Part):
    """Where on a screen, as an author writes it. The rungs are tried in the order label, role, name, near, text, css."""

    label: str = ""
    role: str = ""
    """Role and accessible name divided by '|': 'button|登録する'."""
    name: str = ""
    near: str = ""
    text: str = ""
    css: str = ""
    within: str = ""
    row: int = 0
    frame: str = ""


class SignText(Part):
    text: str = ""
    css: str = ""


class MarkText(Part):
    """How a screen is recognised: every sign must be there."""

    shows: tuple[SignText, ...] = Field(min_length=1)
    frame: str = ""


class DialogText(Part):
    kind: Literal["alert", "confirm", "prompt", "beforeunload"]
    text: str = Field(min_length=1)
    answer: Literal["accept", "dismiss"]
    hold: str = ""


class Login(Part):
    """How an account logs in. `done` proves it; `refused` is tried only once."""

    open: str
    user: TargetText
    password: TargetText
    press: TargetText
    done: MarkText
    refused: MarkText


class RegisterRequest(Part):
    """How the submit fuse recognises the register request."""

    method: str = "POST"
    path: str
    """Path of the URL; '*' stands for any characters."""
    field: str = ""
    """Name of a body field that must be there, '' when the path is enough."""
    field_value: str = ""


class Limits(Part):
    """Seconds. `settle` must be at least the core's request time-out plus `visibility_max`."""

    page_s: float = Field(15.0, gt=0)
    """Longest wait for an ordinary screen."""
    submit_s: float = Field(30.0, gt=0)
    """Longest wait for the answer to the register action; afterwards the application is in doubt."""
    settle_s: float = Field(120.0, gt=0)
    """After the sender is dead no request can commit later than this (assumption A2)."""
    request_timeout_s: float = Field(0.0, ge=0)
    """After this the core itself gives a request up, as its vendor declares; 0 = not declared."""
    visibility_max_s: float = Field(5.0, ge=0)
    """A committed registration is found by the look-up within this time (assumption A1)."""
    clock_skew_s: float = Field(600.0, ge=0)
    """How far the core's clock may differ from ours."""
    back_off_s: float = Field(2.0, ge=0)
    """Rest after an entry that failed before arming for technical reasons, before anything is tried again."""
    recycle_context_after: int = Field(200, ge=1)
    """Entries after which the browser context is made anew (memory)."""


class Query(Part):
    """A look-up page's address; {reference} {atena_no} {date} {procedure} {page} {record} are replaced, URL-encoded."""

    get: str = ""
    post: str = ""
    form: dict[str, str] = Field(default_factory=dict)


class ListShape(Part):
    """How a result list is read. `columns` maps our words to the list's own headings."""

    rows: str
    """CSS of a data row."""
    headings: str
    """CSS of the heading cells, in column order."""
    columns: dict[Literal["record", "reference", "atena_no", "procedure", "operator", "registered_at", "date"], str]
    count: str
    """CSS of the element that tells the number of hits."""
    count_pattern: str
    """Regular expression with one group: the number."""
    none: str = ""
    """Text that stands there instead of a list when nothing was found."""
    page_size: int = Field(gt=0)


class DetailShape(Part):
    """How a record's detail is read: label cell and value cell of each row."""

    rows: str
    label: str
    value: str
    group: str = ""
    """CSS of the heading a row belongs to; the label is then 'group/label'."""


class LookUpProfile(Part):
    """The core's own search screen, read-only."""

    via: Literal["http", "screen"] = "screen"
    """http: the pages are fetched with the browser's own cookies beside the entry screen."""
    mode: Literal["each"] = "each"
    by_reference: Query | None = None
    by_person: Query
    detail: Query
    list_shape: Annotated[ListShape, Field(alias="list")]
    detail_shape: Annotated[DetailShape, Field(alias="record")]
    canary_atena_no: str = ""
    """宛名番号 of a person whose record `canary_record` must be found, or the look-up is not trusted."""
    canary_record: str = ""
    canary_procedure: str = ""


class OnAbsent(StrEnum):
    NEVER = "never"
    AFTER_QUIESCENCE = "after_quiescence"


class CoreProfile(Part):
    core: str
    name: str
    driver: Literal["browser"]
    charset: str = "cp932"
    """What the core can hold; characters outside it hold the application."""
    private_use_allowed: bool = False
    """外字 (private use area): False holds the application even when the charset could encode it."""
    login: Login
    session_lost: tuple[MarkText, ...]
    system_down: tuple[MarkText, ...] = ()
    register_request: RegisterRequest
    dialogs: tuple[DialogText, ...] = ()
    limits: Limits = Field(default_factory=Limits)
    lookup: LookUpProfile
    resubmit_on_absent: OnAbsent = OnAbsent.NEVER
    fill_has_effects: bool = False
    codes: dict[str, dict[str, str]] = Field(default_factory=dict)
    """Code tables shared by the core's recipes (era, sex …): the application's code -> the screen's."""
