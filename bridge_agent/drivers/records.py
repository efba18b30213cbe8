"""From a result list's headings and rows to records; what does not add up is unreadable, never a smaller result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bridge_agent.domain.core_profile import Column
from bridge_agent.domain.ports import LookUpUnreadable
from bridge_agent.domain.result import CoreRecord
from bridge_agent.drivers.moments import moment

MOST_PAGES = 200
"""A list longer than this is a search gone wrong."""


def records_of(
    headings: Sequence[str], rows: Sequence[Sequence[str]], columns: Mapping[Column, str]
) -> Sequence[CoreRecord]:
    """`columns`: our word -> the list's own heading. Raises LookUpUnreadable."""
    places: dict[Column, int] = {}
    for word, heading in columns.items():
        if headings.count(heading) != 1:
            raise LookUpUnreadable("heading_missing" if heading not in headings else "heading_twice")
        places[word] = headings.index(heading)
    return [_record(row, places, len(headings)) for row in rows]


def whole(rows: Sequence[CoreRecord], count: int) -> tuple[CoreRecord, ...]:
    """All pages together. Raises LookUpUnreadable when they are not what the core told there are."""
    if len(rows) != count:
        raise LookUpUnreadable("count_differs")
    if len({row.record_id for row in rows}) != len(rows):
        raise LookUpUnreadable("rows_repeated")
    return tuple(rows)


def unused(label: str, lines: Mapping[str, str]) -> str:
    """A label that stands twice under one heading is told apart by '#2', '#3' …"""
    if label not in lines:
        return label
    number = 2
    while f"{label}#{number}" in lines:
        number += 1
    return f"{label}#{number}"


def _record(row: Sequence[str], places: Mapping[Column, int], width: int) -> CoreRecord:
    if len(row) != width:
        raise LookUpUnreadable("columns_differ")
    texts = {word: row[at] for word, at in places.items()}
    if not texts.get("record"):
        raise LookUpUnreadable("no_record_id")
    registered = texts.get("registered_at", "")
    registered_at = moment(registered) if registered else None
    if registered and registered_at is None:
        raise LookUpUnreadable("time_unreadable")
    return CoreRecord(
        record_id=texts["record"],
        reference=texts.get("reference", ""),
        atena_no=texts.get("atena_no", ""),
        procedure=texts.get("procedure", ""),
        operator=texts.get("operator", ""),
        registered_at=registered_at,
        date=texts.get("date", ""),
    )
