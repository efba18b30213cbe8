"""A drop folder that is taken in by a real process that is killed at any moment, again and again: what is left of it?

The export goes on meanwhile. After every kill each file lies in exactly one place, and nothing was put away before the
ledger had it; at the end every application is in the ledger once, as it came.
"""

from __future__ import annotations

import json
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

import psutil
from loguru import logger

from bridge_agent.domain.folder_profile import FolderProfile, Ready
from bridge_agent.mapping.recipe_files import load_source
from bridge_agent.pipeline.run import run
from bridge_agent.sources.drop_folder import REASON
from bridge_agent.sources.folder import FolderSource
from bridge_agent.wiring import SystemClock
from mock_core_ui.management import package
from mock_core_ui.management.export import put, rows_as_csv
from mock_core_ui.management.records import Record, Row
from mock_core_ui.management.states import State
from mock_core_ui.people import build_world
from mock_core_ui.people.model import Application
from mock_core_ui.people.procedures import BURDEN_RATIO_REISSUE
from tests.fault.fast.nights import RECIPES, TownPlan, context, open_night
from tests.ledger_rows import read

AT = datetime(2026, 11, 20, 20, 0, tzinfo=UTC)
PLACES = ("", "taking", "done", "failed")
RUN_LIMIT_S = 3600.0
PHASES = ("", "ledger", "put away")
"""Where the time until the kill begins: at the process's start, at its first write to the ledger, its first file away."""
LONGEST_S = 0.8
"""At most so long after that; less where runs are done before, for a quick machine needs no more."""
SAMPLED_EVERY_S = 0.5
BEGAN = "began"
"""A file of the process: how long it takes to start is not what is tried out."""


@lru_cache(maxsize=1)
def folder_profile() -> FolderProfile:
    found = load_source(RECIPES, "minamo-folder")
    assert isinstance(found, FolderProfile)
    return found.model_copy(update={"ready": Ready(by="rename")})


def night(folder: Path, result: Path) -> None:
    """The process: one whole run over the drop folder, without a core to enter anything in."""
    logger.remove()
    (folder / BEGAN).touch()
    source = FolderSource(folder_profile(), folder / "drop", SystemClock())
    with open_night(TownPlan(folder, {}, ""), source=source) as made:
        report = run(made)
    put(result, json.dumps({"notices": report.notices}).encode())


@dataclass(frozen=True)
class Standing:
    """How many files and applications are where."""

    waiting: int
    taking: int
    done: int
    in_ledger: int


@dataclass
class Offered:
    """What the export has put into the folder: file name -> the applications in it."""

    files: dict[str, tuple[str, ...]] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    """Applications that must come to the hold desk."""
    unread: set[str] = field(default_factory=set)
    """Files of which nothing can be told."""


@dataclass
class FolderKills:
    folder: Path
    packages: int
    kills: int
    seed: int
    tell: Callable[[str], None] = print
    offered: Offered = field(default_factory=Offered)
    faults: list[str] = field(default_factory=list)
    memory: list[tuple[int, int]] = field(default_factory=list)
    """Of the last run, as it went: applications in the ledger, MB of the process."""

    def __post_init__(self) -> None:
        self.drop = self.folder / "drop"
        self.drop.mkdir(parents=True)
        self.chance = random.Random(self.seed)
        world = build_world(self.seed, 10, (BURDEN_RATIO_REISSUE,), True)
        self._patterns = [_record(one) for one in world.applications]
        self._numbers = 0
        self.moments: Counter[str] = Counter()
        self._longest_s = LONGEST_S

    # ---- the export ----

    def export(self, files: int) -> None:
        """So many more files: mostly ZIPs with one to three applications, some lists, some that are broken."""
        for _ in range(min(files, self.packages - len(self.offered.files))):
            name, content, numbers = self._file(len(self.offered.files) + 1)
            self.offered.files[name] = numbers
            put(self.drop / name, content)

    def _file(self, number: int) -> tuple[str, bytes, tuple[str, ...]]:
        kind = self.chance.random()
        records = [self._record() for _ in range(self.chance.randint(1, 3))]
        numbers = tuple(record.row.receipt_no for record in records)
        if kind < 0.02:
            name = f"{number:06}.zip"
            self.offered.unread.add(name)
            return name, package.build(records, AT)[:-40], ()
        if kind < 0.10:
            return f"{number:06}.csv", rows_as_csv(records), numbers
        if kind < 0.15:
            self.offered.refused.add(numbers[-1])
            records[-1] = replace(records[-1], broken="encoding")
        return f"{number:06}.zip", package.build(records, AT), numbers

    def _record(self) -> Record:
        self._numbers += 1
        pattern = self.chance.choice(self._patterns)
        row = replace(pattern.row, receipt_no=f"0202611{self._numbers:08}")
        return replace(pattern, row=row, atena_no=f"{self._numbers:010}")

    # ---- the campaign ----

    def run(self) -> dict[str, object]:
        began = time.monotonic()
        self.export(max(1, self.packages // 2))
        done = 0
        while done < self.kills:
            self.export(max(1, (self.packages - len(self.offered.files)) // (2 * (self.kills - done) + 2)))
            killed = self._killed(self.chance.choice(PHASES), self.chance.uniform(0.0, self._longest_s))
            self._longest_s = min(LONGEST_S, self._longest_s * (1.25 if killed else 0.5))
            done += killed
            self.judge(f"kill {done}" if killed else "a run that ended by itself")
            if not killed and len(self.offered.files) == self.packages:
                break
        self.export(self.packages)
        notices = self._to_the_end()
        self.judge("the end")
        self.judge_end(notices)
        return {
            "seed": self.seed,
            "packages": len(self.offered.files),
            "applications": sum(map(len, self.offered.files.values())),
            "kills": done,
            "moments": dict(self.moments),
            "memory_of_the_last_run": self.memory_on_the_way(),
            "faults": self.faults,
            "seconds": round(time.monotonic() - began),
        }

    def _killed(self, phase: str, after_s: float) -> bool:
        """Starts a run and kills it so long after it has come to `phase`; False when it was done before."""
        process = context().Process(target=night, args=(self.folder, self.folder / "result.json"), daemon=True)  # type: ignore[attr-defined]
        before = self._state()
        (self.folder / BEGAN).unlink(missing_ok=True)
        process.start()
        while process.exitcode is None and not self._came_to(phase, before):
            process.join(0.02)
        process.join(after_s)
        killed = process.exitcode is None
        process.kill()
        process.join()
        if killed:
            self.moments[_moment(before, self._state())] += 1
        elif process.exitcode:
            self.faults.append(f"a run ended with {process.exitcode}")
        return killed

    def _came_to(self, phase: str, before: Standing) -> bool:
        match phase:
            case "ledger":
                return len(self._ledger_numbers()) > before.in_ledger
            case "put away":
                return sum(1 for _ in (self.drop / "done").glob("*")) > before.done
            case _:
                return (self.folder / BEGAN).exists()

    def _to_the_end(self) -> list[str]:
        result = self.folder / "result.json"
        result.unlink(missing_ok=True)
        process = context().Process(target=night, args=(self.folder, result), daemon=True)  # type: ignore[attr-defined]
        process.start()
        end = time.monotonic() + RUN_LIMIT_S
        while process.exitcode is None and time.monotonic() < end:
            process.join(SAMPLED_EVERY_S)
            self._sample(process.pid)
        process.kill()
        notices: list[str] = json.loads(result.read_text(encoding="utf-8"))["notices"] if result.exists() else []
        return notices

    def _sample(self, pid: int | None) -> None:
        with suppress(psutil.Error):
            memory = psutil.Process(pid).memory_info().rss >> 20
            self.memory.append((len(self._ledger_numbers()), memory))

    def memory_on_the_way(self) -> list[dict[str, int]]:
        """Of the last run, which nothing disturbs: MB of the process, at most, in each tenth of what it took in."""
        if not self.memory:
            return []
        first, last = self.memory[0][0], self.memory[-1][0]
        tenths: dict[int, int] = {}
        for taken, memory in self.memory:
            tenth = min(9, (taken - first) * 10 // max(1, last - first))
            tenths[tenth] = max(tenths.get(tenth, 0), memory)
        return [{"percent": 10 * tenth, "mb": memory} for tenth, memory in sorted(tenths.items())]

    # ---- the judges ----

    def judge(self, when: str) -> None:
        """What must hold at every moment."""
        places = self.places()
        known = self._ledger_numbers()
        for name, numbers in self.offered.files.items():
            found = places.get(name, [])
            if len(found) != 1:
                self.faults.append(f"{when}: {name} lies in {found}")
            elif found[0] in ("done", "failed") and not set(numbers) <= known:
                self.faults.append(f"{when}: {name} was put away, and the ledger has not all of it")
        strange = set(places) - set(self.offered.files)
        if strange:
            self.faults.append(f"{when}: {len(strange)} files that nobody put there")

    def judge_end(self, notices: list[str]) -> None:
        everything = [number for numbers in self.offered.files.values() for number in numbers]
        rows = read(self._ledger, "SELECT item_id, receipt_no, state, reason FROM item")
        counts = Counter(row["receipt_no"] for row in rows)
        if sorted(counts) != sorted(everything) or any(count > 1 for count in counts.values()):
            self.faults.append(f"the end: {len(set(everything) - set(counts))} lost, {len(counts)} in the ledger")
        held = {row["receipt_no"] for row in rows if row["reason"] == "package_encoding"}
        if held != self.offered.refused:
            self.faults.append(f"the end: {len(held ^ self.offered.refused)} refused ones are not as they came")
        pending = {row["receipt_no"] for row in rows if row["state"] == "pending"}
        if pending != set(everything) - self.offered.refused:
            self.faults.append("the end: not everything that is good waits to be entered")
        for kind, count in self._events():
            if kind == "content_replaced" or count > 1:
                self.faults.append(f"the end: {kind} {count} times")
        places = self.places()
        for name, numbers in self.offered.files.items():
            broken = name in self.offered.unread or set(numbers) & self.offered.refused
            if places.get(name) != (["failed"] if broken else ["done"]):
                self.faults.append(f"the end: {name} lies in {places.get(name)}")
        told = any(f"ファイルが{len(self.offered.unread)}件" in notice for notice in notices)
        if bool(self.offered.unread) != told:
            self.faults.append("the end: nobody was told of the files that could not be read")

    def _events(self) -> Iterator[tuple[str, int]]:
        """How often an application came in, at most, and how often its content was replaced."""
        sql = "SELECT kind, item_id, count(*) AS n FROM event WHERE item_id IS NOT NULL GROUP BY kind, item_id"
        for row in read(self._ledger, sql):
            yield row["kind"], row["n"]

    @property
    def _ledger(self) -> Path:
        return TownPlan(self.folder, {}, "").ledger

    def _ledger_numbers(self) -> set[str]:
        if not self._ledger.exists():
            return set()
        return {row["receipt_no"] for row in read(self._ledger, "SELECT receipt_no FROM item")}

    def places(self) -> dict[str, list[str]]:
        """File name as it was offered -> where it lies."""
        found: dict[str, list[str]] = {}
        for place in PLACES:
            folder = self.drop / place
            for path in folder.iterdir() if folder.is_dir() else ():
                if path.is_file() and REASON not in path.name:
                    found.setdefault(path.name[13:] if place else path.name, []).append(place)
        return found

    def _state(self) -> Standing:
        counts = Counter(place for places in self.places().values() for place in places)
        return Standing(counts[""], counts["taking"], counts["done"], len(self._ledger_numbers()))


def _moment(before: Standing, after: Standing) -> str:
    """What the process was at when it was killed, as far as its traces tell."""
    if before == after:
        return "before the first trace"
    if after.waiting:
        return "while files were taken"
    if after.in_ledger == before.in_ledger:
        return "while they were listed"
    return "while they came into the ledger" if after.done == before.done else "while they were put away"


def _record(one: Application) -> Record:
    received = one.received_at.isoformat()
    row = Row(one.receipt_no, one.procedure_code, one.procedure_name, received, "", State.APPROVED, 1, received, "")
    return Record(row, one.form_version, one.atena_no, one.signature_result, one.values, one.attachments, "", "")
