"""和暦 at every change of era, both ways."""

from __future__ import annotations

from datetime import date

import pytest

from mock_core_ui.core.eras import long_form, month_form, short_form, to_date, to_month

BOUNDARIES = [
    ("令和", 1, 5, 1, date(2019, 5, 1)),
    ("平成", 31, 4, 30, date(2019, 4, 30)),
    ("平成", 1, 1, 8, date(1989, 1, 8)),
    ("昭和", 64, 1, 7, date(1989, 1, 7)),
    ("昭和", 1, 12, 25, date(1926, 12, 25)),
    ("大正", 15, 12, 24, date(1926, 12, 24)),
    ("大正", 1, 7, 30, date(1912, 7, 30)),
    ("明治", 45, 7, 29, date(1912, 7, 29)),
    ("令和", 8, 11, 5, date(2026, 11, 5)),
]


@pytest.mark.parametrize(("era", "year", "month", "day", "expected"), BOUNDARIES)
def test_reads_a_day(era: str, year: int, month: int, day: int, expected: date) -> None:
    assert to_date(era, year, month, day) == expected


@pytest.mark.parametrize(
    ("era", "year", "month", "day"),
    [
        ("平成", 31, 5, 1),
        ("昭和", 64, 1, 8),
        ("令和", 1, 4, 30),
        ("令和", 0, 5, 1),
        ("令和", 8, 2, 29),
        ("令和", 8, 13, 1),
        ("明治", 5, 12, 31),
        ("", 8, 1, 1),
    ],
)
def test_refuses_a_day_that_never_was(era: str, year: int, month: int, day: int) -> None:
    assert to_date(era, year, month, day) is None


def test_forms() -> None:
    assert long_form(date(2019, 5, 1)) == "令和元年5月1日"
    assert long_form(date(2026, 11, 5)) == "令和8年11月5日"
    assert short_form(date(2026, 11, 5)) == "R08.11.05"


def test_refuses_days_before_the_eras() -> None:
    with pytest.raises(ValueError):
        long_form(date(1872, 12, 31))


@pytest.mark.parametrize(
    ("era", "year", "month", "expected"),
    [
        ("平成", 31, 4, date(2019, 4, 1)),
        ("令和", 1, 5, date(2019, 5, 1)),
        ("昭和", 64, 1, date(1989, 1, 1)),
        ("平成", 1, 1, date(1989, 1, 1)),
        ("平成", 31, 5, None),
        ("令和", 1, 4, None),
        ("平成", 1, 13, None),
        ("", 1, 1, None),
    ],
)
def test_reads_a_month_of_which_a_day_at_least_lay_in_the_era(
    era: str, year: int, month: int, expected: date | None
) -> None:
    assert to_month(era, year, month) == expected


def test_forms_of_a_month() -> None:
    assert month_form(date(2019, 5, 1)) == "令和元年5月"
    assert month_form(date(2019, 4, 1)) == "平成31年4月"
    assert month_form(date(2026, 12, 1)) == "令和8年12月"
    assert month_form(date(1989, 1, 1)) == "平成元年1月"  # of two eras, the later one
