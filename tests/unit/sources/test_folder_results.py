"""The drop folder: the file of results that the source system imports."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from bridge_agent.domain.errors import BusinessError
from tests.unit.sources.packages import NUMBER
from tests.unit.sources.small_drop import OTHER, source


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
