"""CSV files with many rows, one application a row: read row by row, never as a whole, and never half-taken.

Only where a row begins and how long it is is remembered, so that a file of any length takes no more room than its list.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from bridge_agent.domain.application import Application, Listed
from bridge_agent.domain.package_shape import Charset, DataShape
from bridge_agent.domain.reasons import Reason
from bridge_agent.sources.archive import MAX_BYTES, PackageDamaged
from bridge_agent.sources.package import (
    Found,
    Origin,
    Refused,
    application_of,
    check_declared,
    check_envelope,
    check_reads,
    decoded,
    listed_as,
)

MAX_ROWS = 200_000
MAX_COLUMNS = 2000
MAX_LINE = 1024 * 1024
"""Bytes of a line; a row with line breaks in its texts may have several."""
MAX_ROW = 5 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Row:
    found: Found
    start: int
    """Bytes from the beginning of the file."""
    length: int


@dataclass(slots=True)
class _Lines:
    """Feeds the CSV reader line by line and remembers where it is."""

    file: IO[bytes]
    charset: Charset
    at: int = 0
    row_start: int = 0
    first: str = field(default="")

    def __iter__(self) -> Iterator[str]:
        while line := self.file.readline(MAX_LINE + 1):
            if len(line) > MAX_LINE or self.at + len(line) - self.row_start > MAX_ROW:
                raise PackageDamaged("行が長すぎます")
            text = decoded(line, self.charset if not self.at else _after_the_first(self.charset))
            self.at += len(line)
            self.first = self.first or text
            yield text


def rows(file: Path, charset: Charset, shape: DataShape) -> Iterator[Row]:
    """Every row of the file. Raises Refused or PackageDamaged, at any moment: then nothing of the file is to be taken.

    With a heading that is not as declared, the rows come as refused, if only their 受付番号 can be told.
    """
    if file.stat().st_size > MAX_BYTES:
        raise PackageDamaged("ファイルが大きすぎます")
    with file.open("rb") as raw:
        lines = _Lines(raw, charset)
        reader = csv.reader(iter(lines), strict=True)
        try:
            header = next(reader, [])
            check_reads(lines.first, shape, charset)
            if len(header) > MAX_COLUMNS:
                raise PackageDamaged(f"列が{MAX_COLUMNS}を超えています")
            head = _Header(header, shape)
            count = 0
            lines.row_start = lines.at
            for cells in reader:
                start, lines.row_start = lines.row_start, lines.at
                if not cells:
                    continue
                count += 1
                if count > MAX_ROWS:
                    raise PackageDamaged(f"行が{MAX_ROWS}を超えています")
                yield Row(head.found(cells), start, lines.at - start)
        except csv.Error:
            raise PackageDamaged("CSVとして読めません") from None
    if not count:
        raise PackageDamaged("申請が1件もありません")


def read_row(file: Path, charset: Charset, row: Row, shape: DataShape, origin: Origin) -> Application:
    """One application, read again from its place. Raises Refused."""
    with file.open("rb") as raw:
        header = _cells(_first_row(raw, charset))
        raw.seek(row.start)
        cells = _cells(decoded(raw.read(row.length), _after_the_first(charset)))
    if len(cells) != len(header):
        raise Refused(Reason.PACKAGE_DAMAGED, "ファイルが読んでいる間に変わりました")
    return application_of(dict(zip(header, cells, strict=True)), row.found.listed, shape, origin, None)


class _Header:
    """Judges rows by their heading; what is wrong with it is found once a procedure."""

    def __init__(self, names: list[str], shape: DataShape) -> None:
        self._names, self._shape = names, shape
        self._judged: dict[str, Refused | None] = {}
        self._place = {name: names.index(name) for name in shape.envelope.names if names.count(name) == 1}

    def found(self, cells: list[str]) -> Found:
        if len(cells) != len(self._names):
            raise PackageDamaged("項目の数が見出しと違う行があります")
        envelope = self._shape.envelope
        code = self._cell(cells, envelope.procedure_code)
        if envelope.receipt_no not in self._place:
            check_envelope(self._names, self._shape, code)
        if code not in self._judged:
            self._judged[code] = self._judge(code)
        wrong = self._judged[code]
        number = self._cell(cells, envelope.receipt_no)
        if not number:
            raise PackageDamaged("受付番号が空の行があります")
        if wrong is not None:
            return Found(Listed(number, code, self._cell(cells, envelope.procedure_name), ""), wrong.reason, wrong.note)
        return Found(listed_as(dict(zip(self._names, cells, strict=True)), self._shape))

    def _cell(self, cells: list[str], name: str) -> str:
        return cells[self._place[name]] if name in self._place else ""

    def _judge(self, code: str) -> Refused | None:
        try:
            check_envelope(self._names, self._shape, code)
            check_declared(self._names, code, self._shape)
        except Refused as refused:
            return refused
        return None


def _after_the_first(charset: Charset) -> Charset:
    """The mark may stand before the first line only; anywhere else it is a stray one."""
    return "utf-8" if charset == "utf-8-sig" else charset


def _first_row(raw: IO[bytes], charset: Charset) -> str:
    lines = _Lines(raw, charset)
    taken: list[str] = []

    def remembered() -> Iterator[str]:
        for line in lines:
            taken.append(line)
            yield line

    next(csv.reader(remembered(), strict=True), None)
    return "".join(taken)


def _cells(text: str) -> list[str]:
    return next(csv.reader(io.StringIO(text, newline=""), strict=True), [])
