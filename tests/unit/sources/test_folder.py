"""The drop folder: what is whole, what is taken when, where it goes, and what is known of an application before entry."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bridge_agent.domain.application import Delivered, SourceState
from bridge_agent.domain.errors import BusinessError, StopRunError, SystemDown
from bridge_agent.domain.folder_profile import FolderProfile, FolderStanding, PlainCsv, Ready, ResultFile, StateList
from bridge_agent.domain.reasons import Reason
from bridge_agent.sources.drop_folder import REASON, kept_name
from bridge_agent.sources.folder import FolderSource
from tests.unit.sources.packages import NUMBER, SHAPE, columns, csv_bytes, folder, zipped

OTHER = "0202611050002"
NOW = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
STATES = {
    "承認済": SourceState.APPROVED,
    "取下げ": SourceState.WITHDRAWN,
    "差戻し": SourceState.SENT_BACK,
    "連携済": SourceState.LINKED,
}


@dataclass
class StoppedClock:
    """Moves only when somebody waits; `meanwhile` happens during the wait."""

    moment: datetime = NOW
    meanwhile: Callable[[], object] = lambda: None
    waits: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        return self.moment

    def monotonic(self) -> float:
        return self.moment.timestamp()

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.moment += timedelta(seconds=seconds)
        self.meanwhile()


def profile(**changes: object) -> FolderProfile:
    made = FolderProfile(
        source="minamo",
        name="みなも",
        scope="shi",
        kind="folder",
        ready=Ready(by="rename"),
        package=SHAPE,
        csv=PlainCsv(charset="cp932"),
        result=ResultFile(
            file="結果.csv",
            charset="cp932",
            columns={"receipt_no": "受付番号", "core_number": "基幹番号", "state": "状態", "at": "日時"},
        ),
        states=STATES,
    )
    return made.model_copy(update=changes)


STATE_LIST = StateList(file="状態.csv", charset="cp932", receipt_no="受付番号", state="状態", revision="版")


def source(drop: Path, clock: StoppedClock | None = None, **changes: object) -> FolderSource:
    return FolderSource(profile(**changes), drop, clock or StoppedClock())


def put(drop: Path, name: str = "a.zip", *numbers: str, **changed: str) -> Path:
    files = {path: raw for number in numbers or (NUMBER,) for path, raw in folder(number, **changed).items()}
    return zipped(drop / name, files)


def aged(path: Path, seconds: float) -> None:
    """As if it had been written so long ago."""
    moment = NOW.timestamp() - seconds
    os.utime(path, (moment, moment))


def collected(found: FolderSource) -> dict[str, Delivered]:
    return {delivered.listed.receipt_no: delivered for delivered in found.deliver(found.approved())}


def names(folder: Path) -> list[str]:
    """Without the twelve letters that make a name its own."""
    return sorted(path.name[13:] for path in folder.iterdir())


# ---- what is whole ----


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


# ---- taking and putting away ----


def test_a_file_goes_from_the_folder_over_taking_to_done(tmp_path: Path) -> None:
    put(tmp_path, "a.zip", NUMBER, OTHER)
    found = source(tmp_path)
    assert set(collected(found)) == {NUMBER, OTHER}
    assert names(tmp_path / "taking") == ["a.zip"]
    found.put_away([NUMBER])
    assert names(tmp_path / "taking") == ["a.zip"]
    found.put_away([OTHER])
    assert (names(tmp_path / "taking"), names(tmp_path / "done")) == ([], ["a.zip"])


def test_a_second_file_of_the_same_name_never_covers_the_first(tmp_path: Path) -> None:
    put(tmp_path)
    first = source(tmp_path)
    first.approved()
    put(tmp_path, "a.zip", OTHER)
    assert {line.receipt_no for line in source(tmp_path).approved()} == {NUMBER, OTHER}
    assert names(tmp_path / "taking") == ["a.zip", "a.zip"]


def test_one_refused_application_sends_its_file_to_failed_with_code_number_and_sentence(tmp_path: Path) -> None:
    files = folder(NUMBER) | folder(OTHER)
    del files[f"{OTHER}/申請書.pdf"]
    zipped(tmp_path / "a.zip", files)
    found = source(tmp_path)
    delivered = collected(found)
    found.put_away(delivered)
    assert delivered[NUMBER].application is not None
    assert names(tmp_path / "failed") == ["a.zip", f"a.zip{REASON}"]
    (reason,) = (tmp_path / "failed").glob(f"*{REASON}")
    code, number, sentence = reason.read_text(encoding="utf-8-sig").strip().split("\t")
    assert (code, number) == ("package_damaged", OTHER)
    assert "「申請書.pdf」がありません" in sentence
    assert "花子" not in sentence
    assert found.remarks() == []  # it stands on the hold desk


def test_a_file_of_which_nothing_can_be_told_is_told_every_night_until_it_is_cleared_away(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04")
    first = source(tmp_path)
    assert first.approved() == []
    assert "読めなかったファイルが1件" in first.remarks()[0]
    later = source(tmp_path)
    later.approved()
    assert len(later.remarks()) == 1
    next(path for path in (tmp_path / "failed").iterdir() if path.suffix == ".zip").unlink()
    assert later.remarks() == []


def test_files_in_done_are_deleted_after_the_declared_days(tmp_path: Path) -> None:
    put(tmp_path)
    found = source(tmp_path, keep_days=3)
    found.put_away(collected(found))
    (done,) = (tmp_path / "done").iterdir()
    aged(done, 2 * 86400)
    source(tmp_path, keep_days=3).approved()
    assert done.exists()
    aged(done, 3 * 86400 + 10)
    source(tmp_path, keep_days=3).approved()
    assert not done.exists()


def test_a_folder_that_is_not_there_is_never_made(tmp_path: Path) -> None:
    away = tmp_path / "share"
    with pytest.raises(SystemDown) as told:
        source(away).approved()
    assert not away.exists()
    assert str(away) in told.value.message


@pytest.mark.parametrize(
    "name", ["x" * 300 + ".zip", "a\n.zip", "..\\..\\b.zip", "名前" * 100 + ".csv", "a." + "z" * 99]
)
def test_a_kept_name_can_be_written_on_every_disk(name: str) -> None:
    kept = kept_name(name)
    assert len(f"{'0' * 12}-{kept}{REASON}.part".encode()) <= 255
    assert not set(kept) & set('\n\\/:*?"<>|')


# ---- one number, several files ----


def test_of_two_revisions_the_higher_one_counts_whichever_file_is_newer(tmp_path: Path) -> None:
    aged(put(tmp_path, "new.zip", 版="10", 氏名="新"), 100)
    aged(put(tmp_path, "late.zip", 版="9", 氏名="旧"), 50)
    found = source(tmp_path)
    delivered = collected(found)[NUMBER]
    assert delivered.application is not None
    assert (delivered.listed.revision, delivered.application.columns["氏名"]) == ("10", "新")
    found.put_away([NUMBER])
    assert names(tmp_path / "done") == ["late.zip", "new.zip"]


def test_the_same_revision_with_two_contents_is_a_conflict(tmp_path: Path) -> None:
    put(tmp_path, "a.zip", 氏名="一")
    put(tmp_path, "b.zip", 氏名="二")
    assert collected(source(tmp_path))[NUMBER].refusal == Reason.RECEIPT_CONFLICT


def test_the_same_content_twice_is_one_application(tmp_path: Path) -> None:
    put(tmp_path, "a.zip")
    put(tmp_path, "b.zip")
    found = source(tmp_path)
    delivered = collected(found)
    assert [bool(one.application) for one in delivered.values()] == [True]
    found.put_away(delivered)
    assert names(tmp_path / "done") == ["a.zip", "b.zip"]


def test_one_changed_form_stops_its_procedure_in_every_file_of_the_night(tmp_path: Path) -> None:
    put(tmp_path, "a.zip")
    zipped(tmp_path / "b.zip", {**folder(OTHER), f"{OTHER}/申請データ.csv": csv_bytes({**columns(OTHER), "備考": ""})})
    found = source(tmp_path)
    delivered = collected(found)
    assert {one.refusal for one in delivered.values()} == {Reason.PACKAGE_COLUMN}
    assert all("「備考」が増えています" in one.note for one in delivered.values())
    assert ["「備考」" in told for told in found.remarks()] == [True]


def test_without_a_column_for_the_revision_a_changed_content_is_another_revision(tmp_path: Path) -> None:
    shape = SHAPE.model_copy(
        update={"envelope": SHAPE.envelope.model_copy(update={"revision": ""}), "volatile": ("版",)}
    )
    revisions = []
    for name, changed in (("a", {}), ("b", {"版": "7"}), ("c", {"住所": "別の所"})):
        drop = tmp_path / name
        drop.mkdir()
        put(drop, **changed)
        revisions.append(source(drop, package=shape).approved()[0].revision)
    assert revisions[0] == revisions[1] != revisions[2]


# ---- before entry ----


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


# ---- results ----


def written(drop: Path) -> list[list[str]]:
    with (drop / "results" / "結果.csv").open(encoding="cp932", newline="") as file:
        return list(csv.reader(file))


def test_results_are_added_line_by_line_with_the_time_of_japan(tmp_path: Path) -> None:
    found = source(tmp_path)
    found.report_linked(NUMBER, "A-1")
    found.report_linked(OTHER, "A-2")
    assert written(tmp_path) == [
        ["受付番号", "基幹番号", "状態", "日時"],
        [NUMBER, "A-1", "連携済", "2026-11-20 20:00:00"],
        [OTHER, "A-2", "連携済", "2026-11-20 20:00:00"],
    ]


def test_a_result_that_was_half_written_is_written_again(tmp_path: Path) -> None:
    source(tmp_path).report_linked(NUMBER, "A-1")
    path = tmp_path / "results" / "結果.csv"
    path.write_bytes(path.read_bytes() + f'"{OTHER}","A-'.encode())
    source(tmp_path).report_linked(OTHER, "A-2")
    assert [line[:2] for line in written(tmp_path)[1:]] == [[NUMBER, "A-1"], [OTHER, "A-2"]]


def test_after_the_file_was_imported_and_taken_away_a_new_one_begins_with_its_heading(tmp_path: Path) -> None:
    found = source(tmp_path)
    found.report_linked(NUMBER, "A-1")
    (tmp_path / "results" / "結果.csv").unlink()
    found.report_linked(NUMBER, "A-1")
    assert [line[:2] for line in written(tmp_path)] == [["受付番号", "基幹番号"], [NUMBER, "A-1"]]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_what_a_spreadsheet_would_execute_is_written_as_text(tmp_path: Path, start: str) -> None:
    found = source(tmp_path)
    found.report_linked(NUMBER, f"{start}1+1")
    assert written(tmp_path)[1][1] == f"'{start}1+1"
    found.report_linked(NUMBER, f"{start}1+1")  # the same number twice
    assert len(written(tmp_path)) == 2
    with pytest.raises(BusinessError):
        found.report_linked(NUMBER, "1+1")


def test_ten_thousand_results_are_not_read_again_for_each_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = source(tmp_path)
    found.report_linked(NUMBER, "A-1")
    reads = []
    monkeypatch.setattr(Path, "read_bytes", lambda self: reads.append(self))
    for number in range(50):
        found.report_linked(f"R{number}", f"A-{number}")
    assert reads == []
