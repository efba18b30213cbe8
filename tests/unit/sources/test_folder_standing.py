"""The drop folder: what is known of an application just before entry, with and without a list of states."""

from __future__ import annotations

from pathlib import Path

import pytest

from bridge_agent.domain.application import SourceState
from bridge_agent.domain.errors import StopRunError, SystemDown
from bridge_agent.domain.folder_profile import FolderStanding, Ready, StateList
from tests.unit.sources.packages import NUMBER
from tests.unit.sources.small_drop import OTHER, StoppedClock, aged, collected, put, source

STATE_LIST = StateList(file="状態.csv", charset="cp932", receipt_no="受付番号", state="状態", revision="版")


def test_without_a_list_an_application_is_assumed_to_be_approved_as_it_came(tmp_path: Path) -> None:
    standing = source(tmp_path).standing(NUMBER)
    assert (standing.state, standing.revision) == (SourceState.APPROVED, None)


def test_a_newer_package_that_waits_in_the_folder_shows_before_entry(tmp_path: Path) -> None:
    put(tmp_path)
    found = source(tmp_path)
    found.put_away(collected(found))
    put(tmp_path, "b.zip", OTHER)
    assert found.standing(NUMBER).revision is None
    put(tmp_path, "c.zip", 版="2")
    assert found.standing(NUMBER).revision == "2"


def test_a_package_that_is_still_being_written_does_not_show_yet(tmp_path: Path) -> None:
    found = source(tmp_path, ready=Ready(by="quiet", quiet_s=5))
    path = put(tmp_path, 版="2")
    aged(path, 1)
    assert found.standing(NUMBER).revision is None
    aged(path, 6)
    assert found.standing(NUMBER).revision == "2"


def state_list(drop: Path, *lines: str, heading: str = "受付番号,状態,版", charset: str = "cp932") -> None:
    (drop / "状態.csv").write_bytes("\r\n".join([heading, *lines, ""]).encode(charset))


LISTED = FolderStanding(listed=STATE_LIST)


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("承認済", SourceState.APPROVED),
        ("取下げ", SourceState.WITHDRAWN),
        ("差戻し", SourceState.SENT_BACK),
        ("連携済", SourceState.LINKED),
        ("保管中", SourceState.UNKNOWN),
    ],
)
def test_the_list_of_states_is_read_anew_at_every_question(tmp_path: Path, word: str, state: SourceState) -> None:
    found = source(tmp_path, standing=LISTED)
    assert found.standing(NUMBER).state is SourceState.APPROVED
    state_list(tmp_path, f"{OTHER},取下げ,1", f"{NUMBER},{word},3")
    standing = found.standing(NUMBER)
    assert (standing.state, standing.revision) == (state, "3")


def test_of_two_lines_the_one_counts_that_speaks_against_entering(tmp_path: Path) -> None:
    state_list(tmp_path, f"{NUMBER},取下げ,1", f"{NUMBER},承認済,1")
    assert source(tmp_path, standing=LISTED).standing(NUMBER).state is SourceState.WITHDRAWN


@pytest.mark.parametrize("lines", [("9", "10"), ("10", "9"), ("A", "10"), ("", "10")])
def test_of_two_revisions_on_the_list_the_latest_counts(tmp_path: Path, lines: tuple[str, str]) -> None:
    """The former one must not be entered because it is on the list as well."""
    state_list(tmp_path, *(f"{NUMBER},承認済,{revision}" for revision in lines))
    assert source(tmp_path, standing=LISTED).standing(NUMBER).revision == "10"


def test_whoever_is_on_a_list_without_states_has_been_withdrawn(tmp_path: Path) -> None:
    (tmp_path / "状態.csv").write_bytes(f"受付番号\r\n{NUMBER}\r\n".encode("cp932"))
    plain = FolderStanding(listed=StateList(file="状態.csv", charset="cp932", receipt_no="受付番号"))
    found = source(tmp_path, standing=plain)
    assert found.standing(NUMBER).state is SourceState.WITHDRAWN
    assert found.standing(OTHER).state is SourceState.APPROVED


def test_a_list_that_must_be_there_and_is_not_stops_everything(tmp_path: Path) -> None:
    needed = FolderStanding(listed=STATE_LIST.model_copy(update={"must_exist": True}))
    with pytest.raises(SystemDown):
        source(tmp_path, standing=needed).standing(NUMBER)


@pytest.mark.parametrize(
    ("heading", "charset", "named"),
    [
        ("受付番号,状態", "cp932", "列「版」"),
        ("受付番号,状態,版", "utf-16", "cp932"),
        ("受付番号,状態,版,版", "cp932", "列「版」"),
    ],
)
def test_a_list_that_cannot_be_trusted_stops_everything(tmp_path: Path, heading: str, charset: str, named: str) -> None:
    state_list(tmp_path, heading=heading, charset=charset)
    with pytest.raises(StopRunError) as told:
        source(tmp_path, standing=LISTED).standing(NUMBER)
    assert named in told.value.message


def test_a_list_that_is_being_written_is_waited_for_and_not_read_in_halves(tmp_path: Path) -> None:
    state_list(tmp_path, f"{NUMBER},承認済,1")
    path = tmp_path / "状態.csv"
    aged(path, 0)
    clock = StoppedClock()
    clock.meanwhile = lambda: path.write_bytes(path.read_bytes() + b"x")
    quiet = Ready(by="quiet", quiet_s=5)
    with pytest.raises(SystemDown):
        source(tmp_path, clock, ready=quiet, standing=LISTED).standing(NUMBER)
    assert clock.waits == [5.0, 5.0, 5.0]


def test_the_list_is_no_package(tmp_path: Path) -> None:
    state_list(tmp_path, f"{NUMBER},承認済,1")
    assert source(tmp_path, standing=LISTED).approved() == []
    assert (tmp_path / "状態.csv").exists()
