"""The management system's own database (SQLite): applications, their states and every change of state."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from mock_core_ui.management.records import Change, Record, Row, Values, revised
from mock_core_ui.management.states import State
from mock_core_ui.people.forms import FORMS
from mock_core_ui.people.model import Application, World

SYSTEM = "システム"
"""Operator of changes that nobody at the municipality made."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS application (
    receipt_no TEXT PRIMARY KEY,
    procedure_code TEXT NOT NULL,
    procedure_name TEXT NOT NULL,
    received_at TEXT NOT NULL,
    applicant TEXT NOT NULL,
    state TEXT NOT NULL,
    revision INTEGER NOT NULL,
    updated_at TEXT NOT NULL,
    core_number TEXT NOT NULL DEFAULT '',
    form_version TEXT NOT NULL,
    atena_no TEXT NOT NULL,
    signature_result TEXT NOT NULL,
    values_json TEXT NOT NULL,
    attachments_json TEXT NOT NULL,
    later TEXT NOT NULL,
    broken TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS application_by_state ON application (state, procedure_code, receipt_no);
CREATE TABLE IF NOT EXISTS history (
    id INTEGER PRIMARY KEY,
    receipt_no TEXT NOT NULL REFERENCES application,
    at TEXT NOT NULL,
    operator TEXT NOT NULL,
    from_state TEXT NOT NULL,
    to_state TEXT NOT NULL,
    revision INTEGER NOT NULL,
    core_number TEXT NOT NULL,
    note TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS history_by_receipt ON history (receipt_no);
CREATE TABLE IF NOT EXISTS expectation (
    receipt_no TEXT PRIMARY KEY,
    "column" TEXT NOT NULL,
    reason TEXT NOT NULL
);
"""
_ROW = "receipt_no, procedure_code, procedure_name, received_at, applicant, state, revision, updated_at, core_number"
_REST = "form_version, atena_no, signature_result, values_json, attachments_json, later, broken"


class RefusedError(Exception):
    """A change that the application's state does not allow; the text is for the operator."""


class Store:
    """All reading and writing. Safe to share between threads: every call opens its own connection."""

    def __init__(self, database: Path, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock
        with self._connection() as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(_SCHEMA)

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        """A connection whose changes are committed together, or not at all."""
        with closing(sqlite3.connect(self._database, timeout=30)) as connection, connection:
            # The mock may be killed, but need not survive a power cut: leave out the wait for the disk.
            connection.execute("PRAGMA synchronous = OFF")
            yield connection

    def fill(self, world: World) -> None:
        """Take over the world's applications as approved; does nothing when the database already holds applications."""
        with self._connection() as connection:
            if connection.execute("SELECT 1 FROM application LIMIT 1").fetchone():
                return
            marks = ", ".join("?" * 16)
            connection.executemany(
                f"INSERT INTO application ({_ROW}, {_REST}) VALUES ({marks})",
                (_as_columns(application) for application in world.applications),
            )
            connection.executemany(
                "INSERT INTO expectation VALUES (?, ?, ?)",
                ((each.receipt_no, each.expected.column, each.expected.reason) for each in world.applications),
            )

    def count(self, state: State | None, procedure: str) -> int:
        """Number of applications; None and '' stand for all."""
        condition, values = _condition(state, procedure)
        with self._connection() as connection:
            found = connection.execute(f"SELECT count(*) FROM application {condition}", values).fetchone()
        return int(found[0])

    def rows(self, state: State | None, procedure: str, *, limit: int = -1, offset: int = 0) -> list[Row]:
        """Lines of the list in the order of 受付番号; a negative limit gives all."""
        condition, values = _condition(state, procedure)
        query = f"SELECT {_ROW} FROM application {condition} ORDER BY receipt_no LIMIT ? OFFSET ?"
        with self._connection() as connection:
            found = connection.execute(query, (*values, limit, offset)).fetchall()
        return [_row(columns) for columns in found]

    def procedures(self) -> list[tuple[str, str]]:
        """手続コード and name of every procedure that was applied for."""
        query = "SELECT DISTINCT procedure_code, procedure_name FROM application ORDER BY procedure_code"
        with self._connection() as connection:
            return [(str(code), str(name)) for code, name in connection.execute(query)]

    def record(self, receipt_no: str) -> Record | None:
        """One whole application, or None."""
        with self._connection() as connection:
            return _find(connection, receipt_no)

    def records(self, receipt_nos: Sequence[str]) -> list[Record]:
        """The applications among these numbers that exist, in the order of 受付番号."""
        with self._connection() as connection:
            found = (_find(connection, receipt_no) for receipt_no in sorted(set(receipt_nos)))
            return [record for record in found if record is not None]

    def changes(self, receipt_no: str) -> list[Change]:
        """The application's history, oldest first."""
        query = (
            "SELECT at, operator, from_state, to_state, revision, core_number, note FROM history"
            " WHERE receipt_no = ? ORDER BY id"
        )
        with self._connection() as connection:
            return [
                Change(at, operator, State(before), State(after), revision, core_number, note)
                for at, operator, before, after, revision, core_number, note in connection.execute(query, (receipt_no,))
            ]

    def link(self, receipt_no: str, core_number: str, operator: str) -> None:
        """連携済にする. A second time with the same number changes nothing; any other trouble raises RefusedError."""
        with self._changing(receipt_no) as (connection, record):
            row = record.row
            if row.state is State.LINKED and row.core_number == core_number:
                return
            if row.state is State.LINKED:
                raise RefusedError(
                    f"この申請は基幹側受付番号「{row.core_number}」で連携済です。別の番号「{core_number}」では登録できません。"
                )
            if row.state is not State.APPROVED:
                raise RefusedError(f"状態が「{row.state.label}」の申請は連携済にできません。")
            after = replace(row, state=State.LINKED, core_number=core_number)
            self._save(connection, record, after, operator, "連携済にした")

    def send_back(self, receipt_no: str, reason: str, operator: str) -> None:
        """差戻し to the applicant; raises RefusedError unless the application is approved and not linked."""
        with self._changing(receipt_no) as (connection, record):
            if record.row.state is not State.APPROVED:
                raise RefusedError(f"状態が「{record.row.state.label}」の申請は差戻しできません。")
            self._save(connection, record, replace(record.row, state=State.SENT_BACK), operator, f"差戻し: {reason}")

    def withdraw(self, receipt_no: str) -> None:
        """取下げ by the applicant, whatever the state; a second time changes nothing."""
        with self._changing(receipt_no) as (connection, record):
            if record.row.state is not State.WITHDRAWN:
                after = replace(record.row, state=State.WITHDRAWN)
                self._save(connection, record, after, SYSTEM, "申請者による取下げ")

    def revise(self, receipt_no: str) -> None:
        """A correction by the applicant: one answer changes and 版 rises by one."""
        with self._changing(receipt_no) as (connection, record):
            after = replace(record.row, revision=record.row.revision + 1)
            self._save(connection, record, after, SYSTEM, "申請者による訂正", revised(record.values))

    def downloaded(self, receipt_nos: Sequence[str]) -> None:
        """What was to happen to these applications right after their first download happens now, once."""
        for record in self.records(receipt_nos):
            if record.later == "withdraw":
                self.withdraw(record.row.receipt_no)
            elif record.later == "revise":
                self.revise(record.row.receipt_no)
            if record.later:
                with self._connection() as connection:
                    connection.execute(
                        "UPDATE application SET later = '' WHERE receipt_no = ?", (record.row.receipt_no,)
                    )

    @contextmanager
    def _changing(self, receipt_no: str) -> Iterator[tuple[sqlite3.Connection, Record]]:
        """The application under the database's write lock; raises RefusedError when there is none of that number."""
        with self._connection() as connection:
            connection.execute("BEGIN IMMEDIATE")
            record = _find(connection, receipt_no)
            if record is None:
                raise RefusedError(f"受付番号「{receipt_no}」の申請はありません。")
            yield connection, record

    def _save(
        self,
        connection: sqlite3.Connection,
        record: Record,
        after: Row,
        operator: str,
        note: str,
        values: Values | None = None,
    ) -> None:
        """Store the changed row (and answers) together with its line in the history."""
        now = self._clock().isoformat(timespec="seconds")
        connection.execute(
            "UPDATE application SET state = ?, revision = ?, core_number = ?, updated_at = ?, values_json = ?"
            " WHERE receipt_no = ?",
            (
                after.state.value,
                after.revision,
                after.core_number,
                now,
                json.dumps(values if values is not None else record.values, ensure_ascii=False),
                after.receipt_no,
            ),
        )
        connection.execute(
            "INSERT INTO history (receipt_no, at, operator, from_state, to_state, revision, core_number, note)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                after.receipt_no,
                now,
                operator,
                record.row.state.value,
                after.state.value,
                after.revision,
                after.core_number,
                note,
            ),
        )


def _condition(state: State | None, procedure: str) -> tuple[str, tuple[str, ...]]:
    wanted = [("state = ?", state.value)] if state else []
    if procedure:
        wanted.append(("procedure_code = ?", procedure))
    if not wanted:
        return "", ()
    return "WHERE " + " AND ".join(text for text, _ in wanted), tuple(value for _, value in wanted)


def _as_columns(application: Application) -> tuple[str | int, ...]:
    received = application.received_at.isoformat(timespec="seconds")
    name = application.values.get(f"{FORMS[application.procedure_id].person}_name", "")
    return (
        application.receipt_no,
        application.procedure_code,
        application.procedure_name,
        received,
        name if isinstance(name, str) else "",
        State.APPROVED.value,
        1,
        received,
        "",
        application.form_version,
        application.atena_no,
        application.signature_result,
        json.dumps(application.values, ensure_ascii=False),
        json.dumps(application.attachments, ensure_ascii=False),
        application.later,
        application.broken,
    )


def _row(columns: Sequence[str]) -> Row:
    number, code, name, received, applicant, state, revision, updated, core = columns
    return Row(number, code, name, received, applicant, State(state), int(revision), updated, core)


def _find(connection: sqlite3.Connection, receipt_no: str) -> Record | None:
    query = f"SELECT {_ROW}, {_REST} FROM application WHERE receipt_no = ?"
    found = connection.execute(query, (receipt_no,)).fetchone()
    if found is None:
        return None
    form_version, atena_no, signature, values, attachments, later, broken = found[9:]
    return Record(
        _row(found[:9]),
        form_version,
        atena_no,
        signature,
        json.loads(values),
        tuple(json.loads(attachments)),
        later,
        broken,
    )
