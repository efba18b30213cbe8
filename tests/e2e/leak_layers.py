"""What a file holds besides its plain bytes: compressed members and streams, database cells, text cut by lines or tags.

Containers are recognized by their first bytes wherever they begin, so a truncated archive, an archive glued to
something else and a compressed answer in a cache are opened like whole files.
"""

from __future__ import annotations

import re
import sqlite3
import struct
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

DEEPEST = 6
"""Containers in containers."""
LARGEST = 1 << 28
"""Bytes taken out of one compressed stream."""

_ZIP_MEMBER = b"PK\x03\x04"
_ZIP_HEADER = struct.Struct("<4xHHHHHIIIHH")
_UNOPENED_METHODS = {6: "implode", 9: "deflate64", 12: "bzip2", 14: "lzma", 93: "zstd", 95: "xz", 99: "encrypted"}
_GZIP = b"\x1f\x8b\x08"
_SQLITE = b"SQLite format 3\x00"
_PDF_STREAM = re.compile(rb"stream\r?\n(?=\x78[\x01\x5e\x9c\xda])")
_TERMINAL_CODE = re.compile(rb"\x1b\[[0-9;?]*[@-~]")
_TAG = re.compile(rb"</?[A-Za-z][^<>]{0,2000}>")


@dataclass(frozen=True)
class Layer:
    """Bytes to be searched."""

    inside: str
    """Where in the file they come from, ' > ' between containers; '' for the file itself."""
    data: bytes = field(repr=False)
    glued: bool = False
    """Pieces that did not touch each other were put together."""
    problem: str = ""
    """Why something in here could not be opened."""

    @cached_property
    def binary(self) -> bool:
        return b"\x00" in self.data


def layers_of(data: bytes, path: Path | None = None, inside: str = "", depth: int = 0) -> Iterator[Layer]:
    """The bytes themselves and everything that can be taken out of them. `path` finds a database's companions."""
    yield Layer(inside, data)
    yield from _glued(inside, data)
    for name, content, problem in _contents(data, path):
        if depth >= DEEPEST:
            yield Layer(inside, b"", problem="too many containers in each other")
            return
        where = f"{inside} > {name}" if inside else name
        if problem:
            yield Layer(where, b"", problem=problem)
        yield from layers_of(content, None, where, depth + 1)


def _glued(inside: str, data: bytes) -> Iterator[Layer]:
    """The same without what wraps and colours text: line breaks, terminal codes, doubled backslashes, tags."""
    joined = _TERMINAL_CODE.sub(b"", data) if b"\x1b[" in data else data
    joined = joined.translate(None, b"\r\n").replace(b"\\\\", b"\\")
    if len(joined) != len(data):
        yield Layer(inside, joined, glued=True)
    bare = _TAG.sub(b"", joined) if b"</" in joined else joined
    if len(bare) != len(joined):
        yield Layer(inside, bare, glued=True)


def _contents(data: bytes, path: Path | None) -> Iterator[tuple[str, bytes, str]]:
    """Name, bytes and trouble of each thing inside."""
    yield from _zip_members(data)
    for at in _places(data, _GZIP):
        content, problem = _inflated(data, at, zlib.MAX_WBITS | 16)
        if content:
            yield f"gzip at {at}", content, problem
    for hit in _PDF_STREAM.finditer(data):
        content, problem = _inflated(data, hit.end(), zlib.MAX_WBITS)
        if content:
            yield f"stream at {hit.start()}", content, problem
    if data.startswith(_SQLITE):
        yield from _tables(data, path)


def _places(data: bytes, start: bytes) -> Iterator[int]:
    at = data.find(start)
    while at >= 0:
        yield at
        at = data.find(start, at + 1)


def _zip_members(data: bytes) -> Iterator[tuple[str, bytes, str]]:
    """Members by their own headers: the archive's directory at the end may be missing. Stored ones lie open anyway."""
    for at in _places(data, _ZIP_MEMBER):
        if at + _ZIP_HEADER.size > len(data):
            continue
        _, flags, method, *_, name_size, extra_size = _ZIP_HEADER.unpack_from(data, at)
        begin = at + _ZIP_HEADER.size
        name = data[begin : begin + name_size].decode("utf-8" if flags & 0x800 else "cp932", "replace")
        if flags & 1 and method in (0, 8):
            yield name, b"", "encrypted"
        elif method == 8:
            yield name, *_inflated(data, begin + name_size + extra_size, -zlib.MAX_WBITS)
        elif method in _UNOPENED_METHODS:
            yield name, b"", _UNOPENED_METHODS[method]


def _inflated(data: bytes, at: int, bits: int) -> tuple[bytes, str]:
    """What a deflated stream gives up to its end or first damage, and whether it was cut at LARGEST."""
    stream = zlib.decompressobj(bits)
    source = memoryview(data)
    parts: list[bytes] = []
    size = 0
    while at < len(data) and not stream.eof:
        if size > LARGEST:
            return b"".join(parts), "too large"
        try:
            part = stream.decompress(source[at : at + 4096])
        except zlib.error:
            break
        parts.append(part)
        size += len(part)
        at += 4096
    return b"".join(parts), ""


def _tables(data: bytes, path: Path | None) -> Iterator[tuple[str, bytes, str]]:
    """Each table's cells as the database itself gives them: whole, where pages cut them, and numbers as digits.

    A copy is opened, its log of writes beside it: opening the original would change it.
    """
    with TemporaryDirectory() as folder:
        copy = Path(folder, "copy.sqlite")
        copy.write_bytes(data)
        for suffix in ("-wal", "-journal"):
            companion = path.with_name(path.name + suffix) if path else None
            if companion and companion.is_file():
                Path(folder, copy.name + suffix).write_bytes(companion.read_bytes())
        try:
            with closing(sqlite3.connect(copy)) as connection:
                yield from _cells(connection)
        except sqlite3.DatabaseError as error:
            yield "tables", b"", f"database not readable ({type(error).__name__})"


def _cells(connection: sqlite3.Connection) -> Iterator[tuple[str, bytes, str]]:
    connection.text_factory = bytes
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'")
    for (name,) in names.fetchall():
        shown = name.decode("utf-8", "replace")
        quoted = shown.replace('"', '""')
        rows = connection.execute(f'SELECT * FROM "{quoted}"')
        # A separator that no text holds, so that two cells never make one number.
        cells = b"\x1f".join(_cell(cell) for row in rows for cell in row)
        yield f"table {shown}", cells, ""


def _cell(cell: object) -> bytes:
    return cell if isinstance(cell, bytes) else str(cell).encode("ascii")
