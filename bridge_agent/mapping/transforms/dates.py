"""Conversions of dates. Applications carry YYYY-MM-DD; 和暦 appears only at the screen."""

from __future__ import annotations

from datetime import date

from bridge_agent.domain.eras import EraDate, era_date, iso_day
from bridge_agent.domain.reasons import Reason
from bridge_agent.mapping.transforms.unfit import Unfit


def wareki(text: str) -> str:
    """西暦の日付を「令和8年11月5日」の形にする（1 年は元年）。

    >>> wareki("2019-05-01")
    '令和元年5月1日'
    """
    return _in_era(text).text


def slashes(text: str) -> str:
    """日付を 2026/11/05 の形にする。

    >>> slashes("2026-11-05")
    '2026/11/05'
    """
    return f"{_day(text):%Y/%m/%d}"


def eight_digits(text: str) -> str:
    """日付を 20261105 の形にする。

    >>> eight_digits("2026-11-05")
    '20261105'
    """
    return f"{_day(text):%Y%m%d}"


def wareki_parts(text: str) -> tuple[str, ...]:
    """日付を元号名・年・月・日に分ける。元年は 1。

    >>> wareki_parts("1989-01-07")
    ('昭和', '64', '1', '7')
    """
    found = _in_era(text)
    return found.era.name, str(found.year), str(found.month), str(found.day)


def seireki_parts(text: str) -> tuple[str, ...]:
    """日付を西暦の年・月・日に分ける。

    >>> seireki_parts("2026-11-05")
    ('2026', '11', '5')
    """
    day = _day(text)
    return str(day.year), str(day.month), str(day.day)


def _day(text: str) -> date:
    day = iso_day(text)
    if day is None:
        raise Unfit(Reason.DATE_INVALID)
    return day


def _in_era(text: str) -> EraDate:
    found = era_date(_day(text))
    if found is None:
        raise Unfit(Reason.DATE_INVALID, "明治6年より前の日付です")
    return found
