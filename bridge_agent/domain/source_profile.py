"""What the agent must know of a management system: its pages, its packages, its names for states.

Read from recipes/sources/<source>.yaml; address and account come from the settings, the password from the key store.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from bridge_agent.domain.application import SourceState
from bridge_agent.domain.core_profile import Limits, Login, MarkText, Part, TargetText


class ApplicationList(Part):
    """The list of approved applications. The page is read beside the screen; ticking and downloading is done on it."""

    path: str
    """Path and query with the filter set to approved; {page} is replaced, counting from 1."""
    ready: MarkText
    rows: str
    """CSS of a data row."""
    headings: str
    """CSS of the heading cells, in column order."""
    columns: dict[Literal["receipt_no", "procedure", "revision", "state"], str]
    """Our word -> the list's own heading."""
    procedure_pattern: str
    """Regular expression with the groups `code` and `name` for the procedure column."""
    total: str
    """CSS of the element that tells how many applications there are on all pages."""
    page_size: int = Field(gt=0)
    tick: TargetText
    """The tick box of one application; {receipt_no} is replaced."""
    download: TargetText

    @field_validator("procedure_pattern")
    @classmethod
    def _has_its_groups(cls, pattern: str) -> str:
        try:
            groups = re.compile(pattern).groupindex
        except re.error:
            raise ValueError("正規表現として読めません") from None
        if not {"code", "name"} <= set(groups):
            raise ValueError("(?P<code>…) と (?P<name>…) の両方が要ります")
        return pattern

    @model_validator(mode="after")
    def _knows_its_columns(self) -> ApplicationList:
        missing = {"receipt_no", "procedure", "revision"} - set(self.columns)
        if missing:
            raise ValueError(f"columns に {'・'.join(sorted(missing))} が要ります")
        if "{page}" not in self.path:
            raise ValueError("path に {page} が要ります")
        return self


class StandingPage(Part):
    """One application's page. Only these texts are ever taken from it, each by its CSS."""

    path: str
    """{receipt_no} is replaced, URL-encoded."""
    receipt_no: str
    """Proves that the page is this application's."""
    state: str
    revision: str
    core_number: str
    """Empty before 連携済."""


class LinkPage(Part):
    """How 連携済 is reported, on the application's own page."""

    ready: MarkText
    core_number: TargetText
    """The field for the core's number."""
    press: TargetText
    done: MarkText
    refused: MarkText


class Envelope(Part):
    """Names of the columns that every package has. '' = this system has no such column."""

    receipt_no: str
    procedure_code: str
    procedure_name: str
    received_at: str
    form_version: str = ""
    revision: str = ""
    atena_no: str = ""
    signature_result: str = ""
    attachment_count: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        everything: tuple[str, ...] = (
            self.receipt_no,
            self.procedure_code,
            self.procedure_name,
            self.form_version,
            self.received_at,
            self.atena_no,
            self.signature_result,
            self.revision,
            self.attachment_count,
        )
        return tuple(name for name in everything if name)


class ColumnGroup(Part):
    """A repeated group laid out flat: the columns of row 1, then of row 2, up to `rows`."""

    repeat: str
    """What stands before the column's name; {n} is the row's number: '児童{n}_'."""
    rows: int = Field(gt=0, le=99)
    columns: tuple[str, ...] = Field(min_length=1)

    def names(self) -> list[str]:
        return [
            self.repeat.replace("{n}", str(row)) + column for row in range(1, self.rows + 1) for column in self.columns
        ]


class PackageShape(Part):
    """The downloaded ZIP: one folder an application. The encodings are declared here and never guessed."""

    charset: Literal["cp932", "utf-8", "utf-8-sig"]
    names_charset: Literal["cp932", "utf-8"] = "cp932"
    """Of file names that do not say themselves that they are UTF-8."""
    data_file: str
    form_file: str = ""
    """The form as PDF; checked for damage, never taken as an attachment ('' = there is none)."""
    attachments: str = ""
    """Folder of the attachments inside an application's folder."""
    other_files: tuple[str, ...] = ()
    """Further files that may be there and are not read."""
    envelope: Envelope
    volatile: tuple[str, ...] = ()
    """Columns that change by themselves (state, time of change): left out, or they would look like new content."""
    received_at: str = "iso"
    """'iso' (with offset), or a pattern such as '%Y/%m/%d %H:%M:%S' in Japanese time."""
    columns: dict[str, tuple[str | ColumnGroup, ...]]
    """手続コード -> the columns after the common ones, in the order of the file. A code that is not here is taken as it
    comes (and held, as there is no recipe for it)."""

    def expected(self, procedure_code: str) -> tuple[str, ...] | None:
        """All column names of a procedure in order, without the common ones; None when nothing is declared."""
        declared = self.columns.get(procedure_code)
        if declared is None:
            return None
        names: list[str] = []
        for entry in declared:
            names += [entry] if isinstance(entry, str) else entry.names()
        return tuple(names)


class SourceProfile(Part):
    source: str
    """Part of every application's identity: never change it once it has been used."""
    name: str
    scope: str
    """Numbering scope of the 受付番号; part of the identity, too."""
    login: Login
    session_lost: tuple[MarkText, ...]
    system_down: tuple[MarkText, ...] = ()
    limits: Limits = Field(default_factory=Limits)
    list_page: Annotated[ApplicationList, Field(alias="list")]
    standing: StandingPage
    link: LinkPage
    package: PackageShape
    states: dict[str, SourceState]
    """The system's own name of a state -> approved, withdrawn, sent_back, linked. Any other name is unknown."""

    @model_validator(mode="after")
    def _tells_the_states_apart(self) -> SourceProfile:
        missing = {SourceState.APPROVED, SourceState.WITHDRAWN, SourceState.LINKED} - set(self.states.values())
        if missing:
            raise ValueError(f"states に {'・'.join(sorted(missing))} にあたる状態名が要ります")
        return self
