"""The Source port over a list in a file: what was approved stands in JSON lines, how it stands in a small SQLite file.

Contents are what the management system's package would have held, read by the agent's own package parser. Many
processes may use one folder at once, and a killed one loses nothing.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bridge_agent.domain.application import (
    Application,
    ApplicationKey,
    Attachment,
    Delivered,
    Listed,
    SourceState,
    Standing,
)
from bridge_agent.domain.errors import BusinessError
from bridge_agent.domain.package_shape import PackageShape
from bridge_agent.domain.reasons import Reason
from bridge_agent.sources.package import Origin, Refused, parse, read_columns
from mock_core_ui.management import package, papers
from mock_core_ui.management.records import Record, Row, revised
from mock_core_ui.management.states import State
from mock_core_ui.people import model

NAME = "minamo"
SCOPE = "default"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS standing (
  receipt_no TEXT PRIMARY KEY, procedure_code TEXT NOT NULL, procedure_name TEXT NOT NULL, state TEXT NOT NULL,
  revision TEXT NOT NULL, later TEXT NOT NULL, core_number TEXT NOT NULL DEFAULT '', reported INTEGER NOT NULL DEFAULT 0,
  expected_column TEXT NOT NULL, expected_reason TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS content (
  receipt_no TEXT NOT NULL, revision TEXT NOT NULL, at INTEGER NOT NULL, length INTEGER NOT NULL,
  PRIMARY KEY (receipt_no, revision));
"""


# ---- making the list ----


def write_list(folder: Path, world: model.World, shape: PackageShape) -> None:
    """Once for a town: applications.jsonl and source.sqlite."""
    folder.mkdir(parents=True, exist_ok=True)
    with _connected(folder) as connection, (folder / "applications.jsonl").open("wb") as file:
        connection.executescript(_SCHEMA)
        connection.execute("BEGIN")
        for one in world.applications:
            record = _record(one)
            connection.execute(
                "INSERT INTO standing (receipt_no, procedure_code, procedure_name, state, revision, later,"
                " expected_column, expected_reason) VALUES (?,?,?,?,?,?,?,?)",
                (
                    one.receipt_no,
                    one.procedure_code,
                    one.procedure_name,
                    SourceState.APPROVED.value,
                    "1",
                    one.later,
                    one.expected.column,
                    one.expected.reason,
                ),
            )
            versions = [record]
            if one.later == "revise":
                versions.append(replace(record, row=replace(record.row, revision=2), values=revised(record.values)))
            for version in versions:
                line = json.dumps(_content(version, shape), ensure_ascii=False).encode() + b"\n"
                place = (one.receipt_no, str(version.row.revision), file.tell(), len(line))
                connection.execute("INSERT INTO content VALUES (?,?,?,?)", place)
                file.write(line)
        connection.execute("COMMIT")


def _record(one: model.Application) -> Record:
    received = one.received_at.isoformat()
    row = Row(one.receipt_no, one.procedure_code, one.procedure_name, received, "", State.APPROVED, 1, received, "")
    return Record(
        row, one.form_version, one.atena_no, one.signature_result, one.values, one.attachments, "", one.broken
    )


def _content(record: Record, shape: PackageShape) -> dict[str, Any]:
    """An application as plain data, or why its package is refused."""
    listed = Listed(
        record.row.receipt_no, record.row.procedure_code, record.row.procedure_name, str(record.row.revision)
    )
    delivered = _packed(record, listed, shape) if record.broken else _read(record, listed, shape)
    if delivered.application is None:
        return {"refusal": delivered.refusal, "note": delivered.note}
    plain = asdict(delivered.application)
    return plain | {"received_at": delivered.application.received_at.isoformat()}


def _packed(record: Record, listed: Listed, shape: PackageShape) -> Delivered:
    """The whole way over a ZIP, for packages that are broken."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "package.zip"
        file.write_bytes(package.build([record], datetime(2026, 11, 20, tzinfo=UTC)))
        return next(iter(parse(file, [listed], shape, Origin(NAME, SCOPE))))


def _read(record: Record, listed: Listed, shape: PackageShape) -> Delivered:
    """The same without the ZIP around it."""
    try:
        columns = read_columns(package.application_csv(record), shape)
    except Refused as refused:
        return Delivered(listed, None, refused.reason, refused.note)
    files = [(name, papers.attachment(listed.receipt_no, at, name)) for at, name in enumerate(record.attachments, 1)]
    return Delivered(
        listed,
        Application(
            key=ApplicationKey(NAME, SCOPE, listed.receipt_no),
            procedure_code=listed.procedure_code,
            procedure_name=listed.procedure_name,
            form_version=record.form_version,
            revision=listed.revision,
            received_at=datetime.fromisoformat(record.row.received_at),
            atena_no=record.atena_no,
            signature_result=record.signature_result,
            columns={name: text for name, text in columns.items() if name not in shape.volatile},
            attachments=tuple(Attachment(name, hashlib.sha256(data).hexdigest(), len(data)) for name, data in files),
        ),
    )


@contextmanager
def _connected(folder: Path) -> Iterator[sqlite3.Connection]:
    connection = _connect(folder)
    try:
        yield connection
    finally:
        connection.close()


def _connect(folder: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(folder / "source.sqlite", isolation_level=None, timeout=30)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=OFF")  # killed processes lose nothing; only a power cut could
    return connection


# ---- the port ----


class ListSource:
    """A management system without its screens. `close` gives the file back."""

    name = NAME
    scope = SCOPE

    def __init__(self, folder: Path) -> None:
        self._connection = _connect(folder)
        self._file = (folder / "applications.jsonl").open("rb")

    def approved(self) -> Sequence[Listed]:
        sql = "SELECT * FROM standing WHERE state = 'approved' ORDER BY rowid"
        return [_listed(row) for row in self._connection.execute(sql)]

    def deliver(self, wanted: Sequence[Listed]) -> Iterator[Delivered]:
        """What is to happen to an application right after its first download happens here, once."""
        for listed in wanted:
            sql = "SELECT c.at, c.length, s.later FROM content c JOIN standing s USING (receipt_no, revision)"
            row = self._connection.execute(f"{sql} WHERE receipt_no = ?", (listed.receipt_no,)).fetchone()
            self._file.seek(row["at"])
            content = json.loads(self._file.read(row["length"]))
            if row["later"]:
                self._happens(listed.receipt_no, row["later"])
            if "refusal" in content:
                yield Delivered(listed, None, content["refusal"], content["note"])
            else:
                yield Delivered(listed, _application(content))

    def put_away(self, receipt_numbers: Collection[str]) -> None:
        """Nothing was handed over that could be put away."""

    def remarks(self) -> Sequence[str]:
        return ()

    def changed_forms(self) -> Mapping[str, str]:
        return {}

    def ask_ahead(self, receipt_no: str) -> None:
        """Nothing is asked ahead."""

    def standing(self, receipt_no: str) -> Standing:
        row = self._row(receipt_no)
        if row is None:
            return Standing(SourceState.UNKNOWN, "")
        return Standing(SourceState(row["state"]), row["revision"], row["core_number"])

    def report_linked(self, receipt_no: str, core_receipt: str) -> None:
        """The same number twice is no error, and changes nothing but the count of reports."""
        row = self._row(receipt_no)
        state = SourceState(row["state"]) if row is not None else SourceState.UNKNOWN
        if state in (SourceState.WITHDRAWN, SourceState.SENT_BACK):
            raise BusinessError(Reason.WITHDRAWN_AFTER_ENTRY, "申請管理システムへは報告していません")
        if row is None or state is SourceState.UNKNOWN:
            raise BusinessError(Reason.SOURCE_STATE_UNKNOWN, "申請管理システムへは報告していません")
        if state is SourceState.LINKED and row["core_number"] != core_receipt:
            raise BusinessError(Reason.OTHER_OPERATOR, "申請管理システムでは別の基幹側受付番号で連携済です")
        self._connection.execute(
            "UPDATE standing SET state = 'linked', core_number = ?, reported = reported + 1 WHERE receipt_no = ?",
            (core_receipt, receipt_no),
        )

    def close(self) -> None:
        self._connection.close()
        self._file.close()

    # ---- for tests ----

    def put(self, receipt_no: str, state: SourceState, revision: str = "") -> None:
        """A clerk or the applicant changes how an application stands."""
        self._connection.execute(
            "UPDATE standing SET state = ?, revision = CASE ? WHEN '' THEN revision ELSE ? END WHERE receipt_no = ?",
            (state.value, revision, revision, receipt_no),
        )

    # ---- inside ----

    def _row(self, receipt_no: str) -> sqlite3.Row | None:
        sql = "SELECT * FROM standing WHERE receipt_no = ?"
        found: sqlite3.Row | None = self._connection.execute(sql, (receipt_no,)).fetchone()
        return found

    def _happens(self, receipt_no: str, later: str) -> None:
        change = {"withdraw": "state = 'withdrawn'", "revise": "revision = '2'"}[later]
        sql = f"UPDATE standing SET later = '', {change} WHERE receipt_no = ? AND later <> ''"
        self._connection.execute(sql, (receipt_no,))


def _listed(row: sqlite3.Row) -> Listed:
    return Listed(row["receipt_no"], row["procedure_code"], row["procedure_name"], row["revision"])


def _application(content: dict[str, Any]) -> Application:
    key = ApplicationKey(**content.pop("key"))
    attachments = tuple(Attachment(**one) for one in content.pop("attachments"))
    received_at = datetime.fromisoformat(content.pop("received_at"))
    return Application(key=key, received_at=received_at, attachments=attachments, **content)
