"""和暦: both sides of every boundary, days that never were, and the notations of screens."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge_agent.domain.eras import MEIJI_GREGORIAN, any_day, day_of, era_date, iso_day

EDGES = [
    (date(2019, 5, 1), "令和", 1),
    (date(2019, 4, 30), "平成", 31),
    (date(1989, 1, 8), "平成", 1),
    (date(1989, 1, 7), "昭和", 64),
    (date(1926, 12, 25), "昭和", 1),
    (date(1926, 12, 24), "大正", 15),
    (date(1912, 7, 30), "大正", 1),
    (date(1912, 7, 29), "明治", 45),
    (date(1873, 1, 1), "明治", 6),
]


@pytest.mark.parametrize(("day", "era", "year"), EDGES)
def test_both_sides_of_every_boundary(day: date, era: str, year: int) -> None:
    found = era_date(day)
    assert found is not None
    assert (found.era.name, found.year, found.month, found.day) == (era, year, day.month, day.day)
    assert day_of(era, year, day.month, day.day) == day


def test_days_of_the_old_calendar_are_not_converted() -> None:
    assert era_date(date(1872, 12, 31)) is None
    assert day_of("明治", 5, 12, 2) is None


@pytest.mark.parametrize(
    ("era", "year", "month", "day"),
    [
        ("平成", 31, 5, 1),
        ("昭和", 64, 1, 8),
        ("令和", 1, 4, 30),
        ("大正", 1, 7, 29),
        ("令和", 8, 2, 30),
        ("令和", 0, 6, 1),
        ("慶応", 1, 1, 1),
    ],
)
def test_days_that_never_were(era: str, year: int, month: int, day: int) -> None:
    assert day_of(era, year, month, day) is None


@settings(deadline=None)
@given(st.dates(min_value=MEIJI_GREGORIAN, max_value=date(2099, 12, 31)))
def test_every_day_comes_back(day: date) -> None:
    found = era_date(day)
    assert found is not None
    assert day_of(found.era.name, found.year, found.month, found.day) == day
    assert any_day(found.text) == day
    letters = f"{found.era.letter}{found.year:02d}.{found.month:02d}.{found.day:02d}"
    assert any_day(letters) == day
    assert iso_day(day.isoformat()) == day


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-05",
        "2026/11/05",
        "2026年11月5日",
        "令和8年11月5日",
        "令和８年１１月５日",
        "R08.11.05",
        "R8/11/5",
        "令8.11.5",
    ],
)
def test_notations_of_one_day(text: str) -> None:
    assert any_day(text) == date(2026, 11, 5)


def test_first_year_is_written_gannen() -> None:
    found = era_date(date(2019, 12, 31))
    assert found is not None
    assert found.text == "令和元年12月31日"
    assert any_day("令和元年12月31日") == any_day("令和1年12月31日")


@pytest.mark.parametrize("text", ["", "2026-02-30", "20261105", "R8", "2026-1-1", "２０２６-11-05", " 2026-11-05"])
def test_what_an_application_may_not_carry(text: str) -> None:
    assert iso_day(text) is None


@settings(deadline=None)
@given(st.text(max_size=20))
def test_any_text_is_read_or_refused(text: str) -> None:
    found = any_day(text)
    assert found is None or found >= date.min + timedelta(0)
