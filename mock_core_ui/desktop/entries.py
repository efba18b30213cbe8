"""Text boxes that behave as on Windows: Tab selects, Ctrl+V replaces the selection, too long text is cut without a word."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass
from tkinter import TclError

from mock_core_ui.desktop import keys, look


@dataclass(frozen=True, slots=True)
class Rules:
    """What a text box takes and what it makes of it."""

    maximum: int = 0
    """Characters it holds; 0: any number."""
    takes: Callable[[str], bool] | None = None
    """Whether it takes a text that is typed or pasted; a bell and nothing else when it does not."""
    on_leaving: Callable[[str], str] | None = None


FREE = Rules()


class TextBox(tk.Entry):
    """One stop. `changes_paste` is where a fault may alter, or swallow (None), what is pasted."""

    def __init__(
        self, parent: tk.Misc, width: int, rules: Rules = FREE, *, read_only: bool = False, secret: bool = False
    ) -> None:
        super().__init__(
            parent,
            width=width,
            relief="sunken",
            borderwidth=1,
            highlightthickness=1,
            highlightbackground=look.GREY,
            highlightcolor=look.NAVY,
            background=look.WHITE,
            readonlybackground=look.READ_ONLY,
            disabledbackground=look.READ_ONLY,
            selectbackground=look.SELECTED,
            selectforeground=look.WHITE,
            font="HibariText",
            exportselection=False,
            insertofftime=0,
            show="●" if secret else "",
            state="readonly" if read_only else "normal",
        )
        self.rules = rules
        self.secret = secret
        self.read_only = read_only
        self.changes_paste: Callable[[str], str | None] = lambda text: text
        keys.guard(self)
        self.bind("<Key>", self._key)
        self.bind("<FocusOut>", lambda _: self.commit(), add="+")
        self.bind("<<PasteSelection>>", lambda _: "break")

    # -- what is in it ----------------------------------------------------------------------------------------

    def put(self, text: str) -> None:
        """Shows a text that the program gives."""
        self.configure(state="normal")
        self.delete(0, "end")
        self.insert(0, text)
        if self.read_only:
            self.configure(state="readonly")

    def commit(self) -> None:
        """What leaving the box does to its text."""
        if self.rules.on_leaving is None or self.read_only:
            return
        before = self.get()
        after = self.rules.on_leaving(before)
        if self.rules.maximum:
            after = after[: self.rules.maximum]
        if after != before:
            self.put(after)

    def select_all(self) -> None:
        self.selection_range(0, "end")
        self.icursor("end")

    def deselect(self) -> None:
        self.selection_clear()

    def put_in(self, text: str) -> None:
        """Types or pastes a text over the selection; what does not fit is cut off."""
        if self.read_only:
            self.bell()
            return
        if self.rules.takes is not None and not self.rules.takes(text):
            self.bell()
            return
        self._delete_selection()
        if self.rules.maximum:
            text = text[: max(0, self.rules.maximum - len(self.get()))]
        self.insert("insert", text)
        self.xview("insert")

    # -- keys -------------------------------------------------------------------------------------------------

    def _key(self, event: tk.Event[tk.Misc]) -> str | None:
        if keys.has_control(event):
            return self._with_control(event)
        if keys.is_printable(event):
            self.put_in(event.char)
            return "break"
        return None

    def _with_control(self, event: tk.Event[tk.Misc]) -> str | None:
        match event.keysym.lower():
            case "a":
                self.select_all()
            case "c":
                self._copy()
            case "x":
                if self._copy() and not self.read_only:
                    self._delete_selection()
            case "v":
                self._paste()
            case _:
                return None
        return "break"

    def _copy(self) -> bool:
        if self.secret or not self.selection_present():
            return False
        self.clipboard_clear()
        self.clipboard_append(self._selected())
        return True

    def _selected(self) -> str:
        return self.get()[self.index("sel.first") : self.index("sel.last")]

    def _delete_selection(self) -> None:
        if self.selection_present():
            self.delete("sel.first", "sel.last")

    def _paste(self) -> None:
        try:
            with keys.KeyGate.of(self).closed():
                text = self.clipboard_get()
        except TclError:
            return  # nothing there, or nothing that is text
        changed = self.changes_paste(one_line(text))
        if changed is not None:
            self.put_in(changed)


def one_line(text: str) -> str:
    """What a box of one line takes of a text: everything before the first line break, as on Windows."""
    return text.replace("\r", "\n").split("\n", 1)[0].replace("\t", " ")
