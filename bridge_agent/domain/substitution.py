"""The municipality's approved substitutions: which character stands, for entry only, where a field cannot hold another.

Nothing is substituted that the field can hold, and whatever is substituted is told to a person.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from bridge_agent.domain.charsets import VARIATION_SELECTORS

_LOST = "\u3013\ufffd"
_NO_REPLACEMENT = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Zs", "Zl", "Zp"})
_NOT_REPLACED = frozenset({"Cc", "Cf", "Cs", "Mn", "Zs", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class Substituted:
    """One place of one item at which another character was typed."""

    labels: tuple[str, ...]
    """The source's column names."""
    place: int
    """1-based, in characters of what was to be typed."""
    was: str
    now: str

    @property
    def note(self) -> str:
        """'氏名 1文字目 U+20BB7→U+5409': for the clerk; the characters themselves belong to the applicant."""
        return f"{'と'.join(self.labels)} {self.place}文字目 {code_points(self.was)}→{code_points(self.now)}"


@dataclass(frozen=True, slots=True)
class SubstitutionTable:
    pairs: Mapping[str, str] = field(default_factory=dict)
    """A character, or a character with its variation selector -> the one that is typed instead."""

    @classmethod
    def of(cls, pairs: Mapping[str, str]) -> SubstitutionTable:
        """Raises ValueError with a Japanese sentence that names code points."""
        for was, now in pairs.items():
            if not _can_be_replaced(was):
                raise ValueError(f"{code_points(was)} は置き換えられる 1 文字ではありません")
            if len(now) != 1 or ord(now) > 0xFFFF or now in _LOST or unicodedata.category(now) in _NO_REPLACEMENT:
                raise ValueError(f"{code_points(was)} の置き換え先が、入力できる 1 文字ではありません")
            if now == was or now in pairs:
                raise ValueError(f"{code_points(was)} の置き換え先が、置き換える字の方にもあります")
        return cls(dict(pairs))

    def at(self, text: str, index: int) -> tuple[str, str] | None:
        """The pair that stands at this place, the one with a variation selector first."""
        for was in (text[index : index + 2], text[index]):
            if was in self.pairs:
                return was, self.pairs[was]
        return None

    def places(self, text: str) -> frozenset[int]:
        """1-based places of all characters for which there is a substitution."""
        found: set[int] = set()
        for index in range(len(text)):
            if pair := self.at(text, index):
                found.update(range(index + 1, index + 1 + len(pair[0])))
        return frozenset(found)


NO_SUBSTITUTIONS = SubstitutionTable()


def _can_be_replaced(was: str) -> bool:
    if len(was) == 2:
        return ord(was[1]) in VARIATION_SELECTORS and _can_be_replaced(was[0])
    return len(was) == 1 and not was.isascii() and was not in _LOST and unicodedata.category(was) not in _NOT_REPLACED


def code_points(text: str) -> str:
    return "+".join(f"U+{ord(character):04X}" for character in text)
