"""A session of the browser driver at a mock core of a town, what the core's own database says, and short words."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from bridge_agent.domain.plan import BoundField, Control, FieldClass, Mark, Meaning, Sign, Target
from bridge_agent.drivers.browser import BrowserCoreSession, BrowserOptions, WebAccount
from bridge_agent.mapping.recipe_files import load_core
from mock_core_ui.serving import MockTown

RECIPES = Path(__file__).parents[2] / "recipes"


class Core:
    """A logged-in session, and what the core's own database says."""

    def __init__(self, town: MockTown, name: str, browser: Path, password: str = "") -> None:
        report: dict[str, Any] = town.report()
        place = report["cores"][name]
        self.database = Path(place["database"])
        self.server = town.cores[name]
        account = WebAccount(place["url"].rstrip("/"), place["user"], lambda: password or str(place["password"]))
        self.session = BrowserCoreSession(load_core(RECIPES, name), account, BrowserOptions(browser=str(browser)))
        self.screen = self.session.screen

    def ask(self, sql: str) -> list[sqlite3.Row]:
        connection = sqlite3.connect(f"{self.database.as_uri()}?mode=ro", uri=True)
        connection.row_factory = sqlite3.Row
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()

    def commits(self, atena_no: str) -> list[sqlite3.Row]:
        return [row for row in self.ask("SELECT * FROM commit_log ORDER BY id") if row["atena_no"] == atena_no]

    def stranger(self) -> str:
        """宛名番号 of a resident without any record."""
        sql = "SELECT atena_no FROM residents WHERE atena_no NOT IN (SELECT atena_no FROM commit_log) LIMIT 1"
        return str(self.ask(sql)[0]["atena_no"])

    def known(self) -> sqlite3.Row:
        """A record that was there before any run."""
        return self.ask("SELECT * FROM commit_log WHERE before_run LIMIT 1")[0]


def put(target: Target, value: str, control: Control = Control.TEXT) -> BoundField:
    return BoundField("field", target, control, value, FieldClass.PERSONAL)


def mark(*signs: Sign, name: str = "screen", meaning: Meaning = Meaning.GOES_ON, frame: str = "") -> Mark:
    return Mark(name, signs, meaning, frame=frame)
