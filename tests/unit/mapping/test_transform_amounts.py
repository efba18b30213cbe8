"""Amounts and decimals: the sign and every digit survive, or the application is held."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge_agent.domain.reasons import Reason
from bridge_agent.mapping.transforms import amounts
from bridge_agent.mapping.transforms.table import TRANSFORMS
from bridge_agent.mapping.transforms.unfit import Unfit


@pytest.mark.parametrize(
    ("given_text", "with_commas", "without"),
    [
        ("0", "0", "0"),
        ("999", "999", "999"),
        ("1000", "1,000", "1000"),
        ("-1200", "-1,200", "-1200"),
        ("－１２００", "-1,200", "-1200"),
        ("−5", "-5", "-5"),
        ("1,234,567", "1,234,567", "1234567"),
        ("１２，０００", "12,000", "12000"),
    ],
)
def test_yen_with_and_without_commas(given_text: str, with_commas: str, without: str) -> None:
    assert amounts.commas(given_text) == with_commas
    assert amounts.no_commas(given_text) == without


@pytest.mark.parametrize(
    "refused",
    ["", "1,23", "12,34,567", ",123", "0,123", "0012", "-0", "1 200", "1200円", "￥1200", "△5", "一千", "1.0", "٣"],
)
def test_what_is_no_certain_amount_is_held(refused: str) -> None:
    for convert in (amounts.commas, amounts.no_commas):
        with pytest.raises(Unfit) as unfit:
            convert(refused)
        assert unfit.value.reason is Reason.VALUE_INVALID


@settings(deadline=None)
@given(st.integers(-(10**15), 10**15))
def test_an_amount_stays_the_same_number(amount: int) -> None:
    shown = amounts.commas(str(amount))
    assert int(shown.replace(",", "")) == amount
    assert amounts.no_commas(shown) == str(amount)
    groups = shown.lstrip("-").split(",")
    assert len(groups[0]) in (1, 2, 3)
    assert all(len(group) == 3 for group in groups[1:])


@pytest.mark.parametrize(
    ("given_text", "one", "two"), [("12", "12.0", "12.00"), ("0.5", "0.5", "0.50"), ("-３．０", "-3.0", "-3.00")]
)
def test_missing_places_are_filled(given_text: str, one: str, two: str) -> None:
    assert TRANSFORMS["decimals_1"](given_text) == one
    assert TRANSFORMS["decimals_2"](given_text) == two


@pytest.mark.parametrize("long", ["1.234", "1.239", "0.001", "5.000"])
def test_nothing_is_rounded_or_cut(long: str) -> None:
    for name in ("decimals_1", "decimals_2"):
        with pytest.raises(Unfit) as unfit:
            TRANSFORMS[name](long)
        assert unfit.value.reason is Reason.TOO_LONG


@pytest.mark.parametrize("refused", ["", ".", "1.", ".5", "1.2.3", "01.5", "1,5", "1.5m", "1e3", "NaN", "+1"])
def test_what_is_no_certain_decimal_is_held(refused: str) -> None:
    with pytest.raises(Unfit) as unfit:
        amounts.decimal_parts(refused)
    assert unfit.value.reason is Reason.VALUE_INVALID


@settings(deadline=None)
@given(st.decimals(-(10**9), 10**9, places=2))
def test_a_decimal_stays_the_same_number(number: Decimal) -> None:
    text = f"{number:f}".replace("-0.00", "0.00")
    assert Decimal(TRANSFORMS["decimals_2"](text)) == number
    whole, fraction = amounts.decimal_parts(text)
    assert f"{whole}.{fraction}" == text
