"""The store of one mock core: residents, records, and the append-only commit log that tests take as the truth."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from mock_core_ui.core.values import Values
from mock_core_ui.people.model import Resident

TOKYO = ZoneInfo("Asia/Tokyo")

_SCHEMA = """
CREATE TABLE IF NOT EXISTS residents (
  atena_no TEXT PRIMARY KEY, name TEXT NOT NULL, kana TEXT NOT NULL, birth TEXT NOT NULL, sex TEXT NOT NULL,
  postal TEXT NOT NULL, address TEXT NOT NULL, katagaki TEXT NOT NULL, tel TEXT NOT NULL,
  insured_no TEXT NOT NULL, household_no TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS records (
  id INTEGER PRIMARY KEY AUTOINCREMENT, core_receipt_no TEXT NOT NULL UNIQUE, procedure TEXT NOT NULL,
  atena_no TEXT NOT NULL, reference TEXT NOT NULL, application_date TEXT NOT NULL, operator TEXT NOT NULL,
  registered_at TEXT NOT NULL, visible_from TEXT NOT NULL, values_json TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS records_reference ON records(reference);
CREATE INDEX IF NOT EXISTS records_atena ON records(atena_no, procedure);
CREATE INDEX IF NOT EXISTS records_registered ON records(registered_at);
CREATE TABLE IF NOT EXISTS commit_log (
  id INTEGER PRIMARY KEY AUTOINCREMENT, time TEXT NOT NULL, operator TEXT NOT NULL, procedure TEXT NOT NULL,
  atena_no TEXT NOT NULL, reference TEXT NOT NULL, application_date TEXT NOT NULL, core_receipt_no TEXT NOT NULL,
  values_json TEXT NOT NULL, request_id TEXT NOT NULL, before_run INTEGER NOT NULL DEFAULT 0);
CREATE TRIGGER IF NOT EXISTS commit_log_keeps BEFORE UPDATE ON commit_log
  BEGIN SELECT RAISE(ABORT, 'commit_log is append-only'); END;
CREATE TRIGGER IF NOT EXISTS commit_log_stays BEFORE DELETE ON commit_log
  BEGIN SELECT RAISE(ABORT, 'commit_log is append-only'); END;
"""


@dataclass(frozen=True, slots=True)
class NewRecord:
    """What a registration hands over."""

    prefix: str
    procedure: str
    atena_no: str
    reference: str
    application_date: date
    operator: str
    registered_at: datetime
    values: Values
    request_id: str
    before_run: bool = False
    visible_from: datetime | None = None
    """From when the look-up shows it; None: from its registration on."""


@dataclass(frozen=True, slots=True)
class Record:
    """A stored record as the look-up shows it."""

    core_receipt_no: str
    procedure: str
    atena_no: str
    reference: str
    name: str
    """氏名 of the resident register, '' when the register has no such resident."""
    application_date: date
    operator: str
    registered_at: datetime
    """Aware, Asia/Tokyo, whole seconds."""
    values: Values


@dataclass(frozen=True, slots=True)
class Search:
    """Conditions of a look-up; empty ones do not count. Days are inclusive and those of Tokyo."""

    reference: str = ""
    atena_no: str = ""
    procedure: str = ""
    applied_from: date | None = None
    applied_to: date | None = None
    registered_from: date | None = None
    registered_to: date | None = None
    before_run_only: bool = False
    """Leaves out what was registered since the server's data was made."""


class Store:
    """One SQLite file. Safe to use from many threads: each gets a connection of its own, closed by `close`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._open: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self.connection().executescript(_SCHEMA)

    def connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        found: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if found is None:
            found = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False, timeout=30)
            found.row_factory = sqlite3.Row
            found.execute("PRAGMA journal_mode=WAL")
            found.execute("PRAGMA synchronous=NORMAL")
            self._local.connection = found
            with self._lock:
                self._open.append(found)
        return found

    def close(self) -> None:
        """Closes all connections; the store cannot be used afterwards."""
        with self._lock:
            for connection in self._open:
                connection.close()
            self._open.clear()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing, with no other writer in between."""
        connection = self.connection()
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")

    def is_empty(self) -> bool:
        """Whether no resident was ever put in."""
        return self.connection().execute("SELECT 1 FROM residents LIMIT 1").fetchone() is None

    def add_residents(self, residents: Iterable[Resident]) -> None:
        """Puts residents into the register."""
        rows = [tuple(_resident_row(resident)) for resident in residents]
        with self.transaction() as connection:
            connection.executemany("INSERT INTO residents VALUES (?,?,?,?,?,?,?,?,?,?,?)", rows)

    def resident(self, atena_no: str) -> Resident | None:
        """The resident of a 宛名番号. The core's register holds no 個人番号."""
        row = self.connection().execute("SELECT * FROM residents WHERE atena_no = ?", (atena_no,)).fetchone()
        if row is None:
            return None
        return Resident(
            atena_no=row["atena_no"],
            name=row["name"],
            kana=row["kana"],
            birth=date.fromisoformat(row["birth"]),
            sex=row["sex"],
            postal=row["postal"],
            address=row["address"],
            katagaki=row["katagaki"],
            tel=row["tel"],
            mynumber="",
            insured_no=row["insured_no"],
            household_no=row["household_no"],
        )

    def commit(self, new: NewRecord) -> str:
        """Stores a record and its line of the commit log in one transaction; returns the core's receipt number."""
        with self.transaction() as connection:
            return insert(connection, new)

    def commit_all(self, records: Iterable[NewRecord]) -> None:
        """Stores several records in one transaction."""
        with self.transaction() as connection:
            for new in records:
                insert(connection, new)

    def hide_until(self, core_receipt_no: str, moment: datetime) -> None:
        """Keeps a record out of the look-up until a moment."""
        with self.transaction() as connection:
            connection.execute(
                "UPDATE records SET visible_from = ? WHERE core_receipt_no = ?", (moment_text(moment), core_receipt_no)
            )

    def has_near(self, procedure: str, atena_no: str, day: date, days: int) -> bool:
        """Whether the person has a record of this procedure with an application date at most `days` away."""
        span = timedelta(days=days)
        row = (
            self.connection()
            .execute(
                "SELECT 1 FROM records"
                " WHERE procedure = ? AND atena_no = ? AND application_date BETWEEN ? AND ? LIMIT 1",
                (procedure, atena_no, (day - span).isoformat(), (day + span).isoformat()),
            )
            .fetchone()
        )
        return row is not None

    def record(self, core_receipt_no: str, now: datetime) -> Record | None:
        """A record by the core's receipt number, if the look-up may show it by now."""
        row = (
            self.connection()
            .execute(
                f"{_SELECT} WHERE r.core_receipt_no = ? AND r.visible_from <= ?", (core_receipt_no, moment_text(now))
            )
            .fetchone()
        )
        return None if row is None else _record(row)

    def search(self, search: Search, now: datetime, page: int, size: int) -> tuple[list[Record], int]:
        """One page (from 1) of what matches, newest first, and the number of all matches."""
        return self.window(search, now, (page - 1) * size, size)

    def window(self, search: Search, now: datetime, skip: int, count: int) -> tuple[list[Record], int]:
        """At most `count` of what matches after the first `skip`, newest first, and the number of all matches."""
        where, parameters = _conditions(search, now)
        connection = self.connection()
        total: int = connection.execute(f"SELECT count(*) FROM records r WHERE {where}", parameters).fetchone()[0]
        rows = connection.execute(
            f"{_SELECT} WHERE {where} ORDER BY r.registered_at DESC, r.id DESC LIMIT ? OFFSET ?",
            (*parameters, count, skip),
        )
        return [_record(row) for row in rows], total


_RESIDENT_COLUMNS = (
    "atena_no",
    "name",
    "kana",
    "birth",
    "sex",
    "postal",
    "address",
    "katagaki",
    "tel",
    "insured_no",
    "household_no",
)

_SELECT = "SELECT r.*, coalesce(p.name, '') AS name FROM records r LEFT JOIN residents p ON p.atena_no = r.atena_no"


def moment_text(moment: datetime) -> str:
    """UTC in ISO form with microseconds, so that texts sort as times do."""
    return moment.astimezone(ZoneInfo("UTC")).isoformat(timespec="microseconds")


def _resident_row(resident: Resident) -> Iterator[str]:
    for column in _RESIDENT_COLUMNS:
        found = getattr(resident, column)
        yield found.isoformat() if isinstance(found, date) else found


def next_receipt(connection: sqlite3.Connection, prefix: str, at: datetime) -> str:
    """The receipt number that a record made at this moment would get."""
    number: int = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM records").fetchone()[0]
    return f"{prefix}-{at.astimezone(TOKYO).year}-{number:06d}"


def insert(connection: sqlite3.Connection, new: NewRecord) -> str:
    """Adds a record and its line of the commit log; returns the receipt number."""
    receipt = next_receipt(connection, new.prefix, new.registered_at)
    moment = moment_text(new.registered_at)
    visible = moment_text(new.visible_from or new.registered_at)
    values = json.dumps(new.values, ensure_ascii=False)
    day = new.application_date.isoformat()
    connection.execute(
        "INSERT INTO records (core_receipt_no, procedure, atena_no, reference, application_date, operator,"
        " registered_at, visible_from, values_json) VALUES (?,?,?,?,?,?,?,?,?)",
        (receipt, new.procedure, new.atena_no, new.reference, day, new.operator, moment, visible, values),
    )
    log(connection, new, receipt)
    return receipt


def log(connection: sqlite3.Connection, new: NewRecord, receipt: str) -> None:
    """Adds a line to the commit log."""
    who_and_what = (new.operator, new.procedure, new.atena_no, new.reference, new.application_date.isoformat())
    values = json.dumps(new.values, ensure_ascii=False)
    connection.execute(
        "INSERT INTO commit_log (time, operator, procedure, atena_no, reference, application_date, core_receipt_no,"
        " values_json, request_id, before_run) VALUES (?,?,?,?,?,?,?,?,?,?)",
        (moment_text(new.registered_at), *who_and_what, receipt, values, new.request_id, int(new.before_run)),
    )


def _conditions(search: Search, now: datetime) -> tuple[str, list[str]]:
    parts = ["r.visible_from <= ?"]
    parameters = [moment_text(now)]

    def add(condition: str, value: str) -> None:
        if value:
            parts.append(condition)
            parameters.append(value)

    add("r.reference = ?", search.reference)
    add("r.atena_no = ?", search.atena_no)
    add("r.procedure = ?", search.procedure)
    add("r.application_date >= ?", search.applied_from.isoformat() if search.applied_from else "")
    add("r.application_date <= ?", search.applied_to.isoformat() if search.applied_to else "")
    add("r.registered_at >= ?", _midnight(search.registered_from) if search.registered_from else "")
    day_after = search.registered_to + timedelta(days=1) if search.registered_to else None
    add("r.registered_at < ?", _midnight(day_after) if day_after else "")
    if search.before_run_only:
        parts.append("r.core_receipt_no NOT IN (SELECT core_receipt_no FROM commit_log WHERE before_run = 0)")
    return " AND ".join(parts), parameters


def _midnight(day: date) -> str:
    return moment_text(datetime(day.year, day.month, day.day, tzinfo=TOKYO))


def _record(row: sqlite3.Row) -> Record:
    return Record(
        core_receipt_no=row["core_receipt_no"],
        procedure=row["procedure"],
        atena_no=row["atena_no"],
        reference=row["reference"],
        name=row["name"],
        application_date=date.fromisoformat(row["application_date"]),
        operator=row["operator"],
        registered_at=datetime.fromisoformat(row["registered_at"]).astimezone(TOKYO).replace(microsecond=0),
        values=json.loads(row["values_json"]),
    )
