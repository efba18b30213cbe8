"""The look-up of what is registered: a search, its pages, and the way to one application."""

from __future__ import annotations

import tkinter as tk
from tkinter import ttk
from typing import TYPE_CHECKING

from mock_core_ui.desktop import look, widths
from mock_core_ui.desktop.api import Answer
from mock_core_ui.desktop.detail_window import DetailWindow
from mock_core_ui.desktop.entries import Rules, TextBox
from mock_core_ui.desktop.listing import HitList, hits_line, list_text
from mock_core_ui.desktop.window import Window
from mock_core_ui.desktop.words import SYSTEM

if TYPE_CHECKING:
    from mock_core_ui.desktop.client import Client

COLUMNS = (
    ("受付番号", 106),
    ("整理番号", 112),
    ("宛名番号", 78),
    ("氏名", 100),
    ("手続", 162),
    ("申請日", 60),
    ("登録日時", 122),
    ("登録者", 58),
)
_BOX = "申請照会"


class LookupWindow(Window):
    """Open beside an entry or alone."""

    kind = "list"
    at = (10, 24)

    def __init__(self, client: Client, below: Window) -> None:
        super().__init__(client, f"{SYSTEM} - 申請照会", below)
        px = client.look.px
        self._hits: Answer | None = None
        self._asked: Answer = {}
        form = tk.Frame(self.body, padx=px(8), pady=px(6))
        form.pack(fill="x")
        self.reference = TextBox(form, 22, Rules(20))
        self.number = TextBox(form, 13, Rules(10, widths.is_digits, widths.narrow_digits))
        self.receipt = TextBox(form, 20, Rules(20))
        stops = (("整理番号", self.reference), ("宛名番号", self.number), ("受付番号", self.receipt))
        for text, box in stops:
            tk.Label(form, text=text, background=look.LABEL, relief="groove", borderwidth=1, padx=px(4)).pack(
                side="left", fill="y"
            )
            box.pack(side="left", padx=(px(3), px(10)))
        area = tk.Frame(self.body, padx=px(8), pady=px(2))
        area.pack(fill="both", expand=True)
        self.list = HitList(area, COLUMNS, 15, client.look)
        bar = ttk.Scrollbar(area, command=self.list.yview)
        self.list.configure(yscrollcommand=bar.set)
        self.list.pack(side="left")
        bar.pack(side="left", fill="y")
        self.list.bind("<<TreeviewSelect>>", lambda _: self._take_receipt())
        self.add_ring([box for _, box in stops])
        functions = {
            "F2": ("内容表示", self._open_detail),
            "F5": ("検索", self._search),
            "F6": ("前頁", lambda: self._turn(-1)),
            "F7": ("次頁", lambda: self._turn(1)),
            "F8": ("一覧コピー", self._copy),
        }
        self.set_keys(functions, {"Escape": self.escape})
        self.status.set("検索条件を入力してください。")
        self.first = self.reference

    def _search(self) -> None:
        self._commit()
        self._asked = {"reference": self.reference.get(), "atena_no": self.number.get()}
        self._ask(1)

    def _turn(self, step: int) -> None:
        if self._hits is None or not 1 <= int(self._hits["page"]) + step <= int(self._hits["pages"]):
            self.bell()
            return
        self._ask(int(self._hits["page"]) + step)

    def _ask(self, page: int) -> None:
        """Asks for a page; what was shown before goes first, so that an old list is never taken for the answer."""
        self._hits = None
        self.list.put([])
        self.status.set("")
        answer = self.app.call("list", {**self._asked, "page": page}, self, expects="rows", missing=_BOX)
        if answer is None:
            return
        self._hits = answer
        self.list.put(answer["rows"])
        self.status.set(self._line())

    def _line(self) -> str:
        hits = self._hits or {}
        return hits_line(int(hits.get("count", 0)), int(hits.get("page", 1)), int(hits.get("pages", 1)))

    def _copy(self) -> None:
        if self._hits is None:
            self.bell()
            return
        hits = self._hits
        headings = [heading for heading, _ in COLUMNS]
        rows = [[str(text) for text in row] for row in hits["rows"]]
        self.clipboard_clear()
        self.clipboard_append(list_text(headings, rows, int(hits["count"]), int(hits["page"]), int(hits["pages"])))

    def _take_receipt(self) -> None:
        """A click on a row brings its number into the box."""
        at = self.list.marked
        if at is not None and self._hits is not None:
            self.receipt.put(str(self._hits["rows"][at][0]))

    def _open_detail(self) -> None:
        self._commit()
        receipt = self.receipt.get()
        answer = self.app.call("detail", {"receipt": receipt}, self, expects="groups", missing=_BOX)
        if answer is None:
            return
        window = self.app.open_window("detail", lambda: DetailWindow(self.app, self, answer), below=self)
        self.child = window or self.child

    def _commit(self) -> None:
        for box in (self.reference, self.number, self.receipt):
            box.commit()
