"""How an application's data is laid out: the common columns, each procedure's own ones, and the ZIP they come in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, model_validator

from bridge_agent.domain.application import SIGNATURE_SOUND
from bridge_agent.domain.core_profile import Part

Charset: TypeAlias = Literal["cp932", "utf-8", "utf-8-sig"]


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


class DataShape(Part):
    """The columns of an application's data, whatever they come in."""

    envelope: Envelope
    volatile: tuple[str, ...] = ()
    """Columns that change by themselves (state, time of change): left out, or they would look like new content."""
    signature_sound: tuple[Annotated[str, Field(min_length=1)], ...] = (SIGNATURE_SOUND,)
    """Words of the column `signature_result` that say: verified. Without such a column it must be written as [], which
    says that the system lets nothing be approved whose signature is not sound."""
    received_at: str = "iso"
    """'iso' (with offset), or a pattern such as '%Y/%m/%d %H:%M:%S' in Japanese time."""
    columns: dict[str, tuple[str | ColumnGroup, ...]]
    """手続コード -> the columns after the common ones, in the order of the file. A code that is not here is taken as it
    comes (and held, as there is no recipe for it)."""

    @model_validator(mode="after")
    def _signatures_are_told(self) -> DataShape:
        if bool(self.envelope.signature_result) is not bool(self.signature_sound):
            raise ValueError(
                "envelope に signature_result を書くなら、signature_sound に正常を表す語を書いてください。その列がないシステムでは"
                " signature_sound: [] と書いてください（署名が正常でない申請は承認されない、という意味です）"
            )
        return self

    def signature(self, columns: Mapping[str, str]) -> str:
        """What an application says of its signature, in this product's words."""
        if not self.envelope.signature_result:
            return SIGNATURE_SOUND
        told = columns[self.envelope.signature_result]
        if told in self.signature_sound:
            return SIGNATURE_SOUND
        return "" if told == SIGNATURE_SOUND else told

    def expected(self, procedure_code: str) -> tuple[str, ...] | None:
        """All column names of a procedure in order, without the common ones; None when nothing is declared."""
        declared = self.columns.get(procedure_code)
        if declared is None:
            return None
        names: list[str] = []
        for entry in declared:
            names += [entry] if isinstance(entry, str) else entry.names()
        return tuple(names)


class PackageShape(DataShape):
    """A ZIP: one folder an application. The encodings are declared here and never guessed."""

    charset: Charset
    names_charset: Literal["cp932", "utf-8"] = "cp932"
    """Of file names that do not say themselves that they are UTF-8."""
    data_file: str
    form_file: str = ""
    """The form as PDF; checked for damage, never taken as an attachment ('' = there is none)."""
    xml_file: str = ""
    """The application as XML; checked for damage, not taken ('' = there is none)."""
    xml_receipt_no: str = ""
    """Name (without prefix) of the element that must hold the same 受付番号; '' = not compared."""
    attachments: str = ""
    """Folder of the attachments inside an application's folder."""
    other_files: tuple[str, ...] = ()
    """Further files that may be there and are not read."""
