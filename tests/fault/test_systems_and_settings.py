"""Systems that are down, refuse the password, end the session or hand out broken downloads; recipes that are wrong;
a person who says stop. Each ends with its exit code and one sentence, and everything can be resumed."""

from __future__ import annotations

import json
import sqlite3
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from bridge_agent.credentials import EncryptedFileStore, Secret
from bridge_agent.sealing import PassphraseBox
from tests.e2e.agent_town import OPERATOR, AgentTown
from tests.ledger_rows import read

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SOGO = ("ltci_burden_ratio_reissue",)
LIMITS = {"page_s": 4, "submit_s": 4, "settle_s": 2}


@pytest.fixture
def town(tmp_path: Path, browser_path: Path) -> Iterator[AgentTown]:
    town = AgentTown(tmp_path, applications=3, procedures=SOGO, plain=True, browser=browser_path, limits=LIMITS)
    yield town
    town.close()


def trouble(town: AgentTown, **what: object) -> None:
    """Switch on trouble at the management system."""
    request = urllib.request.Request(
        town.report["management"]["url"].rstrip("/") + "/_mock/trouble",
        data=json.dumps(what).encode(),
        headers={"X-Mock-Token": town.report["control_token"], "Content-Type": "application/json"},
        method="POST",
    )
    urllib.request.urlopen(request, timeout=10).close()


def test_a_core_that_is_down_ends_with_3_and_the_next_run_goes_on(town: AgentTown) -> None:
    town.mock.cores["sogo"].stop()
    finished = town.run()
    assert finished.code == 3
    assert "総合行政システム" in "".join(finished.summary["stops"])
    assert set(town.states().values()) == {("pending", "")}
    assert "Traceback" not in finished.err


def test_a_management_system_that_is_down_ends_with_3(town: AgentTown) -> None:
    trouble(town, down=1000)
    finished = town.run()
    assert finished.code == 3
    assert town.states() == {}
    trouble(town, down=0)
    assert town.run().code == 0
    assert len(town.commits()) == 3


def test_a_short_failure_of_the_management_system_is_survived(town: AgentTown) -> None:
    trouble(town, down=1)
    assert town.run().code == 0


def test_a_damaged_download_is_fetched_again(town: AgentTown) -> None:
    trouble(town, zip_damaged=1)
    assert town.run().code == 0
    assert town.doubles() == 0


def test_downloads_that_stay_damaged_are_held_by_name(town: AgentTown) -> None:
    trouble(town, zip_damaged=100)
    finished = town.run()
    assert finished.code == 1
    assert set(town.states().values()) == {("held", "package_damaged")}
    assert finished.summary["approved"] == finished.summary["held"] == 3


def test_a_wrong_password_is_tried_once(town: AgentTown) -> None:
    store = EncryptedFileStore(town.home / "credentials.sealed", PassphraseBox(town.passphrase))
    store.set(f"core/sogo/{OPERATOR}", Secret("違うパスワード"))
    finished = town.run()
    assert finished.code == 3
    assert "違うパスワード" not in finished.err + finished.out
    assert set(town.states().values()) == {("pending", "")}


def test_the_log_ins_can_be_tested_before_the_night(town: AgentTown) -> None:
    assert town.agent("credentials", "test").code == 0
    store = EncryptedFileStore(town.home / "credentials.sealed", PassphraseBox(town.passphrase))
    store.set(f"core/nintei/{OPERATOR}", Secret("違うパスワード"))
    finished = town.agent("credentials", "test")
    assert finished.code == 2
    assert [line[0] for line in finished.out.splitlines()] == ["○", "○", "×"]


def test_a_wrong_passphrase_starts_nothing(town: AgentTown) -> None:
    town.passphrase = "違う合言葉"
    finished = town.run()
    assert finished.code == 2
    assert not town.ledger.exists()


def test_a_malformed_recipe_starts_nothing_and_names_the_place(town: AgentTown) -> None:
    recipe = town.recipes / "sogo" / SOGO[0] / "recipe.yaml"
    text = recipe.read_text(encoding="utf-8")
    recipe.write_text(text.replace("finish: register", "finish: regster"), encoding="utf-8")
    line = text[: text.index("finish: register")].count("\n") + 1
    finished = town.run()
    assert finished.code == 2
    assert f"recipe.yaml:{line}:" in finished.err
    assert "register" in finished.err
    assert not town.ledger.exists()
    assert town.agent("recipe", "check").code == 2


def test_stop_ends_after_the_entry_in_hand(tmp_path: Path, browser_path: Path) -> None:
    town = AgentTown(tmp_path, applications=30, procedures=SOGO, plain=True, browser=browser_path)
    try:
        process = town.start("run", "--json")
        wait_for(lambda: town.ledger.exists() and len(registered(town)) >= 2)
        assert town.agent("stop").code == 0
        assert process.wait(timeout=60) == 3
        states = {state for state, _ in town.states().values()}
        assert states == {"reported", "pending"}
        assert town.run().code == 0
        assert (len(town.commits()), town.doubles()) == (30, 0)
    finally:
        town.close()


def registered(town: AgentTown) -> list[object]:
    try:
        return list(read(town.ledger, "SELECT item_id FROM item WHERE state IN ('registered', 'reported')"))
    except sqlite3.OperationalError:  # the ledger is just being made
        return []


def wait_for(condition: object, limit_s: float = 60) -> None:
    assert callable(condition)
    give_up = time.monotonic() + limit_s
    while not condition():
        assert time.monotonic() < give_up, "the condition did not come"
        time.sleep(0.05)


def test_a_second_run_at_the_same_time_is_refused(tmp_path: Path, browser_path: Path) -> None:
    town = AgentTown(tmp_path, applications=20, procedures=SOGO, plain=True, browser=browser_path)
    try:
        process = town.start("run", "--json")
        wait_for(lambda: town.ledger.exists() and len(registered(town)) >= 1)
        second = town.run()
        assert second.code == 3
        assert "別の実行" in "".join(second.summary["stops"])
        assert process.wait(timeout=120) == 0
        assert (len(town.commits()), town.doubles()) == (20, 0)
    finally:
        town.close()
