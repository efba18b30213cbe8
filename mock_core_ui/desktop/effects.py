"""Carries out what the server wants to go wrong with a window of this client."""

from __future__ import annotations

import time
import tkinter as tk
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from mock_core_ui.desktop import keys, look, toplevels
from mock_core_ui.desktop.api import Answer
from mock_core_ui.desktop.boxes import Box
from mock_core_ui.desktop.window import WINDOW_CLASS, Window

if TYPE_CHECKING:
    from mock_core_ui.desktop.client import Client

Effect = dict[str, Any]
"""`effect`, and its parameters by their names."""

MODAL_TITLE = "システムメッセージ"
NOTICE_TITLE = "ひばり介護保険 お知らせ"
_SLOW = "slow"
_DRAWN_MS = 100
"""A window that freezes has been drawn before."""


def read_effects(answer: Answer) -> list[Effect]:
    """The effects in an answer of the server."""
    found = answer.get("effects", [])
    return [effect for effect in found if isinstance(effect, dict)] if isinstance(found, list) else []


def slowness(effects: list[Effect]) -> float:
    """How many seconds later a window opens and answers a Tab."""
    return sum(_number(effect, "seconds") for effect in effects if effect.get("effect") == _SLOW)


def carry_out(client: Client, window: tk.Toplevel, effects: list[Effect]) -> None:
    """Carries them out, now or when their time has come. One that this client does not know is an error.

    Slowness comes before a window opens and is not seen here.
    """
    for effect in effects:
        if effect.get("effect") != _SLOW:
            _CARRY_OUT[str(effect.get("effect"))](client, window, effect)


def _number(effect: Effect, name: str) -> float:
    return float(effect.get(name, 0) or 0)


def _later(client: Client, window: tk.Toplevel, effect: Effect, act: Callable[[], None]) -> None:
    """Acts when its time has come, if the window still is there."""

    def check() -> None:
        if window.winfo_exists() and window.winfo_viewable():
            act()

    client.root.after(max(_DRAWN_MS, round(_number(effect, "after_s") * 1000)), check)


def _modal(client: Client, window: tk.Toplevel, effect: Effect) -> None:
    if isinstance(window, Window | Box):
        _later(client, window, effect, lambda: _show_modal(client, window, str(effect.get("text", ""))))


def _show_modal(client: Client, window: Window | Box, text: str) -> None:
    client.desk.tell(MODAL_TITLE, text, window)


def _move(client: Client, window: tk.Toplevel, effect: Effect) -> None:
    def move() -> None:
        x, y = (int(text) for text in window.geometry().split("+")[1:])
        dx, dy = round(_number(effect, "dx")), round(_number(effect, "dy"))
        window.geometry(f"+{x + dx}+{y + dy}")  # a negative number is left of, or above, the screen: +-20

    _later(client, window, effect, move)


def _freeze(_: Client, window: tk.Toplevel, effect: Effect) -> None:
    """From the moment the window has the focus nothing is handled: it has been drawn, and keys wait in their order."""
    first = window.first if isinstance(window, Window) else window
    pending = [_number(effect, "seconds")]

    def freeze(_: object) -> None:
        if pending:
            window.update_idletasks()
            time.sleep(pending.pop())

    first.bind("<FocusIn>", freeze, add="+")


def _twin(client: Client, window: tk.Toplevel, effect: Effect) -> None:
    _later(
        client,
        window,
        effect,
        lambda: _show_other(client, window, window.title(), "処理中です。しばらくお待ちください。"),
    )


def _other_focus(client: Client, window: tk.Toplevel, effect: Effect) -> None:
    text = "本日 18:00 から定期保守を行います。"
    _later(client, window, effect, lambda: _show_other(client, window, NOTICE_TITLE, text))


def _show_other(client: Client, window: tk.Toplevel, title: str, text: str) -> None:
    """A window that knows no key but Escape and Enter, takes the focus and gives it back when it is closed."""
    px = client.look.px
    other = tk.Toplevel(client.root, class_=WINDOW_CLASS)
    other.withdraw()
    other.title(title)
    tk.Label(other, text=text, font="HibariText", padx=px(40), pady=px(40), foreground=look.INK).pack()
    keys.guard(other)
    toplevels.sign(other)
    other.geometry(f"+{window.winfo_rootx() + px(60)}+{window.winfo_rooty() + px(60)}")

    def close(_: object = None) -> str:
        if other.winfo_viewable() and isinstance(window, Window | Box) and window.winfo_exists():
            window.take_focus()
        toplevels.destroy_later(other)
        return "break"

    for key in ("<Escape>", "<Return>", "<KP_Enter>"):
        other.bind(key, close)
    other.protocol("WM_DELETE_WINDOW", close)
    client.gate.close_until(other)
    other.deiconify()
    other.lift()
    other.focus_force()


def _swallow_paste(_: Client, window: tk.Toplevel, effect: Effect) -> None:
    _change_pastes(window, effect, lambda _: None)


def _change_paste(_: Client, window: tk.Toplevel, effect: Effect) -> None:
    _change_pastes(window, effect, lambda text: text[:-1])


def _change_pastes(window: tk.Toplevel, effect: Effect, change: Callable[[str], str | None]) -> None:
    if isinstance(window, Window):
        for box in window.boxes_of(str(effect.get("field", ""))):
            box.changes_paste = change


_CARRY_OUT: dict[str, Callable[[Client, tk.Toplevel, Effect], None]] = {
    "modal": _modal,
    "move": _move,
    "freeze": _freeze,
    "twin": _twin,
    "other_focus": _other_focus,
    "swallow_paste": _swallow_paste,
    "change_paste": _change_paste,
}
