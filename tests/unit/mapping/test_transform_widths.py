"""Widths of one kind of character at a time: everything else stays, and there and back is nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge_agent.mapping.transforms import width
from bridge_agent.mapping.transforms.unfit import Unfit

MIXED = "Ａ-1　ｶﾞ ガー０z渡（"


def test_one_kind_at_a_time() -> None:
    assert width.half_digits(MIXED) == "Ａ-1　ｶﾞ ガー0z渡（"
    assert width.full_digits(MIXED) == "Ａ-１　ｶﾞ ガー０z渡（"
    assert width.half_letters(MIXED) == "A-1　ｶﾞ ガー０z渡（"
    assert width.full_letters(MIXED) == "Ａ-1　ｶﾞ ガー０ｚ渡（"
    assert width.half_spaces(MIXED) == "Ａ-1 ｶﾞ ガー０z渡（"
    assert width.full_spaces(MIXED) == "Ａ-1　ｶﾞ　ガー０z渡（"
    assert width.kana_to_full(MIXED) == "Ａ-1　ガ ガー０z渡（"
    assert width.kana_to_half(MIXED) == "Ａ-1　ｶﾞ ｶﾞｰ０z渡（"


def test_a_space_is_changed_and_never_removed_or_joined() -> None:
    assert width.half_spaces("渡邉　　花子　") == "渡邉  花子 "
    assert width.full_spaces("  Ａ ") == "　　Ａ　"


def test_hiragana() -> None:
    assert width.katakana("がぎぐ　ぱっちょ　ゔゕゖゝゞ　ーカ漢A") == "ガギグ　パッチョ　ヴヵヶヽヾ　ーカ漢A"
    assert width.full_kana(width.katakana("か\u3099")) == "ガ"


@pytest.mark.parametrize("refused", ["ヮ", "ヱ", "霞ヶ関", "ヽ"])
def test_kana_without_a_half_form_is_held(refused: str) -> None:
    with pytest.raises(Unfit):
        width.kana_to_half(refused)


def test_voicing_marks_that_stand_apart_are_joined_only_where_a_kana_exists() -> None:
    assert width.kana_to_full("ﾊ\uff9fｶ\uff9eｱ\uff9e") == "パガア゛"
    assert width.marks_joined("カ\u3099ハ\u309aウ゛ア\u3099") == "ガパヴア\u3099"


PAIRS = {
    "digits": ("half_digits", "full_digits", "０１２３４５６７８９", "0123456789"),
    "letters": ("half_letters", "full_letters", "ＡＢＣＸＹＺａｂｃｘｙｚ", "ABCXYZabcxyz"),
    "spaces": ("half_spaces", "full_spaces", "　", " "),
}


@pytest.mark.parametrize("kind", PAIRS)
@settings(deadline=None)
@given(st.text(st.sampled_from("渡邉カｶー－-（(Ａa１1　 \n"), max_size=20))
def test_what_is_of_no_kind_stays_and_the_length_too(kind: str, free: str) -> None:
    to_half, to_full, wide, narrow = PAIRS[kind]
    half, full = getattr(width, to_half), getattr(width, to_full)
    assert (half(wide), full(narrow)) == (narrow, wide)
    assert len(half(free)) == len(full(free)) == len(free)
    for was, now in zip(free, half(free), strict=True):
        assert now == was or (was in wide and now in narrow)
    assert half(full(free)) == half(free)


@settings(deadline=None)
@given(st.text(max_size=30))
def test_free_text_only_changes_its_kana(free: str) -> None:
    """Everything that is no kana stands in the result as it stood, in the same order."""
    kana = [*map(chr, range(0xFF61, 0xFFA0)), *map(chr, range(0x30A0, 0x3100)), *"゛゜。「」、\u3099\u309a"]
    rest = str.maketrans(dict.fromkeys(kana))
    assert width.kana_to_full(free).translate(rest) == free.translate(rest)
