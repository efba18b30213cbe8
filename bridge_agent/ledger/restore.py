"""Backing the ledger up while it is in use, and putting a backup in its place as a new epoch."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bridge_agent.domain.clock import Clock
from bridge_agent.domain.errors import ConfigError
from bridge_agent.domain.ports import Sealer
from bridge_agent.ledger.audit import Head, head_of, problems
from bridge_agent.ledger.copying import copy_database, side_files, sync_folder
from bridge_agent.ledger.keeping import read_witness
from bridge_agent.ledger.opening import make_engine, open_ledger
from bridge_agent.ledger.place import release_reserve
from bridge_agent.ledger.row_seals import install
from bridge_agent.ledger.store import SqlLedger
from bridge_agent.ledger.writing import Owner, moment_of, text_of


@dataclass(frozen=True, slots=True)
class Keys:
    """What opens a ledger: the sealer, and the value by which the ledger knows its key."""

    sealer: Sealer
    check: str


def back_up(source: Path, to: Path, keys: Keys, at: datetime) -> Head:
    """A checked copy that cannot be mistaken for a ledger; the chain's head is written beside it."""
    moment = text_of(at)

    def mark(copy: sqlite3.Connection) -> None:
        copy.execute("INSERT OR REPLACE INTO meta (key, value) VALUES ('backup_at', ?)", (moment,))
        copy.commit()

    copy_database(source, to, mark)
    head = checked(to, keys)
    head_file = to.with_name(to.name + ".head")
    head_file.write_text(head.line + "\n", encoding="utf-8")
    return head


def checked(file: Path, keys: Keys) -> Head:
    """The head of a file in which everything is as this program wrote it. Raises ConfigError otherwise."""
    engine = make_engine(file)
    install(engine, keys.sealer)
    try:
        with engine.connect() as connection:
            found = problems(connection, keys.sealer)
            head = head_of(connection, "")
    finally:
        engine.dispose()
    if found:
        raise ConfigError(
            f"{file} に問題があるため使えません（{len(found)} 件、例: {found[0]}）。別の控えを使ってください。"
        )
    return head


def restore(
    backup: Path, ledger: Path, witness: Path, keys: Keys, clock: Clock, owner: Owner, who: str
) -> tuple[Head, Path | None]:
    """Put a backup in the ledger's place; returns the new head and where the former ledger is kept.

    The new file is complete before the former is moved away. After a crash there is the former ledger, or none at all
    (refused at start, and this command works again), or the new one with a higher epoch than its witness.
    """
    fresh = ledger.with_name(f"{ledger.stem}-restoring{ledger.suffix}")
    moments: list[str] = []

    def unmark(copy: sqlite3.Connection) -> None:
        row = copy.execute("SELECT value FROM meta WHERE key = 'backup_at'").fetchone()
        row = row or copy.execute("SELECT at FROM event ORDER BY event_id DESC LIMIT 1").fetchone()
        moments.append(row[0] if row else text_of(datetime.min.replace(year=2000, tzinfo=UTC)))
        copy.execute("DELETE FROM meta WHERE key = 'backup_at'")
        copy.commit()

    copy_database(backup, fresh, unmark)
    engine = open_ledger(fresh, keys.check, keys.sealer)
    try:
        books = SqlLedger(engine, clock, keys.sealer, owner)
        with engine.connect() as connection:
            found = problems(connection, keys.sealer)
        if found:
            raise ConfigError(f"控え {backup} に問題があるため復元しません（{len(found)} 件、例: {found[0]}）。")
        seen = read_witness(witness)
        books.restored(next_epoch(books, witness), moment_of(moments[0]), who, seen.at if seen else "")
        head = books.head()
    finally:
        engine.dispose()
        release_reserve(fresh)
    aside = set_aside(ledger, clock.now())
    for rest in side_files(fresh):
        rest.unlink(missing_ok=True)
    fresh.replace(ledger)
    sync_folder(ledger.parent)
    return head, aside


def next_epoch(books: SqlLedger, witness: Path) -> int:
    """Above whatever was reached before. Raises ConfigError when the witness is another ledger's."""
    own, seen = books.head(), read_witness(witness)
    if seen is not None and seen.ledger != own.ledger:
        raise ConfigError(f"控えは別の台帳のものです（世代の控え {witness} と合いません）。復元しません。")
    return max(own.epoch, seen.epoch if seen else 0) + 1


def set_aside(ledger: Path, at: datetime) -> Path | None:
    """Nothing is deleted: the former ledger stays beside the new one, under another name."""
    if not ledger.exists():
        return None
    aside = ledger.with_name(f"{ledger.stem}-replaced-{at:%Y%m%d%H%M%S%f}{ledger.suffix}")
    for former, kept in zip([*side_files(ledger), ledger], [*side_files(aside), aside], strict=True):
        if former.exists():
            former.replace(kept)
    sync_folder(ledger.parent)
    return aside
