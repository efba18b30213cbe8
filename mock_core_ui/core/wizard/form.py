"""The description of a form from which the page's script draws it."""

from __future__ import annotations

from collections.abc import Iterable

from mock_core_ui.core.catalogue.codes import ERAS
from mock_core_ui.core.catalogue.screen import (
    PARTS,
    REFERENCE_MAXIMUM,
    REFERENCE_NAME,
    Adding,
    Choice,
    Field,
    Group,
    Placed,
    Screen,
    When,
    control_names,
)
from mock_core_ui.core.form_faults import changed_form
from mock_core_ui.core.sessions import Session
from mock_core_ui.core.wizard.manner import MANNERS
from mock_core_ui.faults import Firing


def described(screen: Screen, firings: Iterable[Firing], session: Session) -> dict[str, object]:
    """The screen as the entry form shows it now, page by page."""
    shown = changed_form(screen, firings, session)
    pages: dict[int, list[Group]] = {}
    for group in shown.groups:
        pages.setdefault(group.page, []).append(group)
    return {
        "procedure": screen.procedure,
        "number": screen.number,
        "title": screen.title,
        "guide": screen.guide,
        "eras": _choices(ERAS[screen.core]),
        "reference": [MANNERS[screen.core].reference_label, REFERENCE_NAME, REFERENCE_MAXIMUM]
        if screen.reference
        else None,
        "pages": [
            {"title": groups[0].page_title or groups[0].legend, "groups": [_group(shown, group) for group in groups]}
            for _, groups in sorted(pages.items())
        ],
    }


def _group(screen: Screen, group: Group) -> dict[str, object]:
    return {
        "key": group.key,
        "legend": group.legend,
        "rows": group.rows,
        "row_title": group.row_title,
        "adding": group.adding.value,
        "fields": [
            [_field(Placed(field, group, row, control_names(screen, group, field, row))) for field in group.fields]
            for row in group.row_numbers
        ],
    }


def _field(placed: Placed) -> dict[str, object]:
    field = placed.field
    return {
        "title": placed.title,
        "label": field.label,
        "kind": field.kind.value,
        "names": list(placed.names),
        "parts": [[label, size] for _, label, size in PARTS.get(field.kind, ())],
        "maximum": field.maximum,
        "required": _required(placed.group, field, placed.row),
        "choices": _choices(field.choices),
        "note": field.note,
        "loose": field.loose,
        "either": field.either,
    }


def _required(group: Group, field: Field, row: int) -> bool:
    """What the page itself insists on before it goes on; the rest is the server's business."""
    if isinstance(field.required, When):
        return False
    # A row that is written into an editor is a used one, whatever its number.
    return field.required and (not row or row <= group.first_rows_required or group.adding is Adding.EDITOR)


def _choices(choices: Iterable[Choice]) -> list[list[str]]:
    return [[choice.code, choice.label] for choice in choices]
