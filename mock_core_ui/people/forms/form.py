"""What a form builder must offer, and the blocks that several national forms share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import TypeAlias

from mock_core_ui.people.model import Resident
from mock_core_ui.people.residents import Household, Town

Values: TypeAlias = dict[str, str | list[dict[str, str]]]


@dataclass(frozen=True, slots=True)
class Form:
    """One procedure's way of being applied for. `person` is the prefix of the items about the applicant."""

    person: str
    date_key: str
    """The item that holds the date of application."""
    settle: Callable[[Town], Household]
    """Moves a household into the town that can apply for this procedure."""
    fill: Callable[[Town, Household, date], Values]
    """All items of the form, in the order of the form; empty text for what does not apply."""
    attach: Callable[[Values], tuple[str, ...]]


def person_items(prefix: str, resident: Resident, rng: Random, *, sex: bool = True) -> dict[str, str]:
    """Name, birth, address and the rest of one person as items; the 個人番号 is given by three out of four."""
    items = {
        f"{prefix}_name": resident.name,
        f"{prefix}_kana": resident.kana,
        f"{prefix}_birth": resident.birth.isoformat(),
    }
    if sex:
        items[f"{prefix}_sex"] = resident.sex
    items |= {
        f"{prefix}_postal": resident.postal,
        f"{prefix}_address": resident.address,
        f"{prefix}_katagaki": resident.katagaki,
        f"{prefix}_tel": resident.tel,
        f"{prefix}_mynumber": resident.mynumber if rng.random() < 0.75 else "",
    }
    return items


def filing_person_items(household: Household) -> dict[str, str]:
    """申請者: the insured person, or the grown child who lives with them."""
    if not household.others:
        return {
            "applicant_kind": "1",
            "applicant_name": "",
            "applicant_rel": "",
            "applicant_address": "",
            "applicant_tel": "",
        }
    filer, _ = household.others[0]
    return {
        "applicant_kind": "2",
        "applicant_name": filer.name,
        "applicant_rel": "長男" if filer.sex == "1" else "長女",
        "applicant_address": filer.address,
        "applicant_tel": filer.tel,
    }


def month_begins(year: int, month: int) -> date:
    """The first day of a month; month 13 is the next January, month 0 the last December."""
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
