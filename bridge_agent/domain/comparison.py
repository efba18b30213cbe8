"""How a value read from a core is compared with the intended one. For comparing only: nothing here is ever written.

A hyphen and a long-vowel mark are one only in kana, and variants of a character only under the municipality's table.

No Unicode normalisation is used anywhere: even NFC turns one person's name into another's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bridge_agent.domain.addresses import folded_address
from bridge_agent.domain.eras import any_day
from bridge_agent.domain.plan import Comparison


@dataclass(frozen=True, slots=True)
class VariantTable:
    """異体字 that the municipality approved as one and the same in a name (髙/高). Empty: no variants are known."""

    twins: Mapping[str, str] = field(default_factory=dict)
    """Character -> the first character of its group."""

    @classmethod
    def of(cls, groups: Iterable[str]) -> VariantTable:
        """From groups of single characters, for instance '高髙'. Raises ValueError on a character in two groups."""
        twins: dict[str, str] = {}
        for group in groups:
            for character in group:
                if character in twins:
                    raise ValueError(f"U+{ord(character):04X} stands in two groups")
                twins[character] = group[0]
        return cls(twins)

    def fold(self, name: str) -> str:
        return "".join(self.twins.get(character, character) for character in name)


NO_VARIANTS = VariantTable()

# Pairs that share their bytes in cp932 or look alike as blanks: a core gives the other one back.
_TWINS = str.maketrans(
    {
        "\u301c": "\uff5e",
        "\u2212": "\uff0d",
        "\u2016": "\u2225",
        "\u00a2": "\uffe0",
        "\u00a3": "\uffe1",
        "\u00ac": "\uffe2",
        "\u00a0": " ",
        "\u202f": " ",
    }
)
_HALF_KANA = "｡｢｣､･ｦｧｨｩｪｫｬｭｮｯｰｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝﾞﾟ"
_FULL_KANA = "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜"
_VOICED = dict(
    zip("カキクケコサシスセソタチツテトハヒフヘホウワヲ", "ガギグゲゴザジズゼゾダヂヅデドバビブベボヴヷヺ", strict=True)
)
_HALF_VOICED = dict(zip("ハヒフヘホ", "パピプペポ", strict=True))
_WIDTHS = str.maketrans(
    dict(zip(_HALF_KANA, _FULL_KANA, strict=True))
    | {chr(0xFF10 + n): chr(0x30 + n) for n in range(10)}
    | {chr(0xFF21 + n): chr(0x41 + n) for n in range(26)}
    | {chr(0xFF41 + n): chr(0x61 + n) for n in range(26)}
    | {"\u3000": " "}
)
_LONG_AFTER_KANA = re.compile("(?<=[ァ-ヺー])[-\u2010\u2011\uff0d]")
_NOT_DIGITS = str.maketrans(dict.fromkeys("-\uff0d\u2010\u2011 ()（）〒"))
"""What divides the digits of telephone numbers and postal codes."""


class Likeness(StrEnum):
    EQUAL = "equal"
    EQUIVALENT = "equivalent"
    """One only under the municipality's table of variants: shown to staff as such, never as equal."""
    DIFFERENT = "different"


def equal(intended: str, read: str, comparison: Comparison, variants: VariantTable = NO_VARIANTS) -> bool:
    """Whether the core holds what was meant.

    >>> equal("１〜３階", "１～３階", Comparison.EXACT)
    True
    >>> equal("2026-11-05", "R08.11.05", Comparison.DATE)
    True
    """
    return likeness(intended, read, comparison, variants) is not Likeness.DIFFERENT


def likeness(intended: str, read: str, comparison: Comparison, variants: VariantTable = NO_VARIANTS) -> Likeness:
    """How much alike the two are.

    >>> likeness("髙橋", "高橋", Comparison.NAME, VariantTable.of(["高髙"])).value
    'equivalent'
    """
    first, second = _exact(intended), _exact(read)
    if first == second or _alike(first, second, comparison):
        return Likeness.EQUAL
    if comparison is Comparison.NAME and variants.fold(_name(first)) == variants.fold(_name(second)):
        return Likeness.EQUIVALENT
    return Likeness.DIFFERENT


def _alike(first: str, second: str, comparison: Comparison) -> bool:
    match comparison:
        case Comparison.EXACT:
            return False
        case Comparison.WIDTH:
            return _width(first) == _width(second)
        case Comparison.KANA:
            return _kana(first) == _kana(second)
        case Comparison.NAME:
            return _name(first) == _name(second)
        case Comparison.ADDRESS:
            return folded_address(_width(first)) == folded_address(_width(second))
        case Comparison.DATE:
            day = any_day(first)
            return day is not None and day == any_day(second)
        case Comparison.DIGITS:
            return _digits(first) == _digits(second)


def _exact(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_TWINS)


def _width(text: str) -> str:
    """Half-width kana and full-width Latin letters, digits and spaces folded; voicing marks joined to their kana."""
    folded: list[str] = []
    for character in text.translate(_WIDTHS):
        joined = ""
        if folded and character in "゛\u3099":
            joined = _VOICED.get(folded[-1], "")
        elif folded and character in "゜\u309a":
            joined = _HALF_VOICED.get(folded[-1], "")
        if joined:
            folded[-1] = joined
        else:
            folded.append(character)
    return "".join(folded)


def _kana(text: str) -> str:
    return _LONG_AFTER_KANA.sub("ー", _width(text))


def _name(text: str) -> str:
    """The width of the blank between family and given name tells nobody apart."""
    return text.replace("\u3000", " ")


def _digits(text: str) -> str:
    return _width(text).translate(_NOT_DIGITS)
