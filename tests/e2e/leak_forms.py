"""In which bytes a name or number could lie somewhere: every writing of it times every way of encoding text."""

from __future__ import annotations

import base64
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mock_core_ui.people.names import as_typed

SHORTEST = 5
"""Bytes. What takes fewer is found everywhere by chance."""
SHORTEST_NAME = 3
"""Letters of a name written without a space; shorter ones are parts of ordinary words."""
SHORT_NUMBER = 8
"""Digits. Numbers up to this length also turn up inside longer numbers by chance."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """What some bytes would mean if they were found."""

    needle: int
    """Index of the needle; the needle itself is not kept, so that it cannot be printed."""
    writing: str
    encoding: str
    stands_alone: bool
    """Counts only where it is no part of a longer number."""


def kind_of(needle: str) -> str:
    """mynumber, account or name."""
    if not needle.isdecimal():
        return "name"
    return "mynumber" if len(needle) == 12 else "account"


def patterns(needles: Sequence[str]) -> dict[bytes, Pattern]:
    """All bytes to look for. Where two meanings share their bytes, the simpler one is kept."""
    found: dict[bytes, Pattern] = {}
    for index, needle in enumerate(needles):
        is_short = needle.isdecimal() and len(needle) <= SHORT_NUMBER
        for writing, text in writings(needle):
            for encoding, raw in encodings(text):
                if len(raw) >= SHORTEST and raw not in found:
                    stands_alone = is_short and raw[:1].isdigit() and encoding == "utf-8"
                    found[raw] = Pattern(index, writing, encoding, stands_alone)
    return found


def writings(needle: str) -> Iterator[tuple[str, str]]:
    """How people and programs write it, each with a word for it; the first is the needle itself."""
    seen: set[str] = set()
    for writing, text in _written_numbers(needle) if needle.isdecimal() else _written_names(needle):
        if text not in seen:
            seen.add(text)
            yield writing, text


def _written_numbers(number: str) -> Iterator[tuple[str, str]]:
    yield "as it is", number
    wide = wide_ascii(number)
    yield "full width", wide
    for between in "- ":
        yield "in groups of four", between.join(_fours(number))
    for between in "－　- ":
        yield "full width in groups of four", between.join(_fours(wide))


def _fours(number: str) -> list[str]:
    return [number[at : at + 4] for at in range(0, len(number), 4)]


def _written_names(name: str) -> Iterator[tuple[str, str]]:
    yield "as it is", name
    for whole, text in _whole_and_parts(name):
        for everyday in dict.fromkeys((text, as_typed(text))):
            for form, changed in _forms(everyday):
                for between in ("\u3000", " ", "\u00a0", ""):
                    joined = changed.replace("\u3000", " ").replace(" ", between)
                    if between in joined and (between or len(joined) >= SHORTEST_NAME):
                        yield f"{whole}{form}{', no space' if not between else ''}", joined


def _whole_and_parts(name: str) -> Iterator[tuple[str, str]]:
    """A 通称 in brackets is a name of its own, and so is what stands before it."""
    yield "", name
    before, bracket, alias = name.partition("（")
    if bracket:
        yield "without the alias, ", before
        yield "alias, ", alias.removesuffix("）")


def _forms(name: str) -> Iterator[tuple[str, str]]:
    yield "as applied for", name
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        yield form, unicodedata.normalize(form, name)
    yield "half width", half_width(name)
    yield "full width", wide_ascii(name)


def encodings(text: str) -> Iterator[tuple[str, bytes]]:
    """Every way in which files of this world hold a text, each with its name."""
    stored = dict(_stored(text))
    escaped = _json(text, "\\u{:04x}")
    yield from stored.items()
    yield "JSON escapes", escaped
    yield "JSON escapes, capitals", _json(text, "\\u{:04X}")
    yield "HTML entities, hexadecimal", _entities(text, "x{:x}")
    yield "HTML entities, hexadecimal capitals", _entities(text, "x{:X}")
    yield "HTML entities, decimal", _entities(text, "{:d}")
    for encoding, raw in stored.items():
        yield f"hexadecimal of {encoding}", raw.hex().encode("ascii")
        yield f"hexadecimal capitals of {encoding}", raw.hex().upper().encode("ascii")
        if not encoding.startswith("utf-16"):
            yield f"byte escapes of {encoding}", _bytewise(raw, _BYTE_ESCAPES)
            yield f"percent-encoding of {encoding}", _bytewise(raw, _PERCENT)
            yield f"percent-encoding in small letters of {encoding}", _bytewise(raw, _SMALL_PERCENT)
            yield f"form encoding of {encoding}", _bytewise(raw, _PERCENT).replace(b"%20", b"+")
    for encoding, raw in (*stored.items(), ("JSON escapes", escaped)):
        for inside in base64_cores(raw):
            yield f"base64 of {encoding}", inside
            yield f"URL-safe base64 of {encoding}", inside.translate(_URL_SAFE)


_URL_SAFE = bytes.maketrans(b"+/", b"-_")


def _stored(text: str) -> Iterator[tuple[str, bytes]]:
    for encoding in ("utf-8", "cp932", "utf-16-le", "utf-16-be"):
        try:
            yield encoding, text.encode(encoding)
        except UnicodeEncodeError:  # this encoding cannot hold the name, so it cannot leak it
            continue


def _json(text: str, form: str) -> bytes:
    units = text.encode("utf-16-be")
    numbers = (int.from_bytes(units[at : at + 2], "big") for at in range(0, len(units), 2))
    return "".join(chr(number) if number < 0x80 else form.format(number) for number in numbers).encode("ascii")


def _entities(text: str, form: str) -> bytes:
    return "".join(one if one < "\x80" else f"&#{form.format(ord(one))};" for one in text).encode("ascii")


_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~")


def _escapes(form: str) -> dict[int, str]:
    return {byte: form.format(byte) for byte in range(256) if byte not in _UNRESERVED}


_BYTE_ESCAPES, _PERCENT, _SMALL_PERCENT = _escapes("\\x{:02x}"), _escapes("%{:02X}"), _escapes("%{:02x}")


def _bytewise(raw: bytes, escapes: dict[int, str]) -> bytes:
    """Every byte but plain letters, digits and four signs escaped."""
    return raw.decode("latin-1").translate(escapes).encode("ascii")


def base64_cores(raw: bytes) -> Iterator[bytes]:
    """The characters of base64 that depend on `raw` alone, for each of the three places it can have in a triple."""
    for before in range(3):
        text = base64.b64encode(bytes(before) + raw)
        first = (before * 8 + 5) // 6
        last = (before + len(raw)) * 8 // 6
        yield text[first:last]


def wide_ascii(text: str) -> str:
    """ASCII in full width, the space included."""
    return "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else "\u3000" if one == " " else one for one in text)


def half_width(text: str) -> str:
    """Kana and ASCII in half width; a voiced kana takes two letters."""
    return "".join(_HALF.get(one, one) for one in text)


def _half_table() -> dict[str, str]:
    kana = [chr(code) for code in range(0xFF61, 0xFFA0)]
    table = {unicodedata.normalize("NFKC", one): one for one in kana}
    for mark in "ﾞﾟ":
        for one in kana:
            composed = unicodedata.normalize("NFKC", one + mark)
            if len(composed) == 1:
                table[composed] = one + mark
    table |= {chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)}
    return table | {"\u3000": " "}


_HALF = _half_table()
