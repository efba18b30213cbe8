"""Asking the core: is there a record of this application, is it the only one, is it equal, is it ours?

Read-only. The answer is a verdict over new = matches outside the frozen baseline; what follows from it is decided
elsewhere.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from bridge_agent.domain.comparison import equal
from bridge_agent.domain.crash_points import Action, action
from bridge_agent.domain.eras import any_day
from bridge_agent.domain.plan import Compared, Comparison, FieldClass, LookUpPlan
from bridge_agent.domain.ports import CoreSession, LookUpUnreadable, Search
from bridge_agent.domain.result import CoreRecord, LookUpResult, Verdict
from bridge_agent.pipeline.night import CoreAccess, Night

READ_TRIES = 3
"""How often an unreadable look-up page is asked for before the look-up counts as failed."""


def plan_to_bytes(plan: LookUpPlan) -> bytes:
    content = asdict(plan) | {"application_date": plan.application_date.isoformat()}
    return json.dumps(content, ensure_ascii=False).encode()


def plan_from_bytes(data: bytes) -> LookUpPlan:
    content = json.loads(data)
    compare = tuple(
        Compared(c["label"], c["value"], Comparison(c["comparison"]), FieldClass(c["field_class"]))
        for c in content.pop("compare")
    )
    application_date = date.fromisoformat(content.pop("application_date"))
    return LookUpPlan(**content, application_date=application_date, compare=compare)


OWN_CANARIES = 3
"""How many of our latest records are asked for where the profile names no test record."""


@dataclass(frozen=True, slots=True)
class Ours:
    """What makes a record ours: who registered it, not before when, and the number the completion screen showed."""

    baseline: tuple[str, ...]
    armed_at: datetime
    receipt: str = ""


def matches(session: CoreSession, plan: LookUpPlan) -> tuple[tuple[CoreRecord, ...], int]:
    """Records under the application's key, and how many rows were read. Raises LookUpUnreadable."""
    rows = _read(session, query_of(plan), READ_TRIES)
    return tuple(r for r in rows if _under_key(r, plan)), len(rows)


def _read(session: CoreSession, query: Search, tries: int) -> tuple[CoreRecord, ...]:
    try:
        return session.look_up.search(query)
    except LookUpUnreadable:
        if tries <= 1:
            raise
    return _read(session, query, tries - 1)


def _under_key(record: CoreRecord, plan: LookUpPlan) -> bool:
    """Whether a row is this application's. A key in an unexpected spelling is no absence: the look-up is unreadable."""
    if plan.reference:
        return _same_number(record.reference, plan.reference, "reference_differs")
    if not _same_number(record.atena_no, plan.atena_no, "person_differs"):
        return False
    if record.date and any_day(record.date) is None:
        raise LookUpUnreadable("date_unreadable")
    return not record.date or equal(plan.application_date.isoformat(), record.date, Comparison.DATE)


def _same_number(shown: str, ours: str, why: str) -> bool:
    if shown == ours:
        return True
    if equal(ours, shown, Comparison.WIDTH) or _bare(shown) == _bare(ours):
        raise LookUpUnreadable(why)  # cut zeros, another width or case: the core does not keep our number as it is
    return False


def _bare(number: str) -> str:
    return number.strip().lstrip("0").casefold()


def look_up(night: Night, access: CoreAccess, session: CoreSession, plan: LookUpPlan, ours: Ours) -> LookUpResult:
    """One look-up of one attempt, judged."""
    try:
        found, rows_read = matches(session, plan)
        new = tuple(r for r in found if r.record_id not in ours.baseline)
        if not new:
            return LookUpResult(Verdict.ABSENT, (), (), rows_read)
        if len(new) > 1:
            return LookUpResult(Verdict.DUPLICATE, new, (), rows_read)
        if new[0].operator not in access.operators:
            return LookUpResult(Verdict.OTHER_OPERATOR, new, (), rows_read)
        differing = differences(night, access, session, plan, new[0], ours)
    except LookUpUnreadable:
        return LookUpResult(Verdict.UNREADABLE)
    verdict = Verdict.MISMATCH if differing else Verdict.FOUND
    return LookUpResult(verdict, new, tuple(differing), rows_read, len(plan.compare))


def differences(
    night: Night, access: CoreAccess, session: CoreSession, plan: LookUpPlan, record: CoreRecord, ours: Ours
) -> Sequence[str]:
    """Labels of the detail screen that do not show what was entered."""
    shown = session.look_up.detail(record.record_id).lines
    variants = night.recipes.variants
    differing = [c.label for c in plan.compare if not equal(c.value, shown.get(c.label, ""), c.comparison, variants)]
    earliest = ours.armed_at - timedelta(seconds=access.profile.limits.clock_skew_s)
    if record.registered_at is not None and record.registered_at < earliest:
        differing.append("登録日時")
    if ours.receipt and ours.receipt != record.record_id:
        differing.append("基幹側の受付番号")
    return differing


def canary(night: Night, access: CoreAccess, session: CoreSession) -> bool | None:
    """Is a record that must be there found? None when there is no known record to ask for.

    The profile's fixed test record is asked for first: own records may have been cancelled lawfully, so of those one
    of the last few is enough.
    """
    with action(Action.CANARY):
        return _known_record_found(night, access, session)


def _known_record_found(night: Night, access: CoreAccess, session: CoreSession) -> bool | None:
    fixed = fixed_canary(access, session)
    if fixed is not None:
        return fixed
    own = night.ledger.own_records(access.profile.core, OWN_CANARIES)
    if not own:
        return None
    return any(_finds(session, query_of(plan_from_bytes(plan)), record) for record, plan in own)


def fixed_canary(access: CoreAccess, session: CoreSession) -> bool | None:
    """The profile's test record; None when the profile names none."""
    shape = access.profile.lookup
    if not shape.canary_atena_no:
        return None
    return _finds(session, Search(shape.canary_procedure, "", shape.canary_atena_no), shape.canary_record)


def query_of(plan: LookUpPlan) -> Search:
    return Search(plan.procedure, plan.reference, plan.atena_no, plan.application_date)


def _finds(session: CoreSession, query: Search, record: str) -> bool:
    try:
        rows = _read(session, query, READ_TRIES)
    except LookUpUnreadable:
        return False
    return any(r.record_id == record for r in rows) if record else bool(rows)
