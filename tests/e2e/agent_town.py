"""A whole town for end-to-end tests: the mocks in this process, the agent as its people start it, in its own process.

What happened is read from the mocks' databases and from the agent's ledger file, never through the agent's code.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import urllib.request
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from bridge_agent.credentials import EncryptedFileStore, Secret
from bridge_agent.sealing import PassphraseBox
from mock_core_ui.people.model import World
from mock_core_ui.serving import MockTown, Options
from tests.ledger_rows import read

ROOT = Path(__file__).parents[2]
OPERATOR = "bridge01"
DESKTOP_CORE = "hibari"
RUN_LIMIT_S = 3600  # a campaign; what is stuck in the suite is stopped by the suite's own limit
WITHOUT_FUSE = """
import dataclasses
from bridge_agent.wiring import nights
options = nights.browser_options
nights.browser_options = lambda *given: dataclasses.replace(options(*given), fuse=False)
from bridge_agent.cli import main
main()
"""


@dataclass(frozen=True)
class Finished:
    code: int
    out: str
    err: str

    @property
    def summary(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads(self.out.strip().splitlines()[-1])
        return content


@dataclass(frozen=True)
class Commit:
    """A line of a core's commit log."""

    core: str
    operator: str
    procedure: str
    atena_no: str
    reference: str
    application_date: str
    receipt: str
    values: Mapping[str, Any]
    before_run: bool


class AgentTown:
    def __init__(
        self,
        folder: Path,
        *,
        seed: int = 1,
        applications: int = 60,
        plain: bool = False,
        procedures: tuple[str, ...] | None = None,
        browser: Path | str = "",
        settings: str = "",
        limits: Mapping[str, float] | None = None,
        world: World | None = None,
        accounts: int = 1,
        mocks: Callable[[Options, World | None], Any] = MockTown,
        client: Sequence[str] = (sys.executable, "-m", "mock_core_ui.desktop"),
        display: str = "",
    ) -> None:
        """`accounts`: the agent's accounts at each core, a lane each. `mocks` makes the mock systems: MockTown or its like.

        `display`: of the agent and its windows; else this process's own.
        """
        self._display = {"DISPLAY": display} if display else {}
        self.accounts = ["bridge01", "bridge02"][:accounts]
        self.client = client
        self.folder = folder
        self.home = folder / "agent"
        self.home.mkdir(parents=True, exist_ok=True)
        self.mock: Any = mocks(
            Options(
                folder / "mock",
                seed=seed,
                applications=applications,
                procedures=procedures,
                plain=plain,
            ),
            world,
        )
        self.mock.start()
        self.report: dict[str, Any] = self.mock.report()
        self.recipes = ROOT / "recipes" if limits is None else self._hurried_recipes(limits)
        self.passphrase = secrets.token_urlsafe(16)
        self._write_settings(str(browser), settings)
        self._store_passwords()

    @property
    def config(self) -> Path:
        return self.home / "bridge.toml"

    @property
    def ledger(self) -> Path:
        return self.home / "data" / "ledger.db"

    def _write_settings(self, browser: str, more: str) -> None:
        lines = [
            "[site]",
            'name = "汐見原市"',
            f"recipes = {json.dumps(self.recipes.as_posix())}",
            "[source]",
            'profile = "minamo"',
            f"address = {json.dumps(self.report['management']['url'].rstrip('/'))}",
            f'user = "{OPERATOR}"',
        ]
        for core, place in self.report["cores"].items():
            lines += [
                f"[cores.{core}]",
                self._way_in(core, place["url"]),
                f'user = "{OPERATOR}"',
                f'operator = "{OPERATOR}"',
            ]
            for user in self.accounts[1:]:
                lines += [f"[[cores.{core}.more_accounts]]", f'user = "{user}"', f'operator = "{user}"']
        lines += ["[credentials]", 'store = "file"', 'file = "credentials.sealed"']
        lines += ["[browser]", f"path = {json.dumps(browser)}", more]
        self.config.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def _way_in(self, core: str, url: str) -> str:
        """A web core's address, or how the client of a desktop core is started."""
        if core != DESKTOP_CORE:
            return f"address = {json.dumps(url.rstrip('/'))}"
        return f"command = {json.dumps([*self.client, '--server', url])}"

    def _hurried_recipes(self, limits: Mapping[str, float]) -> Path:
        """A copy of the recipes whose core profiles have other time limits, so that a test need not wait."""
        copy = self.home / "recipes"
        shutil.copytree(ROOT / "recipes", copy)
        for profile in copy.glob("*/core.yaml"):
            text = profile.read_text(encoding="utf-8")
            for name, seconds in limits.items():
                text, count = re.subn(rf"(?m)^(  {name}: )[0-9.]+", rf"\g<1>{seconds}", text)
                assert count == 1, f"{name} in {profile}"
            profile.write_text(text, encoding="utf-8")
        return copy

    def _store_passwords(self) -> None:
        store = EncryptedFileStore(self.home / "credentials.sealed", PassphraseBox(self.passphrase))
        store.set(f"source/minamo/{OPERATOR}", Secret(self.report["management"]["password"]))
        for core, place in self.report["cores"].items():
            for user in self.accounts:
                store.set(f"core/{core}/{user}", Secret(place["accounts"][user]))

    # ---- the agent ----------------------------------------------------------------------------------------------

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "bridge_agent", "--config", str(self.config), "--passphrase-stdin", *words]

    def agent(self, *words: str, limit_s: float = RUN_LIMIT_S, typed: str = "") -> Finished:
        """Run a command; `typed` is what a person types after the passphrase."""
        return self._finish(self.command(*words), limit_s, typed)

    def _finish(self, command: list[str], limit_s: float, typed: str = "") -> Finished:
        done = subprocess.run(
            command,
            input=f"{self.passphrase}\n{typed}",
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=ROOT,
            timeout=limit_s,
            env=self.environment(),
            start_new_session=True,  # no terminal to ask on: questions are answered from standard input
            check=False,
        )
        return Finished(done.returncode, done.stdout, done.stderr)

    def agent_without_fuse(self, *words: str) -> Finished:
        """The agent as it is, but for the one option that a test needs to show what the fuse prevents."""
        return self._finish([sys.executable, "-c", WITHOUT_FUSE, *self.command(*words)[3:]], RUN_LIMIT_S)

    def run(self, *words: str) -> Finished:
        return self.agent("run", "--json", *words)

    def start(self, *words: str) -> subprocess.Popen[str]:
        """The agent in a process group of its own, so that all of it can be killed at once."""
        process = subprocess.Popen(
            self.command(*words),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=ROOT,
            env=self.environment(),
            start_new_session=True,
        )
        assert process.stdin is not None
        process.stdin.write(self.passphrase + "\n")
        process.stdin.close()
        return process

    def environment(self) -> dict[str, str]:
        return os.environ | {"PYTHONUTF8": "1"} | self._display

    @staticmethod
    def kill(process: subprocess.Popen[str]) -> None:
        """kill -9 for the agent and everything it started, browser and driver included."""
        try:
            family = psutil.Process(process.pid).children(recursive=True)
        except psutil.NoSuchProcess:
            family = []
        if hasattr(os, "killpg"):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        for one in family:
            with contextlib.suppress(psutil.NoSuchProcess):
                one.kill()
        process.kill()
        process.wait()

    # ---- the mocks ----------------------------------------------------------------------------------------------

    def faults(self, core: str, *rules: Mapping[str, object]) -> None:
        """Replace a core's fault plan; no rule = no fault."""
        address = self.report["cores"][core]["url"].rstrip("/") + "/_mock/faults"
        request = urllib.request.Request(
            address,
            data=json.dumps(list(rules)).encode(),
            headers={"X-Mock-Token": self.report["control_token"], "Content-Type": "application/json"},
            method="POST",
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            assert answer.status == 200

    def fired(self, core: str) -> list[int]:
        """How often each rule of the core's fault plan has struck."""
        address = self.report["cores"][core]["url"].rstrip("/") + "/_mock/faults"
        request = urllib.request.Request(address, headers={"X-Mock-Token": self.report["control_token"]})
        with urllib.request.urlopen(request, timeout=10) as answer:
            return [rule["fired"] for rule in json.load(answer)["rules"]]

    def commits(self, *, before_run: bool = False) -> list[Commit]:
        found: list[Commit] = []
        for core, place in self.report["cores"].items():
            for row in read(Path(place["database"]), "SELECT * FROM commit_log ORDER BY id"):
                commit = Commit(
                    core,
                    row["operator"],
                    row["procedure"],
                    row["atena_no"],
                    row["reference"],
                    row["application_date"],
                    row["core_receipt_no"],
                    json.loads(row["values_json"]),
                    bool(row["before_run"]),
                )
                if commit.before_run == before_run:
                    found.append(commit)
        return found

    def doubles(self) -> int:
        """Registrations beyond the first of one application: by reference, else by person and application date."""
        return sum(count - 1 for count in self._keys().values())

    def doubled(self) -> int:
        """Applications that were registered more than once."""
        return sum(count > 1 for count in self._keys().values())

    def _keys(self) -> Counter[tuple[str, str, str]]:
        return Counter((c.procedure, c.atena_no, c.reference or c.application_date) for c in self.commits())

    def expected(self) -> dict[str, tuple[str, str]]:
        """Receipt number -> (column, reason) as the town's own table says."""
        rows = read(Path(self.report["management_database"]), "SELECT * FROM expectation")
        return {row["receipt_no"]: (row["column"], row["reason"]) for row in rows}

    def states(self) -> dict[str, tuple[str, str]]:
        """Receipt number -> (state, reason) in the ledger."""
        rows = read(self.ledger, "SELECT receipt_no, state, reason FROM item")
        return {row["receipt_no"]: (row["state"], row["reason"]) for row in rows}

    def missing(self) -> int:
        """The ledger says registered, and no commit log has it."""
        kept = {c.receipt for c in self.commits()}
        sql = "SELECT receipt_at_core FROM item WHERE state IN ('registered', 'reported')"
        return sum(row["receipt_at_core"] not in kept for row in read(self.ledger, sql))

    def lost(self) -> list[str]:
        """Applications of the town that the ledger does not know."""
        return sorted(set(self.expected()) - set(self.states()))

    def close(self) -> None:
        self.mock.stop()
