"""Conversions of dates. Applications carry YYYY-MM-DD; 和暦 appears only at the screen."""

from __future__ import annotations

from datetime import date

from bridge_agent.domain.eras import EraDate, era_date, iso_day, written_day
from bridge_agent.domain.reasons import Reason
from bridge_agent.mapping.transforms.unfit import Unfit


def wareki(text: str) -> str:
    """西暦の日付を「令和8年11月5日」の形にする（1 年は元年）。

    >>> wareki("2019-05-01")
    '令和元年5月1日'
    """
    return _in_era(text).text


def wareki_1nen(text: str) -> str:
    """西暦の日付を「令和1年5月1日」の形にする（1 年を元年と書かない画面のため）。

    >>> wareki_1nen("2019-05-01")
    '令和1年5月1日'
    """
    found = _in_era(text)
    return f"{found.era.name}{found.year}年{found.month}月{found.day}日"


def wareki_letters(text: str) -> str:
    """日付を「R08.11.05」の形にする（元年は 01）。

    >>> wareki_letters("2026-11-05")
    'R08.11.05'
    """
    found = _in_era(text)
    return f"{found.era.letter}{found.year:02d}.{found.month:02d}.{found.day:02d}"


def gannen(text: str) -> str:
    """和暦の年の 1 を「元」にする（年の欄に元と入れる画面のため）。ほかの年はそのまま。

    >>> gannen("1")
    '元'
    >>> gannen("31")
    '31'
    """
    return "元" if text == "1" else text


def read_wareki(text: str) -> str:
    """申請に書かれた和暦（令和8年11月5日、R8.11.5 など。元年と 1 年のどちらも可）を 2026-11-05 の形にする。無い日は保留。

    >>> read_wareki("令和元年５月１日")
    '2019-05-01'
    """
    day = written_day(text)
    if day is None:
        raise Unfit(Reason.DATE_INVALID, "和暦の日付として読めません")
    return day.isoformat()


def slashes(text: str) -> str:
    """日付を 2026/11/05 の形にする。

    >>> slashes("2026-11-05")
    '2026/11/05'
    """
    _day(text)
    return text.replace("-", "/")


def eight_digits(text: str) -> str:
    """日付を 20261105 の形にする。

    >>> eight_digits("2026-11-05")
    '20261105'
    """
    _day(text)
    return text.replace("-", "")


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
