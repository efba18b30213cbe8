"""The ledger's tables, and the rules that the database itself enforces.

Indexes and triggers here are the last line: at most one open or successful attempt an item, one item in hand a lane,
outcomes set once, only the moves of the domain's table, events and look-ups never changed or deleted.
"""

from __future__ import annotations

from sqlalchemy import (
    DDL,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    event,
    text,
)

from bridge_agent.domain.work_item import MOVES, STARTS

SCHEMA_VERSION = 2

metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("key", String, primary_key=True),
    Column("value", String, nullable=False),
)

item = Table(
    "item",
    metadata,
    Column("item_id", Integer, primary_key=True),
    Column("app_key", String, nullable=False, unique=True),  # HMAC of source, scope, receipt number
    Column("receipt_no", String, nullable=False),
    Column("procedure", String, nullable=False),
    Column("procedure_name", String, nullable=False),
    Column("core", String, nullable=False),
    Column("state", String, nullable=False),
    Column("reason", String, nullable=False, server_default=""),
    Column("note", String, nullable=False, server_default=""),
    Column("revision", String, nullable=False),
    Column("received_at", String, nullable=False),  # UTC, ISO 8601
    Column("content", LargeBinary),  # sealed application; NULL when its package was refused
    Column("content_hash", String, nullable=False, server_default=""),
    Column("person_key", String, nullable=False, server_default=""),  # HMAC of person and procedure
    Column("lane", String),
    Column("fence", Integer, nullable=False, server_default="0"),
    Column("lease_until", String),
    Column("owner_pid", Integer),
    Column("owner_started", Float),
    Column("owner_host", String),
    Column("sender_pid", Integer),
    Column("sender_started", Float),
    Column("sender_driver_pid", Integer),
    Column("sender_driver_started", Float),
    Column("due_at", String, nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("crashes", Integer, nullable=False, server_default="0"),
    # Hash of a content that came later, or the revision of one that cannot be read.
    Column("changed_to", String, nullable=False, server_default=""),
    Column("absent_looks", Integer, nullable=False, server_default="0"),
    Column("sender_dead", Boolean, nullable=False, server_default=text("0")),
    Column("ever_registered", Boolean, nullable=False, server_default=text("0")),
    Column("receipt_at_core", String, nullable=False, server_default=""),
    Column("restored", Boolean, nullable=False, server_default=text("0")),  # must be looked up before it is entered
    Column("core_count", Integer),  # records beyond the baseline at the last reconciliation; NULL = never looked
    Column("core_count_at", String),
    Column("created_at", String, nullable=False),
    Column("updated_at", String, nullable=False),
    Column("seal", String, nullable=False, server_default=""),  # keyed checksum of the row
)
Index(
    "one_item_in_hand_per_lane",
    item.c.lane,
    unique=True,
    sqlite_where=text("state IN ('claimed', 'armed')"),
    postgresql_where=text("state IN ('claimed', 'armed')"),
)


Index("item_by_state", item.c.state, item.c.core, item.c.due_at)
Index("item_by_person", item.c.person_key)

attempt = Table(
    "attempt",
    metadata,
    Column("attempt_id", Integer, primary_key=True),
    Column("item_id", ForeignKey("item.item_id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("lane", String, nullable=False),
    Column("fence", Integer, nullable=False),
    Column("armed_at", String, nullable=False),
    Column("armed_monotonic", Float, nullable=False),
    Column("boot_id", String, nullable=False),
    Column("submit_deadline", String, nullable=False),
    Column("recipe_digest", String, nullable=False),
    Column("content_hash", String, nullable=False),
    Column("plan", LargeBinary, nullable=False),  # sealed
    Column("baseline", String, nullable=False),  # JSON list of core record ids
    Column("canary_ok", Boolean),
    Column("fields_read", Integer, nullable=False),
    Column("fields_equal", Integer, nullable=False),
    Column("readback_fingerprint", String, nullable=False),
    Column("evidence_before", String, nullable=False, server_default=""),
    Column("answer", String, nullable=False, server_default=""),
    Column("answered_at", String),
    Column("core_record", String, nullable=False, server_default=""),
    Column("sent", Integer),
    Column("blocked", Integer),
    Column("evidence_after", String, nullable=False, server_default=""),
    Column("outcome", String),  # NULL = open; registered | absent | by_hand | dismissed; set once
    Column("outcome_at", String),
    Column("seal", String, nullable=False, server_default=""),  # keyed checksum of the row
)
Index(
    "one_open_or_successful_attempt",
    attempt.c.item_id,
    unique=True,
    sqlite_where=text("outcome IS NULL OR outcome = 'registered'"),
    postgresql_where=text("outcome IS NULL OR outcome = 'registered'"),
)

lookup = Table(
    "lookup",
    metadata,
    Column("lookup_id", Integer, primary_key=True),
    Column("item_id", ForeignKey("item.item_id"), nullable=False),
    Column("attempt_id", Integer),
    Column("at", String, nullable=False),
    Column("kind", String, nullable=False),  # pre_check | after_entry | doubt | reconcile
    Column("verdict", String, nullable=False),
    Column("new_records", String, nullable=False),  # JSON list of core record ids
    Column("rows_read", Integer, nullable=False),
    Column("compared", Integer, nullable=False),
    Column("differing", String, nullable=False),  # JSON list of labels
    Column("seal", String, nullable=False, server_default=""),  # keyed checksum of the row
)

outbox = Table(
    "outbox",
    metadata,
    Column("outbox_id", Integer, primary_key=True),
    Column("item_id", ForeignKey("item.item_id"), nullable=False, unique=True),
    Column("core_receipt", String, nullable=False),
    Column("created_at", String, nullable=False),
    Column("done_at", String),
    Column("seal", String, nullable=False, server_default=""),  # keyed checksum of the row
)

event_log = Table(
    "event",
    metadata,
    Column("event_id", Integer, primary_key=True),
    Column("at", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("item_id", Integer),
    Column("body", String, nullable=False),  # canonical JSON, no personal data
    Column("previous", String, nullable=False),
    Column("hash", String, nullable=False),
)

run = Table(
    "run",
    metadata,
    Column("run_id", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("started_at", String, nullable=False),
    Column("ended_at", String),
    Column("exit_code", Integer),
    Column("summary", String, nullable=False, server_default="{}"),
)

run_item = Table(
    "run_item",
    metadata,
    Column("run_id", ForeignKey("run.run_id"), primary_key=True),
    Column("app_key", String, primary_key=True),
    Column("receipt_no", String, nullable=False),
)

lane = Table(
    "lane",
    metadata,
    Column("lane", String, primary_key=True),
    Column("owner_pid", Integer),
    Column("owner_started", Float),
    Column("owner_host", String),
    Column("lease_until", String),  # after this the owner counts as hung: a taker on its machine kills it first
    Column("opened_at", String),  # circuit breaker: since when nothing is entered here, NULL = closed
    Column("opened_why", String, nullable=False, server_default=""),  # a Breaker code
    Column("opened_note", String, nullable=False, server_default=""),
    Column("seal", String, nullable=False, server_default=""),  # keyed checksum of the row
)

control = Table(
    "control",
    metadata,
    Column("key", String, primary_key=True),
    Column("value", String, nullable=False),
    Column("seal", String, nullable=False, server_default=""),  # keyed checksum of the row
)


def _moves_condition() -> str:
    pairs = " OR ".join(f"(OLD.state = '{a}' AND NEW.state = '{b}')" for a, b in sorted(MOVES))
    return f"NEW.state <> OLD.state AND NOT ({pairs})"


_STARTS = ", ".join(f"'{s}'" for s in sorted(STARTS))

SQLITE_TRIGGERS = {
    "only_allowed_moves": f"BEFORE UPDATE OF state ON item WHEN {_moves_condition()} "
    "BEGIN SELECT RAISE(ABORT, 'move not allowed'); END",
    "only_allowed_starts": f"BEFORE INSERT ON item WHEN NEW.state NOT IN ({_STARTS}) "
    "BEGIN SELECT RAISE(ABORT, 'start not allowed'); END",
    "registered_is_for_ever": "BEFORE UPDATE OF state ON item WHEN OLD.ever_registered = 1 AND NEW.state = 'pending' "
    "BEGIN SELECT RAISE(ABORT, 'once registered, never pending'); END",
    "ever_registered_stays": "BEFORE UPDATE OF ever_registered ON item "
    "WHEN OLD.ever_registered = 1 AND NEW.ever_registered = 0 BEGIN SELECT RAISE(ABORT, 'ever_registered stays'); END",
    "key_stays": "BEFORE UPDATE OF app_key ON item WHEN NEW.app_key <> OLD.app_key "
    "BEGIN SELECT RAISE(ABORT, 'key stays'); END",
    "item_stays": "BEFORE DELETE ON item BEGIN SELECT RAISE(ABORT, 'items stay'); END",
    "outcome_set_once": "BEFORE UPDATE OF outcome ON attempt WHEN OLD.outcome IS NOT NULL "
    "BEGIN SELECT RAISE(ABORT, 'outcome is set once'); END",
    "attempt_stays": "BEFORE DELETE ON attempt BEGIN SELECT RAISE(ABORT, 'attempts stay'); END",
    # a settled attempt's plan may be emptied when its time to be kept is over, never changed
    "baseline_frozen": "BEFORE UPDATE OF baseline, plan, armed_at ON attempt "
    "WHEN NEW.baseline IS NOT OLD.baseline OR NEW.armed_at IS NOT OLD.armed_at "
    "OR (NEW.plan IS NOT OLD.plan AND (NEW.plan <> x'' OR OLD.outcome IS NULL)) "
    "BEGIN SELECT RAISE(ABORT, 'armed facts stay'); END",
    "lookup_not_changed": f"BEFORE UPDATE OF {', '.join(c.name for c in lookup.columns if c.name != 'seal')} ON lookup "
    "BEGIN SELECT RAISE(ABORT, 'append only'); END",
    "lookup_sealed_once": "BEFORE UPDATE OF seal ON lookup WHEN OLD.seal <> '' "
    "BEGIN SELECT RAISE(ABORT, 'append only'); END",
    "lookup_not_deleted": "BEFORE DELETE ON lookup BEGIN SELECT RAISE(ABORT, 'append only'); END",
    "event_not_changed": "BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'append only'); END",
    "event_not_deleted": "BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'append only'); END",
}

for _name, _body in SQLITE_TRIGGERS.items():
    event.listen(
        metadata,
        "after_create",
        DDL(f"CREATE TRIGGER {_name} {_body}").execute_if(dialect="sqlite"),  # type: ignore[no-untyped-call]
    )
