"""Builds the whole invented town from a seed: residents, their applications, and what the cores already hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from random import Random

from mock_core_ui.people import names
from mock_core_ui.people.canary import TRAINING_RESIDENT, training_records
from mock_core_ui.people.forms import FORMS
from mock_core_ui.people.hazards import COUNTER_DAY, HAZARDS, Draft, Hazard
from mock_core_ui.people.model import Application, EarlierRecord, Expectation, World
from mock_core_ui.people.procedures import DESKTOP_ROUND, FURTHER_ROUND, KNOWN, PROCEDURES, ROUND
from mock_core_ui.people.residents import Household, Town

JST = timezone(timedelta(hours=9), "JST")
FIRST_DAY = date(2026, 11, 2)
LAST_DAY = date(2026, 11, 20)
"""Applications arrive from the first day's midnight to the last day's evening; three weekends lie between."""
_EVENING = time(20, 30)
_ROUND_OF_HAZARDS_EVERY = 200
"""Large worlds carry the list of hazards once for so many applications."""
_EARLIER_WITHOUT_APPLICATION = 10


@dataclass(frozen=True, slots=True)
class _Slot:
    """One application before it is filled in."""

    procedure_id: str
    received_at: datetime
    hazard: Hazard | None
    together: int
    """Applications with the same non-zero number come from the same household."""


def build_world(
    seed: int, applications: int = 60, procedures: Sequence[str] | None = None, plain: bool = False
) -> World:
    """The town that follows from the seed. `procedures`: what is applied for, else all of ROUND; `plain`: no trouble."""
    rng = Random(seed)
    town = Town(rng, plain=plain)
    allowed = tuple(procedures) if procedures is not None else tuple(dict.fromkeys(ROUND))
    if not allowed or not set(allowed) <= KNOWN:
        raise ValueError(f"procedures must be some of {sorted(KNOWN)}, not {allowed}")
    drafts: list[tuple[_Slot, Draft]] = []
    households: dict[int, Household] = {}
    for number, slot in enumerate(_slots(rng, applications, allowed, plain=plain), start=1):
        household = households.get(slot.together) or _settle(town, slot)
        if slot.together:
            households[slot.together] = household
        drafts.append((slot, _draft(town, slot, household, number)))
    finished = tuple(_finish(draft, slot.hazard, rng, plain=plain) for slot, draft in drafts)
    earlier = [record for _, draft in drafts for record in draft.earlier]
    earlier += _records_of_others(town, allowed)
    while len(town.residents) < applications * 1.5 + 40:
        town.household()
    residents = tuple(sorted([*town.residents, TRAINING_RESIDENT], key=lambda resident: resident.atena_no))
    return World(seed, residents, finished, (*training_records(allowed), *earlier))


def _slots(rng: Random, count: int, allowed: Sequence[str], *, plain: bool) -> list[_Slot]:
    """All applications in the order of arrival, the troubled ones spread evenly among the others."""
    troubled: list[_Slot] = [] if plain else _troubled_slots(rng, count, allowed)
    cycle = [procedure for procedure in (*ROUND, *DESKTOP_ROUND, *FURTHER_ROUND) if procedure in allowed]
    others = [
        _Slot(cycle[index % len(cycle)], _arrival(rng, None), None, 0) for index in range(max(0, count - len(troubled)))
    ]
    return sorted(troubled + others, key=lambda slot: slot.received_at)


def _troubled_slots(rng: Random, count: int, allowed: Sequence[str]) -> list[_Slot]:
    """One slot an application of every hazard that fits: all of them from 40 applications on, else up to a third."""
    room = count if count >= 40 else count // 3
    slots: list[_Slot] = []
    for turn in range(max(1, count // _ROUND_OF_HAZARDS_EVERY)):
        for index, hazard in enumerate(HAZARDS):
            wanted = hazard.procedures_within(allowed)
            if not wanted or len(slots) + len(wanted) > room:
                continue
            together = turn * len(HAZARDS) + index + 1 if hazard.together else 0
            slots += [_Slot(procedure, _arrival(rng, hazard.arrives), hazard, together) for procedure in wanted]
    return slots


def _arrival(rng: Random, day: date | None) -> datetime:
    """A time of arrival: office hours, evenings, minutes around midnight, weekends too."""
    day = day or FIRST_DAY + timedelta(days=rng.randrange((LAST_DAY - FIRST_DAY).days + 1))
    draw = rng.random()
    if draw < 0.1:
        minute = 23 * 60 + 50 + rng.randrange(10)
    elif draw < 0.2:
        minute = rng.randrange(10)
    elif draw < 0.5:
        minute = 17 * 60 + 15 + rng.randrange(5 * 60)
    else:
        minute = 8 * 60 + rng.randrange(9 * 60)
    latest = _EVENING.hour * 60 + _EVENING.minute
    if day == LAST_DAY:
        minute = min(minute, latest - rng.randrange(60))
    return datetime.combine(day, time(minute // 60, minute % 60, rng.randrange(60)), JST)


def _settle(town: Town, slot: _Slot) -> Household:
    """A new household that can file this application and carry its trouble."""
    if slot.hazard is not None:
        town.next_family = slot.hazard.family
        if slot.hazard.children is not None:
            return town.family(slot.hazard.children)
    return FORMS[slot.procedure_id].settle(town)


def _draft(town: Town, slot: _Slot, household: Household, number: int) -> Draft:
    """The application as the household fills it in, then spoiled by its hazard."""
    day = slot.received_at.date()
    draft = Draft(
        procedure_id=slot.procedure_id,
        receipt_no=f"0{day:%Y%m%d}{number:05d}",
        received_at=slot.received_at,
        household=household,
        atena_no=household.applicant.atena_no,
        values=FORMS[slot.procedure_id].fill(town, household, day),
    )
    if slot.hazard is not None:
        slot.hazard.spoil(draft, town)
    return draft


def _finish(draft: Draft, hazard: Hazard | None, rng: Random, *, plain: bool) -> Application:
    """Freeze the draft; some applicants without other trouble type the everyday form of their registered name."""
    procedure = PROCEDURES[draft.procedure_id]
    label = hazard.name if hazard else ""
    key = f"{draft.person}_name"
    typed = names.as_typed(draft.household.applicant.name)
    if hazard is None and not plain and typed != draft.values[key] and rng.random() < 0.6:
        draft.values[key] = typed
        label = "name_variant"
    return Application(
        receipt_no=draft.receipt_no,
        procedure_id=procedure.id,
        procedure_code=procedure.code,
        procedure_name=procedure.name,
        form_version=draft.form_version,
        received_at=draft.received_at,
        atena_no=draft.atena_no,
        signature_result=draft.signature_result,
        values=draft.values,
        attachments=tuple(
            name for name in FORMS[procedure.id].attach(draft.values) if not draft.by_post or draft.by_post not in name
        ),
        hazard=label,
        later=draft.later,
        broken=draft.broken,
        expected=hazard.expected if hazard else Expectation("registered"),
    )


def _records_of_others(town: Town, allowed: Sequence[str]) -> list[EarlierRecord]:
    """Records of residents who apply for nothing now, so that the cores' lists are not empty."""
    records = []
    for index in range(_EARLIER_WITHOUT_APPLICATION):
        procedure_id = allowed[index % len(allowed)]
        form = FORMS[procedure_id]
        household = form.settle(town)
        day = COUNTER_DAY - timedelta(days=10 + index * 3)
        registered_at = datetime.combine(day, time(10 + index % 6, 20), JST)
        values = form.fill(town, household, day)
        records.append(EarlierRecord(procedure_id, household.applicant.atena_no, day, "", registered_at, values))
    return records


def leak_needles(world: World) -> list[str]:
    """Every 個人番号, full name and account number in the town, without doubles: what must never leave the mocks."""
    needles: dict[str, None] = {}
    for resident in world.residents:
        needles[resident.mynumber] = None
        needles[resident.name] = None
    filled_in = [source.values for source in world.applications] + [source.values for source in world.earlier_records]
    for values in filled_in:
        for key, value in values.items():
            rows = value if isinstance(value, list) else [{key: value}]
            for row in rows:
                needles.update((text, None) for item, text in row.items() if text and _is_secret(item))
    return list(needles)


def _is_secret(item: str) -> bool:
    return item.endswith(("_mynumber", "_account_no", "_yucho_bangou")) or (
        item.endswith("_name") and item.removesuffix("_name") in _PERSONS
    )


_PERSONS = (
    "claimant",
    "spouse",
    "child",
    "older_child",
    "insured",
    "applicant",
    "head",
    "member",
    "old",
    "new",
    "deceased",
    "guardian",
    "father",
    "mother",
    "partner",
    "supporter",
    "taxpayer",
    "owner",
    "old_owner",
    "contact",
)
