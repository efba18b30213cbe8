"""The shape of a procedure's columns: single items, and groups laid out flat."""

from __future__ import annotations

from dataclasses import dataclass, field


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
