"""The entry form of dialect A as HTML; empty forms are made once and kept, since most requests ask for those."""

from __future__ import annotations

from functools import cache

from flask import render_template
from markupsafe import Markup

from mock_core_ui.core.catalogue import SCREENS
from mock_core_ui.core.catalogue.codes import ERAS
from mock_core_ui.core.catalogue.screen import (
    PARTS,
    REFERENCE_MAXIMUM,
    Group,
    Kind,
    Placed,
    Screen,
    placed_fields,
)
from mock_core_ui.core.values import Values


def form_html(screen: Screen, values: Values) -> Markup:
    """All groups of the screen, which may differ from the catalogue's, with controls that hold the values given."""
    usual = screen is SCREENS[screen.procedure]
    return _empty(screen.procedure) if usual and not values else _render(screen, values)


@cache
def _empty(procedure: str) -> Markup:
    return _render(SCREENS[procedure], {})


def _render(screen: Screen, values: Values) -> Markup:
    html = render_template(
        "form.html",
        screen=screen,
        groups=[(group, _rows(screen, group)) for group in screen.groups],
        values=values,
        eras=ERAS[screen.core],
        parts=PARTS,
        Kind=Kind,
        reference_maximum=REFERENCE_MAXIMUM,
    )
    return Markup(html)


def _rows(screen: Screen, group: Group) -> list[tuple[int, list[Placed]]]:
    members = [placed for placed in placed_fields(screen) if placed.group is group]
    return [(row, [placed for placed in members if placed.row == row]) for row in group.row_numbers]
