"""The search for an office: by number or name, then a list from which one is chosen."""

from __future__ import annotations

import tkinter as tk
from tkinter import ttk
from typing import TYPE_CHECKING

from mock_core_ui.desktop import look, widths
from mock_core_ui.desktop.entries import Rules, TextBox
from mock_core_ui.desktop.form import Picker
from mock_core_ui.desktop.listing import HitList, hits_line, list_text
from mock_core_ui.desktop.window import Window
from mock_core_ui.desktop.words import SYSTEM

if TYPE_CHECKING:
    from mock_core_ui.desktop.client import Client

_COLUMNS = (("事業所番号", 100), ("事業所名", 300), ("所在地", 240))


class PickerWindow(Window):
    """On top of the entry whose field it fills."""

    kind = "picker"
    at = (70, 80)

    def __init__(self, client: Client, entry: Window, picker: Picker) -> None:
        super().__init__(client, f"{SYSTEM} - 事業所検索", entry)
        px = client.look.px
        self._picker = picker
        self._found: list[list[str]] | None = None
        form = tk.Frame(self.body, padx=px(8), pady=px(6))
        form.pack(fill="x")
        self.number = TextBox(form, 13, Rules(10, widths.is_digits, widths.narrow_digits))
        self.name = TextBox(form, 40, Rules(40))
        for text, box in (("事業所番号", self.number), ("事業所名", self.name)):
            tk.Label(form, text=text, background=look.LABEL, relief="groove", borderwidth=1, padx=px(4)).pack(
                side="left", fill="y"
            )
            box.pack(side="left", padx=(px(3), px(10)))
        area = tk.Frame(self.body, padx=px(8), pady=px(2))
        area.pack(fill="both", expand=True)
        self.list = HitList(area, _COLUMNS, 12, client.look)
        bar = ttk.Scrollbar(area, command=self.list.yview)
        self.list.configure(yscrollcommand=bar.set)
        self.list.pack(side="left")
        bar.pack(side="left", fill="y")
        self.list.bind("<Double-Button-1>", lambda _: self._choose())
        self.add_ring((self.number, self.name))
        functions = {"F5": ("検索", self._search), "F8": ("一覧コピー", self._copy)}
        self.set_keys(functions, {"Return": self._choose, "Escape": self.escape})
        self.status.set("事業所番号または事業所名を入力して検索してください。")
        self.first = self.number

    def _search(self) -> None:
        for box in (self.number, self.name):
            box.commit()
        self._found = None
        self.list.put([])
        body = {"number": self.number.get(), "name": self.name.get()}
        answer = self.app.call("offices", body, self, expects="offices")
        if answer is None:
            return
        self._found = [[str(text) for text in office] for office in answer["offices"]]
        self.list.put(self._found)
        self.status.set(hits_line(len(self._found), 1, 1))
        if self._found:
            self.list.mark(0)
            self.list.focus_set()

    def _copy(self) -> None:
        if self._found is None:
            self.bell()
            return
        self.clipboard_clear()
        self.clipboard_append(list_text([name for name, _ in _COLUMNS], self._found, len(self._found), 1, 1))

    def _choose(self) -> None:
        """Takes the marked office, if the list has the focus."""
        at = self.list.marked
        if at is None or self._found is None or self.focus_lastfor() is not self.list:
            return
        number, name, _ = self._found[at]
        self._picker.choose(number, name)
        self.close()
        self._picker.code.select_all()
