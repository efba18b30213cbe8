"""The written targets: a recipe's reader understands them, old files stay, and no value or real title is in them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bridge_agent.domain.errors import ConfigError
from bridge_agent.mapping.loader import parse
from bridge_agent.workshop.recording.session import At, Kind
from bridge_agent.workshop.recording.writing import Folder, targets_text
from tests.unit.workshop.recording.walked_window import HEADING, ONLY_FIRST, recording

TITLE = "試験 - 入力*"


def steps(text: str) -> Any:
    return parse(text.encode("utf-8"), "targets.yaml").plain()


def folder(path: Path, scaling: int = 100) -> Folder:
    return Folder(path, scaling, lambda shown: b"%d x %d" % (shown.shape[1], shown.shape[0]))


def test_named_stops_become_targets_in_their_order() -> None:
    made = recording()
    made.name(At(1, 3), "delivery", Kind.SELECT)
    made.name(At(1, 1), "applicant_name", Kind.TEXT)
    made.name(At(0, 1), "insured_name", Kind.SHOWN)
    assert steps(targets_text(made, TITLE)) == [
        {"expect": {"shows": [{"title": TITLE}]}},
        {"resident": [{"from": "insured_name", "to": {"tab": "ctrl+0|1/1"}}]},
        {
            "fill": [
                {"from": "applicant_name", "to": {"tab": "ctrl+1|1/4"}},
                {"from": "delivery", "to": {"tab": "ctrl+1|3/4"}, "control": "select"},
            ]
        },
    ]


def test_stops_without_a_name_are_remarks_at_their_place() -> None:
    made = recording()
    made.name(At(1, 2), "applicant_name", Kind.TEXT)
    assert targets_text(made, TITLE).splitlines()[-7:] == [
        "    # ページ ctrl+0",
        "    # ctrl+0|1/1",
        "    # ページ ctrl+1",
        "    # ctrl+1|1/4",
        '    - { from: applicant_name, to: { tab: "ctrl+1|2/4" } }',
        "    # ctrl+1|3/4",
        "    # ctrl+1|4/4",
    ]


def test_nothing_named_is_still_a_list_of_steps() -> None:
    assert steps(targets_text(recording(), TITLE)) == [{"expect": {"shows": [{"title": TITLE}]}}]


def test_parts_of_one_item_become_one_divided_field() -> None:
    made = recording()
    for number, part in enumerate(["year", "month", "day"], start=2):
        made.name(At(1, number), f"born.{part}", Kind.TEXT)
    made.name(At(1, 1), "born.era", Kind.SELECT)
    [_, fill] = steps(targets_text(made, TITLE))
    assert fill["fill"] == [
        {
            "from": "born",
            "split": "wareki",
            "parts": {
                "era": {"to": {"tab": "ctrl+1|1/4"}, "control": "select"},
                "year": {"to": {"tab": "ctrl+1|2/4"}},
                "month": {"to": {"tab": "ctrl+1|3/4"}},
                "day": {"to": {"tab": "ctrl+1|4/4"}},
            },
        }
    ]


def test_parts_that_make_no_whole_are_left_to_the_author_as_remarks() -> None:
    made = recording()
    made.name(At(1, 1), "tel.area", Kind.TEXT)
    made.name(At(1, 2), "tel.city", Kind.TEXT)
    made.name(At(1, 3), "delivery", Kind.TEXT)
    text = targets_text(made, TITLE)
    assert steps(text)[1] == {"fill": [{"from": "delivery", "to": {"tab": "ctrl+1|3/4"}}]}
    assert "    # 「tel」の部分がそろっていません。" in text
    assert "    # tel.area: ctrl+1|1/4\n    # tel.city: ctrl+1|2/4\n" in text


def test_only_parts_that_make_no_whole_are_still_a_list_of_steps() -> None:
    made = recording()
    made.name(At(1, 1), "tel.area", Kind.TEXT)
    assert steps(targets_text(made, TITLE)) == [{"expect": {"shows": [{"title": TITLE}]}}]


def test_an_item_at_several_stops_has_a_key_of_its_own_from_the_second_on() -> None:
    made = recording()
    for number in (1, 2, 3):
        made.name(At(1, number), "cards", Kind.TEXT)
    [_, fill] = steps(targets_text(made, TITLE))
    assert [field.get("key") for field in fill["fill"]] == [None, "cards_2", "cards_3"]


def test_only_an_anchor_of_every_page_tells_the_window() -> None:
    made = recording()
    made.add_anchor(1, HEADING, "見出し # 再交付")
    made.add_anchor(1, ONLY_FIRST, "申請者")
    text = targets_text(made, TITLE)
    assert steps(text)[0] == {"expect": {"shows": [{"title": TITLE}, {"image": "見出し # 再交付"}]}}
    assert "# 目印「申請者」は ctrl+1 のページでだけ見えます" in text


def test_files_that_are_there_stay_as_they_are(tmp_path: Path) -> None:
    out = tmp_path / "new" / "out"
    made = recording()
    assert folder(out).write(made, TITLE).name == "targets.yaml"
    made.name(At(1, 1), "delivery", Kind.TEXT)
    assert folder(out).write(made, TITLE).name == "targets.1.yaml"
    assert folder(out).write(made, TITLE).name == "targets.2.yaml"
    assert "delivery" not in (out / "targets.yaml").read_text(encoding="utf-8")
    assert "delivery" in (out / "targets.1.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(("scaling", "name"), [(100, "見出し.png"), (125, "見出し@125.png")])
def test_an_anchor_s_picture_is_exactly_what_was_drawn_round(tmp_path: Path, scaling: int, name: str) -> None:
    made = recording()
    made.add_anchor(1, HEADING, "見出し")
    out = folder(tmp_path, scaling)
    assert not out.has_picture("見出し")
    out.write(made, TITLE)
    assert out.has_picture("見出し")
    assert [file.name for file in (tmp_path / "pictures").iterdir()] == [name]
    assert (tmp_path / "pictures" / name).read_bytes() == b"60 x 14"


def test_a_folder_that_cannot_be_written_to_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(ConfigError, match="に書き込めません"):
        folder(tmp_path / "file").write(recording(), TITLE)
