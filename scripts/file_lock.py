"""One holder at a time across processes, by the operating system's own file lock: a dead holder frees it.

Standard library only. The lock file stays behind; it is empty.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

POLL_S = 0.2  # neither system lets a waiting process be told and still have a limit
WAIT_LIMIT_S = 900.0  # a first set-up over a slow line takes minutes


def _try_lock(file: BinaryIO) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _unlock(file: BinaryIO) -> None:
    if sys.platform == "win32":
        import msvcrt

        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_UN)


@contextmanager
def file_lock(path: Path, limit_s: float = WAIT_LIMIT_S) -> Iterator[bool]:
    """Hold `path` locked; yields whether another process had to be waited for. Raises TimeoutError after `limit_s`."""
    deadline = time.monotonic() + limit_s
    waited = False
    with path.open("ab") as file:
        while not _try_lock(file):
            waited = True
            if time.monotonic() > deadline:
                raise TimeoutError(path.name)
            time.sleep(POLL_S)
        try:
            yield waited
        finally:
            _unlock(file)
