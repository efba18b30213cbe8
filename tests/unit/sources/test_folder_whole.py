"""The drop folder: which file is whole already, and which is still being written."""

from __future__ import annotations

import os
from pathlib import Path

from bridge_agent.domain.folder_profile import Ready
from tests.unit.sources.small_drop import OTHER, StoppedClock, aged, put, source


def test_a_file_is_taken_when_size_and_time_stay_over_the_declared_time(tmp_path: Path) -> None:
    put(tmp_path)
    clock = StoppedClock()
    found = source(tmp_path, clock, ready=Ready(by="quiet", quiet_s=7)).approved()
    assert (len(found), clock.waits) == (1, [7.0])


def test_a_file_that_grows_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path, other = put(tmp_path), put(tmp_path, "b.zip", OTHER)
    clock = StoppedClock()
    clock.meanwhile = lambda: path.write_bytes(path.read_bytes() + b"more")
    found = source(tmp_path, clock, ready=Ready(by="quiet")).approved()
    assert [line.receipt_no for line in found] == [OTHER]
    assert (path.exists(), other.exists()) == (True, False)


def test_a_file_of_the_same_size_with_another_time_is_left_alone(tmp_path: Path) -> None:
    path = put(tmp_path)
    clock = StoppedClock()
    clock.meanwhile = lambda: os.utime(path, (1, 1))
    assert source(tmp_path, clock, ready=Ready(by="quiet")).approved() == []


def test_an_empty_file_has_only_been_opened_yet(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.touch()
    aged(path, 600)
    found = source(tmp_path, ready=Ready(by="quiet"))
    assert found.approved() == []
    assert path.exists()


def test_a_marker_makes_a_file_whole_and_goes_with_it(tmp_path: Path) -> None:
    path = put(tmp_path)
    found = source(tmp_path, ready=Ready(by="marker"))
    assert found.approved() == []
    marker = tmp_path / "a.zip.done"
    marker.touch()
    assert len(found.approved()) == 1
    assert (path.exists(), marker.exists()) == (False, False)


def test_a_marker_of_an_earlier_file_does_not_count(tmp_path: Path) -> None:
    marker = tmp_path / "a.zip.done"
    marker.touch()
    os.utime(marker, (1, 1))
    put(tmp_path)
    assert source(tmp_path, ready=Ready(by="marker")).approved() == []


def test_what_never_becomes_whole_is_told(tmp_path: Path) -> None:
    part = tmp_path / "a.zip.part"
    part.write_bytes(b"PK")
    found = source(tmp_path)
    aged(part, 3000)
    assert (found.approved(), found.remarks()) == ([], [])
    aged(part, 3700)
    (told,) = found.remarks()
    assert "書き込みの終わらないファイルが1件" in told
