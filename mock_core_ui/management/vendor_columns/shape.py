"""How a table of the vendor's columns is made up: single items, and repeat groups laid out flat."""

from __future__ import annotations

from dataclasses import dataclass, field

ENVELOPE = {
    "receipt_no": "受付番号",
    "procedure_code": "手続コード",
    "procedure_name": "手続名",
    "form_version": "様式版",
    "received_at": "申請日時",
    "atena_no": "宛名番号",
    "signature_result": "署名検証結果",
    "revision": "版",
}
"""Columns that every package begins with."""


@dataclass(frozen=True, slots=True)
class Group:
    """A repeat group laid out flat: `prefix`1_…, `prefix`2_… up to `rows`, whatever the number of rows given."""

    prefix: str
    rows: int
    columns: dict[str, str]

    def column(self, row: int, item: str) -> str:
        """Column of an item in a row; rows count from 1."""
        return f"{self.prefix}{row}_{self.columns[item]}"


@dataclass(frozen=True, slots=True)
class Table:
    """All columns of one procedure, single items first, then the groups."""

    columns: dict[str, str]
    groups: dict[str, Group] = field(default_factory=dict)
