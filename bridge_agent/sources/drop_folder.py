"""The drop folder's files: which are whole, how they are taken, and where they go. Contents are not looked at here.

A file moves drop folder -> taking -> done or failed, each time in one step on the same disk, under a name of its own, so
that a process that is killed at any moment leaves it in exactly one of them. What lies in `taking` is offered again.
"""

from __future__ import annotations

import os
import re
import stat
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from loguru import logger

from bridge_agent.domain.clock import Clock
from bridge_agent.domain.errors import SystemDown
from bridge_agent.domain.folder_profile import FolderProfile
from bridge_agent.domain.reasons import EXPLANATIONS, Reason
from bridge_agent.file_errors import cause_and_remedy

TAKING, DONE, FAILED, RESULTS = "taking", "done", "failed", "results"
REASON = ".reason.txt"
"""Ending of the file beside a failed one that says why."""
_MENDED_BY_A_PROFILE = frozenset({Reason.PACKAGE_COLUMN, Reason.PACKAGE_ENCODING})
_BACK = "設定が直ったら、このファイルを受け渡しフォルダーに戻すと、もう一度読みます。"
OVERDUE = timedelta(hours=1)
"""A file that is still not whole after so long is told to a person."""
UNREAD = "-"
"""Stands in a reason file for the 受付番号 of a file whose applications could not be told: nothing of it is in the ledger."""

_ODD = re.compile('[\x00-\x1f\x7f-\x9f/\\\\:*?"<>|\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]')
_LONGEST = 60  # characters of the old name that are kept; three bytes each, and every disk holds 255
_LOOKS = 3


@dataclass(frozen=True, slots=True)
class Look:
    """What a file looked like; two equal looks some time apart mean that nobody writes to it."""

    name: str
    size: int
    changed_ns: int
    plain: bool
    """A file, not a link, a pipe or the like."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A line of a reason file."""

    reason: Reason
    note: str
    receipt_no: str = UNREAD


class DropFolder:
    def __init__(self, root: Path, profile: FolderProfile, clock: Clock) -> None:
        self.root = root
        self._profile = profile
        self._clock = clock
        self._proven: set[Look] = set()
        listed = profile.standing.listed
        self._not_packages = {listed.file.casefold()} if listed else set()

    @contextmanager
    def reachable(self) -> Iterator[None]:
        """Raises SystemDown in place of an OSError: a share that is away is a system that does not answer."""
        try:
            yield
        except OSError as error:
            raise SystemDown(
                f"{self._profile.name}の受け渡しフォルダー {self.root} を使えません。{cause_and_remedy(error, self.root)}"
            ) from None

    def prepare(self) -> None:
        """The root itself is never made: a share that is not mounted must not become an empty folder."""
        if not self.root.is_dir():
            raise FileNotFoundError(self.root)
        for name in (TAKING, DONE, FAILED, RESULTS):
            (self.root / name).mkdir(exist_ok=True)

    # ---- looking ----

    def looks(self) -> list[Look]:
        """Everything in the drop folder that may be an export, oldest first; folders are passed over."""
        ready, found = self._profile.ready, []
        with os.scandir(self.root) as entries:
            for entry in entries:
                name = entry.name.casefold()
                left_alone = (*ready.unfinished, ready.marker) if ready.by == "marker" else ready.unfinished
                if name.endswith(left_alone) or name in ready.ignored or name in self._not_packages:
                    continue
                look = _look(Path(entry.path))
                if look is not None:
                    found.append(look)
        return sorted(found, key=lambda look: (look.changed_ns, look.name))

    def whole(self, looks: Sequence[Look]) -> list[Look]:
        """Those of `looks` that nobody writes to any more. Waits if it has to (once for all of them)."""
        match self._profile.ready.by:
            case "rename":
                return list(looks)
            case "marker":
                return [look for look in looks if self._marked(look)]
            case "quiet":
                known = [look for look in looks if look in self._proven]
                if len(known) < len(looks):
                    self._clock.wait(self._profile.ready.quiet_s)
                    again = {_look(self.root / look.name) for look in looks}
                    # An empty file has been opened to be written, however long ago.
                    known = [look for look in looks if look in again and look.size]
                    self._proven.update(known)
                return known

    def whole_now(self) -> list[Look]:
        """Like whole(looks()), without waiting: in doubt a file counts as still being written."""
        looks = self.looks()
        if self._profile.ready.by != "quiet":
            return self.whole(looks)
        return [look for look in looks if look in self._proven or self._old_enough(look)]

    def is_whole(self, name: str) -> bool:
        """Of one file that is read where it is. Raises FileNotFoundError."""
        for _ in range(_LOOKS):
            look = _look(self.root / name)
            if look is None:
                raise FileNotFoundError(self.root / name)
            if self._profile.ready.by == "quiet" and self._old_enough(look):
                return look.plain
            if self.whole([look]):
                return look.plain
        return False

    def _old_enough(self, look: Look) -> bool:
        """Only where both clocks agree that it is: a share's clock may be another one."""
        age_s = self._clock.now().timestamp() - look.changed_ns / 1e9
        return look.size > 0 and age_s >= max(self._profile.ready.quiet_s, 1.0)

    def _marked(self, look: Look) -> bool:
        """A marker that is older than its file was left by an earlier file of that name."""
        marker = _look(self.root / (look.name + self._profile.ready.marker))
        return marker is not None and marker.changed_ns >= look.changed_ns

    def overdue(self) -> int:
        """How many files have not become whole for long."""
        limit_ns = (self._clock.now() - OVERDUE).timestamp() * 1e9
        with os.scandir(self.root) as entries:
            looks = [_look(Path(entry.path)) for entry in entries]
        ignored = {*self._profile.ready.ignored, *self._not_packages}
        marker = self._profile.ready.marker if self._profile.ready.by == "marker" else None
        return sum(
            look is not None
            and look.changed_ns < limit_ns
            and look.name.casefold() not in ignored
            and not (marker and look.name.casefold().endswith(marker))
            for look in looks
        )

    # ---- moving ----

    def take(self) -> None:
        """Whole files go into `taking`. One that another program holds open stays where it is."""
        for look in self.whole(self.looks()):
            name = f"{uuid.uuid4().hex[:12]}-{kept_name(look.name)}"
            if self._moved(self.root / look.name, self.root / TAKING / name) and self._profile.ready.by == "marker":
                (self.root / (look.name + self._profile.ready.marker)).unlink(missing_ok=True)

    def taken(self) -> list[Look]:
        """What lies in `taking`, oldest first, whoever put it there."""
        looks = [_look(path) for path in (self.root / TAKING).iterdir()]
        return sorted((look for look in looks if look is not None), key=lambda look: (look.changed_ns, look.name))

    def path(self, taken: str) -> Path:
        return self.root / TAKING / taken

    def done(self, taken: str) -> None:
        to = self.root / DONE / taken
        if self._moved(self.path(taken), to):
            with suppress(OSError):
                os.utime(to)  # its days in `done` begin now, whenever it was exported

    def failed(self, taken: str, refusals: Sequence[Refusal]) -> None:
        """The reason is there before the file is: it can be without the other, but never the other way round."""
        folder = self.root / FAILED
        part = folder / f"{taken}{REASON}.part"
        part.write_text("".join(_line(refusal) for refusal in refusals), encoding="utf-8-sig")
        part.replace(folder / f"{taken}{REASON}")
        self._moved(self.path(taken), folder / taken)

    def _moved(self, path: Path, to: Path) -> bool:
        try:
            path.replace(to)
        except FileNotFoundError:
            return False  # another run has moved it
        except PermissionError:
            logger.warning("受け渡しフォルダーのファイルを動かせません（使用中か、権限がありません）。")
            return False
        return True

    def unread(self) -> int:
        """Failed files that a person has not cleared away yet and of which nothing is in the ledger."""
        count = 0
        for reason in (self.root / FAILED).glob(f"*{REASON}"):
            try:
                text = reason.read_text(encoding="utf-8-sig")
                there = reason.with_name(reason.name.removesuffix(REASON)).lstat() is not None
            except OSError:
                continue
            count += there and any(line.split("\t")[1:2] == [UNREAD] for line in text.splitlines())
        return count

    def forget_old(self, now: datetime) -> None:
        """Delete what has been done with for `keep_days`: it holds personal data."""
        limit_ns = (now - timedelta(days=self._profile.keep_days)).timestamp() * 1e9
        for path in (self.root / DONE).iterdir():
            look = _look(path)
            if look is not None and look.changed_ns < limit_ns:
                path.unlink(missing_ok=True)


def _look(path: Path) -> Look | None:
    """None for a folder, and for a file that is not there."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(found.st_mode):
        return None
    return Look(path.name, found.st_size, found.st_mtime_ns, stat.S_ISREG(found.st_mode))


def kept_name(name: str) -> str:
    """The name as it may be written everywhere: without what hides its end, and not too long."""
    stem, dot, ending = _ODD.sub("_", name).rpartition(".")
    if not dot:
        return ending[:_LONGEST]
    return f"{stem[:_LONGEST]}.{ending[:10]}".rstrip(". ")


def _line(refusal: Refusal) -> str:
    explained = EXPLANATIONS[refusal.reason]
    note = f"（{refusal.note}）" if refusal.note else ""
    back = _BACK if refusal.reason in _MENDED_BY_A_PROFILE else ""
    return f"{refusal.reason}\t{refusal.receipt_no}\t{explained.sentence}{note}{explained.action}{back}\n"
