"""Who works with the ledger: any number of commands at a time, or one that changes the ledger as a whole, alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from bridge_agent.domain.errors import StopRunError

IN_USE = "ledger-in-use.lock"
WAIT_S = 2.0
"""How long a command waits for one that is just ending."""


def _locked(file: Path, statement: str, busy: str) -> sqlite3.Connection:
    """An open transaction is a lock that every system releases when its process dies. Raises StopRunError."""
    lock = sqlite3.connect(file, timeout=WAIT_S, isolation_level=None)
    try:
        lock.execute(statement)
        lock.execute("SELECT count(*) FROM sqlite_master").fetchone()  # a shared lock begins with the first look
    except sqlite3.OperationalError:
        lock.close()
        raise StopRunError(busy) from None
    return lock


def somebody_works(folder: Path) -> bool:
    """Looks without waiting, and keeps nobody waiting. What cannot be asked counts as somebody.

    A file that nobody has locked can be locked alone; the lock is given back at once, before a starting command's wait is over.
    """
    try:
        locks = [file for file in folder.iterdir() if file.suffix == ".lock"]
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return any(_taken(file) for file in locks)


def _taken(file: Path) -> bool:
    try:
        with closing(sqlite3.connect(file, timeout=0, isolation_level=None)) as lock:
            lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error:
        return True
    return False


@contextmanager
def in_use(folder: Path) -> Iterator[None]:
    """`folder` is where the lane locks stand. Raises StopRunError while the ledger is being changed as a whole."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = _locked(folder / IN_USE, "BEGIN", "台帳の復元・鍵の更新・整理が行われています。終わるのを待ってください。")
    try:
        yield
    finally:
        lock.close()


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Nobody else has the ledger open, and no lane is owned. Raises StopRunError otherwise."""
    folder.mkdir(parents=True, exist_ok=True)
    busy = "台帳が使用中です。実行が終わるのを待つか、bridge-agent stop で止めてから、もう一度実行してください。"
    with ExitStack() as stack:
        lanes = sorted(p for p in folder.glob("*.lock") if p.name != IN_USE)
        for file in [folder / IN_USE, *lanes]:
            stack.callback(_locked(file, "BEGIN EXCLUSIVE", busy).close)
        yield
