"""Which characters may be typed: each one comes back from the core's charset as it was meant, or is held."""

from __future__ import annotations

import unicodedata

import pytest

from bridge_agent.domain.charsets import Charset
from bridge_agent.domain.comparison import equal
from bridge_agent.domain.plan import Comparison
from bridge_agent.domain.reasons import Reason
from bridge_agent.mapping.characters import Holding, bad_characters

CP932 = Holding(Charset.CP932)
PRIVATE = [*range(0xE000, 0xF900)]
# The bytes of the Windows code page (JIS X 0201, JIS X 0208, NEC row 13, NEC and IBM extensions), apart from the codec's
# view of them: what one or two bytes stand for.
ONE_BYTE = [bytes([byte]) for byte in (*range(0x20, 0x7F), *range(0xA1, 0xE0))]
LEADS = [*range(0x81, 0xA0), *range(0xE0, 0xFD)]
TRAILS = [byte for byte in range(0x40, 0xFD) if byte != 0x7F]
TWO_BYTES = [bytes([lead, trail]) for lead in LEADS for trail in TRAILS]


def assigned() -> list[str]:
    found = []
    for content in (*ONE_BYTE, *TWO_BYTES):
        try:
            found.append(content.decode("cp932"))
        except UnicodeDecodeError:
            continue
    return [character for character in found if ord(character) not in PRIVATE]


def test_every_character_of_the_code_page_can_be_typed_and_comes_back() -> None:
    characters = sorted(set(assigned()) - {"〓"})
    assert len(characters) > 7_000
    assert bad_characters("".join(characters), CP932) == ()
    for character in characters:
        back = character.encode("cp932").decode("cp932")
        assert equal(character, back, Comparison.EXACT), f"U+{ord(character):04X}"


def test_whatever_may_be_typed_comes_back() -> None:
    """Of all characters of the basic plane; the five twins are all that come back as another one."""
    other = {}
    for code in (*range(0xD800), *range(0xE000, 0x10000)):
        character = chr(code)
        if bad_characters(character, CP932):
            continue
        back = character.encode("cp932").decode("cp932")
        assert equal(character, back, Comparison.EXACT), f"U+{code:04X}"
        if back != character:
            other[character] = back
    assert other == {"〜": "～", "−": "－", "‖": "∥", "¢": "￠", "£": "￡", "¬": "￢"}


HELD = [
    *"\u2014\u2013\u2011\u00a5\u203e\u00a0\u200b\ufeff\ufa4c\ufa30\u3094\u30f7\u32ff\u3099\U00020bb7\U000e0100",
    *map(chr, (0xE000, 0xE757, 0xE758, 0xF8F0, 0xF8F3, 0xF8FF, 0xF0000, 0x10FFFD)),
    *map(chr, (0x00, 0x07, 0x09, 0x0A, 0x0D, 0x7F, 0x80, 0x85, 0x9F, 0xAD, 0x2028, 0x202E, 0xFE00, 0xFE0F, 0xD800)),
]


@pytest.mark.parametrize("character", HELD, ids=lambda character: f"U+{ord(character):04X}")
def test_what_the_core_cannot_hold_is_held_and_shown_by_its_code_point(character: str) -> None:
    (found,) = bad_characters(f"山{character}田", CP932)
    assert found.reason is Reason.CHARACTER_UNENCODABLE
    assert found.note == f"2文字目 U+{ord(character):04X}"


@pytest.mark.parametrize("code", PRIVATE[::97])
def test_private_characters_are_held_although_the_codec_takes_them(code: int) -> None:
    assert bad_characters(chr(code), CP932)
    assert bad_characters(chr(code), Holding(Charset.UTF_8))


@pytest.mark.parametrize("code", [0x20BB7, 0x1F600, 0xFE00, 0xFE0F, 0x180B, 0xE0100, 0xE01EF, 0xF0000])
def test_what_one_place_of_a_name_cannot_hold_is_held_by_every_core(code: int) -> None:
    """Beyond the basic plane and variation selectors: even a core that takes Unicode shows or counts them otherwise."""
    (found,) = bad_characters(f"葛{chr(code)}", Holding(Charset.UTF_8))
    assert (found.reason, found.place) == (Reason.CHARACTER_UNENCODABLE, 2)


@pytest.mark.parametrize("lost", ["〓", "\ufffd"])
def test_a_lost_character_is_told_as_lost(lost: str) -> None:
    assert [(bad.reason, bad.place) for bad in bad_characters(f"山{lost}", CP932)] == [(Reason.CHARACTER_LOST, 2)]


def test_names_as_they_are_registered_are_kept_apart() -> None:
    """Normal forms would make one of each pair; nothing the agent compares by may."""
    for character in "\ufa19\ufa4c\ufa30":
        plain = unicodedata.normalize("NFC", character)
        for comparison in Comparison:
            assert not equal(character, plain, comparison)
