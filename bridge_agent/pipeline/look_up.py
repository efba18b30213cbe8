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


@dataclass(frozen=True, slots=True)
class Ours:
    """What makes a record ours: who registered it, not before when, and the number the completion screen showed."""

    baseline: tuple[str, ...]
    armed_at: datetime
    receipt: str = ""


def matches(session: CoreSession, plan: LookUpPlan) -> tuple[tuple[CoreRecord, ...], int]:
    """Records under the application's key, and how many rows were read. Raises LookUpUnreadable."""
    query = Search(plan.procedure, plan.reference, plan.atena_no, plan.application_date)
    rows = _read(session, query, READ_TRIES)
    return tuple(r for r in rows if _under_key(r, plan)), len(rows)


def _read(session: CoreSession, query: Search, tries: int) -> tuple[CoreRecord, ...]:
    try:
        return session.look_up.search(query)
    except LookUpUnreadable:
        if tries <= 1:
            raise
    return _read(session, query, tries - 1)


def _under_key(record: CoreRecord, plan: LookUpPlan) -> bool:
    if plan.reference:
        return record.reference == plan.reference
    if record.atena_no != plan.atena_no:
        return False
    return not record.date or equal(plan.application_date.isoformat(), record.date, Comparison.DATE)


def look_up(night: Night, access: CoreAccess, session: CoreSession, plan: LookUpPlan, ours: Ours) -> LookUpResult:
    """One look-up of one attempt, judged."""
    try:
        found, rows_read = matches(session, plan)
        new = tuple(r for r in found if r.record_id not in ours.baseline)
        if not new:
            return LookUpResult(Verdict.ABSENT, (), (), rows_read)
        if len(new) > 1:
            return LookUpResult(Verdict.DUPLICATE, new, (), rows_read)
        if new[0].operator != access.operator:
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
    """Is a record that must be there found? None when there is no known record to ask for."""
    own = night.ledger.own_record(access.profile.core)
    shape = access.profile.lookup
    if own is not None:
        record, plan = own[0], plan_from_bytes(own[1])
        query = Search(plan.procedure, plan.reference, plan.atena_no, plan.application_date)
    elif shape.canary_atena_no:
        record = shape.canary_record
        query = Search(shape.canary_procedure, "", shape.canary_atena_no)
    else:
        return None
    for _ in range(READ_TRIES):
        try:
            rows = session.look_up.search(query)
        except LookUpUnreadable:
            continue
        return any(r.record_id == record for r in rows) if record else bool(rows)
    return False
