"""The recorded window's picture with the numbered boxes of its stops, and the rectangle that becomes an anchor."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass
from tkinter import ttk

from bridge_agent.drivers.desktop.desk import Box
from bridge_agent.drivers.desktop.walked import Picture
from bridge_agent.workshop.recording.session import Anchor, At, Recording

FREE, NAMED, CHOSEN, ANCHOR = "#3b6fb5", "#1f7a3f", "#d9480f", "#7a2fa0"
_WHITE = "#ffffff"
_CLICK = 5
"""Pixels: a shorter drag is a click."""
_FIRST = (90, 22)
"""Size of the rectangle that keys begin with."""
_STEP = 8
_EDGE = 4
"""Pixels of margin round the picture."""
_DIRECTIONS = {"Left": (-1, 0), "Right": (1, 0), "Up": (0, -1), "Down": (0, 1)}
_SHIFT, _CONTROL = 0x1, 0x4


@dataclass(frozen=True, slots=True)
class Told:
    """What the pane tells: a stop was clicked, a rectangle was drawn, keys gave the rectangle up."""

    chosen: Callable[[At], None]
    drawn: Callable[[Box], None]
    given_up: Callable[[], None]


class PicturePane(ttk.Frame):
    def __init__(self, parent: tk.Misc, recording: Recording, told: Told) -> None:
        super().__init__(parent)
        self._recording = recording
        self._told = told
        self._page = 0
        self._images = [_image(self, page.picture) for page in recording.walk.pages]
        self._from = (0, 0)
        self._keyed: Box | None = None
        self._canvas = tk.Canvas(self, background="#5a6270", highlightthickness=2, highlightcolor=CHOSEN)
        across = ttk.Scrollbar(self, orient="horizontal", command=self._canvas.xview)
        down = ttk.Scrollbar(self, orient="vertical", command=self._canvas.yview)
        self._canvas.configure(xscrollcommand=across.set, yscrollcommand=down.set, takefocus=False)
        self._canvas.grid(row=0, column=0, sticky="nsew")
        down.grid(row=0, column=1, sticky="ns")
        across.grid(row=1, column=0, sticky="ew")
        self.rowconfigure(0, weight=1)
        self.columnconfigure(0, weight=1)
        self._listen()

    def show(self, at: At) -> None:
        """The page of this stop, with the stop marked."""
        self._page = at.page
        canvas, image = self._canvas, self._images[at.page]
        canvas.delete("all")
        canvas.create_image(_EDGE, _EDGE, image=image, anchor="nw")
        canvas.configure(scrollregion=(0, 0, image.width() + 2 * _EDGE, image.height() + 2 * _EDGE))
        for stop in self._recording.walk.pages[at.page].stops:
            here = At(at.page, stop.number)
            if stop.box is not None and here != at:
                self._stop(stop.box, here, FREE)
        chosen = self._recording.stop(at).box
        if chosen is not None:
            self._stop(chosen, at, CHOSEN)
            self._see(chosen)
        for anchor in self._recording.marks.anchors:
            if anchor.page == at.page:
                self._anchor(anchor)

    def begin_rectangle(self) -> None:
        """A rectangle for the arrow keys, near the top left of what is shown."""
        left, top = int(self._canvas.canvasx(20)), int(self._canvas.canvasy(20))
        self._keyed = Box(left, top, *_FIRST)
        self._canvas.focus_set()
        self._rubber(self._keyed)

    def _see(self, box: Box) -> None:
        """Scrolls, where the picture is larger than the pane, until the box is in sight."""
        canvas, image = self._canvas, self._images[self._page]
        left, top, right, bottom = _corners(box)
        for view, first, begin, end, shown, whole in (
            (canvas.xview_moveto, canvas.canvasx(0), left, right, canvas.winfo_width(), image.width() + 2 * _EDGE),
            (canvas.yview_moveto, canvas.canvasy(0), top, bottom, canvas.winfo_height(), image.height() + 2 * _EDGE),
        ):
            if shown > 1 and (begin < first or end > first + shown):  # 1: not laid out yet
                view(max(0, begin - 40) / whole)

    # ---- drawing -----------------------------------------------------------------------------------------------

    def _stop(self, box: Box, at: At, colour: str) -> None:
        """A frame with the stop's number at its left end, and its name where there is room."""
        named = self._recording.marks.names.get(at)
        if named is not None and colour == FREE:
            colour = NAMED
        canvas = self._canvas
        left, top, right, bottom = _corners(box)
        canvas.create_rectangle(left, top, right, bottom, outline=colour, width=3 if colour == CHOSEN else 2)
        middle = (top + bottom) // 2
        number = canvas.create_text(
            left + 4, middle, text=str(at.number), anchor="w", fill=_WHITE, font="RecorderBadge"
        )
        begin = canvas.bbox(number)[2] + 3
        canvas.create_rectangle(left, top, begin, bottom, fill=colour, outline=colour)
        canvas.tag_raise(number)
        if named is not None:
            self._write_name(named.item.rpartition(".")[2], begin + 4, middle, right, colour)

    def _write_name(self, text: str, left: int, middle: int, right: int, colour: str) -> None:
        canvas = self._canvas
        name = canvas.create_text(left, middle, text=text, anchor="w", fill=colour, font="RecorderBadge")
        while text and canvas.bbox(name)[2] > right - 2:
            text = text[:-1]
            canvas.itemconfigure(name, text=f"{text}…")
        if text:
            left, top, beyond, bottom = canvas.bbox(name)
            canvas.create_rectangle(left - 2, top, beyond, bottom, fill=_WHITE, outline=_WHITE)
            canvas.tag_raise(name)
        else:
            canvas.delete(name)

    def _anchor(self, anchor: Anchor) -> None:
        canvas = self._canvas
        left, top, right, bottom = _corners(anchor.box)
        canvas.create_rectangle(left, top, right, bottom, outline=ANCHOR, width=2, dash=(5, 3))
        text = canvas.create_text(right + 4, top, text=anchor.name, anchor="nw", fill=_WHITE, font="RecorderBadge")
        canvas.create_rectangle(*canvas.bbox(text), fill=ANCHOR, outline=ANCHOR)
        canvas.tag_raise(text)

    def _rubber(self, box: Box | None) -> None:
        self._canvas.delete("rubber")
        if box is not None:
            self._canvas.create_rectangle(*(_corners(box)), outline=ANCHOR, width=2, dash=(5, 3), tags=("rubber",))

    # ---- mouse and keys ----------------------------------------------------------------------------------------

    def _listen(self) -> None:
        self._canvas.bind("<ButtonPress-1>", self._pressed)
        self._canvas.bind("<B1-Motion>", lambda event: self._rubber(self._dragged(event)))
        self._canvas.bind("<ButtonRelease-1>", self._released)
        self._canvas.bind("<Key>", self._key)

    def _pressed(self, event: tk.Event[tk.Canvas]) -> None:
        self._from = self._point(event)
        self._keyed = None

    def _released(self, event: tk.Event[tk.Canvas]) -> None:
        box = self._dragged(event)
        self._rubber(None)
        if box.width > _CLICK or box.height > _CLICK:
            self._told.drawn(box)
            return
        for stop in self._recording.walk.pages[self._page].stops:
            if stop.box is not None and stop.box.overlaps(Box(box.left, box.top, 1, 1)):
                self._told.chosen(At(self._page, stop.number))

    def _point(self, event: tk.Event[tk.Canvas]) -> tuple[int, int]:
        """In the picture, never beyond its edges."""
        image = self._images[self._page]
        x, y = int(self._canvas.canvasx(event.x)) - _EDGE, int(self._canvas.canvasy(event.y)) - _EDGE
        return min(max(x, 0), image.width()), min(max(y, 0), image.height())

    def _dragged(self, event: tk.Event[tk.Canvas]) -> Box:
        (x1, y1), (x2, y2) = self._from, self._point(event)
        return Box(min(x1, x2), min(y1, y2), abs(x1 - x2), abs(y1 - y2))

    def _key(self, event: tk.Event[tk.Canvas]) -> str | None:
        box = self._keyed
        if box is None:
            return None
        if event.keysym in ("Return", "KP_Enter", "Escape"):
            self._keyed = None
            self._rubber(None)
            self._told.given_up() if event.keysym == "Escape" else self._told.drawn(box)
            return "break"
        if event.keysym not in _DIRECTIONS:
            return None
        state = event.state if isinstance(event.state, int) else 0
        step = 1 if state & _CONTROL else _STEP
        right, down = (way * step for way in _DIRECTIONS[event.keysym])
        self._keyed = self._within(
            Box(box.left, box.top, max(1, box.width + right), max(1, box.height + down))
            if state & _SHIFT
            else Box(box.left + right, box.top + down, box.width, box.height)
        )
        self._rubber(self._keyed)
        self._see(self._keyed)
        return "break"

    def _within(self, box: Box) -> Box:
        image = self._images[self._page]
        width, height = min(box.width, image.width()), min(box.height, image.height())
        left = min(max(box.left, 0), image.width() - width)
        return Box(left, min(max(box.top, 0), image.height() - height), width, height)


def _corners(box: Box) -> tuple[int, int, int, int]:
    left, top = box.left + _EDGE, box.top + _EDGE
    return left, top, left + box.width, top + box.height


def _image(parent: tk.Misc, picture: Picture) -> tk.PhotoImage:
    """Tk reads a grey picture as it is, without another library."""
    height, width = picture.shape[:2]
    return tk.PhotoImage(master=parent, data=b"P5 %d %d 255\n" % (width, height) + picture.tobytes(), format="ppm")
