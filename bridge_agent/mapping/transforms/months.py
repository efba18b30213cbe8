"""Conversions of months (YYYY-MM) and of times of day (HH:MM), as applications carry them."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from bridge_agent.domain.eras import EraDate, era_date, iso_day
from bridge_agent.domain.reasons import Reason
from bridge_agent.mapping.transforms.unfit import Unfit

_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")


def wareki_month(text: str) -> str:
    """年月を「令和8年11月」の形にする（1 年は元年）。元号が 2 つある月（1989-01 など）は保留。

    >>> wareki_month("2019-05")
    '令和元年5月'
    """
    found = _in_era(text)
    return f"{found.era.name}{'元' if found.year == 1 else found.year}年{found.month}月"


def month_slashes(text: str) -> str:
    """年月を 2026/11 の形にする。

    >>> month_slashes("2026-11")
    '2026/11'
    """
    _first_day(text)
    return text.replace("-", "/")


def six_digits(text: str) -> str:
    """年月を 202611 の形にする。

    >>> six_digits("2026-11")
    '202611'
    """
    _first_day(text)
    return text.replace("-", "")


def four_digits(text: str) -> str:
    """時刻を 0930 の形にする。

    >>> four_digits("09:30")
    '0930'
    """
    return "".join(_hour_and_minute(text))


def wareki_month_parts(text: str) -> tuple[str, ...]:
    """年月を元号名・年・月に分ける。元年は 1。元号が 2 つある月は保留。

    >>> wareki_month_parts("2026-11")
    ('令和', '8', '11')
    """
    found = _in_era(text)
    return found.era.name, str(found.year), str(found.month)


def seireki_month_parts(text: str) -> tuple[str, ...]:
    """年月を西暦の年・月に分ける。

    >>> seireki_month_parts("2026-04")
    ('2026', '4')
    """
    day = _first_day(text)
    return str(day.year), str(day.month)


def time_parts(text: str) -> tuple[str, ...]:
    """時刻を時・分に分ける（先頭の 0 は付けない）。

    >>> time_parts("09:05")
    ('9', '5')
    """
    hour, minute = _hour_and_minute(text)
    return str(int(hour)), str(int(minute))


def _hour_and_minute(text: str) -> tuple[str, str]:
    found = _TIME.fullmatch(text)
    if not found:
        raise Unfit(Reason.VALUE_INVALID, "時刻として読めません")
    return found[1], found[2]


def _first_day(text: str) -> date:
    day = iso_day(f"{text}-01") if _MONTH.fullmatch(text) else None
    if day is None:
        raise Unfit(Reason.DATE_INVALID)
    return day


def _in_era(text: str) -> EraDate:
    """A month in which the era changed has two names, and only its day could tell which is meant."""
    first = _first_day(text)
    found, last = era_date(first), era_date(first.replace(day=monthrange(first.year, first.month)[1]))
    if found is None or last is None:
        raise Unfit(Reason.DATE_INVALID, "明治6年より前の月です")
    if found.era is not last.era:
        raise Unfit(Reason.VALUE_INVALID, "元号が 2 つある月です")
    return found
