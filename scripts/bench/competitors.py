"""The three competitors of the entry bench, each with its own copy of the mock core. Runs inside the environment."""

from __future__ import annotations

import json
import os
import secrets
import sqlite3
import statistics
import sys
import time
from collections.abc import Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from bridge_agent import wiring
from bridge_agent.credentials import EncryptedFileStore, Secret
from bridge_agent.drivers.browser import engine
from bridge_agent.lanes.watchdog import WatchdogProcess
from bridge_agent.pipeline import collect, lane
from bridge_agent.pipeline.doubts import LaneNight
from bridge_agent.pipeline.enter import enter
from bridge_agent.pipeline.night import RunOptions
from bridge_agent.sealing import PassphraseBox
from mock_core_ui.serving import MockTown, Options
from scripts.bench import floor, handwritten
from scripts.bench.stopwatch import Stopwatch, Timed, TimedSession, time_commits

PROCEDURE, CORE = "child_allowance_certification", "sogo"
DESKTOP_CORE = "hibari"
ROOT = Path(__file__).resolve().parents[2]
QUIET = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"]


@dataclass(frozen=True)
class Commit:
    """What was entered, as the mock core's commit log has it: control name -> value of every filled control."""

    atena_no: str
    values: Mapping[str, str]


@dataclass(frozen=True)
class Entered:
    seconds: float
    commit: Commit


class _Town:
    """A mock town of plain applications for one procedure."""

    def __init__(self, folder: Path, count: int, seed: int, procedure: str = PROCEDURE, core: str = CORE) -> None:
        self.mock = MockTown(
            Options(folder / "mock", seed=seed, applications=count, procedures=(procedure,), plain=True)
        )
        self.mock.start()
        self.report: dict[str, Any] = self.mock.report()
        cores: Any = self.report["cores"]
        self.core: dict[str, Any] = cores[core]
        self.base: str = self.core["url"].rstrip("/")

    def last_commit(self) -> Commit:
        connection = sqlite3.connect(f"{Path(self.core['database']).as_uri()}?mode=ro", uri=True)
        try:
            sql = "SELECT atena_no, values_json FROM commit_log ORDER BY id DESC LIMIT 1"
            atena_no, values = connection.execute(sql).fetchone()
        finally:
            connection.close()
        return Commit(atena_no, {k: v for k, v in json.loads(values).items() if isinstance(v, str) and v})


def start_browser(path: Path) -> Browser:
    """A plain browser. Playwright's interface exists once in a thread, so the agent's own is borrowed."""
    root = sys.platform.startswith("linux") and os.geteuid() == 0
    return engine._driver().chromium.launch(executable_path=path, args=[*QUIET, *(["--no-sandbox"] if root else [])])


class _InBrowser:
    """A competitor with a page of its own, logged in."""

    def __init__(self, folder: Path, browser: Path, count: int, seed: int) -> None:
        self._town = _Town(folder, count, seed)
        self._stack = ExitStack()
        self._stack.callback(self._town.mock.stop)
        self._browser = browser
        self.page: Page

    @property
    def base(self) -> str:
        return self._town.base

    def __enter__(self) -> Any:
        self._stack.callback(lambda: engine._give_back_driver(engine._SHARED.playwright))
        launched = start_browser(self._browser)
        self._stack.callback(launched.close)
        self.page = launched.new_page(locale="ja-JP")
        handwritten.log_in(self.page, self._town.base, self._town.core["user"], self._town.core["password"])
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()


class Handwritten(_InBrowser):
    def enter(self, commit: Commit) -> float:
        begun = time.perf_counter()
        receipt = handwritten.enter(self.page, self._town.base, commit.atena_no, commit.values)
        taken = time.perf_counter() - begun
        if not receipt or self._town.last_commit() != commit:
            raise RuntimeError("the hand-written script did not enter the same values")
        return taken


class Floor(_InBrowser):
    def enter(self, commit: Commit) -> float:
        begun = time.perf_counter()
        floor.enter(self.page, self._town.base, commit.atena_no, commit.values)
        taken = time.perf_counter() - begun
        if self._town.last_commit() != commit:
            raise RuntimeError("the floor did not enter the same values")
        return taken


class Agent:
    """The whole protocol: claim, ask the source, look up, fill, read back, arm, register, look up again, settle."""

    def __init__(
        self, folder: Path, browser: Path, count: int, seed: int, procedure: str = PROCEDURE, core: str = CORE
    ) -> None:
        self._core = core
        self._town = _Town(folder, count, seed, procedure, core)
        self._watch = Stopwatch()
        self._rows: list[dict[str, float]] = []
        self._stack = ExitStack()
        self._stack.callback(self._town.mock.stop)
        self._home = folder / "agent"
        self._settings(browser)

    def _settings(self, browser: Path) -> None:
        self._home.mkdir(parents=True)
        user, box = "bridge01", PassphraseBox(secrets.token_urlsafe(12))
        store = EncryptedFileStore(self._home / "credentials.sealed", box)
        store.set(f"source/minamo/{user}", Secret(self._town.report["management"]["password"]))
        store.set(f"core/{self._core}/{user}", Secret(self._town.core["password"]))
        way_in = f"address = {json.dumps(self._town.base)}"
        if self._core == DESKTOP_CORE:
            client = [sys.executable, "-m", "mock_core_ui.desktop", "--server", self._town.core["url"]]
            way_in = f"command = {json.dumps(client)}"
        (self._home / "bridge.toml").write_text(
            f"[site]\nrecipes = {json.dumps((ROOT / 'recipes').as_posix())}\n"
            f'[source]\nprofile = "minamo"\naddress = "{self._town.report["management"]["url"].rstrip("/")}"\n'
            f'user = "{user}"\n[cores.{self._core}]\n{way_in}\nuser = "{user}"\noperator = "bridge01"\n'
            f"[browser]\npath = {json.dumps(str(browser))}\n",
            encoding="utf-8",
        )
        self._store = store

    def __enter__(self) -> Agent:
        site = wiring.open_site(wiring.Start(self._home / "bridge.toml"), store=self._store)
        watchdog = self._stack.enter_context(closing(WatchdogProcess()))
        night = self._stack.enter_context(wiring.night(site, _Silent(), RunOptions(), lambda: False, watchdog=watchdog))
        self._night = replace(night, timer=self._watch, source=Timed(night.source, self._watch, "source"))
        time_commits(night.ledger.engine, self._watch)  # type: ignore[attr-defined]
        collect.collect(self._night, self._night.ledger.start_run("bench"))
        self._access = self._night.lanes_of(self._core)[0]
        self._stack.enter_context(self._night.ledger.lane(self._access.lane))
        session = self._access.open_session()
        self._stack.callback(session.close)
        session.start()
        self._session: Any = TimedSession(session, self._watch)
        self._state = LaneNight()
        lane.test_look_up(self._night, self._access, self._session, self._state)
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()

    def enter(self) -> Entered:
        self._watch.reset()
        begun = time.perf_counter()
        with self._watch.measure("entry"):
            claim = self._night.ledger.claim(self._access.lane, self._core, self._session.sender)
            if claim is None:
                raise RuntimeError("no application is left to enter")
            result = enter(self._night, self._access, self._session, claim, None)
            lane.after(self._night, self._access, self._session, self._state, claim, result)
        taken = time.perf_counter() - begun
        self._rows.append(self._watch.reset())
        if self._state.entered != len(self._rows):
            raise RuntimeError(f"the agent did not register: {result}")
        return Entered(taken, self._town.last_commit())

    def stages_ms(self, skip: int) -> dict[str, float]:
        """Median milliseconds by stage over the measured entries, and the fields that were filled."""
        rows = self._rows[skip:]
        names = {name for row in rows for name in row}
        medians = {name: 1000 * statistics.median(row.get(name, 0.0) for row in rows) for name in names}
        fields = self._fields()[skip:]
        per_field = statistics.median(row["browser.fill"] / count for row, count in zip(rows, fields, strict=True))
        return medians | {"fields": statistics.median(fields), "fill_a_field": 1000 * per_field}

    def _fields(self) -> list[int]:
        connection = sqlite3.connect(f"{(self._home / 'data' / 'ledger.db').as_uri()}?mode=ro", uri=True)
        try:
            return [row[0] for row in connection.execute("SELECT fields_read FROM attempt ORDER BY attempt_id")]
        finally:
            connection.close()


class _Silent:
    def stage(self, title: str, total: int | None = None) -> None: ...

    def advance(self, receipt_no: str, outcome: str) -> None: ...

    def done(self) -> None: ...
