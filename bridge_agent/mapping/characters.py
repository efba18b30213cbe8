"""Which characters of a value must not be typed into a core: lost ones, private ones, and those it cannot hold.

Nothing is replaced or removed here; the application is held and the place named.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from bridge_agent.domain.charsets import VARIATION_SELECTORS, Charset, holds
from bridge_agent.domain.reasons import Reason

LOST = "\u3013\ufffd"
"""〓 and the replacement character: what an output writes for a character it cannot carry."""
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"})
"""Control, format (bidi, zero width), surrogate, unassigned, line and paragraph separator."""


@dataclass(frozen=True, slots=True)
class Holding:
    """What the core, or one of its fields, can hold."""

    charset: Charset
    private_use_allowed: bool = False


@dataclass(frozen=True, slots=True)
class BadCharacter:
    reason: Reason
    place: int
    """1-based, in characters."""
    code_point: int

    @property
    def note(self) -> str:
        """'3文字目 U+9AD9': tells the place and the character, never the value."""
        return f"{self.place}文字目 U+{self.code_point:04X}"


def bad_characters(text: str, holding: Holding, *, lines: bool = False) -> tuple[BadCharacter, ...]:
    """All of them, in the order of the text; `lines` allows line breaks."""
    found = []
    for place, character in enumerate(text, start=1):
        if character in LOST:
            found.append(BadCharacter(Reason.CHARACTER_LOST, place, ord(character)))
        elif not (lines and character in "\r\n") and not _can_be_typed(character, holding):
            found.append(BadCharacter(Reason.CHARACTER_UNENCODABLE, place, ord(character)))
    return tuple(found)


@lru_cache(maxsize=1 << 16)  # single characters: nothing personal is kept
def _can_be_typed(character: str, holding: Holding) -> bool:
    code = ord(character)
    if code > 0xFFFF or code in VARIATION_SELECTORS:
        return False
    category = unicodedata.category(character)
    if category in _UNSEEN or (category == "Co" and not holding.private_use_allowed):
        return False
    return holds(holding.charset, character)
