"""Chaos with a client program, CI's share: twenty applications, windows that misbehave, agent, client and core killed.

A stranger's window takes the focus at random all the while and writes down every key it is given. The seed is printed by
its name; BRIDGE_AGENT_SEED=N goes through another one.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from scripts import chaos
from tests.desktop.x11 import missing
from tests.fault.chaos.tally import ZEROS

SEED = int(os.environ.get("BRIDGE_AGENT_SEED", "20261129"))
APPLICATIONS, KILLS = 20, 4

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.skipif(bool(missing()), reason=missing())]


def test_a_client_under_chaos_enters_everything_exactly_once_and_no_key_goes_astray(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, browser_path: Path
) -> None:
    monkeypatch.setattr(chaos, "go_on_in_environment", lambda: 0.0)  # the tests' own environment is this one
    monkeypatch.setattr("scripts.browsers.find_browser", lambda headless: browser_path)
    file = tmp_path / "chaos.json"
    words = ["--minutes", "3", "--seed", str(SEED), "--applications", str(APPLICATIONS), "--desktop"]
    code = chaos.main([*words, "--json", str(file)])
    figures = json.loads(file.read_text(encoding="utf-8"))
    assert figures["failures"] == []
    assert code == 0
    assert {name: figures[name] for name in ZEROS} == dict.fromkeys(ZEROS, 0)
    assert figures["applications"] == figures["registered"] + figures["held"] >= APPLICATIONS
    assert figures["kills"] >= KILLS
    assert any(fault.startswith("D") for fault in figures["faults"])
