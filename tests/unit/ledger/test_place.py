"""Where a ledger may lie, and the reserve beside it."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from bridge_agent.domain.errors import ConfigError
from bridge_agent.ledger import opening, place
from bridge_agent.ledger.opening import check_value_in, open_ledger

MOUNTS = [("/", "ext4"), ("/srv", "nfs4"), ("/srv/local", "xfs"), ("/home", "fuse.sshfs"), ("/home", "btrfs")]


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX mount points")
@pytest.mark.parametrize(
    ("folder", "kind"),
    [("/var/data", ""), ("/srv/data", "nfs4"), ("/srv/local/data", ""), ("/srvother", ""), ("/home/x", "")],
)
def test_the_deepest_and_last_mount_counts(folder: str, kind: str) -> None:
    assert place.mounted_type(Path(folder), MOUNTS, place.REMOTE_TYPES) == kind


def test_mounts_are_read_with_their_escaped_blanks() -> None:
    text = "server:/x /mnt/my\\040files nfs4 rw 0 0\nproc /proc proc rw 0 0\n"
    assert place._linux_mounts(text) == [("/mnt/my files", "nfs4"), ("/proc", "proc")]
    assert place._macos_mount("//u@server/x on /Volumes/My Files (smbfs, nodev)") == ("/Volumes/My Files", "smbfs")


def test_a_ledger_on_a_network_drive_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place, "remote_type", lambda folder: "cifs")
    with pytest.raises(ConfigError, match="ネットワーク"):
        open_ledger(tmp_path / "ledger.db", "check")


def test_the_reserve_is_made_at_start_and_stops_it_when_it_cannot_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "ledger.db"
    open_ledger(file, "check").dispose()
    assert place.reserve_of(file).stat().st_size == place.RESERVE_BYTES
    place.release_reserve(file)
    place.reserve_of(file).mkdir()
    with pytest.raises(ConfigError, match="予備領域"):
        open_ledger(file, "check")


@pytest.mark.parametrize("size", [0, 1, 15, 100, 511])
def test_a_ledger_cut_to_a_few_bytes_is_no_new_ledger(tmp_path: Path, size: int) -> None:
    file = tmp_path / "ledger.db"
    open_ledger(file, "check").dispose()
    file.write_bytes(file.read_bytes()[:size])
    with pytest.raises(ConfigError):
        open_ledger(file, "check")
    assert file.stat().st_size == size


def test_the_key_is_known_of_a_ledger_whose_process_died_in_the_middle_of_a_write(tmp_path: Path) -> None:
    """Taken for a ledger that cannot be read, it would be opened with the wrong one of two keys."""
    file, left = tmp_path / "ledger.db", tmp_path / "left.db"
    open_ledger(file, "check").dispose()
    with closing(sqlite3.connect(file, isolation_level=None)) as writing:
        writing.execute("PRAGMA cache_size = 1")
        writing.execute("BEGIN IMMEDIATE")
        writing.execute("UPDATE meta SET value = 'half'")
        writing.execute("CREATE TABLE wide (a)")
        writing.executemany("INSERT INTO wide VALUES (?)", [("x" * 3000,)] * 50)  # more than the cache: on the disk
        shutil.copy(file, left)
        shutil.copy(f"{file}-journal", f"{left}-journal")
    assert check_value_in(left) == "check"


def open_one(file: Path) -> bool:
    open_ledger(file, "check").dispose()
    return True


def test_of_two_first_runs_at_once_both_have_the_same_ledger(tmp_path: Path) -> None:
    """A process that finds the other's half-made file would take it for a damaged ledger."""
    with ThreadPoolExecutor(2) as pool:
        for number in range(10):
            file = tmp_path / f"{number}" / "ledger.db"
            assert list(pool.map(open_one, [file] * 2)) == [True, True]
            assert {path.name for path in file.parent.iterdir()} <= {"ledger.db", "ledger.db-journal", "ledger.reserve"}


def test_a_first_run_that_dies_while_it_makes_the_ledger_leaves_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    file = tmp_path / "ledger.db"
    monkeypatch.setattr(opening, "_create", dies)
    with pytest.raises(KeyboardInterrupt):
        open_ledger(file, "check")
    assert not file.exists()
    monkeypatch.undo()
    assert open_one(file)
