"""Comparing what was meant with what a core shows: what counts as equal, and what must never."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge_agent.domain.comparison import VariantTable, equal
from bridge_agent.domain.plan import Comparison

APPROVED = VariantTable.of(["高髙", "崎﨑", "辺邉邊"])


@pytest.mark.parametrize(
    ("intended", "read"),
    [
        ("１〜３階", "１～３階"),
        ("１−２", "１－２"),
        ("‖", "∥"),
        ("¢£¬", "￠￡￢"),
        ("Ａ\u00a0Ｂ", "Ａ Ｂ"),
        ("一\r\n二", "一\n二"),
        ("", ""),
    ],
)
def test_exact_folds_only_twins_blanks_and_line_ends(intended: str, read: str) -> None:
    for comparison in Comparison:
        assert equal(intended, read, comparison)


@pytest.mark.parametrize(
    ("intended", "read"),
    [
        ("神", "\ufa19"),  # NFC and NFKC would make these one
        ("社", "\ufa4c"),
        ("①", "1"),
        ("㈱", "(株)"),
        ("ー", "－"),
        ("—", "―"),
        ("髙橋", "高橋"),
        ("葛", "葛\U000e0100"),
        ("か\u3099", "が"),
        ("ABC", "ＡＢＣ"),
        ("渡邉 花子", "渡邉花子"),
    ],
)
def test_exact_keeps_apart(intended: str, read: str) -> None:
    assert not equal(intended, read, Comparison.EXACT, APPROVED)


@pytest.mark.parametrize(
    ("intended", "read"),
    [
        ("ﾊﾟｰﾃｨ", "パーティ"),
        ("ｳﾞｧﾝ ｶﾞ", "ヴァン　ガ"),
        ("ABC 123 xyz", "ＡＢＣ　１２３　ｘｙｚ"),
        ("ガ", "カ\u3099"),
        ("ﾜﾞ", "ヷ"),
    ],
)
def test_width_folds_widths_only(intended: str, read: str) -> None:
    assert equal(intended, read, Comparison.WIDTH)
    assert not equal(intended, read, Comparison.NAME)


def test_width_keeps_hyphen_and_long_vowel_apart() -> None:
    assert not equal("ｹ-ｷ", "ケーキ", Comparison.WIDTH)
    assert not equal("か", "カ", Comparison.WIDTH)


def test_names_are_one_only_under_the_approved_table() -> None:
    assert equal("高橋　花子", "髙橋　花子", Comparison.NAME, APPROVED)
    assert equal("渡辺", "渡邊", Comparison.NAME, APPROVED)
    assert not equal("渡辺", "渡邊", Comparison.NAME)
    assert not equal("斎藤", "齋藤", Comparison.NAME, APPROVED)
    assert equal("髙橋 花子", "髙橋　花子", Comparison.NAME)
    assert not equal("髙橋花子", "髙橋　花子", Comparison.NAME, APPROVED)


def test_the_same_day_however_written() -> None:
    assert equal("2026-11-05", "R08.11.05", Comparison.DATE)
    assert equal("1989-01-08", "平成元年1月8日", Comparison.DATE)
    assert not equal("2026-11-05", "R08.11.06", Comparison.DATE)
    assert not equal("2026-11-05", "", Comparison.DATE)
    assert not equal("2026-02-30", "2026-03-02", Comparison.DATE)


def test_digits_without_their_dividers() -> None:
    assert equal("0000101", "000-0101", Comparison.DIGITS)
    assert equal("０１２３－４５", "0123 45", Comparison.DIGITS)
    assert equal("（０１２３）４５－６７８９", "0123-45-6789", Comparison.DIGITS)
    assert equal("〒000-0101", "0000101", Comparison.DIGITS)
    assert not equal("0123", "123", Comparison.DIGITS)
    assert not equal("0123", "", Comparison.DIGITS)


def test_a_character_stands_in_one_group_only() -> None:
    with pytest.raises(ValueError, match="U\\+9AD9"):
        VariantTable.of(["高髙", "髙"])


@settings(deadline=None)
@given(st.text(), st.sampled_from(Comparison))
def test_everything_equals_itself(text: str, comparison: Comparison) -> None:
    assert equal(text, text, comparison, APPROVED)


@settings(deadline=None)
@given(st.text(max_size=8), st.text(max_size=8), st.sampled_from(Comparison))
def test_order_does_not_matter(one: str, other: str, comparison: Comparison) -> None:
    assert equal(one, other, comparison, APPROVED) == equal(other, one, comparison, APPROVED)
