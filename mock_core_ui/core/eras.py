"""和暦 as the mock cores read and show it, with their own table: they share no code with the agent."""

from __future__ import annotations

from datetime import date, timedelta

ERAS: tuple[tuple[str, str, date, date], ...] = (
    ("令和", "R", date(2019, 5, 1), date.max),
    ("平成", "H", date(1989, 1, 8), date(2019, 4, 30)),
    ("昭和", "S", date(1926, 12, 25), date(1989, 1, 7)),
    ("大正", "T", date(1912, 7, 30), date(1926, 12, 24)),
    ("明治", "M", date(1873, 1, 1), date(1912, 7, 29)),
)
"""Name, letter, first and last day; 明治 from the day the Gregorian calendar was taken over."""

_YEAR_BEFORE = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867}
"""Western year before an era's first: what has to be added to a year of it."""


def to_date(era: str, year: int, month: int, day: int) -> date | None:
    """The day meant by an era's name and a year in it; None when there was no such day in that era."""
    for name, _, first, last in ERAS:
        if name == era:
            try:
                found = date(_YEAR_BEFORE[name] + year, month, day)
            except ValueError:
                return None
            return found if year >= 1 and first <= found <= last else None
    return None


def to_month(era: str, year: int, month: int) -> date | None:
    """The first day of a month of an era's year; None when no day of that month was in the era."""
    for name, _, first, last in ERAS:
        if name == era:
            try:
                found = date(_YEAR_BEFORE[name] + year, month, 1)
            except ValueError:
                return None
            within = found <= last and (found.year, found.month) >= (first.year, first.month)
            return found if year >= 1 and within else None
    return None


def month_form(month: date) -> str:
    """令和8年11月; a month that belongs to two eras is told by the later one."""
    last = date(month.year + month.month // 12, month.month % 12 + 1, 1) - timedelta(days=1)
    name, year = parts_of(last)
    return f"{name}{'元' if year == 1 else year}年{month.month}月"


def parts_of(day: date) -> tuple[str, int]:
    """Era name and year in it."""
    for name, _, first, last in ERAS:
        if first <= day <= last:
            return name, day.year - _YEAR_BEFORE[name]
    raise ValueError("before the eras that the core knows")


def long_form(day: date) -> str:
    """令和8年11月5日; the first year of an era is 元年."""
    name, year = parts_of(day)
    return f"{name}{'元' if year == 1 else year}年{day.month}月{day.day}日"


def short_form(day: date) -> str:
    """R08.11.05, as dialects B and D show dates."""
    name, year = parts_of(day)
    letter = next(entry[1] for entry in ERAS if entry[0] == name)
    return f"{letter}{year:02d}.{day.month:02d}.{day.day:02d}"
