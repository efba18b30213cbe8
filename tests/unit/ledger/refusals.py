"""What SQLite says when the disk or another process refuses, as SQLAlchemy hands it on."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from sqlalchemy.exc import OperationalError

from bridge_agent.domain.crash_points import Write


def said(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("refused")
    error.sqlite_errorcode = code
    return error


def refuse_within(what: Write, code: int) -> Callable[[str], None]:
    """A hook for the crash points: the commit of this write is refused."""

    def hook(point: str) -> None:
        if point == f"within write {what}":
            raise OperationalError("COMMIT", None, said(code))

    return hook
