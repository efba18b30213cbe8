"""学校給食費等の徴収等の申出: parents who have school lunches and other fees taken from the allowance."""

from __future__ import annotations

from datetime import date
from random import Random

from mock_core_ui.people.forms.form import Form, Values
from mock_core_ui.people.forms.recipients import certificate_no_or_none, payment_month, recipient_items
from mock_core_ui.people.model import Resident
from mock_core_ui.people.residents import Household, Town

_LINES = 4
"""As many as the core's screen has; nobody in this town needs more."""
_LUNCH, _NURSERY, _CLUB, _SUPPLIES, _KINDERGARTEN = "12345"
"""その他 (6) names no fee, so nobody chooses it."""
_LAST_YEAR_WITH_CLUB, _LAST_YEAR_WITH_LUNCH = 6, 9
"""The last years of primary and of middle school, counted from the first year of school."""
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_SCHOOLS = ("汐見原市立中央小学校", "汐見原市立港町小学校", "汐見原市立髙台小学校")


def fee_rows(rng: Random, children: tuple[Resident, ...], day: date) -> list[dict[str, str]]:
    """A line a child and fee, the children in order; a schoolchild may have two."""
    rows: list[dict[str, str]] = []
    for child in children:
        rows += [_row(rng, child, kind, day) for kind in _kinds(rng, _school_year(child, day))]
    return rows[:_LINES]


def _kinds(rng: Random, year: int) -> tuple[str, ...]:
    if year < 1:
        return (rng.choice((_NURSERY, _KINDERGARTEN)),)
    if year > _LAST_YEAR_WITH_LUNCH:
        return (_SUPPLIES,)
    second = _CLUB if year <= _LAST_YEAR_WITH_CLUB else _SUPPLIES
    return rng.choice(((_LUNCH,), (_LUNCH,), (_LUNCH, second)))


def _school_year(child: Resident, day: date) -> int:
    """1 in the first year of school, which begins in the April after the sixth birthday; 0 and less before."""
    fiscal = day.year - (day.month < 4)
    born = child.birth.year - ((child.birth.month, child.birth.day) < (4, 2))
    return fiscal - born - 6


def _row(rng: Random, child: Resident, kind: str, day: date) -> dict[str, str]:
    year = _school_year(child, day)
    part = rng.random() < 0.3
    return {
        "child_name": child.name,
        "child_birth": child.birth.isoformat(),
        "school": _school(rng, year, kind),
        "grade": _grade(rng, year),
        "fee_kind": kind,
        "fee_scope": "2" if part else "1",
        "fee_limit": rng.choice(("3000", "5000", "12000")) if part else "",
    }


def _school(rng: Random, year: int, kind: str) -> str:
    if kind == _CLUB:
        return "中央学童クラブ 第２"
    if year < 1:
        return "緑ケ丘こども園" if kind == _KINDERGARTEN else "汐見原市立港保育所"
    if year > _LAST_YEAR_WITH_LUNCH:
        return "東浜県立汐見原高等学校"
    return "汐見原市立汐見原中学校" if year > _LAST_YEAR_WITH_CLUB else rng.choice(_SCHOOLS)


def _grade(rng: Random, year: int) -> str:
    """Written as each likes: half-width, full-width, or not at all."""
    if year < 1:
        return ""
    before = next(last for last in (_LAST_YEAR_WITH_LUNCH, _LAST_YEAR_WITH_CLUB, 0) if year > last)
    half = f"{year - before}年{rng.randrange(1, 4)}組"
    return rng.choice((half, half.replace("年", "-").replace("組", ""), half.translate(_WIDE), ""))


def _fill(town: Town, household: Household, day: date) -> Values:
    rng = town.rng
    values: Values = {"notify_date": day.isoformat()}
    values |= recipient_items(household.applicant, rng, mynumber=False)
    values["certificate_no"] = certificate_no_or_none(rng)
    values["start_ym"] = payment_month(day, rng.randrange(2))
    values["children"] = fee_rows(rng, household.children, day)
    return values


def _attach(_values: Values) -> tuple[str, ...]:
    return ()


FORM = Form(person="claimant", date_key="notify_date", settle=Town.family, fill=_fill, attach=_attach)
