"""One screen's fields: all typed by way of the clipboard, all read back on a second walk in the other direction.

The walk there follows the tab stops from a page's first; the walk back starts from its last. A stop more or less than
the recipe knows makes the two disagree, so values in neighbouring fields cannot pass for right.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bridge_agent.domain.errors import TransientError
from bridge_agent.domain.plan import BoundField, Control, Target
from bridge_agent.drivers.desktop.desk import Heard, Window
from bridge_agent.drivers.desktop.pictures import Pictures
from bridge_agent.drivers.desktop.program import COPY_S, Copy, Disturbed, Program
from bridge_agent.drivers.faults import called, field_fault, screen_changed
from bridge_agent.steps.places import Place, Spot, Stop, place_of

TIMES = 5
"""So often a screen is begun anew after the focus was away."""
SILENT_S = 0.3
"""So long a row of fields that must be empty is listened to, until it is known how fast this window copies."""
SURELY_SILENT_S = 1.0
"""The same for one that is read by itself, and after the last row."""
SHORTEST_S, TIMES_AS_LONG = 0.05, 5
"""Listening to a row: so many times as long as the slowest copy of this window took, and no shorter."""
MOST_CHOICES = 200
_WHOLE, _CHOICE = ("ctrl+a", "ctrl+c"), ("ctrl+c",)
"""Reading changes nothing: a paste, even of what stands there, is not always taken as it is."""
Same = Callable[[BoundField, str], bool]


@dataclass(slots=True)
class Typist:
    """Works in one window. `at` is the stop that has the focus, counted from the first; 0 = not known."""

    program: Program
    window: Window
    pictures: Pictures
    at: int = 1
    slowest_s: float = 0.0
    """Of the copies of this window so far."""

    # ---- whole screens -----------------------------------------------------------------------------------------

    def fill(self, fields: Sequence[BoundField], same: Same) -> list[str]:
        """Texts in the order of `fields`. Nothing is typed unless every place can be read and every picture is found."""
        places = [placed(field.target) for field in fields]
        self._refuse_same_place(places, fields)
        spots = self._found(places)
        for _ in range(TIMES):
            try:
                for at in _in_order(places):
                    self._type(fields[at], places[at], spots)
                texts = self._read_all(places, fields, spots)
                again = [n for n, field in enumerate(fields) if _typed(field) and not same(field, texts[n])]
                if again:
                    if self._page:
                        self.at = 0  # where the walk back ended rests on the recipe's count: begin from the page's key
                    for at in _in_order([places[n] for n in again]):
                        self._type_again(fields[again[at]], places[again[at]], spots)
                    texts = self._read_all(places, fields, spots)
                return texts
            except Disturbed:
                self.at = 0
        raise TransientError("別のウィンドウが何度も前面に出るため、入力を止めました。")

    def read(self, targets: Sequence[Target]) -> list[str]:
        places = [placed(target) for target in targets]
        spots = self._found(places)
        for _ in range(TIMES):
            try:
                texts = [""] * len(places)
                for at in _in_order(places):
                    self._go(places[at], spots)
                    texts[at] = self._copy(_WHOLE, awaited=True).text
                return texts
            except Disturbed:
                self.at = 0
        raise TransientError("別のウィンドウが何度も前面に出るため、読み取りを止めました。")

    def go(self, place: Place) -> None:
        """Bring the focus to a place, if it names one."""
        if place.at is not None:
            self._go(place, self._found([place]))

    def paste_at(self, place: Place, text: str) -> None:
        """One text without reading it back: a password box copies nothing."""
        for _ in range(TIMES):
            try:
                self.go(place)
                self._paste(text)
                return
            except Disturbed:
                if self._page:
                    self.at = 0  # else the stop stays known: the window has its focus again where it was
        raise TransientError("別のウィンドウが何度も前面に出るため、入力を止めました。")

    # ---- places ------------------------------------------------------------------------------------------------

    def _found(self, places: Sequence[Place]) -> dict[Spot, tuple[int, int]]:
        """Points from the window's top left corner."""
        wanted = {place.at for place in places if isinstance(place.at, Spot)}
        return self.pictures.find(self.program.desk, self.window, wanted) if wanted else {}

    @staticmethod
    def _refuse_same_place(places: Sequence[Place], fields: Sequence[BoundField]) -> None:
        seen: set[object] = set()
        for place, field in zip(places, fields, strict=True):
            where = (place.at.start, place.at.number) if isinstance(place.at, Stop) else (place.at, place.key)
            if where in seen:
                raise field_fault(field, "same_as_other")
            seen.add(where)

    def _go(self, place: Place, spots: dict[Spot, tuple[int, int]]) -> None:
        match place.at:
            case Stop() as stop:
                self._to_stop(stop)
            case Spot() as spot:
                self._click(spot, spots)
            case None:
                self._keys(place.key)
                self.at, self._page = 0, ""

    _page: str = ""

    def _to_stop(self, stop: Stop) -> None:
        if not self.at or stop.start != self._page:
            if not stop.start and (self._page or not self.at):
                raise Disturbed  # only the window's opening says where an unnamed page begins
            if stop.start:
                self._keys(stop.start)
            self.at, self._page = 1, stop.start
        ahead = stop.number - self.at
        self._keys(*(["tab"] * ahead if ahead >= 0 else ["shift+tab"] * -ahead))
        self.at = stop.number

    def _click(self, spot: Spot, spots: dict[Spot, tuple[int, int]]) -> None:
        box = next((w.box for w in self.program.windows() if w.handle == self.window.handle), self.window.box)
        right, down = spots[spot]
        self.program.click(self.window.handle, box.left + right, box.top + down)
        self.at, self._page = 0, ""

    def _keys(self, *keys: str) -> None:
        self.program.keys(self.window.handle, keys)

    # ---- one field ---------------------------------------------------------------------------------------------

    def _type(self, field: BoundField, place: Place, spots: dict[Spot, tuple[int, int]]) -> None:
        if not _typed(field):
            return
        self._go(place, spots)
        match field.control:
            case Control.SELECT:
                self._choose(field)
            case Control.TEXT if field.by_keys:
                self._strike(field)
            case Control.TEXT:
                self._paste(field.value)
            case Control.TEXT_OR_SELECT | Control.RADIO | Control.CHECK | Control.LIST | Control.SHOWN:
                raise field_fault(field, "kind_differs")

    def _type_again(self, field: BoundField, place: Place, spots: dict[Spot, tuple[int, int]]) -> None:
        """Once more, with real keys where the keyboard has them."""
        self._go(place, spots)
        if field.control is Control.TEXT and field.value and field.value.isascii() and field.value.isprintable():
            self._strike(field)
        else:
            self._type(field, place, spots)

    def _paste(self, text: str) -> None:
        desk = self.program.desk
        if not text:
            self._keys("ctrl+a", "delete")
            return
        desk.offer(text)
        self._keys("ctrl+a", "ctrl+v")
        self._await(Heard.SERVED)

    def _strike(self, field: BoundField) -> None:
        if not (field.value.isascii() and field.value.isprintable()):
            raise screen_changed(f"{field.key}: キー入力できない文字があります")
        self._keys("ctrl+a", "delete", *field.value)

    def _choose(self, field: BoundField) -> None:
        """From the first choice downwards until it shows the value; a list that stays the same has come to its end."""
        if not field.value:
            self._keys("delete")
            return
        self._keys("home")
        before = None
        for _ in range(MOST_CHOICES):
            shown = self._copy(_CHOICE).text
            if shown == field.value:
                return
            if shown == before:
                break
            before = shown
            self._keys("down")
        raise field_fault(field, "option_missing")

    # ---- reading -----------------------------------------------------------------------------------------------

    def _read_all(
        self, places: Sequence[Place], fields: Sequence[BoundField], spots: dict[Spot, tuple[int, int]]
    ) -> list[str]:
        texts = self._read_back(places, fields, spots)
        return texts if texts is not None else self._read_back(places, fields, spots, one_by_one=True) or []

    def _read_back(
        self,
        places: Sequence[Place],
        fields: Sequence[BoundField],
        spots: dict[Spot, tuple[int, int]],
        *,
        one_by_one: bool = False,
    ) -> list[str] | None:
        """Each page from its last stop to its first.

        Fields that must be empty copy nothing, so a whole row of them is listened to once, the last one for longer.
        None: something was copied, or the next copy was so slow that it may have been; then they are read one by one.
        """
        texts = [""] * len(places)
        walked: set[str] = set()
        in_row = 0  # fields that must be empty since the last copy
        for at in _in_order(places, backwards=True):
            place, field = places[at], fields[at]
            if isinstance(place.at, Stop) and place.at.total and place.at.start not in walked:
                walked.add(place.at.start)
                self._to_last(place.at)
            self._go(place, spots)
            if not field.value and not one_by_one:
                if not in_row:
                    self.program.desk.offer("")
                self._keys(*_copying(field.control))
                in_row += 1
                continue
            listened_s = self._listening_s()
            if in_row and not self.program.silent(self.window.handle, listened_s):
                return None
            copy = self._copy(_copying(field.control), awaited=bool(field.value))
            if in_row and (copy.late or copy.took_s > listened_s / 2):
                return None
            in_row = 0
            texts[at] = copy.text
        return None if in_row and not self.program.silent(self.window.handle, SURELY_SILENT_S) else texts

    def _listening_s(self) -> float:
        return min(COPY_S, max(SHORTEST_S, TIMES_AS_LONG * self.slowest_s)) if self.slowest_s else SILENT_S

    def _copy(self, keys: Sequence[str], *, awaited: bool | None = None) -> Copy:
        """`awaited`: a text must stand there, or must not; None: not known."""
        silent_s = {None: COPY_S, True: self.program.limits.page_s, False: SURELY_SILENT_S}[awaited]
        copy = self.program.copy(self.window.handle, keys, silent_s)
        if copy.text:
            self.slowest_s = max(self.slowest_s, copy.took_s)
        return copy

    def _to_last(self, stop: Stop) -> None:
        """From the first stop backwards to the last: the only way there that does not trust the recipe's count."""
        if not stop.start:
            return
        self._keys(stop.start, "shift+tab")
        self.at, self._page = stop.total, stop.start

    def _await(self, *wanted: Heard) -> Heard:
        """Raises TransientError when the window does not answer in the screen's time."""
        end = time.monotonic() + self.program.limits.page_s
        while time.monotonic() < end:
            told = self.program.desk.heard(0.2)
            if told in wanted:
                return told
            if told is not Heard.NOTHING or self.program.desk.focused() != self.window.handle:
                self.program.regain(self.window.handle)
                raise Disturbed
        raise TransientError("画面が応答しません。")


def placed(target: Target) -> Place:
    """Recipes are checked when they are read, so one that cannot be understood here was made by other means."""
    try:
        return place_of(target)
    except ValueError as mistake:
        raise screen_changed(f"{called(target)}: {mistake}") from None


def _copying(control: Control) -> Sequence[str]:
    return _CHOICE if control is Control.SELECT else _WHOLE


def _typed(field: BoundField) -> bool:
    return field.control is not Control.SHOWN


def _in_order(places: Sequence[Place], *, backwards: bool = False) -> Iterator[int]:
    """Page after page as the recipe names them, stop after stop; what is no tab stop comes in its own order."""
    pages: dict[object, list[int]] = {}
    for at, place in enumerate(places):
        pages.setdefault(place.at.start if isinstance(place.at, Stop) else (at,), []).append(at)
    for page in pages.values():
        yield from sorted(page, key=lambda at: _number(places[at]), reverse=backwards)


def _number(place: Place) -> int:
    return place.at.number if isinstance(place.at, Stop) else 0
