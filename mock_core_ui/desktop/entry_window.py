"""The entry window: the person on top, a page for each group of the screen, and the way to the one request that registers."""

from __future__ import annotations

import time
import tkinter as tk
from collections.abc import Mapping
from tkinter import ttk
from typing import TYPE_CHECKING

from mock_core_ui.core.catalogue.screen import REFERENCE_MAXIMUM, REFERENCE_NAME, Placed, Screen
from mock_core_ui.desktop import look
from mock_core_ui.desktop.complete_window import CompleteWindow
from mock_core_ui.desktop.effects import carry_out, slowness
from mock_core_ui.desktop.entries import Rules, TextBox
from mock_core_ui.desktop.form import Form, Picker
from mock_core_ui.desktop.page import REQUIRED, lay_out
from mock_core_ui.desktop.picker_window import PickerWindow
from mock_core_ui.desktop.window import Window
from mock_core_ui.desktop.words import ERRORS, SYSTEM

if TYPE_CHECKING:
    from mock_core_ui.desktop.client import Client

_UNKNOWN_OFFICE = "事業所番号が正しくありません。"
_DUPLICATE = "同一人の申請があります。登録を続けますか。"
_REGISTER = "登録します。よろしいですか。"
_DISCARD = "入力内容を破棄します。よろしいですか。"
_PERSON = (("atena_no", "宛名番号", 12), ("name", "氏名", 24), ("birth", "生年月日", 11))


class EntryWindow(Window):
    """One application of one person."""

    kind = "entry"
    at = (16, 36)

    def __init__(self, client: Client, below: Window, screen: Screen, person: Mapping[str, str]) -> None:
        super().__init__(client, f"{SYSTEM} - {screen.title} ({screen.number})", below)
        self.screen = screen
        self.atena_no = person.get("atena_no", "")
        self._form = Form(screen)
        self._pages: list[list[tk.Widget]] = []
        _title(self)
        self._header = self._person(person)
        self._book = self._notebook()
        functions = {"F4": ("事業所検索", self._pick), "F12": ("登録", self._check)}
        self.set_keys(functions, {"Escape": self.escape})
        self.bind("<FocusIn>", self._explain, add="+")
        self.first = self._header[0]

    # -- what it shows ----------------------------------------------------------------------------------------

    def _person(self, person: Mapping[str, str]) -> list[tk.Widget]:
        px = self.app.look.px
        band = tk.Frame(self.body, relief="groove", borderwidth=2, padx=px(4), pady=px(4))
        band.pack(fill="x", padx=px(6), pady=(0, px(4)))
        stops: list[tk.Widget] = []
        for key, text, units in _PERSON:
            box = TextBox(band, units, read_only=True)
            box.put(person.get(key, ""))
            stops.append(_labelled(band, text, box, self))
        self.reference = TextBox(band, REFERENCE_MAXIMUM + 1, Rules(REFERENCE_MAXIMUM))
        self._form.controls[REFERENCE_NAME] = self.reference
        stops.append(_labelled(band, "整理番号", self.reference, self))
        self.add_ring(stops)
        return stops

    def _notebook(self) -> ttk.Notebook:
        px = self.app.look.px
        book = ttk.Notebook(self.body, takefocus=False)
        for number, group in enumerate(self.screen.groups, start=1):
            page = tk.Frame(book, padx=px(6), pady=px(8))
            stops = lay_out(page, self._form, group, self.app.look, self._pick)
            self.add_ring(stops)
            self._pages.append(stops)
            book.add(page, text=f"{number} {group.legend}")
        book.pack(fill="both", expand=True, padx=px(6), pady=(0, px(6)))
        book.bind("<ButtonRelease-1>", lambda _: self._clicked())
        return book

    def _explain(self, event: tk.Event[tk.Misc]) -> None:
        """Says in the status line what the field takes."""
        placed = self._form.placed_of(event.widget)
        self.status.set(_explained(placed) if placed else "")

    def boxes_of(self, field: str) -> list[TextBox]:
        return self._form.boxes_of(field)

    # -- keys -------------------------------------------------------------------------------------------------

    def turn_to(self, number: int) -> bool:
        """Ctrl+0: the header. Ctrl+1 …: the page of that number. Always the first stop."""
        if number > len(self._pages):
            return True
        current = self.current_stop()
        if current is not None and not self.leave_stop(current):
            return True
        if number == 0:
            self.go_to(self._header[0])
        else:
            self.tk.call(str(self._book), "select", number - 1)
            self.update_idletasks()  # a stop of a page that is not shown yet could not take the focus
            self.go_to(self._pages[number - 1][0])
        return True

    def _clicked(self) -> None:
        self.turn_to(int(self.tk.call(str(self._book), "index", "current")) + 1)

    def escape(self) -> None:
        entered = any(self._form.values().values())
        if not entered:
            self.close()
            return
        self.app.desk.ask("入力破棄", _DISCARD, self, lambda yes: self.close() if yes else None)

    def left(self, stop: tk.Widget) -> bool:
        picker = self._form.picker_of(stop)
        return picker is None or self._office_is_known(picker)

    # -- the office -------------------------------------------------------------------------------------------

    def _office_is_known(self, picker: Picker) -> bool:
        number = picker.code.get()
        if number == picker.checked:
            return True
        picker.show("")
        if not number:
            return True
        picker.checked = ""
        answer = self.app.call("offices", {"number": number, "name": ""}, self, expects="offices")
        if answer is None:
            return False
        name = next((str(office[1]) for office in answer["offices"] if office[0] == number), "")
        if name:
            picker.show(name)
            return True
        self.app.desk.tell(ERRORS, _UNKNOWN_OFFICE, self, lambda: self.go_to(picker.code))
        return False

    def _pick(self) -> None:
        picker = self._form.picker_of(self.current_stop())
        if picker is None:
            self.bell()
            return
        window = self.app.open_window(
            "picker", lambda: PickerWindow(self.app, self, picker), self.screen.procedure, below=self
        )
        self.child = window or self.child

    # -- the way to a registration ----------------------------------------------------------------------------

    def _check(self) -> None:
        current = self.current_stop()
        if current is not None and not self.leave_stop(current):
            return
        if not all(self._office_is_known(picker) for picker in self._form.pickers):
            return
        body = {"procedure": self.screen.procedure, "atena_no": self.atena_no, "values": self._form.values()}
        answer = self.app.call("check", body, self, expects="draft", missing=ERRORS)
        if answer is None:
            return
        draft = str(answer["draft"])
        if answer.get("warning"):
            self.app.desk.ask("確認", _DUPLICATE, self, lambda yes: self._confirm(draft) if yes else None)
        else:
            self._confirm(draft)

    def _confirm(self, draft: str) -> None:
        effects = self.app.effects_of("confirm", self.screen.procedure, self)
        if effects is None:
            return
        time.sleep(slowness(effects))
        box = self.app.desk.ask("登録確認", _REGISTER, self, lambda yes: self._send(draft) if yes else None)
        carry_out(self.app, box, effects)

    def _send(self, draft: str) -> None:
        """Sends the one request that registers."""
        answer = self.app.call("register", {"draft": draft}, self, expects="receipt")
        if answer is None:
            return
        done = {str(key): str(value) for key, value in answer.items()}
        self.child = self.app.open_window(
            "complete", lambda: CompleteWindow(self.app, self, done), self.screen.procedure
        )


def _title(window: EntryWindow) -> None:
    px = window.app.look.px
    band = tk.Frame(window.body)
    band.pack(fill="x", padx=px(8), pady=(px(3), px(1)))
    tk.Label(band, text=window.screen.title, font="HibariHead", foreground=look.NAVY).pack(side="left")
    tk.Label(
        band, text=f"{REQUIRED}は必須項目　画面 {window.screen.number}", font="HibariSmall", foreground=look.DIM
    ).pack(side="right")


def _labelled(band: tk.Frame, text: str, box: TextBox, window: Window) -> TextBox:
    px = window.app.look.px
    tk.Label(band, text=text, background=look.LABEL, relief="groove", borderwidth=1, padx=px(3)).pack(
        side="left", fill="y"
    )
    box.pack(side="left", padx=(px(2), px(8)))
    return box


def _explained(placed: Placed) -> str:
    field = placed.field
    size = f"{field.maximum}文字まで" if field.maximum else ""
    need = "必須" if field.required is True else ""
    parts = [part for part in (size, need, field.note) if part]
    return f"{placed.title}" + (f"：{'、'.join(parts)}" if parts else "")
