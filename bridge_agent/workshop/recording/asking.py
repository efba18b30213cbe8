"""Two small questions in Japanese: a text, and yes or no. Modal, with keys for every answer."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk


def ask_text(parent: tk.Misc, title: str, prompt: str, refuse: Callable[[str], str]) -> str:
    """'' when the author gave up. `refuse` tells what is wrong with an answer, or ''."""
    box = _Box(parent, title, prompt)
    entry = ttk.Entry(box.body, font="RecorderText", width=32)
    entry.pack(anchor="w", pady=(0, 4))
    wrong = tk.StringVar(box)
    ttk.Label(box.body, textvariable=wrong, style="Wrong.TLabel", wraplength=_WIDTH).pack(anchor="w")

    def accept() -> None:
        wrong.set(refuse(entry.get().strip()))
        if not wrong.get():
            box.answer = entry.get().strip()
            box.destroy()

    box.buttons({"決定 (Enter)": accept, "やめる (Esc)": box.destroy})
    box.bind("<Return>", lambda _: accept())
    box.bind("<Escape>", lambda _: box.destroy())
    box.bind("<Control-a>", lambda _: entry.selection_range(0, "end"))
    return box.wait(entry)


def ask_yes(parent: tk.Misc, title: str, prompt: str) -> bool:
    """The default is no."""
    box = _Box(parent, title, prompt)

    def accept() -> None:
        box.answer = "yes"
        box.destroy()

    _, no = box.buttons({"はい (Y)": accept, "いいえ (N)": box.destroy})
    for key in ("y", "Y"):
        box.bind(f"<{key}>", lambda _: accept())
    for key in ("n", "N", "Escape", "Return"):
        box.bind(f"<{key}>", lambda _: box.destroy())
    return box.wait(no) == "yes"


_WIDTH = 480


class _Box(tk.Toplevel):
    def __init__(self, parent: tk.Misc, title: str, prompt: str) -> None:
        super().__init__(parent)
        self.withdraw()
        self.title(title)
        self.resizable(False, False)
        self.transient(parent.winfo_toplevel())
        self.answer = ""
        self.body = ttk.Frame(self, padding=(18, 14))
        self.body.pack(fill="both", expand=True)
        ttk.Label(self.body, text=prompt, wraplength=_WIDTH, justify="left").pack(anchor="w", pady=(0, 8))

    def buttons(self, faces: dict[str, Callable[[], None]]) -> list[ttk.Button]:
        row = ttk.Frame(self.body)
        row.pack(anchor="e", pady=(10, 0))
        made = [ttk.Button(row, text=text, command=act) for text, act in faces.items()]
        for button in made:
            button.pack(side="left", padx=(8, 0))
        return made

    def wait(self, first: tk.Misc) -> str:
        parent = self.master.winfo_toplevel()
        self.update_idletasks()
        x = parent.winfo_rootx() + (parent.winfo_width() - self.winfo_reqwidth()) // 2
        y = parent.winfo_rooty() + (parent.winfo_height() - self.winfo_reqheight()) // 3
        self.geometry(f"+{max(0, x)}+{max(0, y)}")
        self.deiconify()
        self.wait_visibility()
        self.grab_set()
        first.focus_force()
        self.wait_window()
        parent.focus_force()
        return self.answer
