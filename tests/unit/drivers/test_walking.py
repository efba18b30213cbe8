"""The walk round a window's tab stops, in a painted window of its own: what it counts, sees, sends and refuses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import pytest

pytest.importorskip("cv2", reason="the desktop extra is not installed")

import numpy as np

from bridge_agent.domain.errors import ConfigError
from bridge_agent.drivers.desktop import walking
from bridge_agent.drivers.desktop.desk import Box, CornerTouched, Desk, FocusLost, Window
from bridge_agent.drivers.desktop.walking import refuse_page_keys, walk

TITLE = "試験 入力"
BLINK_S = 0.53
"""A caret's usual half period."""


class Time:
    """The walk's clock: time passes only while it waits."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@dataclass
class PaintedDesk:
    """Pages of boxes, one per stop; the focus is a frame, an explanation in the status line, or a blinking caret alone."""

    time: Time
    pages: dict[str, list[Box]]
    page: str = "ctrl+1"
    at: int = 0
    shows: str = "frame"
    unseen: frozenset[int] = frozenset()
    """Stops at which nothing shows the focus."""
    late: dict[int, float] = field(default_factory=dict)
    """Seconds until the key of this number is answered."""
    titles: Sequence[str] = (TITLE, "別の画面")
    focus_goes_after: int = 10**6
    clock: bool = False
    blinks: bool = False
    """Three bars that take turns, as narrow as a caret."""
    pressed: list[str] = field(default_factory=list)
    _waiting: list[tuple[float, str]] = field(default_factory=list)
    _moved_at: float = 0.0

    def windows(self) -> list[Window]:
        return [Window(n + 1, 1, title, "", Box(5, 7, 300, 200)) for n, title in enumerate(self.titles)][::-1]

    def activate(self, handle: int) -> None:
        pass

    def focused(self) -> int:
        return 99 if len(self.pressed) > self.focus_goes_after else 1

    def press(self, handle: int, keys: Sequence[str]) -> None:
        for key in keys:
            if self.focused() != handle:
                raise FocusLost
            self.pressed.append(key)
            self._waiting.append((self.time.now + self.late.get(len(self.pressed), 0.0), key))

    def picture(self, box: Box) -> np.ndarray[Any, Any]:
        assert box == Box(5, 7, 300, 200)
        while self._waiting and self._waiting[0][0] <= self.time.now:
            self._answer(self._waiting.pop(0)[1])
        shown = np.full((200, 300), 210, dtype=np.uint8)
        for stop in self.pages[self.page]:
            shown[stop.top : stop.top + stop.height, stop.left : stop.left + stop.width] = 255
        shown[2:8, 2 : 4 + 10 * list(self.pages).index(self.page)] = 40  # the tab in front
        if self.clock:
            shown[188:197, 280:286] = 20 * (int(self.time.now) % 10)
        if self.blinks:
            shown[188:197, 280 + 8 * (int(self.time.now) % 3)] = 0
        if self.at not in self.unseen:
            self._paint_focus(shown)
        return shown

    def _answer(self, key: str) -> None:
        self._moved_at = self.time.now
        if key in self.pages:
            self.page, self.at = key, 0
        self.at = (self.at + {"tab": 1, "shift+tab": -1}.get(key, 0)) % len(self.pages[self.page])

    def _paint_focus(self, shown: np.ndarray[Any, Any]) -> None:
        box = self.pages[self.page][self.at]
        bottom, right = box.top + box.height, box.left + box.width
        if self.shows == "frame":
            shown[box.top : bottom, box.left : right] = 90
            shown[box.top + 2 : bottom - 2, box.left + 2 : right - 2] = 255
            shown[180:186, 20 : 60 + 5 * (self.at % 7)] = 80  # says something else at each stop
        elif (self.time.now - self._moved_at) % (2 * BLINK_S) < BLINK_S:
            shown[box.top + 3 : bottom - 3, box.left + 3] = 0


def column(count: int, left: int = 40) -> list[Box]:
    return [Box(left, 20 + 18 * n, 60 + 10 * (n % 3), 14) for n in range(count)]


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    made = Time()
    monkeypatch.setattr(walking, "time", made)
    return made


@pytest.fixture
def desk(time: Time) -> PaintedDesk:
    return PaintedDesk(time, {"ctrl+1": column(5), "ctrl+2": column(3, left=120)})


def boxes(desk: PaintedDesk, keys: Sequence[str] = ("ctrl+1",)) -> list[list[Box | None]]:
    found = walk(cast("Desk", desk), TITLE, keys, 100, lambda text: None)  # the walk needs no more of a desk
    return [[stop.box for stop in page.stops] for page in found.pages]


def refusal(desk: PaintedDesk, keys: Sequence[str] = ("ctrl+1",)) -> str:
    with pytest.raises(ConfigError) as refused:
        boxes(desk, keys)
    return refused.value.message


def test_every_stop_of_every_page_has_its_own_box_in_the_order_of_tab(desk: PaintedDesk) -> None:
    assert boxes(desk, ["ctrl+1", "ctrl+2"]) == [column(5), column(3, left=120)]


def test_nothing_but_the_page_keys_and_tab_is_ever_pressed(desk: PaintedDesk) -> None:
    boxes(desk, ["ctrl+1", "ctrl+2"])
    assert set(desk.pressed) == {"ctrl+1", "ctrl+2", "tab", "shift+tab"}
    assert desk.pressed[-1] == "ctrl+1"  # it ends where it began


def test_without_a_page_key_it_counts_from_where_the_focus_is(desk: PaintedDesk) -> None:
    assert boxes(desk, []) == [column(5)]
    assert desk.at == 0


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_a_page_of_few_stops_is_counted_too(desk: PaintedDesk, count: int) -> None:
    desk.pages = {"ctrl+1": column(count)}
    assert boxes(desk) == [column(count) if count > 1 else [None]]


def test_a_blinking_caret_is_sign_enough_of_a_focus(desk: PaintedDesk) -> None:
    desk.shows = "caret"
    [found] = boxes(desk)
    assert [box and (box.left, box.top) for box in found] == [(43, 23 + 18 * n) for n in range(5)]


def test_a_clock_in_the_window_changes_nothing(desk: PaintedDesk) -> None:
    desk.clock = True
    assert boxes(desk) == [column(5)]


def test_a_stop_that_shows_no_focus_is_counted_without_a_box(desk: PaintedDesk) -> None:
    desk.unseen = frozenset({2})
    five: list[Box | None] = [*column(5)]
    five[2] = None
    assert boxes(desk) == [five]


def test_a_key_that_is_answered_late_does_not_make_a_stop_more(desk: PaintedDesk) -> None:
    desk.late = {3: 1.5}
    [found] = boxes(desk)
    assert len(found) == 5


def test_a_window_in_which_tab_never_comes_round_is_refused(desk: PaintedDesk) -> None:
    desk.pages = {"ctrl+1": [Box(2 * n, 20, 2, 100) for n in range(140)]}
    assert "欄の数を確かめられません" in refusal(desk)


def test_a_rhythm_of_something_else_is_not_taken_for_a_round(desk: PaintedDesk) -> None:
    desk.blinks = True
    assert "欄の数を確かめられません" in refusal(desk)


@pytest.mark.parametrize(
    ("titles", "sentence"),
    [
        (["別の画面"], "題名が「試験 入力」の画面がありません"),
        ([TITLE, TITLE], "題名が「試験 入力」の画面が2つ以上あります"),
        (["上の画面", TITLE], "前面に出ません"),
    ],
)
def test_one_window_of_the_title_must_come_to_the_front(desk: PaintedDesk, titles: list[str], sentence: str) -> None:
    desk.titles = titles
    assert sentence in refusal(desk)
    assert desk.pressed == []


def test_a_window_that_comes_in_front_stops_the_walk(desk: PaintedDesk) -> None:
    desk.focus_goes_after = 3
    assert refusal(desk).startswith("別の画面が前に出たため、止めました。")
    assert len(desk.pressed) == 4


def test_the_pointer_in_a_corner_stops_the_walk(desk: PaintedDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    def touched(handle: int, keys: Sequence[str]) -> None:
        raise CornerTouched

    monkeypatch.setattr(desk, "press", touched)
    assert refusal(desk).startswith("マウスが画面の隅に置かれたため、止めました。")


@pytest.mark.parametrize("key", ["ctrl+1", "ctrl+0", "alt+3", "pagedown", "ctrl+pageup", "ctrl+home", "ctrl+shift+2"])
def test_keys_that_turn_pages_may_be_given(key: str) -> None:
    refuse_page_keys([key])


@pytest.mark.parametrize(
    "key", ["f12", "enter", "alt+y", "ctrl+s", "1", "delete", "ctrl+f12", "space", "", "ctrl+v", "tab"]
)
def test_keys_that_may_do_something_else_are_refused(desk: PaintedDesk, key: str) -> None:
    assert f"--page に「{key}」は使えません" in refusal(desk, [key])
    assert desk.pressed == []


def test_a_key_that_turns_no_page_is_refused(desk: PaintedDesk) -> None:
    assert "「ctrl+7」を押しても「ctrl+2」と同じページになります" in refusal(desk, ["ctrl+1", "ctrl+2", "ctrl+7"])


def test_pages_with_stops_at_the_same_places_are_two_pages(desk: PaintedDesk) -> None:
    desk.pages = {"ctrl+1": column(4), "ctrl+2": column(4)}
    assert boxes(desk, ["ctrl+1", "ctrl+2"]) == [column(4), column(4)]


def test_a_page_is_walked_once(desk: PaintedDesk) -> None:
    assert "「ctrl+1」が2回あります" in refusal(desk, ["ctrl+1", "ctrl+1"])
