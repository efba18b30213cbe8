"""What an author has named so far, change after change, each of which can be undone. No display, no desk, no file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from bridge_agent.drivers.desktop.desk import Box
from bridge_agent.drivers.desktop.walked import Picture, Walk, WalkedStop

SMALLEST = 8
"""Pixels: a smaller picture is found everywhere."""
_ALIKE = 0.9
"""Share of equal pixels from which two pages show the same field."""
_ITEM = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?")
_NO_FILE_NAME = re.compile(r'[\\/:*?"<>|@\x00-\x1f]')
_LONGEST_NAME = 40


class Kind(StrEnum):
    TEXT = "text"
    SELECT = "select"
    SHOWN = "shown"


@dataclass(frozen=True, slots=True, order=True)
class At:
    """A stop: its page's place in the walk from 0, its number on the page from 1."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class Named:
    item: str
    """An item of the recipe, or one part of it: 'applicant_tel.area'."""
    kind: Kind


@dataclass(frozen=True, slots=True)
class Anchor:
    name: str
    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Marks:
    names: Mapping[At, Named] = field(default_factory=dict)
    anchors: tuple[Anchor, ...] = ()


class Refused(Exception):
    """Nothing was changed. The text is a Japanese sentence for the author."""


@dataclass(slots=True)
class Recording:
    walk: Walk
    count: Callable[[Picture, Picture], int]
    """How often the second picture is found in the first."""
    taken: Callable[[str], bool] = lambda name: False
    """Whether a picture of this name was there before."""
    marks: Marks = field(default_factory=Marks)
    _past: list[Marks] = field(default_factory=list)
    _written: Marks = field(default_factory=Marks)

    def stops(self) -> list[At]:
        """All of them in the order of Tab, page after page."""
        return [At(page, stop.number) for page, walked in enumerate(self.walk.pages) for stop in walked.stops]

    def stop(self, at: At) -> WalkedStop:
        return self.walk.pages[at.page].stops[at.number - 1]

    def kind(self, at: At) -> Kind:
        """What the author said; before that a guess."""
        named = self.marks.names.get(at)
        if named is not None:
            return named.kind
        return Kind.SELECT if self.stop(at).list_like else Kind.TEXT

    # ---- changes -----------------------------------------------------------------------------------------------

    def name(self, at: At, item: str, kind: Kind) -> None:
        """'' takes the name away. Raises Refused."""
        if not item:
            self.clear(at)
            return
        if _ITEM.fullmatch(item) is None:
            raise Refused(
                f"項目の名前「{item}」は使えません。英小文字・数字・_ で書きます（分けた欄は tel.area のように）。"
            )
        if "." in item and any(named.item == item for other, named in self.marks.names.items() if other != at):
            raise Refused(f"「{item}」と名付けた欄がもうあります。")
        if "." in item and kind is Kind.SHOWN:
            raise Refused("表示だけの欄は分けて書けません。項目の名前だけを書いてください。")
        self._change(replace(self.marks, names={**self.marks.names, at: Named(item, kind)}))

    def clear(self, at: At) -> None:
        self._change(replace(self.marks, names={a: n for a, n in self.marks.names.items() if a != at}))

    def add_anchor(self, page: int, box: Box, name: str) -> None:
        """Raises Refused."""
        self.refuse_box(page, box)
        self._refuse_name(name)
        self._change(replace(self.marks, anchors=(*self.marks.anchors, Anchor(name, page, box))))

    def drop_anchor(self, name: str) -> None:
        self._change(replace(self.marks, anchors=tuple(a for a in self.marks.anchors if a.name != name)))

    def undo(self) -> bool:
        """False when there is nothing to undo."""
        if not self._past:
            return False
        self.marks = self._past.pop()
        return True

    def _change(self, marks: Marks) -> None:
        if marks != self.marks:
            self._past.append(self.marks)
            self.marks = marks

    # ---- writing -----------------------------------------------------------------------------------------------

    @property
    def unwritten(self) -> bool:
        """Whether there are changes that are in no file."""
        return self.marks != self._written

    def written(self) -> None:
        self._written = self.marks

    # ---- anchors -----------------------------------------------------------------------------------------------

    def picture(self, anchor: Anchor) -> Picture:
        return _cut(self.walk.pages[anchor.page].picture, anchor.box)

    def on_every_page(self, anchor: Anchor) -> bool:
        """Whether the window shows it whichever page is in front."""
        mine = self.picture(anchor)
        return all(bool((_cut(page.picture, anchor.box) == mine).all()) for page in self.walk.pages)

    def refuse_box(self, page: int, box: Box) -> None:
        """Raises Refused when a picture of this part could not be found again, or would show what stands in a field."""
        walked = self.walk.pages[page]
        if box.width < SMALLEST or box.height < SMALLEST:
            raise Refused("目印が小さすぎます。見出しの文字を囲むように、もう少し大きく囲んでください。")
        if self._holds_stop(page, box):
            raise Refused("欄が入っています。欄の中の値が写らないよう、見出しの文字だけを囲んでください。")
        if bool(_cut(walked.moving, box).any()):
            raise Refused("欄を移ると変わる所が入っています。変わらない見出しだけを囲んでください。")
        shown = _cut(walked.picture, box)
        if int(shown.max()) - int(shown.min()) < 40:
            raise Refused("文字や線がほとんどありません。見出しの文字を囲んでください。")
        times = self.count(walked.picture, shown)
        if times != 1:
            raise Refused("同じ絵が画面に2つ以上あります。ほかに無い文字が入るように囲んでください。")

    def _holds_stop(self, page: int, box: Box) -> bool:
        """Stops of the page, and those of another page that stand there unchanged: a header's."""
        mine = self.walk.pages[page].picture
        for number, other in enumerate(self.walk.pages):
            for stop in other.stops:
                if stop.box is None or not stop.box.overlaps(box):
                    continue
                alike = float((_cut(other.picture, stop.box) == _cut(mine, stop.box)).mean())
                if number == page or alike > _ALIKE:
                    return True
        return False

    def _refuse_name(self, name: str) -> None:
        if not name or len(name) > _LONGEST_NAME or _NO_FILE_NAME.search(name) or name != name.strip(" ."):
            raise Refused(f'目印の名前は {_LONGEST_NAME} 文字以内で、\\ / : * ? " < > | @ を使わずに付けてください。')
        if any(anchor.name == name for anchor in self.marks.anchors):
            raise Refused(f"「{name}」という目印がもうあります。別の名前を付けてください。")
        if self.taken(name):
            raise Refused(f"「{name}」という画像のファイルがもうあります。別の名前を付けてください。")


def _cut(picture: Picture, box: Box) -> Picture:
    return picture[box.top : box.top + box.height, box.left : box.left + box.width]
