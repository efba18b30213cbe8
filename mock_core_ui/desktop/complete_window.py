"""What a registration ended in: the receipt number and whose it is, to be copied."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Mapping
from typing import TYPE_CHECKING

from mock_core_ui.desktop import look
from mock_core_ui.desktop.entries import TextBox
from mock_core_ui.desktop.window import Window
from mock_core_ui.desktop.words import SYSTEM

if TYPE_CHECKING:
    from mock_core_ui.desktop.client import Client

_LINES = (
    ("receipt", "受付番号"),
    ("atena_no", "宛名番号"),
    ("name", "氏名"),
    ("application_date", "申請日"),
    ("reference", "整理番号"),
)


class CompleteWindow(Window):
    """Closing it closes the entry too."""

    kind = "complete"
    at = (200, 120)

    def __init__(self, client: Client, entry: Window, done: Mapping[str, str]) -> None:
        super().__init__(client, f"{SYSTEM} - 登録完了", entry)
        px = client.look.px
        tk.Label(self.body, text="登録が完了しました。", font="HibariHead", foreground=look.NAVY, anchor="w").pack(
            fill="x", padx=px(12), pady=(px(10), px(4))
        )
        form = tk.Frame(self.body, padx=px(12), pady=px(8))
        form.pack(anchor="w")
        stops = []
        for row, (key, text) in enumerate(_LINES):
            tk.Label(form, text=text, width=12, anchor="w", background=look.LABEL, relief="groove", borderwidth=1).grid(
                row=row, column=0, sticky="nsew", pady=px(1)
            )
            box = TextBox(form, 40, read_only=True)
            box.put(done.get(key, ""))
            box.grid(row=row, column=1, padx=(px(4), 0), pady=px(1))
            stops.append(box)
        self.add_ring(stops)
        self.set_keys({}, {"Return": self.escape, "Escape": self.escape})
        self.status.set("Enter で閉じます。")
        self.first = stops[0]

    def escape(self) -> None:
        entry = self.below
        if entry is None or entry.gone:
            self.close()
            return
        entry.child = None
        entry.close()  # the menu below it gets the focus
        self.leave_quietly()
