"""What the bundled screens' small scripts do: read, not run. A statement that is not known here is loud.

Dialogs, windows and their kin in an inline script count as shown when they stand outside of a declared function.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.fault.fast.beyond import BeyondFastDriver
from tests.fault.fast.pages import Page
from tests.fault.fast.texts import El, text_of

_LITERAL = r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'"
_TOLD = re.compile(rf"(?<![\w.])(?:window\.)?(alert|confirm|prompt|open|print)\s*\(\s*({_LITERAL})?")
_CALL = re.compile(rf"(?:window\.)?(\w+)\(((?:\s*(?:{_LITERAL}|\d+)\s*,?)*)\)")
_IF = re.compile(rf"if\s*\(\s*(!?)\s*(?:window\.)?confirm\(\s*({_LITERAL})\s*\)\s*\)")
_DECLARED = re.compile(r"\bfunction\s+\w+\s*\([^)]*\)\s*\{")


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a known word with its literal arguments; `unless` turns a confirm's answer round."""

    word: str
    given: tuple[str, ...]
    asked: str | None = None
    """Text of the confirm that stands before it; None = none."""
    unless: bool = False


def on_load(page: Page) -> Iterator[Call]:
    """What a page does of itself when it has come up."""
    for script in page.root.iter("script"):
        if script.get("src"):
            raise BeyondFastDriver("a script file")
        rest = _without_functions(text_of(script))
        yield from _told(rest)
    body = page.body
    if body is not None and body.get("onload"):
        yield from calls(body.get("onload"))
    if any((meta.get("http-equiv") or "").lower() == "refresh" for meta in page.root.iter("meta")):
        raise BeyondFastDriver("a page that reloads itself")


def calls(written: str) -> list[Call]:
    """The statements of an event attribute."""
    found: list[Call] = []
    rest = written.strip().rstrip(";").strip()
    while rest:
        condition = _IF.match(rest)
        asked, unless = None, False
        if condition is not None:
            asked, unless = literal(condition[2]), bool(condition[1])
            rest = rest[condition.end() :].strip()
        call = _CALL.match(rest)
        if call is None:
            raise BeyondFastDriver("an event script")
        given = tuple(literal(one) for one in re.findall(rf"{_LITERAL}|\d+", call[2]))
        found.append(Call(call[1], given, asked, unless))
        rest = rest[call.end() :].lstrip("; \n")
    return found


def declares(page: Page, name: str) -> bool:
    return any(re.search(rf"\bfunction\s+{name}\s*\(", text_of(script)) for script in page.root.iter("script"))


def _told(rest: str) -> Iterator[Call]:
    found = list(_TOLD.finditer(rest))
    if rest.strip(" \n\t;") and not found:
        raise BeyondFastDriver("a script outside of a function")
    for one in found:
        yield Call(one[1], (literal(one[2]),) if one[2] else ())


def _without_functions(source: str) -> str:
    while (declared := _DECLARED.search(source)) is not None:
        depth, at = 1, declared.end()
        while depth and at < len(source):
            depth += {"{": 1, "}": -1}.get(source[at], 0)
            at += 1
        source = source[: declared.start()] + source[at:]
    return source


def literal(written: str) -> str:
    """The text of a quoted literal; a number as it is written."""
    if not written.startswith(("'", '"')):
        return written
    inner = written[1:-1]
    if written[0] == "'":
        inner = inner.replace("\\'", "'").replace('"', '\\"')
    try:
        return str(json.loads(f'"{inner}"'))
    except ValueError:
        raise BeyondFastDriver("a literal") from None


def event_of(el: El) -> str:
    return str(el.get("onclick") or "")
