"""Words in which the hand-written tables say where an application's item stands on a core's screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tests.e2e.inverse.characters import full_width, transfer_kana, without_twins

UNREADABLE = "\ufffd"
"""Begins a value that means nothing in the application's words; no application's value begins so."""

Parts = tuple[object, ...]


def _as_it_is(text: str) -> str:
    return text


@dataclass(frozen=True, slots=True)
class Place:
    """Where one item stands."""

    item: str
    controls: tuple[str, ...]
    read: Callable[[Parts], str]
    """From what the controls hold to the application's value."""
    fold: Callable[[str], str] = _as_it_is
    """The form in which the value read and the value applied for are compared."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a repeat group: the item that holds the list, the screen's number of rows, the places of row n (from 1)."""

    item: str
    count: int
    places: Callable[[int], tuple[Place, ...]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One screen."""

    places: tuple[Place, ...]
    date_item: str
    """Item of the application date; the screen must hold the day of arrival there."""
    rows: tuple[Rows, ...] = ()
    chosen: Mapping[str, str] = field(default_factory=dict)
    """Controls that no item fills, with what the operator must choose there."""

    @property
    def has_reference(self) -> bool:
        return any(place.item == "receipt_no" for place in self.places)


def text(item: str, control: str) -> Place:
    """Text, digits or a name, stored as it was applied for."""
    return Place(item, (control,), _single, without_twins)


def wide(item: str, control: str) -> Place:
    """Text that the screen turns to full width; what is left of it is compared in that form."""
    return Place(item, (control,), _single, lambda said: without_twins(full_width(said)))


def listed(item: str, controls: tuple[str, ...], table: Mapping[str, str]) -> Place:
    """Several choices, one a line of a table; empty lines say nothing, and neither does the order."""

    def read(parts: Parts) -> str:
        return "|".join(sorted(_code(str(part), table) for part in parts if part))

    return Place(item, controls, read, lambda said: "|".join(sorted(said.split("|"))))


def lines(item: str, control: str) -> Place:
    """Text of several lines."""
    return Place(item, (control,), _single, lambda said: without_twins(said.replace("\r\n", "\n")))


def kana(item: str, control: str) -> Place:
    """Half-width kana on the screen, full-width in the application."""
    return Place(item, (control,), lambda parts: full_width(_single(parts)))


def holder(item: str, control: str) -> Place:
    """The account holder in the characters of a bank transfer."""
    return Place(item, (control,), lambda parts: transfer_kana(_single(parts)), transfer_kana)


def code(item: str, control: str, table: Mapping[str, str]) -> Place:
    """A code list or radio buttons; `table` leads from the screen's code to the application's."""
    return Place(item, (control,), lambda parts: _code(_single(parts), table))


def box(item: str, control: str) -> Place:
    """One check box; an application says '1', and '0' or nothing."""
    return Place(item, (control,), lambda parts: _code(_single(parts), {"1": "1"}) or "0", lambda said: said or "0")


def boxes(item: str, control: str, table: Mapping[str, str]) -> Place:
    """Several boxes of one name; the order in which they were ticked says nothing."""
    return Place(
        item, (control,), lambda parts: _codes(parts[0], table), lambda said: "|".join(sorted(said.split("|")))
    )


def phone(item: str, stem: str) -> Place:
    """Three boxes, hyphens between them in the application."""
    return phone_in(item, (f"{stem}_1", f"{stem}_2", f"{stem}_3"))


def phone_in(item: str, controls: tuple[str, str, str]) -> Place:
    """The same with the names of the boxes given."""
    return Place(item, controls, lambda parts: _joined(parts, "-"))


def postal(item: str, stem: str) -> Place:
    """Two boxes, seven digits in the application."""
    return postal_in(item, (f"{stem}_1", f"{stem}_2"))


def postal_in(item: str, controls: tuple[str, str]) -> Place:
    """The same with the names of the boxes given."""
    return Place(item, controls, lambda parts: _joined(parts, ""))


def sogo_day(item: str, stem: str) -> Place:
    """元号, 年, 月, 日 of the 総合行政システム."""
    controls = (f"{stem}_g", f"{stem}_y", f"{stem}_m", f"{stem}_d")
    return Place(item, controls, lambda parts: _day(parts, _SOGO_ERAS))


def hibari_day(item: str, stem: str) -> Place:
    """元号, 年, 月, 日 of the ひばり介護保険システム."""
    controls = (f"{stem}_g", f"{stem}_y", f"{stem}_m", f"{stem}_d")
    return Place(item, controls, lambda parts: _day(parts, _HIBARI_ERAS))


def nintei_day(item: str, controls: tuple[str, str, str, str]) -> Place:
    """元号, 年, 月, 日 of the 介護認定システム."""
    return Place(item, controls, lambda parts: _day(parts, _NINTEI_ERAS))


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


def _single(parts: Parts) -> str:
    return parts[0] if isinstance(parts[0], str) else f"{UNREADABLE}{parts[0]!r}"


def _code(stored: str, table: Mapping[str, str]) -> str:
    if stored == "":
        return ""
    return table.get(stored, f"{UNREADABLE}{stored}")


def _codes(stored: object, table: Mapping[str, str]) -> str:
    if not isinstance(stored, Sequence) or isinstance(stored, str):
        return f"{UNREADABLE}{stored!r}"
    return "|".join(sorted(_code(str(one), table) for one in stored))


def _joined(parts: Parts, between: str) -> str:
    """All parts filled or none: half a number is not a number."""
    if all(part == "" for part in parts):
        return ""
    if not all(isinstance(part, str) and part for part in parts):
        return f"{UNREADABLE}{parts!r}"
    return between.join(str(part) for part in parts)


def _day(parts: Parts, eras: Mapping[str, _Era]) -> str:
    if all(part == "" for part in parts):
        return ""
    era, *digits = (str(part) for part in parts)
    if era not in eras or not all(one.isascii() and one.isdecimal() for one in digits):
        return f"{UNREADABLE}{parts!r}"
    first_year, first, last = eras[era]
    year, month, day = map(int, digits)
    try:
        found = date(first_year + year - 1, month, day)
    except ValueError:
        return f"{UNREADABLE}{parts!r}"
    return found.isoformat() if year >= 1 and first <= found <= last else f"{UNREADABLE}{parts!r}"
