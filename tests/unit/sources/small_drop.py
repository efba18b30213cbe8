"""A drop folder that tests put packages into, the source that takes them, and a clock that only waits move."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bridge_agent.domain.application import Delivered, SourceState
from bridge_agent.domain.folder_profile import FolderProfile, PlainCsv, Ready, ResultFile
from bridge_agent.sources.folder import FolderSource
from tests.unit.sources.packages import NUMBER, SHAPE, folder, zipped

OTHER = "0202611050002"
NOW = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
STATES = {
    "承認済": SourceState.APPROVED,
    "取下げ": SourceState.WITHDRAWN,
    "差戻し": SourceState.SENT_BACK,
    "連携済": SourceState.LINKED,
}


@dataclass
class StoppedClock:
    """Moves only when somebody waits; `meanwhile` happens during the wait."""

    moment: datetime = NOW
    meanwhile: Callable[[], object] = lambda: None
    waits: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        return self.moment

    def monotonic(self) -> float:
        return self.moment.timestamp()

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.moment += timedelta(seconds=seconds)
        self.meanwhile()


def profile(**changes: object) -> FolderProfile:
    made = FolderProfile(
        source="minamo",
        name="みなも",
        scope="shi",
        kind="folder",
        ready=Ready(by="rename"),
        package=SHAPE,
        csv=PlainCsv(charset="cp932"),
        result=ResultFile(
            file="結果.csv",
            charset="cp932",
            columns={"receipt_no": "受付番号", "core_number": "基幹番号", "state": "状態", "at": "日時"},
        ),
        states=STATES,
    )
    return made.model_copy(update=changes)


def source(drop: Path, clock: StoppedClock | None = None, **changes: object) -> FolderSource:
    return FolderSource(profile(**changes), drop, clock or StoppedClock())


def put(drop: Path, name: str = "a.zip", *numbers: str, **changed: str) -> Path:
    files = {path: raw for number in numbers or (NUMBER,) for path, raw in folder(number, **changed).items()}
    return zipped(drop / name, files)


def aged(path: Path, seconds: float) -> None:
    """As if it had been written so long ago."""
    moment = NOW.timestamp() - seconds
    os.utime(path, (moment, moment))


def collected(found: FolderSource) -> dict[str, Delivered]:
    return {delivered.listed.receipt_no: delivered for delivered in found.deliver(found.approved())}


def names(folder: Path) -> list[str]:
    """Without the twelve letters that make a name its own."""
    return sorted(path.name[13:] for path in folder.iterdir())
