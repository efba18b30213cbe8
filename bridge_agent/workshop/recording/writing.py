"""The recorded places as a recipe writes them, and the files that hold them. Nothing that a window shows is written here."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bridge_agent.drivers.desktop.walked import Picture
from bridge_agent.file_errors import writable
from bridge_agent.mapping.transforms.table import SPLITS
from bridge_agent.workshop.recording.session import At, Kind, Recording

USUAL_SCALING = 100
PICTURES = "pictures"


@dataclass(frozen=True, slots=True)
class Folder:
    """Where the recorded places of one window go."""

    path: Path
    scaling: int
    png: Callable[[Picture], bytes]

    def picture_file(self, name: str) -> Path:
        return self.path / PICTURES / (f"{name}.png" if self.scaling == USUAL_SCALING else f"{name}@{self.scaling}.png")

    def has_picture(self, name: str) -> bool:
        return self.picture_file(name).exists()

    def write(self, recording: Recording, title: str) -> Path:
        """The new file of places; one that is there already stays as it is. Raises ConfigError."""
        with writable("書き出し先", self.path):
            (self.path / PICTURES).mkdir(parents=True, exist_ok=True)
            for anchor in recording.marks.anchors:
                self.picture_file(anchor.name).write_bytes(self.png(recording.picture(anchor)))
            return self._new_file(targets_text(recording, title))

    def _new_file(self, text: str) -> Path:
        number = 0
        while True:
            file = self.path / (f"targets.{number}.yaml" if number else "targets.yaml")
            try:
                with file.open("x", encoding="utf-8", newline="\n") as opened:
                    opened.write(text)
            except FileExistsError:
                number += 1
            else:
                return file


def place(recording: Recording, at: At) -> str:
    """As `tab:` has it: ctrl+1|7/12."""
    page = recording.walk.pages[at.page]
    number = f"{at.number}/{len(page.stops)}"
    return f"{page.start}|{number}" if page.start else number


def targets_text(recording: Recording, title: str) -> str:
    """Steps of a recipe. `title` is what the author called the window: its real title might hold a name."""
    lines = [
        "# bridge-agent recipe record で記録した画面の場所です。レシピの steps に写して使います。",
        "# 「# ctrl+1|8/12」のような行は、名前を付けなかった欄です。",
        "",
        "- expect:",
        f"    shows: [{', '.join(_shows(recording, title))}]",
    ]
    lines += [
        f"    # 目印「{anchor.name}」は {recording.walk.pages[anchor.page].start} のページでだけ見えます"
        for anchor in recording.marks.anchors
        if not recording.on_every_page(anchor)
    ]
    names = recording.marks.names
    shown = [at for at in recording.stops() if at in names and names[at].kind is Kind.SHOWN]
    if shown:
        lines += ["- resident:", *(f"    - {_one(recording, at, '')}" for at in shown)]
    filled = [at for at in recording.stops() if at not in shown]
    fields = list(_fill(recording, filled))
    named = any(line.startswith("    - ") for line in fields)
    lines += ["- fill:" if named else "# - fill:", *fields]
    return "\n".join(lines) + "\n"


def _shows(recording: Recording, title: str) -> Iterator[str]:
    yield f"{{ title: {_quoted(title)} }}"
    for anchor in recording.marks.anchors:
        if recording.on_every_page(anchor):
            yield f"{{ image: {_quoted(anchor.name)} }}"


def _fill(recording: Recording, stops: list[At]) -> Iterator[str]:
    """One line for each stop; the parts of a divided item stand together, where its first part is."""
    names = recording.marks.names
    done: set[str] = set()
    used: dict[str, int] = {}
    page = -1
    for at in stops:
        if at.page != page:
            page = at.page
            yield f"    # ページ {recording.walk.pages[page].start or '（はじめの欄から）'}"
        if at not in names:
            yield f"    # {place(recording, at)}"
            continue
        item, _, part = names[at].item.partition(".")
        if not part:
            used[item] = used.get(item, 0) + 1
            more = f", key: {item}_{used[item]}" if used[item] > 1 else ""
            yield f"    - {_one(recording, at, more)}"
        elif item not in done:
            done.add(item)
            yield from _divided(recording, item, stops)


def _divided(recording: Recording, item: str, stops: list[At]) -> Iterator[str]:
    names = recording.marks.names
    parts = {
        names[at].item.partition(".")[2]: at for at in stops if at in names and names[at].item.startswith(f"{item}.")
    }
    split = next((name for name, known in SPLITS.items() if set(known.parts) == set(parts)), "")
    if not split:  # no such step could be read: the places are kept for the author to finish
        yield f"    # 「{item}」の部分がそろっていません。docs/recipes.md の「分ける split」を見て直します"
        for part, at in parts.items():
            yield f"    # {item}.{part}: {place(recording, at)}"
        return
    yield f"    - from: {item}"
    yield f"      split: {split}"
    yield "      parts:"
    for part, at in parts.items():
        yield f"        {part}: {{ {_to(recording, at)} }}"


def _one(recording: Recording, at: At, more: str) -> str:
    return f"{{ from: {recording.marks.names[at].item}{more}, {_to(recording, at)} }}"


def _to(recording: Recording, at: At) -> str:
    control = ", control: select" if recording.marks.names[at].kind is Kind.SELECT else ""
    return f'to: {{ tab: "{place(recording, at)}" }}{control}'


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
