"""Log sinks, and the redaction that every rendered line passes. Decides nothing; keeps no personal data.

A line is time and level, made here from constant formats, and the rest, which is redacted as a whole after rendering:
a value slips into a log through an argument, an exception or another library, never through a format string.
"""

from __future__ import annotations

import json
import logging
import os
import re
import sys
import threading
import traceback
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, TextIO

from loguru import logger

from bridge_agent.domain.clock import JST
from bridge_agent.domain.errors import BridgeError
from bridge_agent.file_errors import writable

if TYPE_CHECKING:
    from loguru import Message, Record

MASK = "■■■"
FIXED = ("基幹システム", "申請管理システム", "システム", "サーバー", "ブラウザ", "フォルダー")
"""Words of the agent's own sentences; a resident's シス or ステ inside one of them is no resident's."""
_LEVELS = {"DEBUG": "詳細", "INFO": "情報", "SUCCESS": "完了", "WARNING": "注意", "ERROR": "異常", "CRITICAL": "重大"}

_JOINER = r"[\s\-‐‑‒–—―−－ー・.]?"
# A look-ahead, so that candidates may overlap: a date before a number must not swallow its first group.
_TWELVE = re.compile(rf"(?<!\d)(?=(\d(?:{_JOINER}\d){{11}})(?!\d))")
_HYPHEN = r"[\-‐‑‒–—―−－ー]"
_PHONE = re.compile(
    rf"(?<!\d)(?:[0０]\d{{9,10}}"
    rf"|[0０]\d{{1,4}}\s?(?:{_HYPHEN}|[()（）])\s?\d{{1,4}}\s?(?:{_HYPHEN}|[)）])\s?\d{{3,4}}"
    rf"|[+＋]\d{{1,3}}[\s\-]?\d{{1,4}}[\s\-]?\d{{1,4}}[\s\-]?\d{{3,4}})(?!\d)"
)
_MAIL = re.compile(r"[\w.+\-]+[@＠][\w\-]+(?:[.．][\w\-]+)+")
_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_NAMED_ESCAPES = {"\r": "\\r", "\n": "\\n", "\t": "\\t"}


def is_mynumber(digits: str) -> bool:
    """12 digits whose last one is the check digit of the ordinance on My Numbers (番号法施行令 総務省令 5条)."""
    if len(digits) != 12 or not digits.isdecimal():
        return False
    numbers = [int(digit) for digit in digits]
    total = sum(numbers[11 - n] * (n + 1 if n <= 6 else n - 5) for n in range(1, 12))
    rest = total % 11
    return numbers[11] == (0 if rest <= 1 else 11 - rest)


def escape(text: str) -> str:
    """No value can start a new line, hide or turn the direction of one."""
    return _INVISIBLE.sub(lambda found: _NAMED_ESCAPES.get(found[0], f"\\u{ord(found[0]):04x}"), text)


@lru_cache(maxsize=8192)
def _folded_char(char: str) -> str:
    """What a character is compared as: width, composition, case and blanks do not count."""
    decomposed = unicodedata.normalize("NFKD", char).casefold()
    return "".join(c for c in decomposed if not c.isspace() and not unicodedata.combining(c) and not _selects(c))


def _selects(char: str) -> bool:
    """Variation selectors and zero-width characters: they change a glyph, not who is meant."""
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef" or _INVISIBLE.match(char) is not None


def _fold(text: str) -> str:
    return "".join(map(_folded_char, text))


class Redactor:
    """Holds the texts of the applications in hand, folded, while they are in hand. Safe to share by threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._texts: Counter[str] = Counter()
        self._pattern: re.Pattern[str] | None = None
        self._permitted: set[str] = set()
        self._fixed: re.Pattern[str] | None = _any_of(FIXED)

    @contextmanager
    def current(self, texts: frozenset[str]) -> Iterator[None]:
        """While inside, none of `texts`, nor a name's parts, is printed in any width, case or composition."""
        folded = set(_searchable(texts))
        self._count(folded, 1)
        try:
            yield
        finally:
            self._count(folded, -1)

    def permit(self, numbers: Iterable[str]) -> None:
        """受付番号 and the core's numbers: they may look like a telephone number and must stay readable."""
        with self._lock:
            self._permitted.update(number for number in numbers if number)

    def keep(self, names: Iterable[str]) -> None:
        """Names of systems and procedures: a shorter text of a resident that happens to stand inside one tells nothing."""
        with self._lock:
            self._fixed = _any_of({*FIXED, *names})

    def redact(self, text: str) -> str:
        with self._lock:
            pattern, permitted, fixed = self._pattern, self._permitted, self._fixed
        if pattern is not None:
            text = _mask_folded(text, pattern, fixed)
        text = _mask_mynumbers(text, permitted)
        text = _PHONE.sub(lambda m: m[0] if m[0] in permitted else MASK, text)
        return escape(_MAIL.sub(MASK, text))

    def _count(self, folded: set[str], step: int) -> None:
        with self._lock:
            for text in folded:
                self._texts[text] += step
                if self._texts[text] <= 0:
                    del self._texts[text]
            longest_first = sorted(self._texts, key=len, reverse=True)
            self._pattern = re.compile("|".join(map(_as_pattern, longest_first))) if longest_first else None


def _any_of(names: Iterable[str]) -> re.Pattern[str] | None:
    longest_first = sorted({folded for name in names if (folded := _fold(name))}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))) if longest_first else None


def _mask_mynumbers(text: str, permitted: set[str]) -> str:
    parts: list[str] = []
    done = 0
    for match in _TWELVE.finditer(text):
        number = match[1]
        if match.start() >= done and number not in permitted and is_mynumber(_digits(number)):
            parts += (text[done : match.start()], MASK)
            done = match.end(1)
    return "".join(parts) + text[done:]


def _digits(text: str) -> str:
    return "".join(str(unicodedata.decimal(char)) for char in text if char.isdecimal())


def _searchable(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        for part in (text, *text.split()):
            folded = _fold(part)
            # One character, or a day or month in digits, would tear holes into every line and protect nobody.
            if len(folded) > 1 and not (folded.isdecimal() and len(folded) < 4):
                yield folded


def _as_pattern(folded: str) -> str:
    if folded.isdecimal() and len(folded) < 7:
        return rf"(?<!\d){folded}(?!\d)"
    if folded.isascii() and folded.isalpha() and len(folded) < 4:
        return rf"(?<![a-z]){folded}(?![a-z])"
    return re.escape(folded)


def _mask_folded(text: str, pattern: re.Pattern[str], fixed: re.Pattern[str] | None) -> str:
    """Search a folded copy, mask the original: `places` leads from a folded character back to where it came from."""
    folded: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        for piece in _folded_char(char):
            folded.append(piece)
            places.append(place)
    searched = "".join(folded)
    kept = [match.span() for match in fixed.finditer(searched)] if fixed is not None else []
    parts: list[str] = []
    done = 0
    for match in pattern.finditer(searched):
        if any(_strictly_inside(match.span(), name) for name in kept):
            continue
        start, end = places[match.start()], places[match.end() - 1] + 1
        if start < done:  # two hits in one original character (a ligature)
            done = max(done, end)
            continue
        parts += (text[done:start], MASK)
        done = end
    return "".join(parts) + text[done:]


def _strictly_inside(hit: tuple[int, int], name: tuple[int, int]) -> bool:
    return name[0] <= hit[0] and hit[1] <= name[1] and hit != name


redactor = Redactor()
"""The process's one redactor."""


def redact(text: str) -> str:
    """For everything else that is printed: the command line's own messages."""
    return redactor.redact(text)


def explain(error: BaseException) -> str:
    """A foreign exception's text can carry what was typed: only its class and our own place are told."""
    if isinstance(error, BridgeError):
        return f"{type(error).__name__}: {error.message}"
    return type(error).__name__


def place_of(trace: TracebackType | None) -> str:
    """File and line of the innermost frame that is ours; '' when there is none."""
    ours = [frame for frame in traceback.extract_tb(trace) if "bridge_agent" in Path(frame.filename).parts]
    return f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else ""


def _body(record: Record) -> str:
    text = record["message"]
    failure = record["exception"]
    if failure is not None and failure.value is not None:
        place = place_of(failure.traceback)
        text += f"［{explain(failure.value)}{' ' + place if place else ''}］"
    return text


class _Line:
    """A sink that renders, redacts, and hands one line on."""

    def __init__(self, write: Callable[[str], None], render: Callable[[Record, Redactor], str], by: Redactor) -> None:
        self._write = write
        self._render = render
        self._by = by

    def __call__(self, message: Message) -> None:
        self._write(self._render(message.record, self._by))


def _plain(record: Record, by: Redactor) -> str:
    level = record["level"].name
    return f"{record['time'].astimezone(JST):%H:%M:%S} {_LEVELS.get(level, level)} {by.redact(_body(record))}"


def _json_line(record: Record, by: Redactor) -> str:
    fields: dict[str, object] = {
        "time": record["time"].astimezone(JST).isoformat(timespec="milliseconds"),
        "level": record["level"].name,
        "where": f"{record['name'] or ''}:{record['line']}",
        "message": by.redact(_body(record)),
        "process": record["process"].id,
    }
    for key, value in record["extra"].items():
        fields.setdefault(escape(key), by.redact(str(value)))
    return json.dumps(fields, ensure_ascii=False)


def _private_opener(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


class _StandardLogging(logging.Handler):
    """Other libraries' logging goes through the same sinks, and so through the same redaction."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            level: str | int = logger.level(record.levelname).name
        except ValueError:
            level = record.levelno
        try:
            text = record.getMessage()
        except Exception:
            text = "読めない記録"
        failure = record.exc_info[1] if record.exc_info else None
        logger.opt(depth=6, exception=failure).log(level, "{}: {}", record.name, text)


def to_stderr(line: str) -> None:
    """Looks the stream up anew each time: it may have been redirected since."""
    _writer(sys.stderr)(line)


def set_up(
    *,
    folder: Path | None,
    name: str = "agent",
    console: TextIO | Callable[[str], None] | None = to_stderr,
    level: str = "INFO",
    retention_days: int = 90,
    rotation: str = "20 MB",
    by: Redactor = redactor,
) -> None:
    """Replaces all sinks. One `name` a process: two processes must not rotate the same file.

    Raises ConfigError when the folder cannot be written: a run that leaves no log must not start.

    `console` may be a function that takes a line without its end (so that a progress bar is not torn); None = silent.
    """
    logger.remove()
    if console is not None:
        write = console if callable(console) else _writer(console)
        sink = _Line(write, _plain, by)
        logger.add(sink, level=level, format=lambda record: "", diagnose=False, backtrace=False)
    if folder is not None:
        with writable("ログのフォルダ", folder):
            folder.mkdir(parents=True, exist_ok=True)
            _add_file(folder / f"{name}.jsonl", level, retention_days, rotation, by)
    logging.basicConfig(handlers=[_StandardLogging()], level=logging.WARNING, force=True)
    logging.captureWarnings(True)


def _writer(stream: TextIO) -> Callable[[str], None]:
    def write(line: str) -> None:
        # A console that cannot show a character (cp932 on Windows) must not end the run.
        encoding = getattr(stream, "encoding", None) or "utf-8"
        stream.write(line.encode(encoding, "backslashreplace").decode(encoding) + "\n")
        stream.flush()

    return write


def _add_file(path: Path, level: str, retention_days: int, rotation: str, by: Redactor) -> None:
    """The line is rendered by the format function, so that loguru's own file sink keeps rotation and retention."""

    def rendered(record: Record) -> str:
        line = _json_line(record, by)
        # loguru reads the result as a template: braces and mark-up in it must stay text.
        return line.replace("{", "{{").replace("}", "}}").replace("<", "\\u003c") + "\n"

    logger.add(
        path,
        level=level,
        format=rendered,
        rotation=rotation,
        retention=f"{retention_days} days",
        encoding="utf-8",
        opener=_private_opener,
        diagnose=False,
        backtrace=False,
    )
