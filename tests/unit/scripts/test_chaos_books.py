"""A campaign's figures add up over calls, for one version of the protocol only, and are never half written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scripts import chaos, chaos_books
from scripts.chaos_books import Figures, OtherCampaign

TOWN = {
    "towns": 1,
    "kills": 5,
    "kills_under_way": 3,
    "killed": {"agent": 4, "core": 1},
    "kill_histogram": {"agent": {"armed": 3, "settled": 1}, "core": {"armed": 1}},
    "applications": 20,
    "duplicates": 0,
    "doubt_times": {"settle 1": {"found": 2, "slowest_found_s": 4.5}},
}


def opened(file: Path | None, *, digest: str = "d1", mode: str = "fast", seed: int = 7, commit: str = "c1") -> Figures:
    return chaos_books.opened(file, digest=digest, mode=mode, seed=seed, lanes=2, commit=commit)


def test_a_campaign_begins_with_zeros(tmp_path: Path) -> None:
    figures = opened(tmp_path / "none.json")
    assert (figures["kills"], figures["applications"], figures["duplicates"], figures["failures"]) == (0, 0, 0, [])
    assert (figures["seed"], figures["digest"], figures["mode"], figures["lanes"]) == (7, "d1", "fast", 2)


def test_towns_add_up_table_by_table_and_the_slowest_counts() -> None:
    figures = opened(None)
    other = {"killed": {"agent": 1}, "kill_histogram": {"agent": {"seen": 1}}}
    other |= {"kills": 1, "doubt_times": {"settle 1": {"found": 1, "slowest_found_s": 2.0}}}
    for town in (TOWN, TOWN, other):
        chaos_books.add(figures, town)
    assert (figures["towns"], figures["kills"], figures["applications"]) == (2, 11, 40)
    assert figures["killed"] == {"agent": 9, "core": 2}
    assert figures["kill_histogram"] == {"agent": {"armed": 6, "settled": 2, "seen": 1}, "core": {"armed": 2}}
    assert figures["doubt_times"] == {"settle 1": {"found": 5, "slowest_found_s": 4.5}}


def test_a_later_call_goes_on_with_the_file(tmp_path: Path) -> None:
    file = tmp_path / "results" / "chaos.json"
    first = opened(file)
    chaos_books.add(first, TOWN)
    first["failures"].append({"seed": 700000})
    chaos_books.save(first, file)
    second = opened(file, seed=8, commit="c2")
    chaos_books.add(second, TOWN)
    chaos_books.save(second, file)
    found = json.loads(file.read_text(encoding="utf-8"))
    assert (found["kills"], found["towns"], found["seed"]) == (10, 2, 8)
    assert (found["seeds"], found["commits"]) == ([7, 8], ["c1", "c2"])
    assert found["failures"] == [{"seed": 700000}]
    assert [path.name for path in file.parent.iterdir()] == ["chaos.json"]


@pytest.mark.parametrize(("digest", "mode"), [("d2", "fast"), ("d1", "browser")])
def test_figures_of_other_code_or_mode_are_refused_with_a_sentence(tmp_path: Path, digest: str, mode: str) -> None:
    file = tmp_path / "chaos.json"
    chaos_books.save(opened(None), file)
    before = file.read_bytes()
    with pytest.raises(OtherCampaign, match=r"chaos\.json .*新しいファイル名"):
        opened(file, digest=digest, mode=mode)
    assert file.read_bytes() == before


def test_a_save_that_fails_leaves_the_former_figures(tmp_path: Path) -> None:
    file = tmp_path / "chaos.json"
    chaos_books.save({"kills": 1}, file)
    with pytest.raises(TypeError):
        chaos_books.save({"kills": object()}, file)
    assert json.loads(file.read_text(encoding="utf-8")) == {"kills": 1}


def test_towns_of_a_later_call_have_other_seeds(tmp_path: Path) -> None:
    options = chaos.parse(["--minutes", "1", "--seed", "7", "--json", str(tmp_path / "a.json")])
    figures = opened(None)
    assert next(chaos.Campaign(options, figures).numbers) == 0
    chaos_books.add(figures, TOWN)
    figures["failures"].append({"seed": 700001})
    figures["towns"] += 1  # a failed town counts as well when it came to figures
    assert next(chaos.Campaign(options, figures).numbers) >= 2


def test_somewhere_to_write_is_needed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        chaos.parse(["--minutes", "1", "--seed", "7"])
    assert "--json" in capsys.readouterr().err


def test_the_resumed_file_is_written_unless_another_is_named() -> None:
    given = chaos.parse(["--minutes", "1", "--seed", "7", "--resume", "a.json"])
    assert (given.json, given.mode, given.side_by_side) == (Path("a.json"), "fast", 2)
    given = chaos.parse(["--minutes", "1", "--seed", "7", "--browser", "--resume", "a.json", "--json", "b.json"])
    assert (given.json, given.mode, given.side_by_side) == (Path("b.json"), "browser", 1)
