"""The set-up's lock: one holder at a time, and a dead holder frees it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from scripts.environment import ROOT
from scripts.file_lock import file_lock

HOLD = """
import sys
from pathlib import Path
from scripts.file_lock import file_lock
with file_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def holder(path: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_caller_is_kept_out_until_the_first_ends(tmp_path: Path) -> None:
    path = tmp_path / "鍵 1.lock"
    with holder(path) as process:
        with pytest.raises(TimeoutError), file_lock(path, limit_s=0):
            pass
        process.kill()
        process.wait()
    with file_lock(path, limit_s=0) as waited:
        assert not waited


def test_it_can_be_taken_again(tmp_path: Path) -> None:
    for _ in range(2):
        with file_lock(tmp_path / "a.lock", limit_s=0):
            pass
