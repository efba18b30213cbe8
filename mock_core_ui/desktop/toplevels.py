"""What all windows of the client have in common for the window manager, message boxes and notices too."""

from __future__ import annotations

import platform
import tkinter as tk
from contextlib import suppress
from tkinter import TclError


def sign(window: tk.Toplevel) -> None:
    """Writes the machine and the process that a window belongs to on it (Tk does so for a client's name only)."""
    window.wm_client(platform.node() or "localhost")


def destroy_later(window: tk.Toplevel, after_ms: int = 500) -> None:
    """Takes a window away at once and destroys it when the keys that were sent to it have come through."""
    window.withdraw()

    def destroy() -> None:
        with suppress(TclError):  # the client may have ended meanwhile
            window.destroy()

    window.after(after_ms, destroy)
