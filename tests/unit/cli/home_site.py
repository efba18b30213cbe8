"""A site of its own with settings, key store and ledger; a night over the imitated core fills it, commands are typed at it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from bridge_agent import wiring
from bridge_agent.cli.app import app
from bridge_agent.credentials import MemoryStore
from bridge_agent.domain.work_item import State
from bridge_agent.ledger.store import SqlLedger
from bridge_agent.pipeline.night import RunOptions
from bridge_agent.pipeline.run import run
from bridge_agent.settings import Settings, load_settings
from tests.unit.pipeline.imitation import Town, application
from tests.unit.pipeline.test_night import states

ROOT = Path(__file__).parents[3]
SETTINGS = f"""
[site]
recipes = {json.dumps((ROOT / "recipes").as_posix())}
[source]
profile = "minamo"
address = "http://127.0.0.1:1"
user = "bridge"
[cores.sogo]
address = "http://127.0.0.1:2"
user = "bridge01"
operator = "bridge01"
"""
MY_NUMBER = "123456789018"


class HomeSite:
    def __init__(self, folder: Path) -> None:
        self.config = folder / "bridge.toml"
        self.config.write_text(SETTINGS, encoding="utf-8")
        self.settings: Settings = load_settings(self.config)
        self.store = MemoryStore()
        self.town = Town([application(n, columns={"値": "良い", "個人番号": MY_NUMBER}) for n in range(1, 7)])
        self.town.ledger.engine.dispose()

    @contextmanager
    def books(self) -> Iterator[SqlLedger]:
        """The ledger as a run opens it, on the town's clock."""
        with wiring.books(self.settings, wiring.site_sealer(self.settings, self.store), heads=True) as ledger:
            ledger.clock = self.town.clock
            self.town.ledger = ledger
            yield ledger

    def night(self, limit: int = 0) -> None:
        self.town.clock.wait(3600)
        self.town.options = RunOptions(limit=limit)
        with self.books():
            run(self.town.night())

    def states(self) -> set[State]:
        with self.books():
            return {state for state, _ in states(self.town).values()}

    def command(self, *words: str, typed: str = "") -> Any:
        return CliRunner().invoke(app, ["--config", str(self.config), *words], input=typed)
