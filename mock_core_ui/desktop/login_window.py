"""The log-in window: user and password, Enter logs on."""

from __future__ import annotations

import tkinter as tk
from typing import TYPE_CHECKING

from mock_core_ui.desktop import look
from mock_core_ui.desktop.api import Answer, CommunicationError, NotFoundError, SessionLostError
from mock_core_ui.desktop.entries import Rules, TextBox
from mock_core_ui.desktop.menu_window import MenuWindow
from mock_core_ui.desktop.window import Window
from mock_core_ui.desktop.words import SYSTEM, TROUBLE

if TYPE_CHECKING:
    from mock_core_ui.desktop.client import Client

_BOX = "ログオン"
_LONGEST = Rules(64)


class LoginWindow(Window):
    """What the client begins with. Closing it ends the client."""

    kind = "login"
    at = (250, 150)

    def __init__(self, client: Client) -> None:
        super().__init__(client, f"{SYSTEM} ログオン", None)
        px = client.look.px
        tk.Label(
            self.body, text="ひばり介護保険システム", font="HibariTitle", background=look.NAVY, foreground=look.WHITE
        ).pack(fill="x", ipady=px(14))
        form = tk.Frame(self.body, padx=px(30), pady=px(18))
        form.pack()
        self.user = TextBox(form, 26, _LONGEST)
        self.password = TextBox(form, 26, _LONGEST, secret=True)
        for row, (text, box) in enumerate((("利用者ID", self.user), ("パスワード", self.password))):
            tk.Label(form, text=text, anchor="w", width=12, background=look.LABEL, relief="groove", borderwidth=1).grid(
                row=row, column=0, sticky="nsew", pady=px(3)
            )
            box.grid(row=row, column=1, padx=(px(6), 0), pady=px(3))
        face = tk.Button(form, text="ログオン(Enter)", width=16, takefocus=False, command=self._log_on)
        face.grid(row=2, column=0, columnspan=2, pady=(px(12), 0))
        self.add_ring((self.user, self.password))
        self.set_keys({"F12": ("終了", self.escape)}, {"Return": self._log_on, "Escape": self.escape})
        self.status.set("利用者IDとパスワードを入力してください。")
        self.first = self.user

    def escape(self) -> None:
        self.app.end()

    def _log_on(self) -> None:
        body: Answer = {"user": self.user.get(), "password": self.password.get()}
        desk, server = self.app.desk, self.app.server
        try:
            answer = server.post("login", body)
        except SessionLostError as refused:
            desk.tell(_BOX, str(refused) or "利用者IDまたはパスワードが違います。", self)
            return
        except (NotFoundError, CommunicationError) as error:
            desk.tell(TROUBLE, str(error), self)
            return
        if "session" not in answer:
            self.app.tell_other(answer, self)
            return
        server.session = str(answer["session"])
        self.app.user = str(answer.get("operator", ""))
        self.app.operator = f"{self.app.user} {answer.get('operator_name', '')}"
        self.app.today = str(answer.get("today", ""))
        self.app.open_window("menu", lambda: MenuWindow(self.app), replaces=self)
