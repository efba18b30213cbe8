"""What the agent must know of a management system, by kind: worked on its screens, through a folder, or an interface.

Read from recipes/sources/<source>.yaml; address and account come from the settings, the password from the key store.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, field_validator, model_validator

from bridge_agent.domain.application import SourceState
from bridge_agent.domain.core_profile import Limits, Login, MarkText, Part, TargetText
from bridge_agent.domain.folder_profile import FolderProfile
from bridge_agent.domain.package_shape import PackageShape
from bridge_agent.domain.rest_profile import RestProfile
from bridge_agent.domain.source_words import Named, States, check_states, check_words


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
        check_words("columns", self.columns, ("receipt_no", "procedure", "revision"))
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


class ScreenProfile(Named):
    """Works the system's own web screens."""

    kind: Literal["screen"] = "screen"
    login: Login
    session_lost: tuple[MarkText, ...]
    system_down: tuple[MarkText, ...] = ()
    limits: Limits = Field(default_factory=Limits)
    list_page: Annotated[ApplicationList, Field(alias="list")]
    standing: StandingPage
    link: LinkPage
    package: PackageShape
    states: States

    @model_validator(mode="after")
    def _tells_the_states_apart(self) -> ScreenProfile:
        check_states(self.states, (SourceState.APPROVED, SourceState.WITHDRAWN, SourceState.LINKED))
        return self


SourceProfile: TypeAlias = ScreenProfile | FolderProfile | RestProfile
"""Told apart by `kind`; without one it is a screen."""

KINDS: dict[str, type[ScreenProfile] | type[FolderProfile] | type[RestProfile]] = {
    "screen": ScreenProfile,
    "folder": FolderProfile,
    "rest": RestProfile,
}
