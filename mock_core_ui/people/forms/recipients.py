"""What the forms of people who receive 児童手当 already share: their 認定番号, themselves, months of payment."""

from __future__ import annotations

from datetime import date
from random import Random

from mock_core_ui.people.forms.form import person_items
from mock_core_ui.people.model import Resident


def certificate_no(rng: Random) -> str:
    """認定番号 as it stands on the notice: eight digits, always with a leading zero."""
    return f"0{rng.randrange(10**7):07d}"


def certificate_no_or_none(rng: Random) -> str:
    """Where the form does not insist on it, two out of three copy it."""
    return certificate_no(rng) if rng.random() < 2 / 3 else ""


def recipient_items(recipient: Resident, rng: Random, *, mynumber: bool = True) -> dict[str, str]:
    """受給者 or 受給資格者; forms on what is done with the money do not ask for the 個人番号."""
    items = person_items("claimant", recipient, rng, sex=False)
    if not mynumber:
        del items["claimant_mynumber"]
    return items


def month(day: date, later: int = 0) -> str:
    """The year and month that is so many months later."""
    months = day.year * 12 + day.month - 1 + later
    return f"{months // 12}-{months % 12 + 1:02d}"


def payment_month(day: date, later: int = 0) -> str:
    """The next month after `day` in which the allowance is paid (even ones), and so many payments later."""
    return month(day, 2 - day.month % 2 + 2 * later)
