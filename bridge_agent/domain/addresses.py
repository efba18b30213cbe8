"""Addresses folded for comparing only: ways to write 丁目, 番地, 号 and hyphens become one. An address is never rewritten.

Applied to text whose widths are folded already. Town names are left alone (十一番町 is no 11番), and so are 大字 and 字.
"""

from __future__ import annotations

import re

_HYPHENS = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\uff0d", "-"))
"""Not the long-vowel mark: it is a hyphen nowhere outside kana."""
_INNER_BLANK = re.compile(r"(?<=[0-9A-Za-z]) +(?=[0-9A-Za-z])")
_KANJI = "〇一二三四五六七八九"
_COUNTED = re.compile(rf"([{_KANJI}十百]+)(?=丁目|番地|番(?![町丁館])|号(?![室棟館線]))")
_PARTS = re.compile(r"(?<=[0-9])(?:丁目|番地の?|番(?![町丁館])|号(?![室棟館線])|[のノ](?=[0-9]))")
_LOOSE_HYPHEN = re.compile(r"-+(?![0-9A-Za-z])")
_TENS_AND_HUNDREDS = re.compile(rf"(?:([{_KANJI[1:]}]?)百)?(?:([{_KANJI[1:]}]?)十)?([{_KANJI[1:]}]?)")


def folded_address(text: str) -> str:
    """
    >>> folded_address("潮見町一丁目2番地の3")
    '潮見町1-2-3'
    """
    plain = text.translate(_HYPHENS)
    # A blank between two numbers divides them; anywhere else it means nothing.
    plain = _INNER_BLANK.sub("\x00", plain).replace(" ", "").replace("\x00", " ")
    plain = _COUNTED.sub(lambda found: arabic(found[1]) or found[1], plain)
    return _LOOSE_HYPHEN.sub("", re.sub("-{2,}", "-", _PARTS.sub("-", plain)))


def arabic(kanji: str) -> str:
    """'' when the characters are no number below 1000.

    >>> arabic("二十三"), arabic("一〇五"), arabic("十百")
    ('23', '105', '')
    """
    if all(character in _KANJI for character in kanji):
        return "".join(str(_KANJI.index(character)) for character in kanji)
    found = _TENS_AND_HUNDREDS.fullmatch(kanji)
    if found is None:
        return ""
    hundreds, tens, ones = (0 if part is None else _KANJI.index(part) if part else 1 for part in found.groups())
    return str(hundreds * 100 + tens * 10 + (ones if found[3] else 0))
