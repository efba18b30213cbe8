"""The menu: open all the time, its function keys open everything else."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from typing import TYPE_CHECKING

from mock_core_ui.core.catalogue import SCREENS
from mock_core_ui.desktop import look
from mock_core_ui.desktop.lookup_window import LookupWindow
from mock_core_ui.desktop.search_window import SearchWindow
from mock_core_ui.desktop.window import Window
from mock_core_ui.desktop.words import SYSTEM, VERSION

if TYPE_CHECKING:
    from mock_core_ui.desktop.client import Client

ENTRIES = {
    "F1": ("更新認定申請", "ltci_renewal"),
    "F2": ("居宅サービス計画届", "ltci_care_plan_request"),
    "F3": ("被保険者証再交付", "ltci_insured_card_reissue"),
}
"""Function key -> what the menu calls it, procedure."""
_ON_THE_BAR = {"F1": "更新認定\n申請", "F2": "居宅サービス\n計画届", "F3": "被保険者証\n再交付"}
_BOX = "メニュー"
_ENTRY_OPEN = "入力中の画面があります。"


class MenuWindow(Window):
    """Closing it ends the client."""

    kind = "menu"
    at = (0, 0)

    def __init__(self, client: Client) -> None:
        super().__init__(client, f"{SYSTEM} メニュー {VERSION} [{client.user}]", None)
        px = client.look.px
        tk.Label(
            self.body,
            text="ひばり介護保険システム　業務メニュー",
            font="HibariHead",
            background=look.NAVY,
            foreground=look.WHITE,
            anchor="w",
            padx=px(8),
        ).pack(fill="x", ipady=px(4))
        columns = tk.Frame(self.body, padx=px(12), pady=px(12))
        columns.pack(fill="both", expand=True)
        entries = [(key, text, self._opener(key)) for key, (text, _) in ENTRIES.items()]
        others = [("F9", "申請照会", self._look_up), ("F12", "終了", self.escape)]
        for at, (heading, lines) in enumerate((("申請受付", entries), ("照会・その他", others))):
            box = tk.LabelFrame(columns, text=heading, padx=px(10), pady=px(8), font="HibariText")
            box.grid(row=0, column=at, sticky="nsew", padx=px(6))
            columns.columnconfigure(at, weight=1, uniform="menu")
            for key, text, act in lines:
                screen = SCREENS[ENTRIES[key][1]].number if key in ENTRIES else ""
                face = f"{key:<4}{text}　{screen}"
                tk.Button(
                    box, text=face, anchor="w", width=38, takefocus=False, padx=px(8), command=act, highlightthickness=0
                ).pack(fill="x", pady=px(3))
        functions = {key: (_ON_THE_BAR[key], self._opener(key)) for key in ENTRIES}
        self.set_keys(functions | {"F9": ("申請照会", self._look_up), "F12": ("終了", self.escape)}, {})
        self.status.set("処理を選択してください。")

    def escape(self) -> None:
        self.app.end()

    def _opener(self, key: str) -> Callable[[], None]:
        return lambda: self._enter(ENTRIES[key][1])

    def _enter(self, procedure: str) -> None:
        if any(self.app.open_windows(kind) for kind in ("search", "entry")):
            self.app.desk.tell(_BOX, _ENTRY_OPEN, self)
            return
        self.app.open_window("search", lambda: SearchWindow(self.app, self, SCREENS[procedure]), procedure, below=self)

    def _look_up(self) -> None:
        open_ones = self.app.open_windows("list")
        if open_ones:
            open_ones[0].take_focus()
        else:
            self.app.open_window("list", lambda: LookupWindow(self.app, self), below=self)
