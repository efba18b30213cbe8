"""What every window of the client has: its stops and their order, its function keys and their bar, a status line."""

from __future__ import annotations

import time
import tkinter as tk
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from mock_core_ui.desktop import keys, look, toplevels
from mock_core_ui.desktop.entries import TextBox

if TYPE_CHECKING:
    from mock_core_ui.desktop.client import Client

WINDOW_CLASS = "HibariKaigo"
FALLBACK_MS = 2000
"""When a replaced window goes although the new one did not get the focus."""

Key = tuple[str, Callable[[], None]]
"""What a function key is called on the bar, and what it does."""


class Window(tk.Toplevel):
    """One window. Keys that it does not know do nothing."""

    kind = ""
    """How the server names it when it is asked for its faults."""
    at = (24, 44)
    """Where it opens, from the place of the menu, at 100 %."""

    def __init__(self, client: Client, title: str, below: Window | None) -> None:
        super().__init__(client.root, class_=WINDOW_CLASS)
        self.withdraw()
        self.title(title)
        self.resizable(False, False)
        self.app = client
        self.below = below
        self.child: Window | None = None
        """A window on top of this one that has to be closed first."""
        self.gone = False
        self.first: tk.Misc = self
        """What has the focus when the window opens."""
        self.slow_s = 0.0
        """How much later every Tab is answered, by a fault."""
        self.body = tk.Frame(self)
        self.status = tk.StringVar(self)
        self._rings: list[list[tk.Widget]] = []
        self._stop_keys: dict[str, Callable[[], None]] = {}
        keys.guard(self)
        toplevels.sign(self)
        self.bind("<Key>", self._key)
        self.bind("<FocusIn>", lambda _: self._send_focus_on(), add="+")
        self.protocol("WM_DELETE_WINDOW", self._corner)
        self.protocol("WM_TAKE_FOCUS", self._send_focus_on)

    # -- for the windows themselves ---------------------------------------------------------------------------

    def add_ring(self, stops: Sequence[tk.Widget]) -> None:
        """Stops that Tab goes round in this order."""
        self._rings.append(list(stops))

    def set_keys(self, functions: dict[str, Key], others: dict[str, Callable[[], None]]) -> None:
        """Lays out the window's foot; `functions` are shown on the bar, by the names F1 … F12."""
        self._stop_keys = {name: act for name, (_, act) in functions.items()} | others
        self.body.pack(fill="both", expand=True)
        _status_line(self).pack(side="bottom", fill="x")
        _key_bar(self, functions).pack(side="bottom", fill="x")

    def escape(self) -> None:
        """What Escape and the corner of the window do."""
        self.close()

    def left(self, stop: tk.Widget) -> bool:
        """Asked when a key leaves a stop; False: the focus does not move on."""
        del stop
        return True

    def boxes_of(self, field: str) -> list[TextBox]:
        """The text boxes of a control's or a field's name; none where a window has no fields of the catalogue."""
        del field
        return []

    # -- opening and closing ----------------------------------------------------------------------------------

    def show(self, replaces: Window | None = None) -> None:
        """Opens it; keys wait until it has the focus, and only then the window that it replaces goes."""
        focus = self.first
        self._place(self.at)
        self.app.gate.close_until(focus)
        if replaces is not None:
            focus.bind("<FocusIn>", lambda _: replaces.leave_quietly(), add="+")
            self.after(FALLBACK_MS, replaces.leave_quietly)
        self.deiconify()
        self.lift()
        focus.focus_force()
        if isinstance(focus, TextBox):
            focus.select_all()

    def _place(self, at: tuple[int, int]) -> None:
        self.update_idletasks()
        anchor_x, anchor_y = self.app.anchor
        px = self.app.look.px
        frame, title_bar = 4, 28
        x = min(anchor_x + px(at[0]), self.winfo_screenwidth() - self.winfo_reqwidth() - frame)
        y = min(anchor_y + px(at[1]), self.winfo_screenheight() - self.winfo_reqheight() - title_bar)
        self.geometry(f"+{max(0, x)}+{max(0, y)}")

    def close(self) -> None:
        """Takes it away; the window below gets the focus."""
        if self.gone:
            return
        self.gone = True
        if self.below is not None:
            if self.below.child is self:
                self.below.child = None
            if not self.below.gone:
                self.below.take_focus()
        self.app.forget(self)
        toplevels.destroy_later(self)

    def leave_quietly(self) -> None:
        """Takes it away without a word about the focus."""
        if not self.gone:
            self.gone = True
            self.app.forget(self)
            toplevels.destroy_later(self)

    def take_focus(self) -> None:
        """Brings it to the front with the focus where it was last."""
        self.lift()
        last = self.focus_lastfor()
        (self.first if last is None or last is self else last).focus_force()

    def as_toplevel(self) -> tk.Toplevel:
        return self

    def _send_focus_on(self) -> None:
        """A window under a box or under another window of its own has nothing to say: those get the focus."""
        front = self.app.desk.front
        if front is not None:
            front.take_focus()
        elif self.child is not None and not self.child.gone:
            self.child.take_focus()

    def _is_covered(self) -> bool:
        return self.app.desk.front is not None or (self.child is not None and not self.child.gone)

    def _corner(self) -> None:
        if self._is_covered():
            self._send_focus_on()
        else:
            self.escape()

    # -- keys -------------------------------------------------------------------------------------------------

    def _key(self, event: tk.Event[tk.Misc]) -> str | None:
        if self._is_covered():
            return "break"
        if keys.has_alt(event):
            return "break"
        if keys.has_control(event):
            return "break" if event.keysym.isdigit() and self.turn_to(int(event.keysym)) else None
        if event.keysym in ("Tab", "ISO_Left_Tab"):
            backwards = event.keysym == "ISO_Left_Tab" or bool(keys.state_of(event) & keys.SHIFT)
            self._tab(event.widget, -1 if backwards else 1)
            return "break"
        act = self._stop_keys.get("Return" if event.keysym == "KP_Enter" else event.keysym)
        if act is None:
            return None
        act()
        return "break"

    def turn_to(self, number: int) -> bool:
        """Goes to a page by its number; False when there are no pages."""
        del number
        return False

    def _tab(self, widget: tk.Misc, step: int) -> None:
        time.sleep(self.slow_s)  # no event is handled meanwhile: keys wait in their order
        for ring in self._rings:
            if widget in ring:
                stop = ring[ring.index(widget)]
                if self.leave_stop(stop):
                    self.go_to(ring[(ring.index(stop) + step) % len(ring)])
                return
        if self._rings:
            self.go_to(self._rings[0][0])

    def leave_stop(self, stop: tk.Widget) -> bool:
        """Commits what is in a stop; False when the focus must not move on."""
        if isinstance(stop, TextBox):
            stop.commit()
        if not self.left(stop):
            return False
        if isinstance(stop, TextBox):
            stop.deselect()
        return True

    def go_to(self, stop: tk.Widget) -> None:
        """Puts the focus on a stop, all of its text selected."""
        stop.focus_set()
        if isinstance(stop, TextBox):
            stop.select_all()

    def current_stop(self) -> tk.Widget | None:
        """The stop that has the focus in this window."""
        last = self.focus_lastfor()
        return next((stop for ring in self._rings for stop in ring if stop is last), None)


def _key_bar(window: Window, functions: dict[str, Key]) -> tk.Frame:
    px = window.app.look.px
    bar = tk.Frame(window, borderwidth=1, relief="raised", padx=px(3), pady=px(2))
    lines = max((label.count("\n") for label, _ in functions.values()), default=0) + 2
    for number in range(1, 13):
        name = f"F{number}"
        label, act = functions.get(name, ("", None))
        face = tk.Button(
            bar,
            text=f"{name}\n{label}",
            font="HibariKey",
            width=1,
            height=lines,
            borderwidth=2,
            padx=0,
            pady=0,
            takefocus=False,
            highlightthickness=0,
            state="disabled" if act is None else "normal",
            disabledforeground=look.DIM,
            command=act if act is not None else "",
        )
        gap = px(9) if number in (5, 9) else px(1)
        face.grid(row=0, column=number - 1, sticky="nsew", padx=(gap, 0))
        bar.columnconfigure(number - 1, weight=1, uniform="keys", minsize=px(67))
    return bar


def _status_line(window: Window) -> tk.Frame:
    px = window.app.look.px
    line = tk.Frame(window, padx=px(2), pady=px(1))
    shown = {"relief": "sunken", "borderwidth": 1, "font": "HibariSmall", "padx": px(4)}
    for text in (window.app.today, window.app.operator):
        if text:
            tk.Label(line, text=text, **shown).pack(side="right", padx=(px(2), 0))  # type: ignore[arg-type]
    state = tk.Label(line, textvariable=window.status, anchor="w", **shown)  # type: ignore[arg-type]
    state.pack(side="left", fill="x", expand=True)
    return line
