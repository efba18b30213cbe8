"""連携済 for a management system that imports a CSV: lines are added and flushed to the disk, never changed.

A line that a power cut left half-written was never reported as done; it is taken away and written again.
"""

from __future__ import annotations

import csv
import io
import os
from datetime import datetime
from pathlib import Path

from bridge_agent.domain.clock import JST
from bridge_agent.domain.errors import BusinessError
from bridge_agent.domain.folder_profile import ResultFile
from bridge_agent.domain.reasons import Reason

_ACTIVE = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


def neutral(text: str) -> str:
    """A text that a spreadsheet shows and never executes."""
    return f"'{text}" if text.startswith(_ACTIVE) else text


class Results:
    """Knows what is in the file; reads it again when somebody else has changed it or taken it away."""

    def __init__(self, file: Path, shape: ResultFile) -> None:
        self._file = file
        self._shape = shape
        self._known: dict[str, str] = {}
        self._size = -1
        self._header = list(shape.columns.values())
        self._number = list(shape.columns).index("receipt_no")
        self._core = list(shape.columns).index("core_number")

    def linked(self, receipt_no: str) -> str:
        """The core's number that was written for it, '' when there is none (any more). Raises OSError."""
        self._read()
        return self._known.get(neutral(receipt_no), "").removeprefix("'")

    def add(self, receipt_no: str, core_receipt: str, at: datetime) -> None:
        """Returns when the line is on the disk. Raises OSError, BusinessError (another number was written before)."""
        before = self.linked(receipt_no)
        if before == core_receipt:
            return
        if before:
            raise BusinessError(Reason.OTHER_OPERATOR, "別の基幹側受付番号で、連携結果のファイルに書かれています")
        told = {
            "receipt_no": receipt_no,
            "core_number": core_receipt,
            "state": self._shape.linked,
            "at": f"{at.astimezone(JST):%Y-%m-%d %H:%M:%S}",
        }
        line = [neutral(told[word]) for word in self._shape.columns]
        self._append(line)
        self._known[line[self._number]] = line[self._core]

    def _append(self, line: list[str]) -> None:
        fresh = self._size < 0
        lines = [self._header, line] if fresh else [line]
        text = io.StringIO(newline="")
        csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(lines)
        raw = text.getvalue().encode(self._shape.charset if fresh else self._shape.charset.removesuffix("-sig"))
        with self._file.open("ab") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
            self._size = file.tell()

    def _read(self) -> None:
        try:
            size = self._file.stat().st_size
        except FileNotFoundError:
            self._known, self._size = {}, -1
            return
        if size == self._size:
            return
        raw = self._whole_lines()
        self._known = {}
        for cells in csv.reader(io.StringIO(raw.decode(self._shape.charset), newline="")):
            if len(cells) == len(self._header) and cells != self._header:
                self._known.setdefault(cells[self._number], cells[self._core])
        self._size = len(raw) or -1

    def _whole_lines(self) -> bytes:
        raw = self._file.read_bytes()
        whole = raw[: raw.rfind(b"\n") + 1]
        if len(whole) < len(raw):
            with self._file.open("r+b") as file:
                file.truncate(len(whole))
        return whole
