"""Every command that the README shows is run here, in its order, but for the test command itself."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.agent_town import ROOT, AgentTown, Finished

pytestmark = [pytest.mark.browser, pytest.mark.slow]

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^( *)```sh\n(.*?)^\1```", re.MULTILINE | re.DOTALL)
GOOD_ENDS = {"run": (0, 1)}
"""Exit codes that are good news; 0 for every command that is not named."""


def commands() -> list[str]:
    lines = [line.strip() for block in BLOCK.finditer(README) for line in block[2].splitlines() if line.strip()]
    return list(dict.fromkeys(lines))


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, browser_path: Path) -> Iterator[AgentTown]:
    town = AgentTown(tmp_path_factory.mktemp("readme"), applications=6, browser=browser_path)
    yield town
    town.close()


def test_the_readme_shows_commands() -> None:
    assert len(commands()) >= 12
    assert "python3 scripts/demo.py" in commands()


@pytest.mark.parametrize("command", [c for c in commands() if c.startswith("bridge-agent")])
def test_command_of_the_agent(town: AgentTown, tmp_path: Path, command: str) -> None:
    words = shlex.split(command)[1:]
    if words[0] == "init":
        done = subprocess.run(
            [sys.executable, "-m", "bridge_agent", *words],
            cwd=tmp_path,
            capture_output=True,
            encoding="utf-8",
            env=town.environment() | {"PYTHONPATH": str(ROOT)},
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert (tmp_path / "bridge.toml").is_file()
        return
    if words == ["credentials", "set"]:
        finished = set_passwords(town, words)
    else:
        finished = town.agent(*words)
    assert finished.code in GOOD_ENDS.get(words[0], (0,)), finished.err + finished.out


def set_passwords(town: AgentTown, words: list[str]) -> Finished:
    """As a person would type them, one after the other."""
    passwords = [town.report["management"]["password"]]
    passwords += [place["password"] for _, place in sorted(town.report["cores"].items())]
    return town.agent(*words, typed="".join(f"{password}\n" for password in passwords))


@pytest.mark.parametrize("command", [c for c in commands() if c.startswith("python3 scripts/")])
def test_command_of_the_scripts(tmp_path: Path, command: str) -> None:
    words = shlex.split(command)[1:]
    if words[0] == "scripts/test.py":
        return  # this very run
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, capture_output=True, encoding="utf-8", check=False, timeout=600
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
