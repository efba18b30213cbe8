"""Message boxes as on Windows: modal, with keys for their buttons, and a text that Ctrl+C copies."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from tkinter import TclError
from typing import Protocol

from mock_core_ui.desktop import keys, look, toplevels
from mock_core_ui.desktop.keys import KeyGate
from mock_core_ui.desktop.look import Look

WINDOW_CLASS = "HibariMessage"
_RULE = "-" * 27


class Buttons(Enum):
    """The button sets: label, answer, plain keys and the letter that works alone and with Alt."""

    OK = "ok"
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True)
class Button:
    label: str
    answer: bool
    keysyms: tuple[str, ...]
    letter: str = ""


BUTTONS = {
    Buttons.OK: (Button("OK", True, ("Return", "KP_Enter", "space", "Escape")),),
    Buttons.YES_NO: (
        Button("はい(Y)", True, (), "y"),
        Button("いいえ(N)", False, ("Return", "KP_Enter", "Escape"), "n"),
    ),
}
"""The last button is the default one, and what closing the box by its corner means."""


class Below(Protocol):
    """The window that a box stands on and that gets the focus back."""

    def take_focus(self) -> None: ...

    def as_toplevel(self) -> tk.Toplevel: ...


class Box(tk.Toplevel):
    """One message box. `then` is called with the answer after the box is gone and the focus is back."""

    def __init__(
        self, desk: Desk, title: str, text: str, buttons: Buttons, below: Below, then: Callable[[bool], None]
    ) -> None:
        super().__init__(desk.root, class_=WINDOW_CLASS)
        self.withdraw()
        self.title(title)
        self.desk = desk
        self.text = text
        self.buttons = BUTTONS[buttons]
        self._below = below
        self._then = then
        self._done = False
        _dress(self, buttons, desk.look)
        keys.guard(self)
        toplevels.sign(self)
        self.bind("<Key>", self._key)
        self.protocol("WM_DELETE_WINDOW", lambda: self.answer(self.buttons[-1].answer))
        self.bind("<Visibility>", self._visible)

    @property
    def copy_text(self) -> str:
        """The text that Ctrl+C copies, in the form that Windows gives it."""
        labels = "   ".join(button.label for button in self.buttons)
        return "\n".join((_RULE, self.title(), _RULE, self.text, _RULE, labels, _RULE))

    def show(self) -> None:
        """Opens it in the middle of the window below and holds the keys until it has the focus."""
        parent = self._below.as_toplevel()
        self.transient(parent)
        self.resizable(False, False)
        if self.tk.call("tk", "windowingsystem") == "x11":
            self.attributes("-type", "dialog")
        self.update_idletasks()
        wide, high = self.winfo_reqwidth(), self.winfo_reqheight()
        x = parent.winfo_rootx() + (parent.winfo_width() - wide) // 2
        y = parent.winfo_rooty() + (parent.winfo_height() - high) // 3
        x = max(0, min(x, self.winfo_screenwidth() - wide))
        y = max(0, min(y, self.winfo_screenheight() - high))
        self.geometry(f"+{x}+{y}")
        self.desk.gate.close_until(self)
        self.deiconify()
        self.lift()
        self.focus_force()

    def take_focus(self) -> None:
        self.lift()
        self.focus_force()

    def as_toplevel(self) -> tk.Toplevel:
        return self

    def answer(self, given: bool) -> None:
        """Presses a button."""
        if self._done:
            return
        self._done = True
        self.desk.closed(self)
        self.grab_release()
        (self.desk.front or self._below).take_focus()
        toplevels.destroy_later(self)
        self._then(given)

    def drop(self) -> None:
        """Takes it away unanswered, because all windows go."""
        self._done = True
        self.grab_release()
        toplevels.destroy_later(self)

    def _visible(self, _: object) -> None:
        with suppress(TclError):  # it may be on its way out already
            self.grab_set()

    def _key(self, event: tk.Event[tk.Misc]) -> str:
        if keys.has_control(event):
            if event.keysym.lower() == "c":
                self.clipboard_clear()
                self.clipboard_append(self.copy_text)
            return "break"
        for button in self.buttons:
            plain = event.keysym in button.keysyms and not keys.has_alt(event)
            if plain or (button.letter and event.keysym.lower() == button.letter):
                self.answer(button.answer)
                break
        return "break"


class Desk:
    """All boxes that are open, the newest in front."""

    def __init__(self, root: tk.Tk, look: Look, gate: KeyGate) -> None:
        self.root = root
        self.look = look
        self.gate = gate
        self._open: list[Box] = []

    @property
    def front(self) -> Box | None:
        """The box that has to be answered before anything else."""
        return self._open[-1] if self._open else None

    def tell(self, title: str, text: str, below: Below, then: Callable[[], None] | None = None) -> Box:
        """A box with OK."""
        return self._show(title, text, Buttons.OK, below, lambda _: then() if then else None)

    def ask(self, title: str, text: str, below: Below, then: Callable[[bool], None]) -> Box:
        """A box with はい and いいえ."""
        return self._show(title, text, Buttons.YES_NO, below, then)

    def closed(self, box: Box) -> None:
        self._open.remove(box)

    def drop_all(self) -> None:
        while self._open:
            self._open.pop().drop()

    def _show(self, title: str, text: str, buttons: Buttons, below: Below, then: Callable[[bool], None]) -> Box:
        box = Box(self, title, text, buttons, self.front or below, then)
        self._open.append(box)
        box.show()
        return box


def _dress(box: Box, buttons: Buttons, sizes: Look) -> None:
    px = sizes.px
    upper = tk.Frame(box, background=look.GREY)
    upper.pack(fill="both", expand=True, padx=px(14), pady=(px(14), px(10)))
    _icon(upper, "?" if buttons is Buttons.YES_NO else "!", px).pack(side="left", anchor="n", padx=(0, px(12)))
    text = tk.Label(upper, text=box.text, justify="left", anchor="w", wraplength=px(430), font="HibariText")
    text.pack(side="left", fill="both", expand=True)
    if text.winfo_reqheight() > box.winfo_screenheight() - px(130):
        text.configure(font="HibariKey")  # a long list of errors on a low screen
    lower = tk.Frame(box, background=look.GREY)
    lower.pack(fill="x", padx=px(14), pady=(0, px(12)))
    row = tk.Frame(lower, background=look.GREY)
    row.pack()
    for button in box.buttons:
        default = button is box.buttons[-1]
        ring = tk.Frame(row, background=look.INK if default else look.GREY, padx=1, pady=1)
        ring.pack(side="left", padx=px(4))
        face = tk.Button(
            ring,
            text=button.label,
            width=10,
            takefocus=False,
            borderwidth=2,
            pady=px(1),
            highlightthickness=0,
            font="HibariText",
            command=lambda given=button.answer: box.answer(given),  # type: ignore[misc]
        )
        face.pack()
    box.minsize(px(230), px(90))


def _icon(parent: tk.Misc, sign: str, px: Callable[[float], int]) -> tk.Canvas:
    size = px(30)
    icon = tk.Canvas(parent, width=size, height=size, background=look.GREY, highlightthickness=0)
    colour = "#2f5ea8" if sign == "?" else "#e2b007"
    icon.create_oval(1, 1, size - 2, size - 2, fill=colour, outline=look.INK)
    icon.create_text(size // 2, size // 2, text=sign, font="HibariTitle", fill=look.WHITE if sign == "?" else look.INK)
    return icon
