"""居宅介護（介護予防）住宅改修費の支給申請: insured residents tell of works on their home, before them or after."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from mock_core_ui.people.forms.care_benefit import insured_items
from mock_core_ui.people.forms.child_allowance import account_items
from mock_core_ui.people.forms.form import Form, Values, filing_person_items
from mock_core_ui.people.residents import Household, Town

_BEFORE, _AFTER = "1", "2"
_WORKS = (
    ("1", "1", "Ｌ型　６００×６００㎜　１本"),
    ("1", "5", "横手すり　３．６ｍ"),
    ("1", "2", "縦手すり　１本"),
    ("2", "2", "式台（高さ１５㎝）１か所"),
    ("2", "3", "洗い場のかさ上げ　約１．２㎡"),
    ("3", "4", "畳→フローリング　６畳"),
    ("3", "5", "滑りにくい床材　４．５㎡"),
    ("4", "1", "開き戸→引き戸　１枚"),
    ("5", "1", "和式→洋式便器　１台"),
    ("6", "6", "下地の補強　一式"),
)
"""Kind, place, size."""
_CONTRACTORS = ("有限会社 汐見工務店", "㈱みなもリフォーム", "髙台建設株式会社　汐見原支店")
_MOST = 200_000
"""支給限度基準額, yen."""


def _owner_items(rng: Random, household: Household) -> dict[str, str]:
    person = household.applicant
    if household.spouse and rng.random() < 0.5:
        relation = "妻" if household.spouse.sex == "2" else "夫"
        return {"owner_name": household.spouse.name, "owner_rel": relation, "owner_address": person.address}
    if person.katagaki and rng.random() < 0.4:
        return {"owner_name": "汐見　正", "owner_rel": "家主", "owner_address": "東浜県青波市南町二丁目４番５号"}
    return {"owner_name": person.name, "owner_rel": "本人", "owner_address": ""}


def _work_rows(rng: Random) -> list[dict[str, str]]:
    works = rng.sample(_WORKS, rng.choice((1, 1, 2, 2, 3, 4, 6)))
    return [{"work_kind": kind, "work_place": place, "work_scale": scale} for kind, place, scale in works]


def _progress_items(rng: Random, stage: str, day: date) -> dict[str, str]:
    """Works are planned when the first application comes, and finished when the second one does."""
    lasting = timedelta(days=rng.randrange(0, 12))
    if stage == _BEFORE:
        start = day + timedelta(days=rng.randrange(14, 60))
        return {"start_date": start.isoformat(), "end_date": ""}
    end = day - timedelta(days=rng.randrange(1, 30))
    return {"start_date": (end - lasting).isoformat(), "end_date": end.isoformat()}


def _cost_items(rng: Random) -> dict[str, str]:
    total = rng.randrange(18, 420) * 1_000 + rng.choice((0, 0, 500, 780))
    return {
        "total_cost": str(total),
        "target_cost": str(min(total, _MOST)),
        "pay_method": "2" if rng.random() < 0.4 else "1",
    }


def _fill(town: Town, household: Household, day: date) -> Values:
    rng = town.rng
    stage = rng.choice((_BEFORE, _AFTER))
    values: Values = {"apply_date": day.isoformat(), "stage": stage}
    values |= insured_items(town, household)
    values |= _owner_items(rng, household)
    values["works"] = _work_rows(rng)
    values["contractor"] = rng.choice(_CONTRACTORS)
    values |= _progress_items(rng, stage, day)
    values |= _cost_items(rng)
    values |= filing_person_items(household)
    values |= account_items(town, household.applicant)
    return values


def _attach(values: Values) -> tuple[str, ...]:
    if values["stage"] == _BEFORE:
        return ("住宅改修が必要な理由書.pdf", "見積書.pdf", "改修前の写真.jpg")
    return ("領収書.pdf", "工事内訳書.pdf", "改修後の写真.jpg")


FORM = Form(person="insured", date_key="apply_date", settle=Town.elders, fill=_fill, attach=_attach)
