"""The agent as its people start it, with a drop folder and with an interface in place of the management system's screens."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bridge_agent.credentials import EncryptedFileStore, Secret
from bridge_agent.sealing import PassphraseBox
from mock_core_ui.people.model import World
from mock_core_ui.people.procedures import BURDEN_RATIO_REISSUE
from mock_core_ui.serving import MANAGEMENT_DATABASE, MockTown, Options
from tests.e2e.agent_town import OPERATOR, ROOT, AgentTown
from tests.ledger_rows import read

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def town(tmp_path: Path, browser_path: Path) -> Iterator[AgentTown]:
    made = AgentTown(tmp_path, applications=4, plain=True, procedures=(BURDEN_RATIO_REISSUE,), browser=browser_path)
    yield made
    made.close()


def reached_by(town: AgentTown, profile: str, *lines: str) -> None:
    text = town.config.read_text(encoding="utf-8")
    section = "\n".join(["[source]", f'profile = "{profile}"', *lines, "[cores"])
    changed, count = re.subn(r"(?s)\[source\].*?\n\[cores", section.replace("\\", "\\\\"), text, count=1)
    assert count == 1
    town.config.write_text(changed, encoding="utf-8")


def export(town: AgentTown, drop: Path) -> None:
    command = [sys.executable, "-m", "mock_core_ui", "export", "--data", str(town.folder / "mock"), "--into", str(drop)]
    done = subprocess.run(command, cwd=ROOT, env=town.environment(), capture_output=True, check=True)
    assert json.loads(done.stdout) == {"files": 1}


def with_a_folder(town: AgentTown) -> None:
    drop = town.home / "drop"
    export(town, drop)
    reached_by(town, "minamo-folder", 'path = "drop"')


def with_an_interface(town: AgentTown) -> None:
    management = town.report["management"]
    store = EncryptedFileStore(town.home / "credentials.sealed", PassphraseBox(town.passphrase))
    store.set(f"source/minamo-rest/{OPERATOR}", Secret(management["password"]))
    address = management["url"].rstrip("/")
    reached_by(town, "minamo-rest", f"address = {json.dumps(address)}", f'user = "{OPERATOR}"')


@pytest.mark.parametrize("prepare", [with_a_folder, with_an_interface])
def test_a_night_and_the_commands_around_it(town: AgentTown, prepare: Callable[[AgentTown], None]) -> None:
    prepare(town)
    checked = town.agent("doctor")
    assert checked.code == 0, checked.out
    assert ("受け渡しフォルダー" in checked.out) == (prepare is with_a_folder)
    tried = town.agent("credentials", "test")
    assert tried.code == 0, tried.out + tried.err
    assert ("申請管理システム" in tried.out) == (prepare is with_an_interface)  # a folder has nothing to log in to
    done = town.agent("run")
    assert done.code == 0, done.out + done.err
    assert len(town.commits()) == 4
    assert {state for state, _ in town.states().values()} == {"reported"}
    assert (town.missing(), town.lost(), town.doubles()) == (0, [], 0)


def test_the_sheet_tells_a_file_that_could_not_be_read_as_something_to_look_at_and_not_as_a_stop(
    town: AgentTown,
) -> None:
    with_a_folder(town)
    (town.home / "drop" / "half.zip").write_bytes(b"PK\x03\x04" + b"x" * 100)
    done = town.agent("run")
    assert done.code == 1, done.out + done.err
    (sheet,) = (town.home / "reports").glob("*.html")
    page = sheet.read_text(encoding="utf-8")
    assert "<b>確かめてください</b><ul><li>受け渡しフォルダーに、読めなかったファイルが1件あります" in page
    assert "途中で止まりました" not in page
    assert len(town.commits()) == 4


def test_a_profile_and_a_way_that_do_not_belong_together_are_told_before_anything_starts(town: AgentTown) -> None:
    reached_by(town, "minamo", 'path = "drop"')
    refused = town.agent("run")
    assert refused.code == 2
    assert "path ではなく address と user を" in refused.out + refused.err


VEHICLES = {
    "OS10": "parking_space_certificate",
    "OS20": "vehicle_env_tax",
    "OS21": "vehicle_tax_report",
    "OS22": "vehicle_tax_address_change",
}
"""The prefecture's code -> the procedure."""


def with_vehicle_system(options: Options, world: World | None) -> MockTown:
    return MockTown(replace(options, oss=True), world)


def test_vehicle_applications_come_from_the_prefecture_s_system_and_its_states_follow(
    tmp_path: Path, browser_path: Path
) -> None:
    procedures = (*VEHICLES.values(), BURDEN_RATIO_REISSUE)
    town = AgentTown(
        tmp_path, applications=10, plain=True, procedures=procedures, browser=browser_path, mocks=with_vehicle_system
    )
    try:
        place = town.report["oss"]
        store = EncryptedFileStore(town.home / "credentials.sealed", PassphraseBox(town.passphrase))
        store.set(f"source/oss/{OPERATOR}", Secret(place["password"]))
        address = place["url"].rstrip("/")
        reached_by(town, "oss", f"address = {json.dumps(address)}", f'user = "{OPERATOR}"')
        done = town.agent("run")
        assert done.code == 0, done.out + done.err
        commits = [commit for commit in town.commits() if not commit.before_run]
        states = town.states()
    finally:
        town.close()
    mock = town.folder / "mock"
    told = read(mock / "oss.sqlite", "SELECT receipt_no, procedure_code, core_number FROM application")
    assert Counter(commit.procedure for commit in commits) == Counter(VEHICLES[row["procedure_code"]] for row in told)
    assert {commit.procedure for commit in commits} == set(VEHICLES.values())
    assert {state for state, _ in states.values()} == {"reported"}
    assert sorted(row["core_number"] for row in told) == sorted(commit.receipt for commit in commits)
    assert all(row["receipt_no"].startswith("S26-") for row in told)
    others = read(mock / MANAGEMENT_DATABASE, "SELECT DISTINCT procedure_code FROM application")
    assert [row["procedure_code"] for row in others] == ["K0020"]
