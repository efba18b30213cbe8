"""A drop folder that a management system exports into: when a file is whole, what is assumed, where results are written.

The folder's own path comes from the settings.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from bridge_agent.domain.application import SourceState
from bridge_agent.domain.core_profile import Part
from bridge_agent.domain.package_shape import Charset, PackageShape
from bridge_agent.domain.source_words import Named, States, check_states, check_words

_PLAIN_NAME = re.compile(r'[^\x00-\x1f/\\:*?"<>|]{1,100}')


def plain_name(name: str) -> str:
    """A file's own name, never a way to another folder. Raises ValueError."""
    if not _PLAIN_NAME.fullmatch(name) or name.strip(". ") != name:
        raise ValueError("フォルダーを含まない、普通のファイル名を書いてください")
    return name


class Ready(Part):
    """How a whole file is told from one that is still being written."""

    by: Literal["quiet", "marker", "rename"] = "quiet"
    """quiet: size and time stay for `quiet_s`; marker: an empty file NAME + `marker` is put beside it when it is whole;
    rename: it gets its name only when it is whole."""
    quiet_s: float = Field(5.0, gt=0, le=600)
    marker: str = ".done"
    unfinished: tuple[str, ...] = (".tmp", ".part", ".partial", ".crdownload", ".filepart")
    """Endings of names that are left alone, whatever `by` says."""
    ignored: tuple[str, ...] = ("thumbs.db", "desktop.ini", ".ds_store")
    """Whole names that are nobody's, in small letters."""

    @field_validator("marker")
    @classmethod
    def _an_ending(cls, marker: str) -> str:
        if not re.fullmatch(r"\.[0-9A-Za-z]{1,20}", marker):
            raise ValueError("marker には .done のような拡張子を書いてください")
        return marker


class StateList(Part):
    """A CSV in the folder that tells how applications stand now; read right before every entry."""

    file: str
    charset: Charset
    receipt_no: str
    """Heading of the column, as the others here."""
    state: str = ""
    """'' = whoever is on the list has been withdrawn."""
    revision: str = ""
    core_number: str = ""
    must_exist: bool = False
    """yes: without the file nothing is entered."""

    _plain = field_validator("file")(plain_name)


class FolderStanding(Part):
    """A folder cannot be asked: what is assumed of an application that no list speaks of."""

    assumed: Literal["approved", "unknown"] = "approved"
    """unknown: what is not on the list is held."""
    listed: Annotated[StateList | None, Field(alias="list")] = None

    @model_validator(mode="after")
    def _can_be_asked(self) -> FolderStanding:
        if self.assumed == "unknown" and self.listed is None:
            raise ValueError("assumed: unknown のときは list が要ります（全件が保留になります）")
        return self


class ResultFile(Part):
    """Where 連携済 is written for the management system to import: lines are added, never changed."""

    file: str
    charset: Charset
    columns: dict[Literal["receipt_no", "core_number", "state", "at"], str]
    """Our word -> heading, in the order of the file."""
    linked: str = "連携済"
    """What stands in the column of the state."""

    _plain = field_validator("file")(plain_name)

    @field_validator("columns")
    @classmethod
    def _tells_the_numbers(cls, columns: dict[str, str]) -> dict[str, str]:
        check_words("columns", columns, ("receipt_no", "core_number"))
        return columns


class PlainCsv(Part):
    """CSV files with many rows, one application a row, without attachments; the columns are the package's."""

    charset: Charset


class FolderProfile(Named):
    """Takes what another system puts into a folder."""

    kind: Literal["folder"]
    ready: Ready = Field(default_factory=Ready)
    package: PackageShape
    csv: PlainCsv | None = None
    """Without it a CSV file is refused."""
    standing: FolderStanding = Field(default_factory=FolderStanding)
    result: ResultFile
    states: States = Field(default_factory=dict)
    keep_days: int = Field(30, ge=1)
    """Files in `done` are deleted after so many days: they hold personal data."""

    @model_validator(mode="after")
    def _tells_the_states_apart(self) -> FolderProfile:
        if self.standing.listed is not None and self.standing.listed.state:
            check_states(self.states, (SourceState.APPROVED, SourceState.WITHDRAWN))
        return self
