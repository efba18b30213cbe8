"""保育の三手続 (認定, 申込, 現況): how the parents of the town's small children fill them in, and the blocks they share."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from mock_core_ui.people.forms.form import Form, Values, person_items
from mock_core_ui.people.model import Resident
from mock_core_ui.people.places import NURSERIES, Nursery
from mock_core_ui.people.residents import Household, Town

_MALE = "1"
_SMALL = date(2020, 4, 2)
"""Born on this day or later: not at school yet in the year of the entries."""
_WORK, _JOB_SEARCH, _MATERNITY = "1", "6", "2"
_EMPLOYERS = ("汐見原信用組合", "株式会社みなも製作所", "医療法人なぎさ会", "㈲髙田工務店", "汐見原運輸㈱")
_HOURS = ("9:00～17:30", "8:30～16:15", "22:00～翌7:00", "10:00～15:00（交代制）")
_JAN1 = ("東浜県青波市南町二丁目４番５号", "東浜県青波市北町１－２－３　学生寮２１２")
_ACROSS_THE_BORDER = Nursery("0399001", "みどり保育園")
"""Of the next town, and a namesake of one of ours."""
_REASONS = ("自宅から近いため", "兄が在園しているため", "通勤の途中にあるため", "", "")
_ALLERGIES = ("", "", "卵・乳アレルギーがあります。\nエピペンを持参します。", "ぜん息のため、月１回通院しています。")


def settle_small_child(town: Town) -> Household:
    """A family whose youngest child does not go to school yet."""
    while True:
        household = town.family()
        if household.children[-1].birth >= _SMALL:
            return household


def small_child(household: Household) -> Resident:
    """The child that the form is about."""
    return household.children[-1]


def _child_items(child: Resident) -> dict[str, str]:
    return {
        "child_name": child.name,
        "child_kana": child.kana,
        "child_birth": child.birth.isoformat(),
        "child_sex": child.sex,
    }


def _child_details(rng: Random, child: Resident) -> dict[str, str]:
    return {
        "child_mynumber": child.mynumber if rng.random() < 0.6 else "",
        "child_disability": "1" if rng.random() < 0.05 else "0",
    }


def _parents(household: Household) -> dict[str, Resident | None]:
    adults = [one for one in (household.applicant, household.spouse) if one is not None]
    fathers = [one for one in adults if one.sex == _MALE]
    mothers = [one for one in adults if one.sex != _MALE]
    return {"father": next(iter(fathers), None), "mother": next(iter(mothers), None)}


def _parent_items(rng: Random, prefix: str, parent: Resident | None) -> dict[str, str]:
    """One parent with why the child needs care; all empty where there is none."""
    keys = ("name", "kana", "birth", "mynumber", "reason", "employer", "work_days", "work_time", "tel")
    items = {f"{prefix}_{key}": "" for key in keys}
    if parent is None:
        return items
    reason = _WORK if rng.random() < 0.75 else rng.choice((_JOB_SEARCH, "3", "7"))
    if prefix == "mother" and rng.random() < 0.1:
        reason = _MATERNITY
    works = reason == _WORK
    items |= {
        f"{prefix}_name": parent.name,
        f"{prefix}_kana": parent.kana,
        f"{prefix}_birth": parent.birth.isoformat(),
        f"{prefix}_mynumber": parent.mynumber if rng.random() < 0.5 else "",
        f"{prefix}_reason": reason,
    }
    if works:
        items |= {
            f"{prefix}_employer": rng.choice(_EMPLOYERS),
            f"{prefix}_work_days": rng.choice("3456"),
            f"{prefix}_work_time": rng.choice(_HOURS),
            f"{prefix}_tel": parent.tel if rng.random() < 0.6 else "",
        }
    return items


def _both_parents(rng: Random, household: Household) -> dict[str, str]:
    items: dict[str, str] = {}
    for prefix, parent in _parents(household).items():
        items |= _parent_items(rng, prefix, parent)
    return items


def _member(person: Resident, relation: str, occupation: str) -> dict[str, str]:
    return {
        "member_name": person.name,
        "member_rel": relation,
        "member_birth": person.birth.isoformat(),
        "member_occupation": occupation,
    }


def _members(rng: Random, household: Household) -> list[dict[str, str]]:
    """Everybody at home but the child itself, six at most: two parents and four brothers and sisters."""
    found = _parents(household)
    rows = [
        _member(person, relation, rng.choice(("会社員", "自営業", "")))
        for relation, person in (("1", found["father"]), ("2", found["mother"]))
        if person is not None
    ]
    for sibling in household.children[:-1]:
        school = "汐見原小学校" if sibling.birth < _SMALL else ""
        rows.append(_member(sibling, "3" if sibling.sex == _MALE else "4", school))
    return rows


def _wishes(rng: Random) -> list[dict[str, str]]:
    offered = [*NURSERIES, _ACROSS_THE_BORDER]
    chosen = rng.sample(offered, rng.choice((1, 2, 3, 3, 4, 5)))
    return [
        {
            "wish_order": str(at),
            "wish_facility": nursery.name,
            "wish_facility_code": nursery.number,
            "wish_reason": rng.choice(_REASONS),
        }
        for at, nursery in enumerate(chosen, start=1)
    ]


def _next_april(day: date) -> date:
    return date(day.year + (day.month > 3), 4, 1)


def _fill_certification(town: Town, household: Household, day: date) -> Values:
    rng, child = town.rng, small_child(household)
    start = _next_april(day)
    values: Values = {"apply_date": day.isoformat(), "apply_kind": rng.choice(("1", "1", "1", "2", "3"))}
    values |= person_items("guardian", household.applicant, rng, sex=False)
    values |= _child_items(child)
    values |= _child_details(rng, child)
    third_birthday = child.birth.replace(year=child.birth.year + 3, day=min(child.birth.day, 28))
    care = rng.random() < 0.9
    values["hoiku_wish"] = "1" if care else "0"
    values["cert_class"] = "1" if not care else "2" if third_birthday <= start else "3"
    values["need_hours"] = rng.choice("112")
    values["use_from"] = start.isoformat()
    values["use_to"] = date(start.year + 1, 3, 31).isoformat() if rng.random() < 0.6 else ""
    values |= _both_parents(rng, household)
    values["members"] = _members(rng, household)
    values["welfare"] = "1" if rng.random() < 0.05 else "0"
    values["tax_addr_jan1"] = rng.choice(_JAN1) if rng.random() < 0.3 else ""
    values["consent_tax"] = "1"
    return values


def _fill_application(town: Town, household: Household, day: date) -> Values:
    rng, child = town.rng, small_child(household)
    start = _next_april(day)
    values: Values = {"apply_date": day.isoformat()}
    values |= person_items("guardian", household.applicant, rng, sex=False)
    values |= _child_items(child)
    values |= _child_details(rng, child)
    values["use_from"] = start.isoformat()
    values["use_to"] = (start + timedelta(days=364)).isoformat() if rng.random() < 0.5 else ""
    values["use_days"] = rng.choice(("1|2|3|4|5", "1|2|3|4|5|6", "1|3|5"))
    values["use_time_from"] = rng.choice(("07:30", "08:00", "08:45", "09:05"))
    values["use_time_to"] = rng.choice(("16:00", "17:30", "18:00", "18:30"))
    values["wishes"] = _wishes(rng)
    siblings = rng.random() < 0.25
    values["sibling_apply"] = "1" if siblings else "0"
    values["sibling_policy"] = rng.choice("123") if siblings else ""
    values["current_care"] = rng.choice("1112346")
    values["allergy"] = rng.choice(_ALLERGIES)
    values |= _both_parents(rng, household)
    values["members"] = _members(rng, household)
    values["consent"] = "1"
    return values


def _fill_status(town: Town, household: Household, day: date) -> Values:
    rng, child = town.rng, small_child(household)
    values: Values = {"notify_date": day.isoformat()}
    values["cert_no"] = f"00{rng.randrange(10**6):06d}" if rng.random() < 0.7 else ""
    values |= person_items("guardian", household.applicant, rng, sex=False)
    values |= _child_items(child)
    values["facility"] = rng.choice(NURSERIES).name
    values["continue_wish"] = "0" if rng.random() < 0.1 else "1"
    changed = rng.random() < 0.3
    values["change_flag"] = "1" if changed else "0"
    values["change_detail"] = "４月に転職しました。\n就労証明書を添付します。" if changed else ""
    values |= _both_parents(rng, household)
    values["members"] = _members(rng, household)
    return values


def _certificates(values: Values) -> tuple[str, ...]:
    """One 就労証明書 for each parent who works."""
    working = [word for key, word in (("father", "父"), ("mother", "母")) if values[f"{key}_reason"] == _WORK]
    return tuple(f"就労証明書（{word}）.pdf" for word in working)


def _attach_application(values: Values) -> tuple[str, ...]:
    return ("家庭状況調査票.pdf", *_certificates(values))


CERTIFICATION = Form(
    person="guardian",
    date_key="apply_date",
    settle=settle_small_child,
    fill=_fill_certification,
    attach=_certificates,
)
APPLICATION = Form(
    person="guardian",
    date_key="apply_date",
    settle=settle_small_child,
    fill=_fill_application,
    attach=_attach_application,
)
STATUS = Form(
    person="guardian", date_key="notify_date", settle=settle_small_child, fill=_fill_status, attach=_certificates
)
