"""The invented numbers: valid check digits, no doubles, leading zeros kept."""

from __future__ import annotations

from random import Random

import pytest

from mock_core_ui.people.numbers import (
    Series,
    TownNumbers,
    is_valid_mynumber,
    mynumber_check_digit,
    with_wrong_check_digit,
)


@pytest.mark.parametrize(
    ("first_eleven", "digit"),
    [
        ("12345678901", "8"),  # 1*6+2*5+3*4+4*3+5*2+6*7+7*6+8*5+9*4+0*3+1*2 = 212 = 19*11+3
        ("00000000000", "0"),  # remainder 0
        ("00000000006", "0"),  # 6*2 = 12, remainder 1
    ],
)
def test_check_digit_follows_the_ordinance(first_eleven: str, digit: str) -> None:
    assert mynumber_check_digit(first_eleven) == digit


def test_wrong_check_digit_is_wrong() -> None:
    number = TownNumbers(Random(1)).mynumber()
    assert is_valid_mynumber(number)
    assert not is_valid_mynumber(with_wrong_check_digit(number))
    assert not is_valid_mynumber(number[:11])


@pytest.mark.parametrize("seed", range(5))
def test_series_does_not_repeat(seed: int) -> None:
    series = Series(Random(seed), 4, 10)
    numbers = [series.next() for _ in range(10_000)]
    assert len(set(numbers)) == 10_000
    assert all(len(number) == 10 and number.startswith("000000") for number in numbers)


def test_lengths_of_the_towns_numbers() -> None:
    rng = Random(2)
    numbers = TownNumbers(rng)
    kigou, bangou = numbers.yucho(rng)
    assert (len(kigou), kigou[0], kigou[-1]) == (5, "1", "0")
    assert (len(bangou), bangou[-1]) == (8, "1")
    assert bangou[0] != "0"
    assert len(numbers.account()) == 7
    assert numbers.account().startswith("0")
    assert numbers.atena().startswith("00")
    assert numbers.insured().startswith("000")
