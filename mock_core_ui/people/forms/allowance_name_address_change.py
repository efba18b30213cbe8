"""児童手当の氏名・住所等の変更: parents who moved, married or changed their pension, after the town hall knows it."""

from __future__ import annotations

from datetime import date, timedelta

from mock_core_ui.people.forms.form import Form, Values
from mock_core_ui.people.forms.recipients import certificate_no_or_none, recipient_items
from mock_core_ui.people.names import PLAIN_FAMILY, SPACE, pick
from mock_core_ui.people.residents import Household, Town

_FORMER_HOMES = ("汐見原市港町８－１－２０２", "東浜県青波市南町二丁目４番５号", "汐見原市上之郷字邉野２５番地の３")
_NAME, _ADDRESS, _PENSION = "1", "2", "3"
_CHANGES = (_NAME, _ADDRESS, _ADDRESS, _ADDRESS, _PENSION, f"{_NAME}|{_ADDRESS}", f"{_ADDRESS}|{_PENSION}")
"""職業 and その他 have no place for what is new, so nobody in this town tells them on this form."""
_WHO_MOVED = ("1", "1", "1|3", "1|2|3", "3", "2|1")


def _name_items(town: Town, household: Household, changed: bool) -> dict[str, str]:
    """The resident register has the new name already; the old family name was another one."""
    if not changed:
        return {"old_name": "", "new_name": "", "new_kana": ""}
    person = household.applicant
    given = person.name.partition(SPACE)[2]
    return {
        "old_name": pick(town.rng, PLAIN_FAMILY).text + SPACE + given,
        "new_name": person.name,
        "new_kana": person.kana,
    }


def _address_items(town: Town, household: Household, changed: bool) -> dict[str, str]:
    if not changed:
        return {"old_address": "", "new_postal": "", "new_address": ""}
    person = household.applicant
    return {
        "old_address": town.rng.choice(_FORMER_HOMES),
        "new_postal": person.postal,
        "new_address": person.address,
    }


def _reason(town: Town, items: list[str]) -> str:
    if _NAME in items:
        return town.rng.choice(("1", "2", "3", ""))
    return town.rng.choice(("4", "4", "5", "6", "")) if _ADDRESS in items else ""


def _child_rows(town: Town, household: Household, who: str) -> list[dict[str, str]]:
    if "3" not in who:
        return []
    return [
        {"child_name": child.name, "child_live": "2" if town.rng.random() < 0.2 else "1"}
        for child in household.children
    ]


def _fill(town: Town, household: Household, day: date) -> Values:
    rng = town.rng
    change = rng.choice(_CHANGES)
    items = change.split("|")
    # A new name or pension is told of the parent; a child that moved away alone has only an address to tell.
    who = rng.choice(_WHO_MOVED) if items == [_ADDRESS] else "1"
    values: Values = {"notify_date": day.isoformat(), "certificate_no": certificate_no_or_none(rng), "subject": who}
    values |= recipient_items(household.applicant, rng)
    values["change_item"] = change
    values["change_date"] = (day - timedelta(days=rng.randrange(0, 15))).isoformat()
    values |= _name_items(town, household, _NAME in items)
    values |= _address_items(town, household, _ADDRESS in items)
    values["new_pension"] = rng.choice("123456") if _PENSION in items else ""
    values["change_reason"] = _reason(town, items)
    values["children"] = _child_rows(town, household, who)
    return values


def _attach(values: Values) -> tuple[str, ...]:
    files = ["資格確認書.pdf"] if values["new_pension"] else []
    children = values["children"]
    if isinstance(children, list) and any(row["child_live"] == "2" for row in children):
        files.append("別居監護申立書.pdf")
    return tuple(files)


FORM = Form(person="claimant", date_key="notify_date", settle=Town.family, fill=_fill, attach=_attach)
