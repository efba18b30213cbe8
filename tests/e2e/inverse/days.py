"""Days, months and times of day as the cores keep them: 和暦 with each vendor's own codes, six western digits, two boxes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from tests.e2e.inverse.places import UNREADABLE, Parts, Place

_MEIJI = (1868, date(1873, 1, 1), date(1912, 7, 29))
_TAISHO = (1912, date(1912, 7, 30), date(1926, 12, 24))
_SHOWA = (1926, date(1926, 12, 25), date(1989, 1, 7))
_HEISEI = (1989, date(1989, 1, 8), date(2019, 4, 30))
_REIWA = (2019, date(2019, 5, 1), date(2099, 12, 31))
_Era = tuple[int, date, date]
"""Western year of 元年, first and last day."""

_SOGO_ERAS: Mapping[str, _Era] = {"1": _MEIJI, "2": _TAISHO, "3": _SHOWA, "4": _HEISEI, "5": _REIWA}
_NINTEI_ERAS: Mapping[str, _Era] = {"M": _MEIJI, "T": _TAISHO, "S": _SHOWA, "H": _HEISEI, "R": _REIWA}
_HIBARI_ERAS: Mapping[str, _Era] = {"01": _MEIJI, "02": _TAISHO, "03": _SHOWA, "04": _HEISEI, "05": _REIWA}
_WAKABA_ERAS: Mapping[str, _Era] = {
    "meiji": _MEIJI,
    "taisho": _TAISHO,
    "showa": _SHOWA,
    "heisei": _HEISEI,
    "reiwa": _REIWA,
}
_JIDOSHA_ERAS: Mapping[str, _Era] = {"91": _MEIJI, "92": _TAISHO, "93": _SHOWA, "94": _HEISEI, "95": _REIWA}


def sogo_day(item: str, stem: str) -> Place:
    """元号, 年, 月, 日 of the 総合行政システム."""
    return Place(item, _day_boxes(stem), lambda parts: _day(parts, _SOGO_ERAS))


def hibari_day(item: str, stem: str) -> Place:
    """元号, 年, 月, 日 of the ひばり介護保険システム."""
    return Place(item, _day_boxes(stem), lambda parts: _day(parts, _HIBARI_ERAS))


def wakaba_day(item: str, stem: str) -> Place:
    """元号, 年, 月, 日 of the わかば子育て支援システム."""
    return Place(item, _day_boxes(stem), lambda parts: _day(parts, _WAKABA_ERAS))


def jidosha_day(item: str, stem: str) -> Place:
    """元号, 年, 月, 日 of the 自動車手続システム."""
    return Place(item, _day_boxes(stem), lambda parts: _day(parts, _JIDOSHA_ERAS))


def nintei_day(item: str, controls: tuple[str, str, str, str]) -> Place:
    """元号, 年, 月, 日 of the 介護認定システム."""
    return Place(item, controls, lambda parts: _day(parts, _NINTEI_ERAS))


def jidosha_month(item: str, stem: str) -> Place:
    """元号, 年, 月 of the 自動車手続システム. A month in which the era changed may bear either name."""
    return Place(item, (f"{stem}_g", f"{stem}_y", f"{stem}_m"), lambda parts: _era_month(parts, _JIDOSHA_ERAS))


def western_month(item: str, control: str) -> Place:
    """西暦６桁 in one box: 202604 for what an application calls 2026-04."""
    return Place(item, (control,), lambda parts: _western_month(str(parts[0])))


def clock(item: str, stem: str) -> Place:
    """時 and 分."""
    return Place(item, (f"{stem}_h", f"{stem}_m"), _clock)


def _day_boxes(stem: str) -> tuple[str, str, str, str]:
    return (f"{stem}_g", f"{stem}_y", f"{stem}_m", f"{stem}_d")


def _are_digits(boxes: list[str]) -> bool:
    return all(one.isascii() and one.isdecimal() for one in boxes)


def _unreadable(parts: Parts) -> str:
    return f"{UNREADABLE}{parts!r}"


def _day(parts: Parts, eras: Mapping[str, _Era]) -> str:
    if all(part == "" for part in parts):
        return ""
    era, *digits = (str(part) for part in parts)
    if era not in eras or not _are_digits(digits):
        return _unreadable(parts)
    first_year, first, last = eras[era]
    year, month, day = map(int, digits)
    try:
        found = date(first_year + year - 1, month, day)
    except ValueError:
        return _unreadable(parts)
    return found.isoformat() if year >= 1 and first <= found <= last else _unreadable(parts)


def _era_month(parts: Parts, eras: Mapping[str, _Era]) -> str:
    if all(part == "" for part in parts):
        return ""
    era, *digits = (str(part) for part in parts)
    if era not in eras or not _are_digits(digits):
        return _unreadable(parts)
    first_year, first, last = eras[era]
    year, month = map(int, digits)
    western = first_year + year - 1
    within = (first.year, first.month) <= (western, month) <= (last.year, last.month)
    return f"{western}-{month:02d}" if year >= 1 and 1 <= month <= 12 and within else _unreadable(parts)


def _western_month(held: str) -> str:
    if held == "":
        return ""
    sound = len(held) == 6 and held.isascii() and held.isdecimal() and 1 <= int(held[4:]) <= 12
    return f"{held[:4]}-{held[4:]}" if sound else f"{UNREADABLE}{held}"


def _clock(parts: Parts) -> str:
    if all(part == "" for part in parts):
        return ""
    boxes = [str(part) for part in parts]
    if not _are_digits(boxes) or int(boxes[0]) > 23 or int(boxes[1]) > 59:
        return _unreadable(parts)
    return f"{int(boxes[0]):02d}:{int(boxes[1]):02d}"
