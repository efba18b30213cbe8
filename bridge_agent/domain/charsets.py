"""The sets of characters a core or one of its fields takes, and whether a character is in them."""

from __future__ import annotations

from enum import StrEnum

VARIATION_SELECTORS = frozenset({*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0), *range(0x180B, 0x180E)})

# Characters that cp932 and JIS X 0208 write as each other: one place in the table, two code points.
_TWINS = str.maketrans("～－∥￠￡￢", "〜−‖¢£¬")


class Charset(StrEnum):
    UTF_8 = "utf-8"
    CP932 = "cp932"
    """JIS X 0208 with the NEC and IBM extensions, ASCII and half-width kana, as Windows knows them."""
    JIS_X_0208 = "jis_x_0208"
    """第1・第2水準 without any extension (髙, ①, ㈱ are not in it), and ASCII."""
    FULL_WIDTH = "full_width"
    """What takes two bytes in cp932."""
    HALF_KANA = "half_kana"
    """Half-width kana and ASCII."""
    ASCII = "ascii"
    DIGITS = "digits"

    @property
    def codec(self) -> str:
        """In which lengths in bytes are counted."""
        return "utf-8" if self is Charset.UTF_8 else "cp932"


TITLES: dict[Charset, str] = {
    Charset.UTF_8: "Unicode",
    Charset.CP932: "cp932 の文字",
    Charset.JIS_X_0208: "JIS 第1・第2水準の文字",
    Charset.FULL_WIDTH: "全角の文字",
    Charset.HALF_KANA: "半角カナと半角英数字",
    Charset.ASCII: "半角英数字",
    Charset.DIGITS: "半角数字",
}
"""As a clerk calls them."""
_WIDTH = {Charset.UTF_8: 2, Charset.CP932: 1}


def is_wider(one: Charset, other: Charset) -> bool:
    """Whether `one` takes characters that `other`, as the set of a whole core, never can."""
    return _WIDTH.get(one, 0) > _WIDTH.get(other, 0)


def holds(charset: Charset, character: str) -> bool:
    """Whether a single character is in the set; control and private characters are for the caller to judge."""
    match charset:
        case Charset.UTF_8:
            return not 0xD800 <= ord(character) < 0xE000
        case Charset.CP932:
            return _length(character, "cp932") > 0
        case Charset.JIS_X_0208:
            return _is_ascii(character) or _in_table(character)
        case Charset.FULL_WIDTH:
            return _length(character, "cp932") == 2
        case Charset.HALF_KANA:
            return _is_ascii(character) or "\uff61" <= character <= "\uff9f"
        case Charset.ASCII:
            return _is_ascii(character)
        case Charset.DIGITS:
            return "0" <= character <= "9"


def _is_ascii(character: str) -> bool:
    return " " <= character <= "~"


def _in_table(character: str) -> bool:
    """EUC-JP has JIS X 0208 in two bytes; half-width kana (first byte 8E) and JIS X 0212 (three bytes) are beside it."""
    if not character.isascii():
        character = character.translate(_TWINS)
        return _length(character, "euc_jp") == 2 and character.encode("euc_jp")[0] != 0x8E
    return False


def _length(character: str, codec: str) -> int:
    """0 when the codec does not have it."""
    try:
        return len(character.encode(codec))
    except UnicodeEncodeError:
        return 0
