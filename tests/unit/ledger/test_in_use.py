"""Who works with the ledger: asked without waiting, and without keeping anybody out."""

from __future__ import annotations

import time
from pathlib import Path

from bridge_agent.ledger.in_use import IN_USE, WAIT_S, alone, in_use, somebody_works


def test_nobody_works_where_nothing_is_or_everything_is_free(tmp_path: Path) -> None:
    assert not somebody_works(tmp_path / "not there")
    with in_use(tmp_path):
        pass
    assert (tmp_path / IN_USE).exists()
    assert not somebody_works(tmp_path)


def test_a_command_at_work_is_seen_at_once(tmp_path: Path) -> None:
    with in_use(tmp_path):
        began = time.monotonic()
        assert somebody_works(tmp_path)
        assert time.monotonic() - began < WAIT_S / 2
    with alone(tmp_path):
        assert somebody_works(tmp_path)


def test_asking_keeps_nobody_out(tmp_path: Path) -> None:
    with in_use(tmp_path):
        assert somebody_works(tmp_path)
        with in_use(tmp_path):  # a second command beside the first
            pass
    assert not somebody_works(tmp_path)
    with alone(tmp_path):
        pass


def test_a_folder_that_cannot_be_looked_into_counts_as_somebody(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("no folder", encoding="utf-8")
    assert somebody_works(file)


def test_a_lock_file_that_is_none_counts_as_somebody(tmp_path: Path) -> None:
    (tmp_path / "sogo-1.lock").write_text("no lock at all, but a text that somebody put here" * 40, encoding="utf-8")
    assert somebody_works(tmp_path)
