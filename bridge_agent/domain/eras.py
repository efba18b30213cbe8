"""和暦: the five modern eras, their exact first days, and every date notation the agent reads. The only place for eras."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Era:
    name: str
    letter: str
    first_day: date
    last_day: date


MEIJI_GREGORIAN = date(1873, 1, 1)
"""明治6年1月1日: earlier 明治 days are lunar-calendar days and are not converted."""

ERAS: tuple[Era, ...] = (
    Era("令和", "R", date(2019, 5, 1), date.max),
    Era("平成", "H", date(1989, 1, 8), date(2019, 4, 30)),
    Era("昭和", "S", date(1926, 12, 25), date(1989, 1, 7)),
    Era("大正", "T", date(1912, 7, 30), date(1926, 12, 24)),
    Era("明治", "M", date(1868, 1, 25), date(1912, 7, 29)),
)
"""Newest first."""

_BY_NAME = {word: era for era in ERAS for word in (era.name, era.name[0], era.letter)}
_WIDE_TO_ASCII = {0xFF10 + n: 0x30 + n for n in range(10)} | {0xFF21 + n: 0x41 + n for n in range(26)}
_FOLD = str.maketrans(
    _WIDE_TO_ASCII | {ord("．"): ".", ord("／"): "/", ord("－"): "-", ord("−"): "-", ord("　"): " ", 0xA0: " "}
)
_ERA = "令和|平成|昭和|大正|明治|[令平昭大明RHSTM]"
_JAPANESE = re.compile(rf"({_ERA})(元|[0-9]{{1,2}})[年./-]([0-9]{{1,2}})[月./-]([0-9]{{1,2}})日?")
_YEAR_MONTH_DAY = (r"(?P<year>元|[0-9]{1,2})", r"(?P<month>[0-9]{1,2})", r"(?P<day>[0-9]{1,2})")
_WRITTEN = (
    re.compile(rf"(?P<era>{_ERA})" + "{}年{}月{}日".format(*_YEAR_MONTH_DAY)),
    re.compile(rf"(?P<era>{_ERA})" + r"{}(?P<between>[./-]){}(?P=between){}".format(*_YEAR_MONTH_DAY)),
)
_WESTERN = re.compile(r"([0-9]{4})[年./-]([0-9]{1,2})[月./-]([0-9]{1,2})日?")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class EraDate:
    """A day as a screen with split boxes wants it; 元年 is year 1."""

    era: Era
    year: int
    month: int
    day: int

    @property
    def text(self) -> str:
        """令和8年11月5日, first year written 元年."""
        return f"{self.era.name}{'元' if self.year == 1 else self.year}年{self.month}月{self.day}日"


def era_date(day: date) -> EraDate | None:
    """The day in its era; None before 1873, when the calendar was another one."""
    if day < MEIJI_GREGORIAN:
        return None
    era = next(era for era in ERAS if era.first_day <= day)
    return EraDate(era, day.year - era.first_day.year + 1, day.month, day.day)


def day_of(era_name: str, year: int, month: int, day: int) -> date | None:
    """The Gregorian day; None when the era, the month or the day does not exist (昭和64年1月8日, 平成31年5月1日)."""
    era = _BY_NAME.get(era_name)
    if era is None or year < 1:
        return None
    found = _existing(era.first_day.year + year - 1, month, day)
    if found is None or not era.first_day <= found <= era.last_day or found < MEIJI_GREGORIAN:
        return None
    return found


def iso_day(text: str) -> date | None:
    """A day written YYYY-MM-DD and nothing else, as applications carry it; None when it does not exist."""
    if not _ISO.fullmatch(text) or not text.isascii():
        return None
    return _existing(int(text[:4]), int(text[5:7]), int(text[8:]))


def any_day(text: str) -> date | None:
    """A day in any notation that screens show (2026-11-05, 令和8年11月5日, R08.11.05); for comparing only."""
    folded = text.translate(_FOLD).replace(" ", "")
    if found := _WESTERN.fullmatch(folded):
        return _existing(int(found[1]), int(found[2]), int(found[3]))
    if found := _JAPANESE.fullmatch(folded):
        year = 1 if found[2] == "元" else int(found[2])
        return day_of(found[1], year, int(found[3]), int(found[4]))
    return None


def written_day(text: str) -> date | None:
    """A day that an applicant wrote in 和暦 (令和8年11月5日, R8.11.5), to be entered; None when it is not certain."""
    folded = text.translate(_FOLD).replace(" ", "")
    for shape in _WRITTEN:
        if found := shape.fullmatch(folded):
            year = 1 if found["year"] == "元" else int(found["year"])
            return day_of(found["era"], year, int(found["month"]), int(found["day"]))
    return None


def _existing(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
