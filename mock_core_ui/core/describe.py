"""Prints the catalogue of screens as tables, so that the author of a mapping can read what a screen has."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from mock_core_ui.core.catalogue import CORES, SCREENS
from mock_core_ui.core.catalogue.codes import ERAS
from mock_core_ui.core.catalogue.screen import (
    PARTS,
    REFERENCE_MAXIMUM,
    REFERENCE_NAME,
    Adding,
    Choice,
    Field,
    Group,
    Kind,
    Screen,
    When,
    control_names,
)
from mock_core_ui.core.wizard.manner import MANNERS

HEADINGS = ("group", "label", "control names", "kind", "max", "required", "codes / remarks")
_NAME_WIDTH_LIMIT = 46
_ADDED = {Adding.ALL: "", Adding.ADD: " (added)", Adding.EDITOR: " (editor)"}
"""How rows come to be on a page of dialect C."""


def describe(screen: Screen) -> str:
    """One screen as a text table; repeated groups show the names of row 1 and how many rows there are."""
    rows: list[Sequence[str]] = [HEADINGS]
    if screen.reference:
        label, remark = _reference(screen)
        rows.append(("(top)", label, REFERENCE_NAME, "text", str(REFERENCE_MAXIMUM), "", remark))
    for group in screen.groups:
        rows.extend(_line(screen, group, field) for field in group.fields)
    head = f"{screen.procedure}  [{screen.core}: {CORES[screen.core]}]  {screen.number} {screen.title}"
    key = "整理番号 or " if screen.reference and screen.core not in MANNERS else ""
    foot = f"filed under: {key}宛名番号 + {screen.application_date}"
    return "\n".join((head, *_aligned(rows), foot))


def describe_all() -> str:
    """Every screen of all cores."""
    return "\n\n".join(describe(screen) for screen in SCREENS.values())


def _reference(screen: Screen) -> tuple[str, str]:
    """What the vendor calls the field for a number of ours, and whether its look-up finds records by it."""
    if screen.core in MANNERS:
        return MANNERS[screen.core].reference_label, "reference, only shown in the list"
    return "整理番号", "reference, searchable"


def _line(screen: Screen, group: Group, field: Field) -> tuple[str, ...]:
    names = control_names(screen, group, field, 1 if group.rows else 0)
    rows = f" x{group.rows}" if group.rows else ""
    return (
        f"{f'{group.page} ' if group.page else ''}{group.legend}{rows}{_ADDED[group.adding]}",
        field.label,
        _short(names),
        field.kind.value,
        _maximum(field),
        _required(field, group),
        _remarks(screen, field),
    )


def _short(names: tuple[str, ...]) -> str:
    joined = " ".join(names)
    return joined if len(joined) <= _NAME_WIDTH_LIMIT else f"{names[0]} .. {names[-1]}"


def _maximum(field: Field) -> str:
    if field.kind in PARTS:
        return "+".join(str(size) for _, _, size in PARTS[field.kind] if size)
    if not field.maximum:
        return ""
    return f"={field.maximum}" if field.exact else str(field.maximum)


def _required(field: Field, group: Group) -> str:
    if isinstance(field.required, When):
        return f"if {field.required.key} in {'/'.join(field.required.codes)}"
    if not field.required:
        return ""
    return "in a used row" if group.rows else "yes"


def _remarks(screen: Screen, field: Field) -> str:
    listed: tuple[Choice, ...] = ERAS[screen.core] if field.kind in (Kind.DATE, Kind.YEAR_MONTH) else field.choices
    codes = " ".join(f"{choice.code}:{choice.label}" for choice in listed)
    more = ("全角に変換" if field.widen else "", "loose label" if field.loose else "")
    return "  ".join(part for part in (codes, field.note, *more) if part)


def _aligned(rows: Sequence[Sequence[str]]) -> Iterable[str]:
    widths = [max(_columns(row[at]) for row in rows) for at in range(len(HEADINGS) - 1)]
    for row in rows:
        cells = [text + " " * (width - _columns(text)) for text, width in zip(row, widths, strict=False)]
        yield "  " + "  ".join((*cells, row[-1]))


def _columns(text: str) -> int:
    """Terminal columns: East Asian wide characters take two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
