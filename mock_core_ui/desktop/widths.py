"""Half and full width as this client turns them when a field is left, with a table of its own."""

from __future__ import annotations

import re
import unicodedata

_HALF_KANA = [chr(code) for code in range(0xFF61, 0xFFA0)]
_MARKS = "ﾞﾟ"
_FULL_OF: dict[str, str] = {half: unicodedata.normalize("NFKC", half) for half in _HALF_KANA if half not in _MARKS}
_FULL_OF |= {"ﾞ": "゛", "ﾟ": "゜"}
for _half in _HALF_KANA:
    for _mark in _MARKS:
        _joined = unicodedata.normalize("NFKC", _half + _mark)
        if len(_joined) == 1:
            _FULL_OF[_half + _mark] = _joined
_HALF_OF: dict[str, str] = {full: half for half, full in _FULL_OF.items()}
_HALF_OF |= {chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)} | {"\u3000": " "}
_KANA_RUN = re.compile("[\uff61-\uff9d][ﾞﾟ]?|[ﾞﾟ]")
_ASCII = re.compile("[0-9A-Za-z]")
_ALL_KANA = re.compile("[\u30a1-\u30fa\u30fb\u30fc\u3000]*")


def widened(text: str) -> str:
    """Half-width letters, digits and kana in full width; everything else, a hyphen or a blank too, as it is."""
    with_kana = _KANA_RUN.sub(_full, text)
    return _ASCII.sub(lambda found: chr(ord(found.group()) + 0xFEE0), with_kana)


def _full(found: re.Match[str]) -> str:
    pair = found.group()
    return _FULL_OF.get(pair) or "".join(_FULL_OF[one] for one in pair)


def halved(text: str) -> str:
    """Full-width katakana, letters, digits, signs and blanks in half width."""
    return "".join(_HALF_OF.get(one, one) for one in text)


def narrow_digits(text: str) -> str:
    """Full-width digits as half-width ones."""
    return "".join(chr(ord(one) - 0xFEE0) if "０" <= one <= "９" else one for one in text)


def is_kana(text: str) -> bool:
    """Whether a field for full-width katakana takes it."""
    return _ALL_KANA.fullmatch(text) is not None


def is_digits(text: str) -> bool:
    """Whether a field for digits takes it, in either width."""
    return all(one in "0123456789０１２３４５６７８９" for one in text)
