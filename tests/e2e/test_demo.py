"""The demonstration as a person runs it: two runs in a made-up town, every expectation met, everything stopped."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.architecture.source_files import ROOT
from tests.desktop.x11 import missing

pytestmark = [pytest.mark.browser, pytest.mark.slow]

APPLICATIONS = 12
NUMBERS = {
    "approved", "registered", "already_there", "held", "in_doubt", "withdrawn", "closed", "not_yet_entered",
    "duplicates", "missing", "lost", "second_run_entered", "values_read_back_of", "values_wrong", "seconds", "entries_per_minute",
}  # fmt: skip
CTRL_C: int = getattr(signal, "CTRL_BREAK_EVENT", signal.SIGINT)  # Windows sends only the former to a group
LIMIT_S = 300
SYSTEMS = 3 if missing() else 4
"""The management system, two cores with web screens, and where it can be driven one with a client program."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the demonstration printed, while its servers were up and after."""

    exit_code: int
    text: str
    answered: list[bool]
    answer_after: list[bool]
    numbers: dict[str, object]


def _answers(url: str) -> bool:
    parts = urlsplit(url)
    try:
        socket.create_connection((parts.hostname or "", parts.port or 0), timeout=5).close()
    except OSError:
        return False
    return True


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Shown:
    folder = tmp_path_factory.mktemp("実演 フォルダー")
    command = [sys.executable, str(ROOT / "scripts/demo.py"), "--applications", str(APPLICATIONS), "--keep"]
    command += ["--json", str(folder / "out.json"), "--data", str(folder / "データ 1")]
    flags = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
    with subprocess.Popen(
        command,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        creationflags=flags,
    ) as process:
        assert process.stdout is not None
        lines = []
        for line in process.stdout:
            lines.append(line)
            if "Ctrl-C" in line:
                break
        addresses = re.findall(r"http://\S+", "".join(lines))
        answered = [_answers(url) for url in addresses]
        process.send_signal(CTRL_C)
        lines += process.stdout
        code = process.wait(LIMIT_S)
    file = folder / "out.json"
    assert file.exists(), "".join(lines)
    numbers = json.loads(file.read_text(encoding="utf-8"))
    return Shown(code, "".join(lines), answered, [_answers(url) for url in addresses], numbers)


def test_every_expectation_is_met(shown: Shown) -> None:
    assert shown.numbers["problems"] == []
    assert shown.exit_code == 0, shown.text


def test_the_numbers_balance_and_the_second_run_enters_nothing(shown: Shown) -> None:
    assert set(shown.numbers) >= NUMBERS
    columns = ("registered", "already_there", "held", "in_doubt", "withdrawn", "closed", "not_yet_entered")
    counted = [shown.numbers[column] for column in columns]
    assert shown.numbers["approved"] == APPLICATIONS == sum(int(str(number)) for number in counted)
    nothing = ("duplicates", "missing", "lost", "second_run_entered", "values_wrong")
    assert [shown.numbers[word] for word in nothing] == [0] * 5
    assert shown.numbers["values_read_back_of"] == shown.numbers["registered"]
    assert int(str(shown.numbers["registered"])) > 0
    assert int(str(shown.numbers["held"])) > 0


def test_the_morning_sheet_is_there(shown: Shown) -> None:
    sheet = Path(str(shown.numbers["sheet"]))
    assert sheet.is_file()
    assert sheet.with_suffix(".xlsx").is_file()


def test_servers_stay_up_on_request_and_are_stopped_at_the_end(shown: Shown) -> None:
    assert shown.answered == [True] * SYSTEMS
    assert shown.answer_after == [False] * SYSTEMS


def test_a_folder_with_other_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").touch()
    command = [sys.executable, str(ROOT / "scripts/demo.py"), "--data", str(tmp_path)]
    refused = subprocess.run(command, check=False, capture_output=True, encoding="utf-8", stdin=subprocess.DEVNULL)
    assert refused.returncode == 2
    assert "Traceback" not in refused.stdout + refused.stderr
    assert (tmp_path / "letter.txt").exists()
