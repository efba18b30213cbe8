"""Masked outlines and pictures of attempts as sealed files, with a quota and a retention. Losing one changes no truth."""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

from loguru import logger

from bridge_agent.domain.clock import JST, Clock

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"[^a-z0-9]+")
ENDING = ".sealed"
_UNFINISHED = ".writing-"


class EvidenceFiles:
    """Implements the Evidence port: `folder`/<day>/<moment>-<sha256>.sealed; nothing readable is ever written.

    `seal` turns bytes into sealed bytes. The quota holds for the whole folder and stops writing, never a run.
    """

    def __init__(self, folder: Path, seal: Callable[[bytes], bytes], clock: Clock, *, quota_bytes: int) -> None:
        self._folder = folder
        self._seal = seal
        self._clock = clock
        self._quota = quota_bytes
        self._used: int | None = None

    def outline(self, receipt_no: str, moment: str, text: str) -> str:
        return self._stored(receipt_no, moment, "outline", text.encode("utf-8", "backslashreplace"))

    def picture(self, receipt_no: str, moment: str, png: bytes) -> str:
        return self._stored(receipt_no, moment, "picture", png)

    def _stored(self, receipt_no: str, moment: str, kind: str, content: bytes) -> str:
        try:
            return self._store(receipt_no, moment, kind, content)
        except Exception as error:  # the port's promise: a full disk must not touch an attempt
            logger.warning("受付番号 {}: 証跡を保存できませんでした（{}）。", receipt_no, type(error).__name__)
            return ""

    def _store(self, receipt_no: str, moment: str, kind: str, content: bytes) -> str:
        now = self._clock.now().astimezone(JST)
        head = {"receipt_no": receipt_no, "moment": moment, "kind": kind, "at": now.isoformat()}
        sealed = self._seal(json.dumps(head, ensure_ascii=False).encode("utf-8") + b"\n" + content)
        if self._used is None:
            self._used = sum(file.stat().st_size for file in self._folder.glob(f"*/*{ENDING}"))
        if self._used + len(sealed) > self._quota:
            logger.warning("受付番号 {}: 証跡の容量の上限に達したため、保存しませんでした。", receipt_no)
            return ""
        digest = hashlib.sha256(sealed).hexdigest()
        folder = self._folder / f"{now:%Y-%m-%d}"
        folder.mkdir(parents=True, exist_ok=True)
        name = f"{kind}-{_MOMENT.sub('-', moment.lower()).strip('-') or 'moment'}-{digest}{ENDING}"
        _write_whole(folder / name, sealed)
        self._used += len(sealed)
        return digest


def opened(sealed: bytes, unseal: Callable[[bytes], bytes]) -> tuple[dict[str, str], bytes]:
    """What a stored file says of itself, and the outline or picture. Raises ConfigError for a wrong key."""
    head, _, content = unseal(sealed).partition(b"\n")
    return json.loads(head), content


def find(folder: Path, digest: str) -> Path | None:
    """The file whose SHA-256 the ledger holds; None when it is gone or never was."""
    if not re.fullmatch(r"[0-9a-f]{64}", digest):
        return None
    return next(iter(folder.glob(f"*/*-{digest}{ENDING}")), None)


def purge(folder: Path, keep_days: int, today: date) -> int:
    """Delete the days older than `keep_days`; returns how many files. Anything that is not evidence stays."""
    deleted = 0
    for day in folder.glob("*"):
        if not _DAY.fullmatch(day.name) or not day.is_dir() or day.is_symlink():
            continue
        with suppress(ValueError):
            if date.fromisoformat(day.name) >= today - timedelta(days=keep_days):
                continue
            for file in (*day.glob(f"*{ENDING}"), *day.glob(f"{_UNFINISHED}*")):
                with suppress(OSError):
                    file.unlink()
                    deleted += 1
            with suppress(OSError):  # something else lies in it
                day.rmdir()
    return deleted


def _write_whole(path: Path, content: bytes) -> None:
    """Mode 0600, and the name only once everything is written. Not fsynced: it would slow every entry for no truth."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=_UNFINISHED)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
