"""The order of the keys: what is typed while a window opens waits for it, and no key does what its control does not know.

A window that opens needs a moment until it has the focus. A key that comes in meanwhile would still reach the window
below; on Windows it reaches the new one. So keys are held back while a window opens and given out again in their order.
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

GATE = "HibariGate"
"""First of every control's bind tags: holds keys back while a window opens."""
FILTER = "HibariFilter"
"""Stands before a text box's own bindings: lets the few editing keys of Windows pass, and no others of Tk."""

CONTROL = 0x4
ALT = 0x8
SHIFT = 0x1
LONGEST_HOLD_MS = 2000
"""A window that has no focus after that long does not get it: another program has it."""

_EDITING = frozenset("Left Right Home End BackSpace Delete".split())
_MODIFIERS = frozenset("Shift_L Shift_R Control_L Control_R Alt_L Alt_R Meta_L Meta_R Caps_Lock Num_Lock".split())


def state_of(event: tk.Event[tk.Misc]) -> int:
    """The modifier bits of a key event."""
    return event.state if isinstance(event.state, int) else 0


def has_control(event: tk.Event[tk.Misc]) -> bool:
    return bool(state_of(event) & CONTROL)


def has_alt(event: tk.Event[tk.Misc]) -> bool:
    return bool(state_of(event) & ALT)


def is_printable(event: tk.Event[tk.Misc]) -> bool:
    """Whether the key stands for text."""
    plain = not has_control(event) and not has_alt(event)
    return plain and bool(event.char) and event.char.isprintable() and event.keysym not in _MODIFIERS


class KeyGate:
    """Holds keys back between the moment a window is made and the moment it has the focus, and while a text is fetched.

    Fetching the clipboard handles events until the other program has answered: a key would overtake the paste.
    """

    _of: ClassVar[dict[object, KeyGate]] = {}

    def __init__(self, root: tk.Tk) -> None:
        self._root = root
        self._closed = False
        self._waiting_for: tk.Misc | None = None
        self._held: list[tuple[int, int]] = []
        self._turn = 0
        root.bind_class(GATE, "<Key>", self._hold)
        root.bind_class(FILTER, "<Key>", _pass_editing_only)
        KeyGate._of[root.tk] = self

    @classmethod
    def of(cls, widget: tk.Misc) -> KeyGate:
        """The gate of the client that a widget belongs to."""
        return cls._of[widget.tk]

    def close_until(self, control: tk.Misc) -> None:
        """Holds all keys until the control has the focus."""
        turn = self._close()
        self._waiting_for = control
        control.bind("<FocusIn>", lambda _: self._arrived(control), add="+")
        self._root.after(LONGEST_HOLD_MS, lambda: self._open(turn))

    @contextmanager
    def closed(self) -> Iterator[None]:
        """Holds all keys while something is done that lets events in, and until what was going on is through."""
        was_closed = self._closed
        turn = self._turn if was_closed else self._close()
        try:
            yield
        finally:
            if not was_closed:
                self._root.after_idle(lambda: self._open(turn))

    def _close(self) -> int:
        self._closed = True
        self._waiting_for = None
        self._turn += 1
        return self._turn

    def _arrived(self, control: tk.Misc) -> None:
        if self._waiting_for is control:
            turn = self._turn
            self._root.after_idle(lambda: self._open(turn))

    def _hold(self, event: tk.Event[tk.Misc]) -> str | None:
        if not self._closed:
            return None
        self._held.append((event.keycode, state_of(event)))
        return "break"

    def _open(self, turn: int) -> None:
        """Gives the held keys out; one of them may open a window, or paste, and so hold the rest back again."""
        if turn != self._turn:
            return
        self._closed = False
        self._waiting_for = None
        while self._held and not self._closed:
            keycode, state = self._held.pop(0)
            focus = str(self._root.tk.call("focus"))  # by name: the list of a combo has no object here
            if focus:
                self._root.tk.call("event", "generate", focus, "<KeyPress>", "-keycode", keycode, "-state", state)


def guard(widget: tk.Misc) -> None:
    """Gives a control its bind tags: the gate, its own keys, its window's, then of Tk's what is let through."""
    own, window = str(widget), str(widget.winfo_toplevel())
    names = (own,) if own == window else (own, window)
    widget.bindtags((GATE, *names, FILTER, widget.winfo_class()))


def _pass_editing_only(event: tk.Event[tk.Misc]) -> str | None:
    if event.keysym in _EDITING and not has_alt(event) and event.widget.winfo_class() == "Entry":
        return None
    return "break"
