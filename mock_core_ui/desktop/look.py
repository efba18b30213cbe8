"""Fonts, colours and sizes: a grey, dense client of the nineties, at the scaling of the screen."""

from __future__ import annotations

import tkinter as tk
from tkinter import font, ttk
from typing import Literal

GREY = "#d4d0c8"
"""The face of windows and buttons."""
PALE = "#ece9d8"
LABEL = "#c3cfdd"
"""The face of a field's label."""
READ_ONLY = "#e4e4dc"
WHITE = "#ffffff"
INK = "#000000"
DIM = "#7a7a72"
RED = "#c00000"
NAVY = "#14356b"
SELECTED = "#0a246a"

_FAMILIES = ("Noto Sans CJK JP", "Yu Gothic UI", "Meiryo UI", "MS UI Gothic", "Hiragino Sans")
_BASE_PX = {"HibariText": 12, "HibariSmall": 11, "HibariKey": 10, "HibariHead": 13, "HibariTitle": 20}


class Look:
    """The named fonts and styles of one client; `px` turns a size at 100 % into pixels."""

    def __init__(self, root: tk.Tk, scaling: int) -> None:
        self.scaling = scaling
        known = set(font.families(root))
        family = next((name for name in _FAMILIES if name in known), "TkDefaultFont")
        self.fonts = {
            name: font.Font(root, name=name, family=family, size=-self.px(size), weight=_weight(name))
            for name, size in _BASE_PX.items()
        }
        root.option_add("*Font", "HibariText")
        root.option_add("*TCombobox*Listbox.font", "HibariText")
        root.option_add("*Background", GREY)
        _style(ttk.Style(root), self)

    def px(self, size: float) -> int:
        """A length at this scaling."""
        return max(1, round(size * self.scaling / 100))


def _weight(name: str) -> Literal["normal", "bold"]:
    return "bold" if name in ("HibariHead", "HibariTitle") else "normal"


def _style(style: ttk.Style, look: Look) -> None:
    style.theme_use("alt")
    style.configure(".", background=GREY, foreground=INK, font="HibariText", troughcolor=PALE)
    style.configure("TNotebook", background=GREY, tabmargins=(look.px(4), look.px(3), 0, 0))
    style.configure("TNotebook.Tab", padding=(look.px(9), look.px(2)), background="#c4c0b8", font="HibariText")
    style.map("TNotebook.Tab", background=[("selected", GREY)], expand=[("selected", (1, 1, 1, 0))])
    style.configure("TCombobox", arrowsize=look.px(12), padding=(look.px(2), 0), fieldbackground=WHITE)
    style.map(
        "TCombobox",
        fieldbackground=[("readonly", "focus", "#fff8c6"), ("readonly", WHITE)],
        selectbackground=[("readonly", "focus", "#fff8c6"), ("readonly", WHITE)],
        selectforeground=[("readonly", INK)],
        background=[("readonly", GREY)],
    )
    style.configure("Treeview", background=WHITE, fieldbackground=WHITE, rowheight=look.px(18), font="HibariText")
    style.map("Treeview", background=[("selected", SELECTED)], foreground=[("selected", WHITE)])
    style.configure("Treeview.Heading", background=LABEL, font="HibariSmall", relief="raised", padding=look.px(1))
    style.configure("TCheckbutton", background=GREY, focuscolor=NAVY)
    style.configure("Vertical.TScrollbar", arrowsize=look.px(12), background=GREY)
