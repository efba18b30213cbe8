"""The agent as a person would use it: a folder with bridge.toml, and the command run as a child process.

Standard library only; knows nothing of the agent but its command line. Secrets go through pipes.
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.demo_town import Town
from scripts.demo_ways import WayIn
from scripts.environment import ROOT
from scripts.steps_shown import SetupFailed

DESKTOP_CORE = "hibari"
"""The core that has no web screens."""
RUN_LIMIT_S = 3600.0
STOP_LIMIT_S = 60.0  # the entry in hand, its look-up included


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command came to. `said` is its standard output."""

    exit_code: int
    said: str

    def content(self) -> dict[str, Any]:
        """The JSON it printed; {} when it printed none."""
        try:
            content: dict[str, Any] = json.loads(self.said)
        except ValueError:
            return {}
        return content


class AgentSite:
    """One installation, which takes applications in by `way`. Its passphrase lives in this process only."""

    def __init__(
        self, data: Path, way: WayIn, town: Town, browser: Path, *, headed: bool = False, display: str = ""
    ) -> None:
        """A folder in `data`. `display`: where the agent and its windows stand; '' = where this process does."""
        self.way = way
        folder = data / way.site
        self._environment = dict(os.environ, PYTHONUTF8="1") | ({"DISPLAY": display} if display else {})
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._passphrase = secrets.token_urlsafe(24)
        self.settings = folder / "bridge.toml"
        self.settings.write_text(_settings(way, town, browser, headed=headed), encoding="utf-8")
        self._store_passwords(town)

    @property
    def ledger(self) -> Path:
        return self.folder / "data" / "ledger.db"

    def command(self, *arguments: str) -> list[str]:
        common = [sys.executable, "-m", "bridge_agent", "--config", str(self.settings), "--passphrase-stdin"]
        return [*common, *arguments]

    def call(self, *arguments: str, more_input: str = "") -> Answer:
        """Run a command to its end. Its progress and messages go where this process's do."""
        with subprocess.Popen(
            self.command(*arguments),
            cwd=ROOT,
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        ) as process:
            try:
                said, _ = process.communicate(f"{self._passphrase}\n{more_input}", timeout=RUN_LIMIT_S)
            except KeyboardInterrupt:
                process.wait()  # the same Ctrl-C reached the agent: it ends the entry in hand
                raise
            except BaseException:
                process.terminate()  # asks it to end the entry in hand
                try:
                    process.wait(STOP_LIMIT_S)
                except subprocess.TimeoutExpired:
                    process.kill()
                raise
        return Answer(process.returncode, said)

    def _store_passwords(self, town: Town) -> None:
        source = town.sources[self.way.place]
        accounts = {f"source/{self.way.source}/{source.user}": source.password} if source.user else {}
        accounts |= {f"core/{core}/{place.user}": place.password for core, place in town.cores.items()}
        # All in one call: it takes them in its own order, says each name, and nothing has used them before that is read.
        answer = self.call(
            "credentials", "set", "--value-stdin", more_input="".join(f"{p}\n" for p in accounts.values())
        )
        asked = [line.split(" ")[0] for line in answer.said.splitlines()]
        if answer.exit_code or asked != list(accounts):
            raise SetupFailed("認証情報を登録できませんでした / could not store the passwords.")


def client_command(server: str) -> list[str]:
    """How the client program of the desktop core is started."""
    return [sys.executable, "-m", "mock_core_ui.desktop", "--server", server]


def _quoted(text: object) -> str:
    """A TOML string; JSON's escapes are a part of TOML's."""
    return json.dumps(str(text), ensure_ascii=False)


def _settings(way: WayIn, town: Town, browser: Path, *, headed: bool) -> str:
    """bridge.toml. The mock cores show the account's own name under 登録者."""
    source = town.sources[way.place]
    lines = ["[site]", f"name = {_quoted(way.office)}", f"recipes = {_quoted(ROOT / 'recipes')}"]
    lines += ["[source]", f"profile = {_quoted(way.profile)}"]
    if source.user:
        lines += [f"address = {_quoted(source.url)}", f"user = {_quoted(source.user)}"]
    else:
        lines.append(f"path = {_quoted(source.url)}")
    for core, place in town.cores.items():
        lines.append(f"[cores.{core}]")
        if core == DESKTOP_CORE:
            lines.append(f"command = {json.dumps(client_command(place.url), ensure_ascii=False)}")
        else:
            lines.append(f"address = {_quoted(place.url)}")
        lines += [f"user = {_quoted(place.user)}", f"operator = {_quoted(place.user)}"]
    lines += ["[credentials]", 'store = "file"']
    lines += ["[browser]", f"path = {_quoted(browser)}", f"headless = {'false' if headed else 'true'}"]
    lines += ["[evidence]", "pictures = true"]
    return "\n".join(lines) + "\n"
