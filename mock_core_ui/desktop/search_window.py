"""The search for the person of an entry, by 宛名番号."""

from __future__ import annotations

import tkinter as tk
from typing import TYPE_CHECKING

from mock_core_ui.core.catalogue.screen import Screen
from mock_core_ui.desktop import look, widths
from mock_core_ui.desktop.entries import Rules, TextBox
from mock_core_ui.desktop.entry_window import EntryWindow
from mock_core_ui.desktop.window import Window
from mock_core_ui.desktop.words import SYSTEM

if TYPE_CHECKING:
    from mock_core_ui.desktop.client import Client

_BOX = "対象者検索"
_NUMBER = Rules(10, widths.is_digits, widths.narrow_digits)


class SearchWindow(Window):
    """The entry window takes its place when the person is found."""

    kind = "search"
    at = (180, 130)

    def __init__(self, client: Client, below: Window, screen: Screen) -> None:
        super().__init__(client, f"{SYSTEM} - 対象者検索", below)
        px = client.look.px
        self._screen = screen
        tk.Label(
            self.body, text=f"対象者検索　〔{screen.title}〕", font="HibariHead", foreground=look.NAVY, anchor="w"
        ).pack(fill="x", padx=px(10), pady=(px(8), 0))
        form = tk.Frame(self.body, padx=px(20), pady=px(18))
        form.pack(anchor="w")
        tk.Label(
            form, text="宛名番号", width=12, anchor="w", background=look.LABEL, relief="groove", borderwidth=1
        ).pack(side="left", fill="y")
        self.number = TextBox(form, 16, _NUMBER)
        self.number.pack(side="left", padx=px(6))
        tk.Button(form, text="検索(F5)", takefocus=False, pady=0, command=self._search, highlightthickness=0).pack(
            side="left"
        )
        self.add_ring((self.number,))
        functions = {"F5": ("検索", self._search)}
        self.set_keys(functions, {"Return": self._search, "Escape": self.escape})
        self.status.set("宛名番号（10桁）を入力してください。")
        self.first = self.number

    def _search(self) -> None:
        self.number.commit()
        answer = self.app.call("resident", {"atena_no": self.number.get()}, self, expects="resident", missing=_BOX)
        if answer is None:
            return
        person = {str(key): str(value) for key, value in answer["resident"].items()}
        below = self.below or self
        self.app.open_window(
            "entry",
            lambda: EntryWindow(self.app, below, self._screen, person),
            self._screen.procedure,
            below=self,
            replaces=self,
        )
