"""The leak search reads databases: cells, long cells, what was deleted, and the log of writes."""

from __future__ import annotations

import gzip
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.e2e.leaks import search
from tests.unit.e2e_tools.planted import ACCOUNT, CREATE, KEEP_DELETED, NAME, NEEDLES, NUMBER, database, needles_of


@pytest.mark.parametrize(
    ("cell", "needle"),
    [
        (NAME, 1),
        (int(NUMBER), 0),
        (NAME.encode("cp932"), 1),
        (gzip.compress(NUMBER.encode()), 0),
        (ACCOUNT, 2),
        ("x" * 4064 + NAME + "x" * 100, 1),
        ("x" * 5000 + gzip.compress(NUMBER.encode()).decode("latin-1"), None),
    ],
    ids=["text", "integer", "bytes", "compressed", "account", "across pages", "mangled"],
)
def test_database_cells(cell: object, needle: int | None, tmp_path: Path) -> None:
    database(tmp_path / "ledger.sqlite3", CREATE, ("INSERT INTO item (note, more) VALUES (?, '99')", (cell,)))
    assert needles_of(search([tmp_path], NEEDLES)) == ({needle} if needle is not None else set())


def test_every_place_of_a_long_cell_is_searched(tmp_path: Path) -> None:
    """Pages cut long cells wherever it happens: the plain file shows the name only sometimes, the table always."""
    for before in range(4050, 4080):
        path = tmp_path / f"{before}.sqlite3"
        database(path, CREATE, ("INSERT INTO item (note) VALUES (?)", ("x" * before + NAME + "x" * 9000,)))
    assert {leak.path.name for leak in search([tmp_path], NEEDLES) if leak.inside == "table item"} == {
        f"{before}.sqlite3" for before in range(4050, 4080)
    }


def test_deleted_rows_and_the_log_of_writes(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(KEEP_DELETED)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA wal_autocheckpoint=0")
        connection.execute(*CREATE)
        connection.execute("INSERT INTO item (note) VALUES (?)", (NAME,))
        connection.commit()
        found = search([tmp_path], NEEDLES)
        before = {entry.name: entry.read_bytes() for entry in tmp_path.iterdir()}
        assert {(leak.path.name, leak.inside) for leak in found} >= {
            ("ledger.sqlite3", "table item"),
            ("ledger.sqlite3-wal", ""),
        }
        assert {entry.name: entry.read_bytes() for entry in tmp_path.iterdir()} == before
        connection.execute("DELETE FROM item")
        connection.commit()
    assert [leak.inside for leak in search([tmp_path], NEEDLES)] == [""]


def test_a_number_beside_another_column_is_found(tmp_path: Path) -> None:
    """In a page the next column follows without a gap; the deleted row is in no table any more."""
    database(
        tmp_path / "ledger.sqlite3",
        CREATE,
        ("INSERT INTO item (note, more) VALUES (?, '12')", (ACCOUNT,)),
        ("DELETE FROM item", ()),
    )
    assert needles_of(search([tmp_path], NEEDLES)) == {2}
