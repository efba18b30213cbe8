"""The desktop core's server and client as processes, and a clerk who drives the client with keys alone."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

from scripts.display import LIMIT_S
from tests.desktop.x11 import Display

SYSTEM = "ひばり介護保険"
LOG_IN = f"{SYSTEM} ログオン"
MENU = f"{SYSTEM} メニュー Ver.3.2 [bridge01]"
SEARCH = f"{SYSTEM} - 対象者検索"
RENEWAL = f"{SYSTEM} - 更新認定申請入力 (HB0210)"
CARE_PLAN = f"{SYSTEM} - 居宅サービス計画作成依頼届入力 (HB0220)"
REISSUE = f"{SYSTEM} - 被保険者証再交付入力 (HB0230)"
COMPLETE = f"{SYSTEM} - 登録完了"
LOOK_UP = f"{SYSTEM} - 申請照会"
PICKER = f"{SYSTEM} - 事業所検索"
ENTRY_KEYS = {RENEWAL: "F1", CARE_PLAN: "F2", REISSUE: "F3"}
PASSWORD = "correct-horse"
TOKEN = "control"
PROCEDURES = "ltci_renewal,ltci_care_plan_request,ltci_insured_card_reissue"
TRAINEE = "0099999901"
"""A resident of every town."""


class Core:
    """The server, its faults and its commit log."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-m", "mock_core_ui", "serve", "--data", str(folder), "--applications", "6"]
        command += [
            "--procedures",
            PROCEDURES,
            "--password",
            PASSWORD,
            "--control-token",
            TOKEN,
            "--until-stdin-closes",
        ]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")
        assert self._process.stdout is not None
        report = json.loads(self._process.stdout.readline())["cores"]["hibari"]
        self.url: str = report["url"]
        self._database = str(report["database"])

    def stop(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(timeout=LIMIT_S)
        self._process.stdout.close()

    def faults(self, *rules: dict[str, object]) -> None:
        """Puts these rules in the place of all others."""
        request = urllib.request.Request(
            f"{self.url}_mock/faults", json.dumps(rules).encode("utf-8"), {"X-Mock-Token": TOKEN}, method="POST"
        )
        with urllib.request.urlopen(request, timeout=LIMIT_S) as answer:
            assert answer.status == 200

    def stranger(self) -> tuple[str, str]:
        """宛名番号 and name of a resident of whom nothing is registered."""
        known = "SELECT atena_no FROM records"
        [row] = self._rows(f"SELECT atena_no, name FROM residents WHERE atena_no NOT IN ({known}) LIMIT 1")
        return row["atena_no"], row["name"]

    def commits(self) -> list[dict[str, Any]]:
        """What was committed through the client, oldest first: number, operator, values and so on."""
        rows = self._rows("SELECT * FROM commit_log WHERE before_run = 0 ORDER BY id")
        return [{**row, "values": json.loads(row["values_json"])} for row in rows]

    def _rows(self, query: str) -> list[dict[str, Any]]:
        connection = sqlite3.connect(self._database)
        try:
            connection.row_factory = sqlite3.Row
            return [dict(row) for row in connection.execute(query)]
        finally:
            connection.close()


class Clerk:
    """A client on a display, and somebody who knows its windows and keys."""

    def __init__(self, display: Display, core: Core, *more: str) -> None:
        self.display = display
        self.key = display.key
        command = [sys.executable, "-m", "mock_core_ui.desktop", "--server", core.url, *more]
        self._process = subprocess.Popen(command, env=display.environment, stderr=subprocess.PIPE, encoding="utf-8")
        display.wait_active(LOG_IN)

    @property
    def pid(self) -> int:
        return self._process.pid

    def wait_ended(self) -> int:
        return self._process.wait(timeout=LIMIT_S)

    def close(self) -> str:
        """Ends the client. Returns what it complained of."""
        if self._process.poll() is None:
            self._process.terminate()
        _, errors = self._process.communicate(timeout=LIMIT_S)
        return errors

    def log_in(self, password: str = PASSWORD) -> None:
        self.display.wait_active(LOG_IN)
        self.display.type("bridge01")
        self.key("Tab")
        self.display.type(password)
        self.key("Return")

    def open(self, entry: str, atena_no: str = TRAINEE) -> None:
        """From the menu to an entry window."""
        self.display.wait_active(MENU)
        self.key(ENTRY_KEYS[entry])
        self.display.wait_active(SEARCH)
        self.display.type(atena_no)
        self.key("Return")
        self.display.wait_active(entry)
        self.display.wait_gone(
            SEARCH
        )  # it goes when the entry has the keys; until then the entry would take the focus back

    def paste(self, text: str) -> None:
        """Pastes a text that the box takes as it is, and goes on."""
        assert self.display.pasted(text) == text
        self.key("Tab")

    def type(self, *texts: str) -> None:
        """Types texts into one stop after the other, '' for nothing."""
        for text in texts:
            if text:
                self.display.type(text)
            self.key("Tab")

    def choose(self, *keys: str) -> None:
        """Presses keys on a combo and goes on."""
        self.key(*keys, "Tab")

    def text_here(self) -> str:
        """All of the box that has the focus."""
        return self.display.copied("ctrl+a", "ctrl+c")

    def text_after(self, *keys: str) -> str:
        """All of the box that has the focus after these keys."""
        return self.display.copied(*keys, "ctrl+a", "ctrl+c")
