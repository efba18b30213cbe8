"""Short ways to bring an application into each state, and the ledger's raw rows to look at afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, Table, select, update

from bridge_agent.domain.application import Application, Listed
from bridge_agent.domain.ledger_records import Attempt, AttemptFacts, Claim, Intake, IntakeRecord
from bridge_agent.domain.ports import Sender
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.result import Answer, CoreRecord, LookUpResult, Verdict
from bridge_agent.domain.work_item import State
from bridge_agent.ledger.intake import application_from_bytes
from bridge_agent.ledger.store import SqlLedger
from bridge_agent.ledger.tables import attempt, item, lookup
from tests.unit.pipeline.imitation import application

BROWSER = Sender(41, 4.0, "host", 42, 5.0)
OTHER_BROWSER = Sender(51, 6.0, "host", 52, 7.0)
FACTS = AttemptFacts("digest", "hash", b"plan", (), None, 1, 1, "print", "", 5.0, BROWSER)
ABSENT = LookUpResult(Verdict.ABSENT)
MONTH = timedelta(days=30)


def found(record: str = "K-1") -> LookUpResult:
    return LookUpResult(Verdict.FOUND, (CoreRecord(record),), (), 3, 2)


def record_for(
    number: int = 1,
    value: str = "良い",
    *,
    core: str = "sogo",
    procedure: str = "p",
    hold: Reason | None = None,
    note: str = "",
    person: str = "",
    window: timedelta = MONTH,
    **changes: object,
) -> IntakeRecord:
    """As collect makes it of a good package; `person` is '' so that only a test of that rule meets it."""
    made = application(number, value, **changes)
    listed = Listed(made.key.receipt_no, "K1", "手続", made.revision)
    return IntakeRecord(made, listed, procedure, "手続", core, hold, note, person, window)


def refused_package(number: int, reason: Reason, note: str = "", core: str = "sogo") -> IntakeRecord:
    """A package that could not be read: the application is known by its line in the list alone."""
    return IntakeRecord(None, Listed(f"R{number:03}", "K1", "手続", "1"), "p", "手続", core, reason, note, "", MONTH)


def changed(number: int = 1, *, hold: Reason | None = None, note: str = "", **changes: Any) -> IntakeRecord:
    """Its second revision."""
    return record_for(number, "新しい", revision="2", hold=hold, note=note, **changes)


def unread_revision(number: int) -> IntakeRecord:
    """Its second revision, refused."""
    line = refused_package(number, Reason.PACKAGE_DAMAGED, "添付")
    return replace(line, listed=replace(line.listed, revision="2"))


def take(ledger: SqlLedger, number: int = 1, value: str = "良い", **changes: Any) -> int:
    return offer(ledger, record_for(number, value, **changes))[1]


def offer(ledger: SqlLedger, record: IntakeRecord) -> tuple[Intake, int]:
    return ledger.take_in("minamo", "default", record)


def claim(ledger: SqlLedger, lane: str = "lane", sender: Sender | None = BROWSER, **choice: Any) -> Claim:
    claimed = claim_or_none(ledger, lane, sender, **choice)
    assert claimed is not None
    return claimed


def claim_or_none(
    ledger: SqlLedger, lane: str = "lane", sender: Sender | None = BROWSER, core: str = "sogo", **choice: Any
) -> Claim | None:
    with ledger.lane(lane):
        return ledger.claim(lane, core, sender, **choice)


def armed(ledger: SqlLedger, number: int = 1, lane: str = "lane", core: str = "sogo") -> Attempt:
    take(ledger, number, core=core)
    return ledger.arm(claim(ledger, lane, core=core), FACTS)


def doubtful(
    ledger: SqlLedger, number: int = 1, lane: str = "lane", core: str = "sogo", *, due_after_s: float = 0
) -> Attempt:
    tried = armed(ledger, number, lane, core)
    ledger.in_doubt(tried, "timeout", None, due_after_s=due_after_s)
    return tried


def seen(ledger: SqlLedger, number: int = 1, lane: str = "lane", core: str = "sogo") -> Attempt:
    tried = armed(ledger, number, lane, core)
    ledger.seen(tried, Answer(None, receipt=f"S-{number}"), "sha")
    return tried


def registered(ledger: SqlLedger, number: int = 1, lane: str = "lane", core: str = "sogo") -> Attempt:
    tried = seen(ledger, number, lane, core)
    ledger.registered(tried, found(f"K-{number}"), "after_entry")
    return tried


def reported(ledger: SqlLedger, number: int = 1) -> Attempt:
    tried = registered(ledger, number)
    ledger.reported(next(line for line in ledger.outbox() if line.item_id == tried.item_id))
    return tried


def rows(ledger: SqlLedger, table: Table) -> list[Row[Any]]:
    with ledger.engine.connect() as connection:
        return list(connection.execute(select(table).order_by(*table.primary_key.columns)).all())


def item_row(ledger: SqlLedger, item_id: int) -> Row[Any]:
    return next(row for row in rows(ledger, item) if row.item_id == item_id)


def attempt_row(ledger: SqlLedger, tried: Attempt) -> Row[Any]:
    return next(row for row in rows(ledger, attempt) if row.attempt_id == tried.attempt_id)


def content_of(ledger: SqlLedger, item_id: int = 1) -> Application | None:
    sealed = item_row(ledger, item_id).content
    return None if sealed is None else application_from_bytes(sealed)


def state(ledger: SqlLedger, item_id: int = 1) -> tuple[State, str]:
    row = item_row(ledger, item_id)
    return State(row.state), row.reason


def looks(ledger: SqlLedger) -> list[tuple[int, str, str, str]]:
    """(item, kind, verdict, records) of every look-up on record."""
    return [(row.item_id, row.kind, row.verdict, row.new_records) for row in rows(ledger, lookup)]


def events(ledger: SqlLedger) -> list[str]:
    with ledger.engine.connect() as connection:
        return list(connection.exec_driver_sql("SELECT kind FROM event ORDER BY event_id").scalars())


def last_event(ledger: SqlLedger) -> tuple[str, int | None, str]:
    with ledger.engine.connect() as connection:
        row = connection.exec_driver_sql("SELECT kind, item_id, body FROM event ORDER BY event_id DESC").first()
    assert row is not None
    return row.kind, row.item_id, row.body


def forget_plans(ledger: SqlLedger) -> None:
    """What a purge does to the plans of settled attempts when their time is over."""
    with ledger.engine.begin() as connection:
        connection.execute(update(attempt).where(attempt.c.outcome.is_not(None)).values(plan=b""))
