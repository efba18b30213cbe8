"""Lays out one page of an entry window: labels left of their boxes, two columns, or the lines of a table."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

from mock_core_ui.core.catalogue.screen import Field, Group, Kind, Placed, Screen, control_names
from mock_core_ui.desktop import look
from mock_core_ui.desktop.form import Control, Form, units_of
from mock_core_ui.desktop.look import Look

WIDE_FROM_UNITS = 42
"""A wider box takes a whole line."""
LABEL_PX = 116
CELL_PX = 296
REQUIRED = "＊"
_BETWEEN = {
    Kind.DATE: ("", "年", "月", "日"),
    Kind.PHONE: ("－", "－", ""),
    Kind.POSTAL: ("－", ""),
}
"""What stands behind each part of a split field; behind the 元号 nothing."""


def lay_out(page: tk.Frame, form: Form, group: Group, sizes: Look, search: Callable[[], None]) -> list[tk.Widget]:
    """Makes the page's controls and returns its stops. `search` is what a picker's button does."""
    if group.rows:
        return _table(page, form, group, sizes)
    return _columns(page, form, group, sizes, search)


def label(parent: tk.Misc, field: Field, sizes: Look) -> tk.Frame:
    """A field's label with its mark, in a box of its own."""
    frame = tk.Frame(parent, background=look.LABEL, relief="groove", borderwidth=1)
    tk.Label(frame, text=field.label, background=look.LABEL, anchor="w", font="HibariText").pack(
        side="left", padx=(sizes.px(3), 0)
    )
    if field.required is True:
        tk.Label(frame, text=REQUIRED, background=look.LABEL, foreground=look.RED, font="HibariText").pack(side="right")
    return frame


def _columns(page: tk.Frame, form: Form, group: Group, sizes: Look, search: Callable[[], None]) -> list[tk.Widget]:
    px = sizes.px
    for column, width in enumerate((LABEL_PX, CELL_PX, LABEL_PX, CELL_PX)):
        page.columnconfigure(column, minsize=px(width))
    stops: list[tk.Widget] = []
    row, column = 0, 0
    for field in group.fields:
        wide = _is_wide(field)
        if wide and column:
            row, column = row + 1, 0
        cell = tk.Frame(page)
        placed = _placed(form.screen, group, field, 0)
        label(page, field, sizes).grid(row=row, column=column, sticky="nsew", padx=(px(4), 0), pady=px(1))
        cell.grid(row=row, column=column + 1, columnspan=3 if wide else 1, sticky="w", padx=(px(3), 0), pady=px(1))
        stops += _fill(cell, form, placed, sizes, search)
        column = 0 if wide else column + 2
        if wide or column == 4:
            row, column = row + 1, 0
    return stops


def _is_wide(field: Field) -> bool:
    if field.kind is Kind.PICKER:
        return True
    return field.kind in (Kind.TEXT, Kind.KANA, Kind.HALF_KANA) and units_of(field) >= WIDE_FROM_UNITS


def _fill(cell: tk.Frame, form: Form, placed: Placed, sizes: Look, search: Callable[[], None]) -> list[Control]:
    controls = form.make(cell, placed)
    behind = _BETWEEN.get(placed.field.kind, ("",) * len(controls))
    for control, text in zip(controls, behind, strict=True):
        control.pack(side="left")
        if text:
            tk.Label(cell, text=text, font="HibariText").pack(side="left")
    picker = form.picker_of(controls[0])
    if picker is not None:
        face = tk.Button(
            cell, text="検索(F4)", command=search, font="HibariSmall", takefocus=False, pady=0, highlightthickness=0
        )
        face.pack(side="left", padx=sizes.px(3))
        shown = tk.Label(
            cell, textvariable=picker.shown, width=44, anchor="w", relief="sunken", borderwidth=1, font="HibariText"
        )
        shown.configure(background=look.READ_ONLY)
        shown.pack(side="left")
    return controls


def _table(page: tk.Frame, form: Form, group: Group, sizes: Look) -> list[tk.Widget]:
    px = sizes.px
    for at, field in enumerate(group.fields):
        label(page, field, sizes).grid(row=0, column=at + 1, sticky="nsew", padx=px(1), pady=px(1))
        page.columnconfigure(at + 1, minsize=px(LABEL_PX))
    stops: list[tk.Widget] = []
    for row in group.row_numbers:
        title = tk.Label(
            page, text=group.row_title.format(n=row), background=look.LABEL, relief="groove", borderwidth=1
        )
        title.grid(row=row, column=0, sticky="nsew", padx=(px(4), px(1)), pady=px(1), ipadx=px(6))
        for at, field in enumerate(group.fields):
            cell = tk.Frame(page)
            cell.grid(row=row, column=at + 1, sticky="w", padx=px(1), pady=px(1))
            stops += _fill(cell, form, _placed(form.screen, group, field, row), sizes, lambda: None)
    return stops


def _placed(screen: Screen, group: Group, field: Field, row: int) -> Placed:
    return Placed(field, group, row, control_names(screen, group, field, row))
