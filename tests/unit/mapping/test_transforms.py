"""Every named conversion: its own examples, the vectors of the trade, and what it must refuse."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge_agent.domain.reasons import Reason
from bridge_agent.mapping import transforms
from bridge_agent.mapping.transforms import bank, dates, divided, text, width
from bridge_agent.mapping.transforms.table import SPLITS, TRANSFORMS
from bridge_agent.mapping.transforms.unfit import Unfit

KATAKANA = [chr(code) for code in range(0x30A1, 0x30F5)] + ["ー", "　"]
NOT_HALF = set("ヮヰヱ")


MODULES = sorted({module.name for module in pkgutil.iter_modules(transforms.__path__)} - {"table", "unfit"})
EVERY = {**TRANSFORMS, **{f"split {name}": split.divide for name, split in SPLITS.items()}}


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_the_docstrings(name: str) -> None:
    module = importlib.import_module(f"bridge_agent.mapping.transforms.{name}")
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0


@pytest.mark.parametrize("function", EVERY.values(), ids=EVERY)
def test_every_conversion_explains_itself_by_an_example_that_is_true(function: Callable[..., object]) -> None:
    """Also those that are made by a function, which the module's own examples do not reach."""
    examples = [test for test in doctest.DocTestFinder().find(function, function.__name__) if test.examples]
    assert len(examples) == 1
    names = {
        name: value
        for module in MODULES
        for name, value in vars(importlib.import_module(f"bridge_agent.mapping.transforms.{module}")).items()
        if callable(value)
    }
    examples[0].globs |= names
    result = doctest.DocTestRunner(verbose=False).run(examples[0])
    assert (result.attempted > 0, result.failed) == (True, 0)
    first_line = (function.__doc__ or "").splitlines()[0]
    assert re.search("[ぁ-ん]", first_line), "the first line is for the author of a recipe"


@pytest.mark.parametrize(
    ("given_text", "wanted"),
    [
        ("ワタナベ　ショウコ", "ﾜﾀﾅﾍﾞ ｼﾖｳｺ"),
        ("スズキ　ケーキ", "ｽｽﾞｷ ｹ-ｷ"),
        ("ヴァン", "ｳﾞｱﾝ"),
        ("ﾊﾟｰﾃｨ", "ﾊﾟ-ﾃｲ"),
        ("カ）ホクト", "ｶ)ﾎｸﾄ"),
        ("ＡＢＣ　ｄｅｆ．", "ABC DEF."),
        ("ブック／オフ", "ﾌﾞﾂｸ/ｵﾌ"),
        ("カ\u3099ッキ", "ｶﾞﾂｷ"),
        ("ハ\u309aーク", "ﾊﾟ-ｸ"),
        ("ヲダ", "ｦﾀﾞ"),
    ],
)
def test_zengin_kana(given_text: str, wanted: str) -> None:
    assert bank.zengin_kana(given_text) == wanted


@pytest.mark.parametrize("refused", ["渡辺", "ナカ・グロ", "ヱビス", "カ、キ", "わたなべ", "￥"])
def test_zengin_kana_refuses(refused: str) -> None:
    with pytest.raises(Unfit) as unfit:
        bank.zengin_kana(refused)
    assert unfit.value.reason is Reason.VALUE_INVALID
    assert refused not in unfit.value.why


def test_banks_that_take_less_or_more() -> None:
    """Which signs a bank's file takes differs; a recipe chooses."""
    assert bank.zengin_kana_least("スズキ　ケーキ") == bank.zengin_kana_most("スズキ　ケーキ") == "ｽｽﾞｷ ｹ-ｷ"
    assert bank.zengin_kana_most("「カ，￥ヲ」") == "｢ｶ,\\ｦ｣"
    for refused in ("ヲダ", "カ，キ", "￥", "「"):
        with pytest.raises(Unfit):
            bank.zengin_kana_least(refused)
    for refused in ("、", "・", "。", "渡辺"):
        with pytest.raises(Unfit):
            bank.zengin_kana_most(refused)


@pytest.mark.parametrize(
    ("kigou", "bangou", "wanted"),
    [
        ("10530", "12345671", ("058", "普通", "1234567")),
        ("17300", "19927651", ("738", "普通", "1992765")),
        ("10530", "2341", ("058", "普通", "0000234")),
        ("10530", "11", ("058", "普通", "0000001")),
        ("00100", "12345", ("019", "当座", "0012345")),
        ("00100", "7", ("019", "当座", "0000007")),
        ("00100", "1234567", ("019", "当座", "1234567")),
    ],
)
def test_yucho(kigou: str, bangou: str, wanted: tuple[str, ...]) -> None:
    assert bank.yucho_parts(kigou, bangou) == wanted


@pytest.mark.parametrize(
    ("kigou", "bangou"),
    [
        ("1053", "12345671"),
        ("10530", "123456711"),
        ("20530", "12345671"),
        ("10530", "1"),
        ("１０５３０", "12345671"),
        ("00100", "12345678"),
        ("10530", ""),
        ("10530", "1234567"),
        ("10530", "12345670"),
        ("10530", "12345672"),
        ("10530", "12345679"),
        ("10530", "12"),
    ],
)
def test_yucho_refuses(kigou: str, bangou: str) -> None:
    with pytest.raises(Unfit) as unfit:
        bank.yucho_parts(kigou, bangou)
    assert unfit.value.reason is Reason.NUMBER_INVALID


@pytest.mark.parametrize(
    ("given_text", "wanted"),
    [
        ("シルヴァ　ハファエル", "ｼﾙｳﾞｧ ﾊﾌｧｴﾙ"),
        ("ガ", "ｶﾞ"),
        ("カ\u3099", "ｶﾞ"),
        ("ｻﾄ-", "ｻﾄｰ"),
        ("サトー", "ｻﾄｰ"),
        ("サト－", "ｻﾄｰ"),
        ("ＡＮＮＥ－ＭＡＲＩＥ　サトウ", "ANNE-MARIE ｻﾄｳ"),
        ("マリア・ルイサ", "ﾏﾘｱ･ﾙｲｻ"),
    ],
)
def test_half_kana(given_text: str, wanted: str) -> None:
    assert width.half_kana(given_text) == wanted


@pytest.mark.parametrize("refused", ["ヱビス", "さとう", "佐藤", "サトウ①", "サ〜"])
def test_half_kana_refuses(refused: str) -> None:
    with pytest.raises(Unfit):
        width.half_kana(refused)


@pytest.mark.parametrize("refused", ["さとう", "佐藤", "サトウ①", "サ〓", "アﾞ", "ア\u3099", "サトウ\n"])
def test_full_kana_refuses(refused: str) -> None:
    with pytest.raises(Unfit) as unfit:
        width.full_kana(refused)
    assert unfit.value.reason is Reason.VALUE_INVALID


@settings(deadline=None)
@given(st.text(st.sampled_from([kana for kana in KATAKANA if kana not in NOT_HALF]), max_size=20))
def test_katakana_survives_half_and_full(kana: str) -> None:
    assert width.full_kana(width.half_kana(kana)) == kana


@settings(deadline=None)
@given(st.text(st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"]), max_size=30))
def test_width_conversions_never_fail_and_keep_the_twins(free: str) -> None:
    width.half_width(free)
    wide = width.full_width(free)
    assert "ー" not in wide or re.search("[ーｰ]", free)


def test_hyphens_do_not_become_long_vowels() -> None:
    assert width.full_width("1-2-3") == "１－２－３"
    assert width.half_width("１－２－３") == "1-2-3"
    assert width.half_width("１−２〜３") == "1-2~3"
    assert width.half_width("渡邉　花子") == "渡邉 花子"


@pytest.mark.parametrize(
    ("given_text", "wanted"),
    [
        ("2019-04-30", "平成31年4月30日"),
        ("2019-05-01", "令和元年5月1日"),
        ("1926-12-24", "大正15年12月24日"),
        ("1926-12-25", "昭和元年12月25日"),
    ],
)
def test_wareki(given_text: str, wanted: str) -> None:
    assert dates.wareki(given_text) == wanted


@pytest.mark.parametrize("refused", ["2026-02-30", "1872-12-31", "R8.1.1", "", "令和8年1月1日"])
def test_dates_that_do_not_exist(refused: str) -> None:
    with pytest.raises(Unfit) as unfit:
        dates.wareki_parts(refused)
    assert unfit.value.reason is Reason.DATE_INVALID


@settings(deadline=None)
@given(st.dates())
def test_western_parts_join_to_the_day(day: object) -> None:
    year, month, rest = dates.seireki_parts(str(day))
    assert f"{int(year):04d}-{int(month):02d}-{int(rest):02d}" == str(day)


@pytest.mark.parametrize(
    ("given_text", "wanted"),
    [
        ("03-1234-5678", ("03", "1234", "5678")),
        ("0312345678", ("03", "1234", "5678")),
        ("0661234567", ("06", "6123", "4567")),
        ("09012345678", ("090", "1234", "5678")),
        ("０９０－１２３４－５６７８", ("090", "1234", "5678")),
        ("05012345678", ("050", "1234", "5678")),
        ("0120123456", ("0120", "123", "456")),
        ("08001234567", ("0800", "123", "4567")),
        ("0123(45)6789", ("0123", "45", "6789")),
        ("（０１２３）４５－６７８９", ("0123", "45", "6789")),
        ("01234-5-6789", ("01234", "5", "6789")),
    ],
)
def test_phone(given_text: str, wanted: tuple[str, ...]) -> None:
    assert divided.phone_parts(given_text) == wanted


@pytest.mark.parametrize(
    "refused",
    [
        "0123456789",
        "03-1234-567",
        "090-12345-678",
        "1234-56-7890",
        "090-1234-5678 夜間",
        "",
        "03--12345678",
        "+81312345678",
        "045-٣93-5461",
    ],
)
def test_phone_that_cannot_be_divided(refused: str) -> None:
    with pytest.raises(Unfit):
        divided.phone_parts(refused)


def test_postal() -> None:
    assert divided.postal_parts("〒０００－０１０１") == ("000", "0101")
    for refused in ("000010", "00001011", "abc0101", ""):
        with pytest.raises(Unfit):
            divided.postal_parts(refused)


def test_names_are_divided_only_at_the_one_space() -> None:
    assert divided.name_parts("渡邉　花子") == ("渡邉", "花子")
    assert divided.name_parts("SMITH JOHN") == ("SMITH", "JOHN")
    for refused in ("渡邉花子", "渡邉　　花子", "ジョン　ポール　ジョーンズ", "渡邉　", ""):
        with pytest.raises(Unfit):
            divided.name_parts(refused)


def test_digits_keep_their_zeros() -> None:
    assert text.digits("０００１－２") == "00012"
    assert text.two_digits("8") == "08"
    for refused in ("", "12a", "一二", "①", "-", "-5000", " －５"):  # a sign that is dropped makes another amount
        with pytest.raises(Unfit):
            text.digits(refused)
    with pytest.raises(Unfit):
        text.two_digits("123")


@settings(deadline=None)
@given(st.from_regex(r"[0-9]{1,15}", fullmatch=True))
def test_digits_are_never_changed(number: str) -> None:
    assert text.digits(number) == number
