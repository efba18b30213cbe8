"""Searches files for names and numbers that must have stayed in the mocks, in every writing, encoding and container.

What is found is named by its place and its kind, never by its content: a report of a leak must not be one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from tests.e2e.leak_forms import SHORTEST, Pattern, kind_of, patterns
from tests.e2e.leak_layers import Layer, layers_of

CHUNK = 1 << 18
"""Bytes looked at in one step; what lies across the end of a chunk is found all the same."""


@dataclass(frozen=True, slots=True)
class Leak:
    """One place where something was found. Of several in one layer with the same encoding only the first is told."""

    path: Path
    """Parts of it that are themselves a leak are replaced."""
    inside: str
    """The member, table or stream in the file, outermost first; '' for the file as it lies there."""
    needle: int
    """Index in the list of needles; -1 where nothing could be searched."""
    kind: str
    """mynumber, account, name; or unsearchable: a container that could not be opened, so nobody knows."""
    writing: str
    encoding: str
    offset: int
    """In the layer, in bytes."""

    def __str__(self) -> str:
        place = f"{self.path} > {self.inside}" if self.inside else str(self.path)
        return f"{place}: {self.kind} {self.needle} ({self.writing}; {self.encoding}) at byte {self.offset}"


def search(roots: Sequence[Path], needles: Sequence[str]) -> list[Leak]:
    """Everything found in the files below the roots (or the roots themselves, if files) and in the files' names.

    Raises FileNotFoundError for a missing root and ValueError without needles: both would look clean.
    """
    scanner = _scanner(tuple(needles))
    found: list[Leak] = []
    for root in roots:
        if not root.exists():
            raise FileNotFoundError(root)
        for path in sorted(root.rglob("*")) if root.is_dir() else [root]:
            found += _in_name(scanner, root, path)
            if path.is_file():
                found += _in_file(scanner, root, path)
    return found


def search_text(name: str, text: str, needles: Sequence[str]) -> list[Leak]:
    """The same for captured output; `name` says what it is."""
    try:
        data = text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        data = text.encode("utf-8", "surrogatepass")
    return list(_in_layers(_scanner(tuple(needles)), Path(name), None, data))


def _in_file(scanner: Scanner, root: Path, path: Path) -> Iterator[Leak]:
    try:
        data = path.read_bytes()
    except FileNotFoundError:  # a running program's temporary file that went away in between
        return
    yield from _in_layers(scanner, _shown(scanner, root, path), path, data)


def _in_name(scanner: Scanner, root: Path, path: Path) -> Iterator[Leak]:
    if path != root:
        for pattern, offset in scanner.first_hits(Layer("", path.name.encode("utf-8", "surrogateescape"))):
            yield _leak(scanner, _shown(scanner, root, path), "the name of the file", pattern, offset)


def _shown(scanner: Scanner, root: Path, path: Path) -> Path:
    """The path with hidden parts where a part's own name is a leak."""
    if path == root:
        return path
    return root.joinpath(*(scanner.hide(part) for part in path.relative_to(root).parts))


def _in_layers(scanner: Scanner, shown: Path, path: Path | None, data: bytes) -> Iterator[Leak]:
    told: set[tuple[str, int, str, str]] = set()
    for layer in layers_of(data, path):
        inside = " > ".join(scanner.hide(name) for name in layer.inside.split(" > ")) if layer.inside else ""
        if layer.problem:
            yield Leak(shown, inside, -1, "unsearchable", layer.problem, "", 0)
        for pattern, offset in scanner.first_hits(layer):
            key = (inside, pattern.needle, pattern.writing, pattern.encoding)
            if key not in told:
                told.add(key)
                yield _leak(scanner, shown, inside, pattern, offset)


def _leak(scanner: Scanner, shown: Path, inside: str, pattern: Pattern, offset: int) -> Leak:
    kind = scanner.kinds[pattern.needle]
    return Leak(shown, inside, pattern.needle, kind, pattern.writing, pattern.encoding, offset)


@lru_cache(maxsize=4)
def _scanner(needles: tuple[str, ...]) -> Scanner:
    return Scanner(needles)


class Scanner:
    """All bytes of all forms, found in one pass however many they are.

    Each place's next bytes are hashed into a table of marks; the few places that are marked are looked up exactly.
    """

    _BITS = 20
    _MASK = np.uint64((1 << 8 * SHORTEST) - 1)
    _FACTOR = np.uint64(0x9E3779B97F4A7C15)
    _SHIFT = np.uint64(64 - _BITS)

    def __init__(self, needles: Sequence[str]) -> None:
        if not needles:
            raise ValueError("nothing to search for")
        self.kinds = [kind_of(needle) for needle in needles]
        self._patterns = patterns(needles)
        self._by_start: dict[bytes, list[bytes]] = {}
        for raw in self._patterns:
            self._by_start.setdefault(raw[:SHORTEST], []).append(raw)
        starts = sorted(int.from_bytes(start, "little") for start in self._by_start)
        self._starts = np.array(starts, dtype=np.uint64)
        self._marks = np.zeros(1 << self._BITS, dtype=np.bool_)
        self._marks[self._hashed(self._starts)] = True

    def _hashed(self, keys: npt.NDArray[np.uint64]) -> npt.NDArray[np.intp]:
        hashed: npt.NDArray[np.intp] = ((keys * self._FACTOR) >> self._SHIFT).astype(np.intp)
        return hashed

    def hide(self, name: str) -> str:
        """The name, or a word in its place if it is a leak itself."""
        layer = Layer("", name.encode("utf-8", "surrogateescape"))
        return next(("(hidden)" for _ in self.first_hits(layer)), name)

    def first_hits(self, layer: Layer) -> Iterator[tuple[Pattern, int]]:
        """Each pattern that stands in the layer, with its first place."""
        told: set[bytes] = set()
        for place in self._places(layer.data):
            for raw in self._by_start[layer.data[place : place + SHORTEST]]:
                if raw in told or not layer.data.startswith(raw, place):
                    continue
                pattern = self._patterns[raw]
                if not pattern.stands_alone or _stands_alone(layer, place, place + len(raw)):
                    told.add(raw)
                    yield pattern, place

    def _places(self, data: bytes) -> Iterator[int]:
        """Where some pattern's first bytes stand."""
        for at in range(0, len(data) - SHORTEST + 1, CHUNK):
            count = min(CHUNK, len(data) - SHORTEST + 1 - at)
            padded = data[at : at + count + SHORTEST - 1] + bytes(8)
            keys = np.ndarray((count,), dtype="<u8", buffer=padded, strides=(1,)) & self._MASK
            marked = np.flatnonzero(self._marks[self._hashed(keys)])
            exact = self._starts[np.minimum(np.searchsorted(self._starts, keys[marked]), len(self._starts) - 1)]
            yield from (at + int(place) for place in marked[exact == keys[marked]])


_DIGEST = 32
"""Hexadecimal letters in a row; a digest holds any short number sooner or later."""
_HEXADECIMAL = re.compile(rb"[0-9A-Fa-f]*")


def _stands_alone(layer: Layer, start: int, end: int) -> bool:
    """Whether digits found are a number of their own, not a piece of a receipt number, time or digest.

    In binary files two columns can touch each other, so there one free end is enough; layers from which line breaks or
    tags were taken out prove nothing.
    """
    if layer.glued:
        return False
    data = layer.data
    touched = (data[max(start - 1, 0) : start].isdigit(), data[end : end + 1].isdigit())
    if all(touched) or (any(touched) and not layer.binary):
        return False
    around = data[max(0, start - 2 * _DIGEST) : start][::-1], data[end : end + 2 * _DIGEST]
    runs = [_HEXADECIMAL.match(side) for side in around]
    return sum(len(run[0]) for run in runs if run) + end - start < _DIGEST
