"""Comparing what was meant with what a core shows: what counts as equal, and what must never."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge_agent.domain import addresses
from bridge_agent.domain import comparison as comparing
from bridge_agent.domain.comparison import Likeness, VariantTable, equal, likeness
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


def test_what_is_one_only_by_the_table_is_told_apart_from_what_is_equal() -> None:
    assert likeness("髙橋　花子", "髙橋 花子", Comparison.NAME, APPROVED) is Likeness.EQUAL
    assert likeness("髙橋　花子", "高橋 花子", Comparison.NAME, APPROVED) is Likeness.EQUIVALENT
    assert likeness("髙橋　花子", "高橋 花子", Comparison.NAME) is Likeness.DIFFERENT
    for other in set(Comparison) - {Comparison.NAME}:
        assert likeness("髙橋", "高橋", other, APPROVED) is Likeness.DIFFERENT


def test_hyphen_and_long_vowel_are_one_in_kana_only() -> None:
    assert equal("ｹ-ｷ", "ケーキ", Comparison.KANA)
    assert equal("サト－", "ｻﾄｰ", Comparison.KANA)
    assert equal("ｻﾄｰ", "サト−", Comparison.KANA)
    assert not equal("1-2", "1ー2", Comparison.KANA)
    assert not equal("A-B", "AーB", Comparison.KANA)
    assert not equal("ｻﾄｰ", "ｻﾄ", Comparison.KANA)
    for other in set(Comparison) - {Comparison.KANA}:
        assert not equal("ケ-キ", "ケーキ", other)


@pytest.mark.parametrize("hyphen", [*"\u2014\u2013\u2010\u2015\u30fc"])
def test_hyphen_like_characters_are_not_one_in_general(hyphen: str) -> None:
    for other in set(Comparison) - {Comparison.KANA, Comparison.ADDRESS, Comparison.DIGITS}:
        assert not equal("カ-1", f"カ{hyphen}1", other, APPROVED)


SAME_ADDRESS = [
    "潮見町1丁目2番3号",
    "潮見町一丁目2番3号",
    "潮見町１－２－３",
    "潮見町1−2-3",
    "潮見町 1-2-3",
    "潮見町1丁目2番地の3",
    "潮見町1‐2—3",
]


@pytest.mark.parametrize("one", SAME_ADDRESS)
@pytest.mark.parametrize("other", SAME_ADDRESS)
def test_ways_to_write_one_address(one: str, other: str) -> None:
    assert equal(one, other, Comparison.ADDRESS)
    assert equal(f"汐見原市{one}　ﾊﾟｰｸﾊｲﾂ１０１号室", f"汐見原市{other}パークハイツ101号室", Comparison.ADDRESS)
    assert one == other or not equal(one, other, Comparison.NAME)


@pytest.mark.parametrize(
    ("intended", "read"),
    [
        ("潮見町1-2-3", "潮見町1-23"),
        ("潮見町1-2-3", "潮見町12-3"),
        ("潮見町1 23", "潮見町12 3"),
        ("潮見町1-2-3", "潮見町1-2-4"),
        ("潮見町1-2", "潮見町1-2-3"),
        ("十一番町4丁目", "11番町4丁目"),
        ("一番町4丁目", "1番町4-"),
        ("三番丁5", "3番丁5"),
        ("潮見11番町2", "潮見11町2"),
        ("潮見1-2 3番館", "潮見1-2 3館"),
        ("潮見町1ー2", "潮見町1-2"),
        ("大字潮見1", "潮見1"),
        ("字潮見1", "潮見1"),
        ("潮見町1-2 101号室", "潮見町1-2 101号棟"),
        ("潮見町1号棟", "潮見町1棟"),
        ("潮見町1-2A", "潮見町1-2B"),
        ("霞ヶ丘1", "霞ケ丘1"),
    ],
)
def test_other_addresses_stay_other(intended: str, read: str) -> None:
    assert not equal(intended, read, Comparison.ADDRESS, APPROVED)


NUMBERS = {
    "一": "1", "九": "9", "十": "10", "十一": "11", "二十": "20", "四十二": "42", "百": "100", "百五": "105",
    "三百二十一": "321", "一〇五": "105", "二三": "23", "": "", "十百": "", "二二十": "", "百百": "", "十〇": "",
}  # fmt: skip


@pytest.mark.parametrize("kanji", NUMBERS)
def test_kanji_numbers(kanji: str) -> None:
    assert addresses.arabic(kanji) == NUMBERS[kanji]


def test_examples_in_the_docstrings() -> None:
    for module in (comparing, addresses):
        result = doctest.testmod(module)
        assert (result.attempted > 0, result.failed) == (True, 0)
