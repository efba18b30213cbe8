"""How a core shows stored values on its confirm and detail screens: labels for codes, 和暦 in words, joined parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from mock_core_ui.core import eras
from mock_core_ui.core.catalogue.screen import DELETE_KEY, Kind, Placed, Screen, placed_fields
from mock_core_ui.core.values import Values, date_at, is_blank, month_at, text_of

DATE_FORMS: dict[str, Callable[[date], str]] = {
    "sogo": eras.long_form,
    "nintei": eras.short_form,
    "hibari": eras.short_form,
    "wakaba": eras.long_form,
    "jidosha": eras.short_form,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One field as shown; `key` is unique on the screen."""

    key: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of a group, or of one row of a repeated group."""

    key: str
    title: str
    lines: tuple[Line, ...]


def blocks(screen: Screen, values: Values) -> Iterator[Block]:
    """Everything on the screen in page order; unused rows are left out."""
    pending: list[Placed] = []
    for placed in placed_fields(screen):
        if pending and (pending[0].group, pending[0].row) != (placed.group, placed.row):
            yield from _block(screen, values, pending)
            pending = []
        pending.append(placed)
    yield from _block(screen, values, pending)


def _block(screen: Screen, values: Values, members: list[Placed]) -> Iterator[Block]:
    first = members[0]
    if first.row and all(is_blank(values, placed) for placed in members):
        return
    title = first.group.row_title.format(n=first.row) if first.row else first.group.legend
    key = f"{first.group.key}{first.row or ''}"
    lines = tuple(
        Line(f"{key}_{placed.field.key}", placed.field.label, shown(screen, values, placed))
        for placed in members
        if placed.field.key != DELETE_KEY
    )
    yield Block(key, title, lines)


def shown(screen: Screen, values: Values, placed: Placed) -> str:
    """The text that stands for a field's value."""
    field = placed.field
    if is_blank(values, placed):
        return ""
    if field.kind is Kind.DATE:
        day = date_at(screen, values, placed)
        return DATE_FORMS[screen.core](day) if day else ""
    if field.kind is Kind.YEAR_MONTH:
        month = month_at(screen, values, placed)
        return eras.month_form(month) if month else ""
    if field.kind is Kind.FILES:
        return "、".join(values[placed.names[0]])
    if field.kind is Kind.CHECK:
        return "有"
    if field.kind in (Kind.SELECT, Kind.RADIO, Kind.CHECKS):
        held = values[placed.names[0]]
        codes = [held] if isinstance(held, str) else held
        return "、".join(choice.label for choice in field.choices if choice.code in codes)
    joint = {Kind.PHONE: "-", Kind.POSTAL: "-", Kind.PICKER: " ", Kind.TIME: ":"}.get(field.kind, "")
    return joint.join(text_of(values, name) for name in placed.names)
