"""What an author may mark, what is refused and why, and that each change can be undone."""

from __future__ import annotations

import pytest

from bridge_agent.drivers.desktop.desk import Box
from bridge_agent.workshop.recording.session import At, Kind, Named, Recording, Refused
from tests.unit.workshop.recording.walked_window import FIRST_STOPS, HEADER_STOP, HEADING, ONLY_FIRST, recording


def refused(made: Recording, page: int, box: Box, name: str = "見出し") -> str:
    before = made.marks
    with pytest.raises(Refused) as told:
        made.add_anchor(page, box, name)
    assert made.marks == before
    return str(told.value)


def test_the_stops_come_page_after_page_in_the_order_of_tab() -> None:
    assert recording().stops() == [At(0, 1), At(1, 1), At(1, 2), At(1, 3), At(1, 4)]


def test_the_kind_is_a_guess_until_the_author_says_it() -> None:
    made = recording()
    assert [made.kind(At(1, 1)), made.kind(At(1, 2))] == [Kind.TEXT, Kind.SELECT]
    made.name(At(1, 2), "reason", Kind.SHOWN)
    assert made.kind(At(1, 2)) is Kind.SHOWN


def test_every_change_is_undone_in_turn_and_then_there_is_nothing_to_undo() -> None:
    made = recording()
    made.name(At(1, 1), "reason", Kind.TEXT)
    made.name(At(1, 1), "delivery", Kind.TEXT)
    made.clear(At(1, 1))
    made.add_anchor(0, HEADING, "見出し")
    assert made.undo()
    assert made.marks.anchors == ()
    assert made.undo()
    assert made.marks.names == {At(1, 1): Named("delivery", Kind.TEXT)}
    assert made.undo()
    assert made.marks.names == {At(1, 1): Named("reason", Kind.TEXT)}
    assert made.undo()
    assert not made.undo()
    assert made.marks.names == {}


def test_saying_the_same_again_is_no_change() -> None:
    made = recording()
    made.name(At(1, 1), "reason", Kind.TEXT)
    made.name(At(1, 1), "reason", Kind.TEXT)
    made.name(At(1, 2), "", Kind.TEXT)
    assert made.undo()
    assert not made.undo()


def test_an_empty_name_takes_the_name_away() -> None:
    made = recording()
    made.name(At(1, 1), "reason", Kind.TEXT)
    made.name(At(1, 1), "", Kind.TEXT)
    assert made.marks.names == {}


def test_what_is_written_is_told_from_what_is_not() -> None:
    made = recording()
    seen = [made.unwritten]
    made.name(At(1, 1), "reason", Kind.TEXT)
    seen.append(made.unwritten)
    made.written()
    seen.append(made.unwritten)
    made.undo()
    seen.append(made.unwritten)
    assert seen == [False, True, False, True]


@pytest.mark.parametrize("item", ["氏名", "Reason", "1st", "a b", "tel.", "a.b.c", "a-b"])
def test_a_name_that_a_recipe_cannot_have_is_refused(item: str) -> None:
    made = recording()
    with pytest.raises(Refused, match="英小文字・数字・_"):
        made.name(At(1, 1), item, Kind.TEXT)
    assert made.marks.names == {}


def test_one_part_stands_at_one_place() -> None:
    made = recording()
    made.name(At(1, 1), "tel.area", Kind.TEXT)
    with pytest.raises(Refused, match="と名付けた欄がもうあります"):
        made.name(At(1, 2), "tel.area", Kind.TEXT)
    made.name(At(1, 1), "tel.area", Kind.SELECT)  # the same place may change its kind
    with pytest.raises(Refused, match="表示だけの欄は分けて書けません"):
        made.name(At(1, 3), "tel.city", Kind.SHOWN)


def test_an_anchor_is_kept_with_its_page() -> None:
    made = recording()
    made.add_anchor(1, ONLY_FIRST, "申請者氏名")
    [anchor] = made.marks.anchors
    assert (anchor.name, anchor.page, anchor.box) == ("申請者氏名", 1, ONLY_FIRST)
    assert not made.on_every_page(anchor)
    made.add_anchor(1, HEADING, "見出し")
    assert made.on_every_page(made.marks.anchors[1])
    made.drop_anchor("申請者氏名")
    assert [anchor.name for anchor in made.marks.anchors] == ["見出し"]


def test_a_picture_that_touches_a_field_is_refused_for_the_value_in_it() -> None:
    made = recording()
    stop = FIRST_STOPS[0]
    assert "欄が入っています" in refused(made, 1, Box(10, 40, stop.left - 10 + 1, 14))


def test_a_header_field_is_refused_on_the_other_pages_too() -> None:
    assert "欄が入っています" in refused(recording(), 1, Box(90, 4, 20, 14))


def test_another_page_s_field_does_not_stand_in_the_way_where_it_is_not_shown() -> None:
    made = recording()
    made.walk.pages[1].picture[4:18, 100:140] = 210  # this page shows no header
    made.add_anchor(1, Box(10, 4, 95, 14), "見出し")
    assert HEADER_STOP.overlaps(made.marks.anchors[0].box)


@pytest.mark.parametrize(
    ("box", "sentence"),
    [
        (Box(10, 4, 7, 14), "小さすぎます"),
        (Box(10, 4, 60, 7), "小さすぎます"),
        (Box(10, 135, 40, 10), "欄を移ると変わる所"),
        (Box(150, 60, 40, 14), "文字や線がほとんどありません"),
    ],
)
def test_a_picture_that_would_not_be_found_again_is_refused(box: Box, sentence: str) -> None:
    assert sentence in refused(recording(), 1, box)


@pytest.mark.parametrize("found", [0, 2])
def test_a_picture_must_be_there_exactly_once(found: int) -> None:
    assert "同じ絵が画面に2つ以上あります" in refused(recording(found=found), 1, HEADING)


@pytest.mark.parametrize("name", ["", "a/b", "a\\b", "a|b", "a@125", "..", " a", "あ" * 41, 'a"b', "a\nb"])
def test_a_name_that_cannot_be_a_file_s_is_refused(name: str) -> None:
    assert "目印の名前は" in refused(recording(), 1, HEADING, name)


def test_names_of_anchors_are_used_once_and_never_cover_a_file() -> None:
    made = recording(taken="古い")
    assert "「古い」という画像のファイルがもうあります" in refused(made, 1, HEADING, "古い")
    made.add_anchor(1, HEADING, "見出し")
    assert "「見出し」という目印がもうあります" in refused(made, 1, HEADING, "見出し")
