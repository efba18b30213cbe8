"""Lists of which one choice is made: they change by keys without being opened."""

from __future__ import annotations

import tkinter as tk
import unicodedata
from tkinter import ttk

from mock_core_ui.core.catalogue.screen import Choice
from mock_core_ui.desktop import keys


class Combo(ttk.Combobox):
    """One stop. Shows labels, holds codes; empty until something is chosen."""

    def __init__(self, parent: tk.Misc, choices: tuple[Choice, ...], width: int, *, can_be_empty: bool) -> None:
        labels = [choice.label for choice in choices]
        super().__init__(parent, values=labels, state="readonly", width=width, font="HibariText", exportselection=False)
        self.choices = choices
        self.can_be_empty = can_be_empty
        keys.guard(self)
        self.bind("<Key>", self._key)

    @property
    def code(self) -> str:
        """The code of the choice shown, '' for none."""
        at = self.current()
        return self.choices[at].code if at >= 0 else ""

    def choose(self, at: int) -> None:
        """Shows a choice by its place; out of range: the nearest."""
        if self.choices:
            self.current(min(max(at, 0), len(self.choices) - 1))
            self.selection_clear()
            self.event_generate("<<ComboboxSelected>>")

    def _key(self, event: tk.Event[tk.Misc]) -> str | None:
        if keys.has_control(event):
            if event.keysym.lower() != "c":
                return None
            if self.get():
                self.clipboard_clear()
                self.clipboard_append(self.get())
            return "break"
        at = self.current()
        match event.keysym:
            case "Home":
                self.choose(0)
            case "End":
                self.choose(len(self.choices) - 1)
            case "Down":
                self.choose(at + 1)
            case "Up":
                if at > 0:
                    self.choose(at - 1)
            case "Delete":
                self._empty()
            case _:
                if not keys.is_printable(event):
                    return None
                self._jump(event.char)
        return "break"

    def _empty(self) -> None:
        if self.can_be_empty:
            self.set("")
            self.event_generate("<<ComboboxSelected>>")
        else:
            self.bell()

    def _jump(self, letter: str) -> None:
        at = self.current()
        places = [*range(at + 1, len(self.choices)), *range(at + 1)]
        for place in places:
            if _plain(self.choices[place].label).startswith(_plain(letter)):
                self.choose(place)
                return
        self.bell()


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
