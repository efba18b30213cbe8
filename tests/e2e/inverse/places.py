"""Words in which the hand-written tables say where an application's item stands on a core's screen."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

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
    empty: Mapping[str, str] = field(default_factory=dict)
    """Controls in which nothing may stand, with the reason."""
    papers: str = ""
    """Control that can keep the names of the application's files; '' where the screen has no place for them."""

    @property
    def has_reference(self) -> bool:
        return any(place.item == "receipt_no" for place in self.places)


def text(item: str, control: str) -> Place:
    """Text, digits or a name, stored as it was applied for."""
    return Place(item, (control,), _single, without_twins)


def wide(item: str, control: str) -> Place:
    """Text that the screen turns to full width; what is left of it is compared in that form."""
    return Place(item, (control,), _single, lambda said: without_twins(full_width(said)))


def wide_only(item: str, control: str) -> Place:
    """Text that must stand there in full width, on a screen that takes half width without a word."""

    def read(parts: Parts) -> str:
        held = _single(parts)
        return held if full_width(held) == held else f"{UNREADABLE}{held}"

    return Place(item, (control,), read, lambda said: without_twins(full_width(said)))


def amount(item: str, control: str) -> Place:
    """Yen with a comma before every third digit; an application says the digits alone."""

    def read(parts: Parts) -> str:
        held = _single(parts)
        return held.replace(",", "") if _WITH_COMMAS.fullmatch(held) else f"{UNREADABLE}{held}"

    return Place(item, (control,), read)


def facility_name(item: str, control: str) -> Place:
    """A name that the core writes as its own list has it: between its words stands whichever space the list uses."""
    return Place(item, (control,), _single, _with_one_kind_of_space)


def facility_of(item: str, name: str, number: str, known: Mapping[str, str]) -> Place:
    """A facility that the form asks for by its name only; `known` says which number the core's list has for whom."""

    def read(parts: Parts) -> str:
        if all(part == "" for part in parts):
            return ""
        found, its_number = (str(part) for part in parts)
        return found if found and known.get(its_number) == found else f"{UNREADABLE}{parts!r}"

    return Place(item, (name, number), read, _with_one_kind_of_space)


def name_if_there(item: str, name: str, exists: str) -> Place:
    """A person's name beside a list that says whether there is such a person (1) or not (0): one needs the other."""

    def read(parts: Parts) -> str:
        found, there = (str(part) for part in parts)
        return found if there == ("1" if found else "0") else f"{UNREADABLE}{parts!r}"

    return Place(item, (name, exists), read, without_twins)


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


_WITH_COMMAS = re.compile("|(?:0|[1-9][0-9]{0,2}(?:,[0-9]{3})*)")


def _with_one_kind_of_space(said: str) -> str:
    return without_twins(said.replace(" ", "\u3000"))


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
