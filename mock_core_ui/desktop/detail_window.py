"""Everything on one application, to be read and copied."""

from __future__ import annotations

import tkinter as tk
from tkinter import ttk
from typing import TYPE_CHECKING

from mock_core_ui.desktop import look
from mock_core_ui.desktop.api import Answer
from mock_core_ui.desktop.listing import HitList, detail_text, head_of
from mock_core_ui.desktop.window import Window
from mock_core_ui.desktop.words import SYSTEM

if TYPE_CHECKING:
    from mock_core_ui.desktop.client import Client


class DetailWindow(Window):
    """On top of the look-up that it was opened from."""

    kind = "detail"
    at = (60, 50)

    def __init__(self, client: Client, below: Window, detail: Answer) -> None:
        receipt = str(detail.get("receipt", ""))
        super().__init__(client, f"{SYSTEM} - 申請内容 ({receipt})", below)
        px = client.look.px
        self._text = detail_text(detail)
        head = tk.Frame(self.body, padx=px(8), pady=px(6))
        head.pack(fill="x")
        for at, (label, value) in enumerate(head_of(detail)):
            row, column = divmod(at, 3)
            tk.Label(
                head, text=label, width=10, anchor="w", background=look.LABEL, relief="groove", borderwidth=1
            ).grid(row=row, column=column * 2, sticky="nsew", pady=px(1))
            tk.Label(
                head, text=value, width=22, anchor="w", background=look.READ_ONLY, relief="sunken", borderwidth=1
            ).grid(row=row, column=column * 2 + 1, padx=(px(2), px(6)), pady=px(1))
        area = tk.Frame(self.body, padx=px(8), pady=px(2))
        area.pack(fill="both", expand=True)
        lines = HitList(area, (("区分", 120), ("項目", 150), ("内容", 450)), 16, client.look)
        lines.put([(title, label, value) for title, members in detail["groups"] for label, value in members])
        bar = ttk.Scrollbar(area, command=lines.yview)
        lines.configure(yscrollcommand=bar.set)
        lines.pack(side="left")
        bar.pack(side="left", fill="y")
        self.set_keys({"F8": ("内容コピー", self._copy)}, {"Escape": self.escape})
        self.first = lines

    def _copy(self) -> None:
        self.clipboard_clear()
        self.clipboard_append(self._text)
