"""A new site key: every fingerprint and every sealed value is made anew in one transaction, with everybody else away.

The ledger itself says which key it has (its check value): before the commit the former, after it the new one, and never
something between. Whoever calls this keeps both keys until then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from bridge_agent.domain.application import Application
from bridge_agent.domain.errors import ConfigError
from bridge_agent.domain.ports import Sealer
from bridge_agent.ledger.audit import problems
from bridge_agent.ledger.copying import sweep
from bridge_agent.ledger.intake import application_from_bytes
from bridge_agent.ledger.opening import make_engine
from bridge_agent.ledger.restore import Keys
from bridge_agent.ledger.rewriting import drop_triggers, make_triggers, seal_everything
from bridge_agent.ledger.row_seals import add_function
from bridge_agent.ledger.writing import (
    CHAIN_PURPOSE,
    CONTENT_PURPOSE,
    PLAN_PURPOSE,
    canonical,
    chain_key,
    event_hash,
    text_of,
)


@dataclass(frozen=True, slots=True)
class Rekeyed:
    """How many rows have new fingerprints; `persons_lost`: a person's fingerprint that could not be made anew."""

    items: int
    plans: int
    persons_lost: int


@dataclass(frozen=True, slots=True)
class Rekeying:
    former: Keys
    new: Keys
    numbering: Sequence[tuple[str, str]]
    """(source, scope) pairs that a receipt number may belong to, for items whose content is no longer kept."""

    def fingerprints(self, receipt_no: str, app_key: str, pairs: Sequence[tuple[str, str]]) -> str:
        for source, scope in pairs:
            if self.former.sealer.fingerprint("app", source, scope, receipt_no) == app_key:
                return self.new.sealer.fingerprint("app", source, scope, receipt_no)
        raise ConfigError(
            f"受付番号 {receipt_no} の申請元が分からないため、鍵を更新できません。bridge.toml の [source] を確かめてください。"
        )

    def sealed_again(self, sealed: bytes, purpose: str) -> bytes:
        return self.new.sealer.seal(self.former.sealer.unseal(sealed, purpose), purpose)


def rekey(file: Path, work: Rekeying, at: datetime) -> Rekeyed:
    """Raises ConfigError, with the ledger unchanged, when it is not sound or a fingerprint cannot be made anew."""
    engine = make_engine(file)
    try:
        with engine.connect() as connection:
            _function(connection, work.former.sealer)
            found = problems(connection, work.former.sealer)
            if found:
                raise ConfigError(f"台帳に問題があるため、鍵を更新しません（{len(found)} 件、例: {found[0]}）。")
            drop_triggers(connection)
            done = _make_anew(connection, work)
            _note(connection, work, at, done)
            seal_everything(connection, work.new.sealer)
            make_triggers(connection)
            connection.commit()
        sweep(engine.raw_connection())
    finally:
        engine.dispose()
    return done


def _function(connection: Connection, sealer: Sealer) -> None:
    raw: Any = connection.connection.dbapi_connection
    add_function(raw, sealer)


def _make_anew(connection: Connection, work: Rekeying) -> Rekeyed:
    rows = connection.exec_driver_sql(
        "SELECT item_id, app_key, receipt_no, procedure, content, person_key FROM item"
    ).all()
    keys: dict[str, str] = {}
    pairs, lost = list(work.numbering), 0
    for row in sorted(rows, key=lambda r: r.content is None):  # contents tell the numbering that others may have
        application = None
        if row.content is not None:
            application = application_from_bytes(work.former.sealer.unseal(row.content, CONTENT_PURPOSE))
            pair = (application.key.source, application.key.scope)
            pairs = [pair, *(p for p in pairs if p != pair)]
        keys[row.app_key] = work.fingerprints(row.receipt_no, row.app_key, pairs)
        person = _person(work, application, row)
        lost += bool(row.person_key) and not person
        content = None if row.content is None else work.sealed_again(row.content, CONTENT_PURPOSE)
        connection.exec_driver_sql(
            "UPDATE item SET app_key = ?, person_key = ?, content = ? WHERE item_id = ?",
            (keys[row.app_key], person, content, row.item_id),
        )
    plans = connection.exec_driver_sql("SELECT attempt_id, plan FROM attempt WHERE length(plan) > 0").all()
    for row in plans:
        connection.exec_driver_sql(
            "UPDATE attempt SET plan = ? WHERE attempt_id = ?",
            (work.sealed_again(row.plan, PLAN_PURPOSE), row.attempt_id),
        )
    _runs(connection, work, keys, pairs)
    return Rekeyed(len(rows), len(plans), lost)


def _person(work: Rekeying, application: Application | None, row: Any) -> str:
    if not row.person_key or application is None:
        return ""
    if work.former.sealer.fingerprint("person", application.atena_no, row.procedure) != row.person_key:
        return ""
    return work.new.sealer.fingerprint("person", application.atena_no, row.procedure)


def _runs(connection: Connection, work: Rekeying, keys: Mapping[str, str], pairs: Sequence[tuple[str, str]]) -> None:
    """Lists of former runs: an application that never came into the ledger has only its number there."""
    for row in connection.exec_driver_sql("SELECT DISTINCT app_key, receipt_no FROM run_item").all():
        new = keys.get(row.app_key) or work.fingerprints(row.receipt_no, row.app_key, pairs)
        connection.exec_driver_sql("UPDATE run_item SET app_key = ? WHERE app_key = ?", (new, row.app_key))


def _note(connection: Connection, work: Rekeying, at: datetime, done: Rekeyed) -> None:
    """The chain goes on with its own key, which is only sealed anew: heads that lie elsewhere stay good."""
    key = chain_key(connection, work.former.sealer)
    if key is None:
        raise ConfigError("記録の鎖の鍵がありません。台帳は空です。鍵の更新は要りません。")
    sealed = work.new.sealer.seal(key, CHAIN_PURPOSE).hex()
    connection.exec_driver_sql("UPDATE meta SET value = ? WHERE key = 'chain_key'", (sealed,))
    connection.exec_driver_sql("UPDATE meta SET value = ? WHERE key = 'site_key_check'", (work.new.check,))
    last = connection.exec_driver_sql("SELECT hash FROM event ORDER BY event_id DESC LIMIT 1").scalar_one_or_none()
    body = canonical({"items": done.items, "plans": done.plans, "persons_lost": done.persons_lost})
    moment, previous = text_of(at), last or ""
    connection.exec_driver_sql(
        "INSERT INTO event (at, kind, body, previous, hash) VALUES (?, 'rekeyed', ?, ?, ?)",
        (moment, body, previous, event_hash(key, previous, moment, "rekeyed", None, body)),
    )
