"""Walks once round the tab stops of a window's pages and looks where the focus goes, for an author who writes a recipe.

Sends page keys, Tab and Shift+Tab only, each to the wanted window or not at all: nothing is typed, copied or confirmed.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from bridge_agent.domain.errors import ConfigError
from bridge_agent.drivers.desktop.desk import CornerTouched, Desk, FocusLost, KeyUnknown, Window
from bridge_agent.drivers.desktop.program import fits
from bridge_agent.drivers.desktop.stops import CARET, at_rest, boxes_of, looks_like_list, moving, restless
from bridge_agent.drivers.desktop.walked import Picture, Walk, WalkedPage, WalkedStop

MOST_STOPS = 100
FRONT_S = 5.0
"""So long a window may take to come to the front."""
LOOK_S = 0.02
STILL_S = 0.1
"""A picture that has stayed the same for so long is finished."""
CHANGE_S = 1.0
"""A key that has changed nothing for so long changes nothing that can be seen."""
MOST_S = 4.0
BLINK_S = 1.2
"""A caret is both there and gone within this time."""
_ANOTHER = 50
"""Pixels in which two pages differ at least, if only by the tab that is in front."""
_PAGE_KEY = re.compile(r"(?:(?:ctrl|alt|shift)\+)*(?:pageup|pagedown)|(?:ctrl|alt)\+(?:shift\+)?(?:[0-9]|home)")


def refuse_page_keys(keys: Sequence[str]) -> None:
    """Raises ConfigError: only keys that can do nothing but turn pages are pressed."""
    for key in keys:
        if _PAGE_KEY.fullmatch(key) is None:
            raise ConfigError(
                f"--page に「{key}」は使えません。登録などにつながるキーを押さないよう、"
                "ctrl+数字、alt+数字、ctrl+home、pageup、pagedown（ctrl などと一緒でもよい）だけを使います。"
            )
    double = next((key for number, key in enumerate(keys) if key in keys[:number]), None)
    if double is not None:
        raise ConfigError(f"--page に「{double}」が2回あります。ページごとに1回だけ書いてください。")


def walk(desk: Desk, title: str, keys: Sequence[str], scaling: int, tell: Callable[[str], None]) -> Walk:
    """Raises ConfigError with a sentence for everything that stops it."""
    refuse_page_keys(keys)
    window = bring_to_front(desk, title)
    walker = Walker(desk, window)
    pages: list[WalkedPage] = []
    for number, start in enumerate(keys or [""], start=1):
        tell(
            f"{number}ページ目（{start or 'はじめの欄から'}）の欄をたどっています。マウスとキーボードに触れないでください。"
        )
        page = walker.page(start)
        _refuse_again(pages, page)
        pages.append(page)
    if keys:
        walker.press(keys[0])
    return Walk(tuple(pages), scaling)


def bring_to_front(desk: Desk, title: str) -> Window:
    """The one window of this title, with the focus and above all others. Raises ConfigError."""
    found = [window for window in desk.windows() if fits(title, window.title)]
    if not found:
        raise ConfigError(f"題名が「{title}」の画面がありません。先にクライアントで画面を開いてから実行してください。")
    if len(found) > 1:
        raise ConfigError(f"題名が「{title}」の画面が2つ以上あります。1つだけ残して、ほかは閉じてください。")
    handle = found[0].handle
    desk.activate(handle)
    end = time.monotonic() + FRONT_S
    while True:
        stack = list(desk.windows())
        if stack and stack[-1].handle == handle == desk.focused():
            return stack[-1]
        if time.monotonic() >= end:
            raise ConfigError(
                f"「{title}」の画面が前面に出ません。メッセージなど、上に出ている画面を閉じてから実行してください。"
            )
        time.sleep(LOOK_S)


@dataclass(slots=True)
class Walker:
    """In one window, which has the focus."""

    desk: Desk
    window: Window
    _restless: Picture | None = field(default=None)
    """True where the window changes without a key."""

    def page(self, start: str) -> WalkedPage:
        for _ in range(2 if start else 1):
            pictures = self._round(start)
            if pictures and self._confirmed(pictures):
                boxes = boxes_of(pictures)
                if len(boxes) > 2 and not any(boxes):
                    break  # something else changes in a rhythm that looked like a round
                shown = at_rest(pictures, boxes)
                stops = [
                    WalkedStop(number, box, box is not None and looks_like_list(shown, box))
                    for number, box in enumerate(boxes, start=1)
                ]
                return WalkedPage(start, stops, shown, moving(pictures))
        raise ConfigError(
            f"{start or 'この画面'}：Tab でひと回りする欄の数を確かめられません。"
            "画面に触れずにもう一度実行し、続くときは --page のキーと、画面が動き続けていないかを確かめてください。"
        )

    def press(self, *keys: str) -> None:
        try:
            self.desk.press(self.window.handle, keys)
        except FocusLost:
            raise _lost() from None
        except CornerTouched:
            raise ConfigError(
                "マウスが画面の隅に置かれたため、止めました。中央に動かしてから実行してください。"
            ) from None
        except KeyUnknown as error:
            raise ConfigError(f"キー「{error}」はありません。--page を確かめてください。") from None

    # ---- one round ---------------------------------------------------------------------------------------------

    def _round(self, start: str) -> list[Picture]:
        """A picture at each stop, in order; none when Tab does not come back to the first."""
        self._restless = None
        before = self._look()
        if start:
            self.press(start)
            before = self._settled(before)
        self._watch()
        self.press("tab")
        before = self._settled(before)
        self.press("shift+tab")  # a caret that has just come is there, in this picture as in the others
        first = self._settled(before)
        pictures = [first]
        while len(pictures) <= MOST_STOPS:
            self.press("tab")
            shown = self._settled(pictures[-1])
            if self._same(shown, first):
                return pictures
            pictures.append(shown)
        return []

    def _confirmed(self, pictures: Sequence[Picture]) -> bool:
        """Once more round without looking, then one back: a key that was answered late would show."""
        self.press(*["tab"] * len(pictures))
        if not self._comes(pictures[0]):
            return False
        self.press("shift+tab")
        if not self._comes(pictures[-1]):
            return False
        self.press("tab")
        return self._comes(pictures[0])

    def _watch(self) -> None:
        """Notes for a moment what changes without any key."""
        first = self._look()
        changed = np.zeros(first.shape, dtype=bool)
        end = time.monotonic() + BLINK_S
        while time.monotonic() < end:
            time.sleep(LOOK_S)
            changed |= self._look() != first
        self._restless = restless(changed)

    def _settled(self, before: Picture) -> Picture:
        """What the window shows when a key has done its work."""
        began = time.monotonic()
        shown, since = self._look(), began
        while True:
            time.sleep(LOOK_S)
            now, picture = time.monotonic(), self._look()
            if self._differ(picture, shown):
                shown, since = picture, now
            changed = self._differ(shown, before) or now - began >= CHANGE_S
            if (changed and now - since >= STILL_S) or now - began >= MOST_S:
                return shown

    def _comes(self, wanted: Picture) -> bool:
        end = time.monotonic() + MOST_S
        while self._differ(self._look(), wanted):
            if time.monotonic() >= end:
                return False
            time.sleep(LOOK_S)
        return True

    def _same(self, shown: Picture, first: Picture) -> bool:
        """A caret may be there in one picture and gone in the other; then it is waited for."""
        if not self._differ(shown, first):
            return True
        columns = np.flatnonzero((shown != first).any(axis=0))
        if columns[-1] - columns[0] >= CARET:
            return False
        end = time.monotonic() + BLINK_S
        while time.monotonic() < end:
            if not self._differ(self._look(), first):
                return True
            time.sleep(LOOK_S)
        return False

    def _differ(self, one: Picture, other: Picture) -> bool:
        changed = one != other
        return bool((changed if self._restless is None else changed & ~self._restless).any())

    def _look(self) -> Picture:
        """Raises ConfigError when another window has the focus, or the window has been moved or resized."""
        if self.desk.focused() != self.window.handle:
            raise _lost()
        picture = self.desk.picture(self.window.box)
        if not any(
            window.box == self.window.box and window.handle == self.window.handle for window in self.desk.windows()
        ):
            raise ConfigError(
                "画面が動かされたか閉じられたため、止めました。画面に触れずに、もう一度実行してください。"
            )
        return picture


def _refuse_again(pages: Sequence[WalkedPage], page: WalkedPage) -> None:
    """A key that turns no page leads to the page before; its stops must not be recorded twice."""
    for known in pages:
        differs = (known.picture != page.picture) & ~known.moving & ~page.moving
        if int(differs.sum()) < _ANOTHER and [stop.box for stop in known.stops] == [stop.box for stop in page.stops]:
            raise ConfigError(
                f"「{page.start}」を押しても「{known.start}」と同じページになります。--page のキーを確かめてください。"
            )


def _lost() -> ConfigError:
    return ConfigError(
        "別の画面が前に出たため、止めました。出ている画面やメッセージを閉じ、画面に触れずに、もう一度実行してください。"
    )
