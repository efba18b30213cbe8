"""A list of hits with its headings, and the texts that are copied of lists and of one application."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence
from tkinter import ttk

from mock_core_ui.desktop import keys
from mock_core_ui.desktop.api import Answer
from mock_core_ui.desktop.look import Look

DETAIL_HEAD = (
    ("receipt", "受付番号"),
    ("reference", "整理番号"),
    ("procedure", "手続"),
    ("atena_no", "宛名番号"),
    ("name", "氏名"),
    ("application_date", "申請日"),
    ("registered_at", "登録日時"),
    ("operator", "登録者"),
)
"""What stands above the groups of an application: key of the server's answer, label."""

Rows = Sequence[Sequence[str]]


def hits_line(count: int, page: int, pages: int) -> str:
    """The line under a list."""
    return f"検索結果 {count}件 （{page}／{max(1, pages)}頁）"


def list_text(headings: Sequence[str], rows: Rows, count: int, page: int, pages: int) -> str:
    """What 一覧コピー copies."""
    last = hits_line(count, page, pages)
    if not rows:
        return last
    return "\n".join(["\t".join(line) for line in (headings, *rows)] + [last])


def head_of(detail: Answer) -> list[tuple[str, str]]:
    """Label and value of what stands above the groups."""
    return [(label, str(detail.get(key, ""))) for key, label in DETAIL_HEAD]


def detail_text(detail: Answer) -> str:
    """What 内容コピー copies."""
    lines = [f"{label}\t{value}" for label, value in head_of(detail)]
    for title, members in detail.get("groups", []):
        lines.append(f"［{title}］")
        lines += [f"{label}\t{value}" for label, value in members]
    return "\n".join(lines)


class HitList(ttk.Treeview):
    """Rows of texts. Home, Up and Down move the mark when the list has the focus."""

    def __init__(self, parent: tk.Misc, columns: Sequence[tuple[str, int]], height: int, look: Look) -> None:
        """`columns`: heading and width in pixels at 100 %."""
        names = [heading for heading, _ in columns]
        super().__init__(parent, columns=names, show="headings", height=height, selectmode="browse", takefocus=False)
        for heading, width in columns:
            self.heading(heading, text=heading, anchor="w")
            self.column(heading, width=look.px(width), minwidth=look.px(width), stretch=False, anchor="w")
        keys.guard(self)
        self.bind("<Key>", self._key)

    def put(self, rows: Rows) -> None:
        """Shows these rows and no others, none marked."""
        self.delete(*self.get_children())
        for at, row in enumerate(rows):
            self.insert("", "end", iid=str(at), values=tuple(row))

    def mark(self, at: int) -> None:
        """Marks a row by its place; out of range: the nearest."""
        rows = len(self.get_children())
        if rows:
            row = str(min(max(at, 0), rows - 1))
            self.selection_set(row)
            self.focus(row)
            self.see(row)

    @property
    def marked(self) -> int | None:
        chosen = self.selection()
        return int(chosen[0]) if chosen else None

    def _key(self, event: tk.Event[tk.Misc]) -> str | None:
        at = self.marked
        match event.keysym:
            case "Home":
                self.mark(0)
            case "End":
                self.mark(len(self.get_children()) - 1)
            case "Up":
                self.mark(0 if at is None else at - 1)
            case "Down":
                self.mark(0 if at is None else at + 1)
            case _:
                return None
        return "break"
