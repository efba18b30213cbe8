"""A small client program for the contract of screens: a menu, a form, message boxes, a completion. Asked over its standard input.

`state` answers with what the form holds and how often it was registered; `silent` makes the next register key do nothing.
"""

from __future__ import annotations

import json
import sys
import threading
import tkinter as tk
from collections.abc import Callable
from functools import partial
from queue import Empty, Queue

CHOICES = ("", "男", "女")
KANA_LENGTH = 5
RECEIPT = "00012345"


class Choice(tk.Entry):
    """A list that shows one of its choices: home, down, delete, and copied without being selected."""

    def __init__(self, window: tk.Toplevel) -> None:
        super().__init__(window)
        self.at = 0
        for key, move in {
            "<Home>": lambda: 1,
            "<Down>": lambda: min(self.at + 1, len(CHOICES) - 1),
            "<Delete>": lambda: 0,
        }.items():
            self.bind(key, partial(self._moved, move))
        self.bind("<Control-c>", self._copied)
        self.bindtags((str(self), str(window)))

    def _moved(self, move: Callable[[], int], _: object) -> str:
        self.at = move()
        self.delete(0, "end")
        self.insert(0, CHOICES[self.at])
        return "break"

    def _copied(self, _: object) -> str:
        if CHOICES[self.at]:
            self.clipboard_clear()
            self.clipboard_append(CHOICES[self.at])
        return "break"


class Program:
    def __init__(self) -> None:
        self.root = tk.Tk(className="FormProgram")
        self.root.withdraw()
        self.registered = 0
        self.answered = ""
        self.silent = False
        self.fields: dict[str, tk.Entry] = {}
        self.held: dict[str, str] = {}
        self.menu = self.window("試験 メニュー", {"<F1>": self.form})
        self.front(self.menu)
        self.questions: Queue[str] = Queue()
        threading.Thread(target=self.listen, daemon=True).start()
        self.root.after(20, self.answer)

    def window(self, title: str, keys: dict[str, Callable[[], None]], kind: str = "FormWindow") -> tk.Toplevel:
        window = tk.Toplevel(self.root, class_=kind)
        window.title(title)
        window.geometry("420x300+60+60")
        for key, act in keys.items():
            window.bind(key, partial(self.acted, act))
        return window

    def acted(self, act: Callable[[], None], _: object) -> str:
        act()
        return "break"

    def front(self, window: tk.Toplevel) -> None:
        window.update_idletasks()
        window.lift()
        window.focus_force()

    def form(self) -> None:
        self.answered = ""
        window = self.window("試験 入力", {})
        keys = {
            "<Escape>": lambda: self.closed(window),
            "<Control-Key-1>": lambda: self.fields["name"].focus_set(),
            "<F5>": lambda: self.message("確認", "よろしいですか", window),
            "<F6>": lambda: self.message("警告", "用紙がありません", window),
            "<F7>": lambda: self.following(window),
            "<F12>": lambda: self.register(window),
        }
        for key, act in keys.items():
            window.bind(key, partial(self.acted, act))
        shown = tk.Entry(window)
        shown.insert(0, "0000000001")
        shown.configure(state="readonly")
        self.fields = {
            "shown": shown,
            "name": tk.Entry(window),
            "kana": tk.Entry(window),
            "kind": Choice(window),
            "note": tk.Entry(window),
        }
        order = ["name", "kana", "kind", "note", "shown"]
        for name in order:
            entry = self.fields[name]
            entry.pack()
            entry.lift()
            entry.bind("<Control-a>", partial(self.selected, entry))
            entry.bind("<<Paste>>", partial(self.pasted, name, entry))
            entry.bind("<Tab>", partial(self.moved, order, name, 1))
            entry.bind("<ISO_Left_Tab>", partial(self.moved, order, name, -1))
            entry.bind("<KeyRelease>", lambda _: self.keep())
        self.keep()
        self.front(window)
        self.fields["name"].focus_force()

    def moved(self, order: list[str], name: str, step: int, _: object) -> str:
        self.fields[order[(order.index(name) + step) % len(order)]].focus_set()
        return "break"

    def selected(self, entry: tk.Entry, _: object) -> str:
        entry.selection_range(0, "end")
        return "break"

    def pasted(self, name: str, entry: tk.Entry, _: object) -> str:
        try:
            text = str(entry.clipboard_get())
        except tk.TclError:
            return "break"
        if str(entry.cget("state")) == "readonly" or not text:
            return "break"
        if entry.selection_present():
            entry.delete("sel.first", "sel.last")
        entry.insert("insert", text)
        if name == "kana":
            entry.delete(KANA_LENGTH, "end")
        self.keep()
        return "break"

    def keep(self) -> None:
        self.held = {name: entry.get() for name, entry in self.fields.items() if entry.winfo_exists()}

    def closed(self, window: tk.Toplevel) -> None:
        self.fields = {}
        window.destroy()
        self.front(self.menu)

    def following(self, form: tk.Toplevel) -> None:
        window = self.window("試験 次", {})
        window.bind("<Escape>", lambda _: self.closed(window))
        self.front(window)
        form.destroy()

    def message(self, title: str, text: str, below: tk.Toplevel) -> None:
        box = self.window(title, {}, "FormMessage")
        tk.Label(box, text=text).pack()

        def copied(_: object) -> str:
            self.root.clipboard_clear()
            self.root.clipboard_append(f"{title}\n{text}")
            return "break"

        def ended(answer: str, _: object) -> str:
            self.answered = answer
            box.destroy()
            self.front(below)
            return "break"

        box.bind("<Control-c>", copied)
        box.bind("<Return>", partial(ended, "yes"))
        box.bind("<Escape>", partial(ended, "no"))
        self.front(box)

    def register(self, form: tk.Toplevel) -> None:
        self.keep()
        if self.silent:
            self.silent = False
            return
        self.registered += 1
        window = self.window("試験 完了", {})
        window.bind("<Escape>", lambda _: self.closed(window))
        order = ["receipt", "done_name"]
        self.fields = {name: tk.Entry(window) for name in order}
        for name, text in zip(order, (RECEIPT, self.held["name"]), strict=True):
            entry = self.fields[name]
            entry.insert(0, text)
            entry.configure(state="readonly")
            entry.pack()
            entry.bind("<Control-a>", partial(self.selected, entry))
            entry.bind("<Tab>", partial(self.moved, order, name, 1))
        self.front(window)
        self.fields["receipt"].focus_force()
        form.destroy()

    # ---- questions from outside ----

    def listen(self) -> None:
        for line in sys.stdin:
            self.questions.put(line.strip())
        self.questions.put("end")

    def answer(self) -> None:
        try:
            question = self.questions.get_nowait()
        except Empty:
            self.root.after(20, self.answer)
            return
        if question == "end":
            self.root.destroy()
            return
        if question == "silent":
            self.silent = True
        state = {"held": self.held, "registered": self.registered, "answered": self.answered}
        sys.stdout.write(json.dumps(state) + "\n")
        sys.stdout.flush()
        self.root.after(20, self.answer)


if __name__ == "__main__":
    Program().root.mainloop()
