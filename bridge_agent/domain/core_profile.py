"""What all recipes of one core system share: log-in, look-up, dialogs, time limits, promises.

Read from recipes/<core>/core.yaml; the address and the account come from the settings, passwords from the key store.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, model_validator

from bridge_agent.domain.charsets import Charset

Column: TypeAlias = Literal["record", "reference", "atena_no", "procedure", "operator", "registered_at", "date"]
"""What a result list can tell of a record."""


class Part(BaseModel):
    """A piece of a recipe or core profile: closed (unknown words are errors) and immutable."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, str_strip_whitespace=False)


class TargetText(Part):
    """Where on a screen, as an author writes it. The rungs are tried in the order label, role, name, near, text, css.

    In a desktop program: `tab` or `image`, and the `key` that is pressed (there, if one of them is given).
    """

    label: str = ""
    role: str = ""
    """Role and accessible name divided by '|': 'button|登録する'."""
    name: str = ""
    near: str = ""
    text: str = ""
    css: str = ""
    tab: str = ""
    """'ctrl+1|3/16': key to the page's first stop, stop, number of stops; '{n}' and '1+2' (first stop, stops a row) in rows."""
    image: str = ""
    """'name.png|80,0': picture and pixels from its middle."""
    key: str = ""
    """'f12', 'alt+y', 'ctrl+0'."""
    within: str = ""
    row: int = 0
    frame: str = ""


class SignText(Part):
    text: str = ""
    css: str = ""
    title: str = ""
    """Desktop: whole title of the window in front, '*' for any characters."""
    image: str = ""
    """Desktop: name of a picture found exactly once in it."""


class MarkText(Part):
    """How a screen is recognised: every sign must be there."""

    shows: tuple[SignText, ...] = Field(min_length=1)
    frame: str = ""


class DialogText(Part):
    kind: Literal["alert", "confirm", "prompt", "beforeunload"]
    text: str = Field(min_length=1)
    answer: Literal["accept", "dismiss"]
    key: str = ""
    """Desktop: the key that answers; '' = enter to accept, escape to dismiss."""
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

    @model_validator(mode="after")
    def _can_be_recognised(self) -> RegisterRequest:
        if self.method.upper() in ("GET", "HEAD"):
            raise ValueError(
                "register_request の method は POST などにしてください（GET では二重送信を止められません）"
            )
        if not self.path.startswith("/") or ".." in self.path or any(char in self.path for char in "?#\\"):
            raise ValueError("register_request の path は / で始め、?・#・.. を入れずに書いてください")
        return self


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
    columns: dict[Column, str]
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


class WindowDetail(Part):
    """A record's own window, read as copied text: lines 'label TAB value', and headings."""

    press: TargetText
    title: str
    copy_with: Annotated[str, Field(alias="copy")]
    heading: str
    """Regular expression with one group: a line that names the group of the lines below it."""


class WindowList(Part):
    """A result list as copied text: headings and cells divided by tabs, and a line with the number of hits."""

    columns: dict[Column, str]
    count_pattern: str
    """Regular expression with one group: the number of hits."""
    page_size: int = Field(gt=0)


class WindowLookUp(Part):
    """The search window of a desktop program, beside the entry window; read-only."""

    via: Literal["window"]
    mode: Literal["each"] = "each"
    open: str
    """Key in the main window."""
    title: str
    by_reference: TargetText | None = None
    by_person: TargetText
    record: TargetText
    """Where the number of the record goes whose detail is wanted."""
    search: TargetText
    next_page: TargetText
    copy_with: Annotated[str, Field(alias="copy")]
    list_shape: Annotated[WindowList, Field(alias="list")]
    detail: WindowDetail
    canary_atena_no: str = ""
    canary_record: str = ""
    canary_procedure: str = ""


def _kind_of_look_up(given: object) -> str:
    via = given.get("via") if isinstance(given, dict) else getattr(given, "via", None)
    return "~window" if via == "window" else "~page"


class DesktopProgram(Part):
    """What the desktop driver knows of a client program beside its screens."""

    main: str
    """Title of the main window, which stays open; '*' for any characters."""
    version: str = ""
    """Must stand in the main window's title; another one stops the lane before the first entry. '' = not checked."""
    close: str = "escape"
    """Key that closes a window."""
    copy_list: str = ""
    """Key that copies the list of a picker as text."""
    message: str = "#32770"
    """Class of the windows that are message boxes (Windows' own by default)."""
    width: int = Field(1280, gt=0)
    height: int = Field(800, gt=0)
    """Smallest resolution the recipes were made for."""
    scaling: tuple[int, ...] = (100,)
    """Font scalings in per cent that the recipes were tried at."""


class OnAbsent(StrEnum):
    NEVER = "never"
    AFTER_QUIESCENCE = "after_quiescence"


class CoreProfile(Part):
    core: str
    name: str
    driver: Literal["browser", "desktop"]
    charset: Charset = Charset.CP932
    """What the core can hold; characters outside it hold the application."""
    private_use_allowed: bool = False
    """外字 (private use area): False holds the application even when the charset could encode it."""
    login: Login
    session_lost: tuple[MarkText, ...]
    system_down: tuple[MarkText, ...] = ()
    register_request: RegisterRequest | None = None
    """Browser only, and required there: without it there is no submit fuse."""
    desktop: DesktopProgram | None = None
    dialogs: tuple[DialogText, ...] = ()
    limits: Limits = Field(default_factory=Limits)
    lookup: Annotated[
        Annotated[LookUpProfile, Tag("~page")] | Annotated[WindowLookUp, Tag("~window")],
        Discriminator(_kind_of_look_up),
    ]
    resubmit_on_absent: OnAbsent = OnAbsent.NEVER
    fill_has_effects: bool = False
    codes: dict[str, dict[str, str]] = Field(default_factory=dict)
    """Code tables shared by the core's recipes (era, sex …): the application's code -> the screen's."""

    @model_validator(mode="after")
    def _fits_the_driver(self) -> CoreProfile:
        """Raises ValueError when what one driver needs is missing or stands in the other's words."""
        by_window = isinstance(self.lookup, WindowLookUp)
        if self.driver == "browser" and (self.register_request is None or by_window or self.desktop is not None):
            raise ValueError(
                "driver: browser には register_request と、via が http か screen の lookup が要ります（desktop: は書けません）"
            )
        if self.driver == "desktop" and (self.desktop is None or not by_window or self.register_request is not None):
            raise ValueError(
                "driver: desktop には desktop: と、via: window の lookup が要ります（register_request は書けません）"
            )
        if self.driver == "desktop" and self.resubmit_on_absent is not OnAbsent.NEVER:
            raise ValueError(
                "driver: desktop では登録要求を数えられないため、resubmit_on_absent は never にしてください"
            )
        return self
