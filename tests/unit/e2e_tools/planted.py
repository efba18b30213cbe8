"""What the leak search is tried on: invented secrets, and a file or a database that holds them."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from tests.e2e.leaks import Leak, search

NUMBER = "990049599021"
NAME = "髙橋　ハツヱ"
ACCOUNT = "0481530"
LATIN = "ＣＨＥＮ　ＷＥＩ（東田偉）"
VOICED = "ダグラス　ペギー"
SHORT = "林　凛"
NEEDLES = (NUMBER, NAME, ACCOUNT, LATIN, VOICED, SHORT)
KEEP_DELETED = "PRAGMA secure_delete=OFF"
CREATE = ("CREATE TABLE item (id INTEGER PRIMARY KEY, note, more)", ())


def found_in(data: bytes, folder: Path) -> list[Leak]:
    (folder / "planted.bin").write_bytes(b'before "' + data + b'" after\n')
    return search([folder], NEEDLES)


def needles_of(found: Sequence[Leak]) -> set[int]:
    return {leak.needle for leak in found}


def database(path: Path, *statements: tuple[str, tuple[object, ...]]) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(KEEP_DELETED)
        for statement, parameters in statements:
            connection.execute(statement, parameters)
        connection.commit()
