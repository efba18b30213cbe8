"""The recorder's own window: the picture on the left, all stops in order on the right, one line to name them below."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from pathlib import Path
from tkinter import font, ttk

from loguru import logger

from bridge_agent.domain.errors import BridgeError
from bridge_agent.drivers.desktop.desk import Box
from bridge_agent.workshop.recording.asking import ask_text, ask_yes
from bridge_agent.workshop.recording.pane import ANCHOR, CHOSEN, NAMED, PicturePane, Told
from bridge_agent.workshop.recording.session import At, Kind, Recording, Refused
from bridge_agent.workshop.recording.writing import place

TITLE = "画面の場所の記録"
KINDS = {Kind.TEXT: "入力欄", Kind.SELECT: "選択欄", Kind.SHOWN: "表示だけ"}
_FAMILIES = ("Noto Sans CJK JP", "Yu Gothic UI", "Meiryo UI", "MS UI Gothic", "Hiragino Sans")
_HELP = (
    "項目の名前を入れて Enter で次の欄へ（↑↓ で移動、空にして Enter か、一覧で Delete で消す）。"
    "見出しをマウスで囲むと目印になります（F4 なら矢印キーで囲む）。住民の氏名などの値が入る所は囲まないでください。"
)
_RECTANGLE = "矢印キーで動かし、Shift＋矢印で大きさを変え（Ctrl も押すと1ずつ）、Enter で決定、Esc でやめます。"
_WIDTH, _HEIGHT = 1260, 700
_INK, _PALE, _RED = "#1d2733", "#f3f5f8", "#b42318"


class Recorder:
    """`save` writes what there is and returns the file. `items` are offered as names."""

    def __init__(self, recording: Recording, heading: str, items: Sequence[str], save: Callable[[], Path]) -> None:
        self._recording = recording
        self._save_to = save
        self.root = tk.Tk(className="BridgeAgentRecorder")
        self.root.title(TITLE)
        _dress(self.root)
        self._stops = recording.stops()
        self._at = self._stops[0]
        self._kind = tk.StringVar(self.root)
        self._said = tk.StringVar(self.root)
        self._foot(items)
        ttk.Label(self.root, text=heading, style="Heading.TLabel").pack(side="top", fill="x", padx=12, pady=(8, 4))
        self._list = self._table()
        told = Told(self.go, self._new_anchor, self._back_to_entry)
        self._pane = PicturePane(self.root, recording, told)
        self._pane.pack(side="left", fill="both", expand=True, padx=(12, 0))
        self._bind()
        self._refresh()
        self._back_to_entry()

    def run(self) -> None:
        self.root.mainloop()

    # ---- lay-out -----------------------------------------------------------------------------------------------

    def _table(self) -> ttk.Treeview:
        frame = ttk.Frame(self.root)
        frame.pack(side="right", fill="y", padx=12)
        table = ttk.Treeview(frame, columns=("item", "kind"), selectmode="browse", takefocus=True)
        for column, text, width in (("#0", "場所", 104), ("item", "項目", 158), ("kind", "種類", 62)):
            table.heading(column, text=text, anchor="w")
            table.column(column, width=width, stretch=column == "item")
        bar = ttk.Scrollbar(frame, orient="vertical", command=table.yview)
        table.configure(yscrollcommand=bar.set)
        table.pack(side="left", fill="y", expand=True)
        bar.pack(side="left", fill="y")
        table.tag_configure("named", foreground=NAMED)
        table.tag_configure("anchor", foreground=ANCHOR)
        table.bind("<<TreeviewSelect>>", lambda _: self._listed())
        table.bind("<Return>", lambda _: self._back_to_entry())
        table.bind("<Delete>", lambda _: self._clear())
        return table

    def _foot(self, items: Sequence[str]) -> None:
        ttk.Label(self.root, text=_HELP, style="Help.TLabel", wraplength=_WIDTH - 40).pack(
            side="bottom", fill="x", padx=12, pady=(2, 8)
        )
        ttk.Label(self.root, textvariable=self._said, style="Said.TLabel").pack(side="bottom", fill="x", padx=12)
        row = ttk.Frame(self.root)
        row.pack(side="bottom", fill="x", padx=12, pady=(8, 2))
        self._place = ttk.Label(row, style="Place.TLabel", width=15)
        self._place.pack(side="left")
        ttk.Label(row, text="項目").pack(side="left", padx=(4, 4))
        self._entry = ttk.Combobox(row, values=list(items), width=30, font="RecorderText")
        self._entry.pack(side="left")
        for number, (kind, text) in enumerate(KINDS.items(), start=1):
            ttk.Radiobutton(
                row, text=f"{text} Alt+{number}", value=kind.value, variable=self._kind, command=self._kind_chosen,
                takefocus=False,
            ).pack(side="left", padx=(10, 0))  # fmt: skip
        faces = {
            "閉じる Esc": self._leave,
            "保存 F2": self._save,
            "元に戻す Ctrl+Z": self._undo,
            "目印 F4": self._key_rectangle,
        }
        for text, act in faces.items():
            ttk.Button(row, text=text, command=act, takefocus=False).pack(side="right", padx=(6, 0))

    def _bind(self) -> None:
        root = self.root
        root.protocol("WM_DELETE_WINDOW", self._leave)
        root.report_callback_exception = self._failed
        for number, kind in enumerate(KINDS, start=1):
            root.bind(f"<Alt-Key-{number}>", lambda _, kind=kind: self._choose_kind(kind))  # type: ignore[misc]
        root.bind("<F2>", lambda _: self._save())
        root.bind("<F4>", lambda _: self._key_rectangle())
        root.bind("<Control-z>", lambda _: self._undo())
        root.bind("<Escape>", lambda _: self._leave())
        entry = self._entry
        entry.bind("<Return>", lambda _: self._step(1))
        entry.bind("<Down>", lambda _: self._step(1))
        entry.bind("<Up>", lambda _: self._step(-1))
        entry.bind("<Alt-Down>", lambda _: None)  # opens the list, as everywhere
        entry.bind("<Control-a>", lambda _: self._select_all())  # under X11 it would go to the beginning
        entry.bind("<Control-Delete>", lambda _: self._clear())

    # ---- showing -----------------------------------------------------------------------------------------------

    def _refresh(self) -> None:
        """Everything from the recording; the entry too, so what was typed must have been taken before."""
        table, marks = self._list, self._recording.marks
        table.delete(*table.get_children())
        for number, at in enumerate(self._stops):
            named = marks.names.get(at)
            shown = (named.item, KINDS[named.kind]) if named else ("", "")
            tags = ("named",) if named else ()
            table.insert("", "end", iid=str(number), text=place(self._recording, at), values=shown, tags=tags)
        for anchor in marks.anchors:
            page = self._recording.walk.pages[anchor.page].start
            table.insert(
                "",
                "end",
                iid=f"anchor {anchor.name}",
                text=f"目印 {page}",
                values=(anchor.name, "目印"),
                tags=("anchor",),
            )
        self._show()

    def _show(self) -> None:
        """The chosen stop in the list, in the picture and in the entry."""
        number = str(self._stops.index(self._at))
        if self._list.selection() != (number,):
            self._list.selection_set(number)
        self._list.focus(number)
        self._list.see(number)
        named = self._recording.marks.names.get(self._at)
        self._entry.set(named.item if named else "")
        self._entry.selection_range(0, "end")
        self._kind.set(self._recording.kind(self._at).value)
        self._place.configure(text=place(self._recording, self._at))
        self._pane.show(self._at)

    def _say(self, text: str, *, wrong: bool = False) -> None:
        self._said.set(text)
        ttk.Style(self.root).configure("Said.TLabel", foreground=_RED if wrong else NAMED)
        if wrong:
            self.root.bell()

    def _failed(self, kind: type[BaseException], error: BaseException, trace: object) -> None:
        """Never a traceback for the author: what was marked is still there to be saved."""
        del error, trace
        logger.error("記録の画面のエラー: {}", kind.__name__)
        self._say(
            f"想定外のエラーが起きました（{kind.__name__}）。保存 (F2) して、情報担当者に連絡してください。", wrong=True
        )

    # ---- stops -------------------------------------------------------------------------------------------------

    def go(self, at: At) -> None:
        """To another stop, after taking what stands in the entry."""
        if at != self._at and self._take():
            self._at = at
            self._show()
        self._back_to_entry()

    def _listed(self) -> None:
        chosen = self._list.selection()
        if chosen and chosen[0].isdigit() and self._stops[int(chosen[0])] != self._at:
            if self._take():
                self._at = self._stops[int(chosen[0])]
                self._show()
            else:
                self._list.selection_set(str(self._stops.index(self._at)))

    def _step(self, by: int) -> str:
        if self._take():
            number = self._stops.index(self._at) + by
            self._at = self._stops[min(max(number, 0), len(self._stops) - 1)]
            self._show()
        return "break"

    def _take(self) -> bool:
        """What stands in the entry becomes the stop's name. False: it cannot be one, and the author is told."""
        item = self._entry.get().split("（")[0].strip()
        before = self._recording.marks
        try:
            self._recording.name(self._at, item, Kind(self._kind.get()))
        except Refused as refused:
            self._say(str(refused), wrong=True)
            return False
        self._say("")
        if self._recording.marks != before:
            self._refresh()
        return True

    def _choose_kind(self, kind: Kind) -> str:
        self._kind.set(kind.value)
        self._kind_chosen()
        return "break"

    def _kind_chosen(self) -> None:
        if self._at in self._recording.marks.names:
            self._take()

    def _clear(self) -> str:
        chosen = self._list.selection()
        if chosen and chosen[0].startswith("anchor "):
            self._recording.drop_anchor(chosen[0].removeprefix("anchor "))
        else:
            self._recording.clear(self._at)
        self._refresh()
        return "break"

    def _undo(self) -> str:
        self._say("1つ前に戻しました。" if self._recording.undo() else "戻すものがありません。")
        self._refresh()
        return "break"

    def _select_all(self) -> str:
        self._entry.selection_range(0, "end")
        return "break"

    def _back_to_entry(self) -> None:
        self._entry.focus_set()

    # ---- anchors -----------------------------------------------------------------------------------------------

    def _key_rectangle(self) -> str:
        if self._take():
            self._say(_RECTANGLE)
            self._pane.begin_rectangle()
        return "break"

    def _new_anchor(self, box: Box) -> None:
        page = self._at.page
        if not self._take():
            return
        try:
            self._recording.refuse_box(page, box)
        except Refused as refused:
            self._say(str(refused), wrong=True)
            self._back_to_entry()
            return

        def refuse(name: str) -> str:
            try:
                self._recording.add_anchor(page, box, name)
            except Refused as refused:
                return str(refused)
            return ""

        name = ask_text(
            self.root, "目印の名前", "目印の名前を付けてください（画像のファイルの名前になります）。", refuse
        )
        self._say(f"目印「{name}」を作りました。" if name else "")
        self._refresh()
        self._back_to_entry()

    # ---- leaving -----------------------------------------------------------------------------------------------

    def _save(self) -> str:
        if self._take():
            try:
                file = self._save_to()
            except BridgeError as error:
                self._say(error.message, wrong=True)
            else:
                self._recording.written()
                self._say(f"{file} に書きました。")
        return "break"

    def _leave(self) -> str:
        typed = self._take()
        question = "保存していない変更があります。捨てて閉じますか。"
        if (typed and not self._recording.unwritten) or ask_yes(self.root, "変更の破棄", question):
            self.root.destroy()
        return "break"


def _dress(root: tk.Tk) -> None:
    known = set(font.families(root))
    family = next((name for name in _FAMILIES if name in known), "TkDefaultFont")
    for name, size in (("RecorderText", 14), ("RecorderSmall", 12), ("RecorderBadge", 11), ("RecorderHead", 15)):
        weight = "bold" if name in ("RecorderBadge", "RecorderHead") else "normal"
        _keep.append(font.Font(root, name=name, family=family, size=-size, weight=weight))  # type: ignore[arg-type]
    root.option_add("*TCombobox*Listbox.font", "RecorderText")
    width = min(_WIDTH, root.winfo_screenwidth() - 20)
    root.geometry(f"{width}x{min(_HEIGHT, root.winfo_screenheight() - 60)}+8+8")
    root.configure(background=_PALE)
    style = ttk.Style(root)
    style.theme_use("clam")
    style.configure(".", background=_PALE, foreground=_INK, font="RecorderText")
    style.configure("Heading.TLabel", font="RecorderHead")
    style.configure("Place.TLabel", font="RecorderHead", foreground=CHOSEN)
    style.configure("Help.TLabel", font="RecorderSmall", foreground="#4a5563")
    style.configure("Said.TLabel", font="RecorderText", foreground=NAMED)
    style.configure("Wrong.TLabel", font="RecorderSmall", foreground=_RED)
    style.configure("Treeview", rowheight=23, background="#ffffff", fieldbackground="#ffffff")
    style.configure("Treeview.Heading", font="RecorderSmall")
    style.map("Treeview", background=[("selected", CHOSEN)], foreground=[("selected", "#ffffff")])


_keep: list[font.Font] = []
"""A named font goes when its object does."""
