"""Boxes out of pictures alone: what a status line, a neighbour or an arrow makes of them."""

from __future__ import annotations

import pytest

pytest.importorskip("cv2", reason="the desktop extra is not installed")

import numpy as np

from bridge_agent.drivers.desktop.desk import Box
from bridge_agent.drivers.desktop.pictures import places_of, png_of
from bridge_agent.drivers.desktop.stops import at_rest, boxes_of, looks_like_list, moving
from bridge_agent.drivers.desktop.walked import Picture


def empty() -> Picture:
    return np.full((120, 200), 200, dtype=np.uint8)


def framed(box: Box, *, filled: bool = False) -> Picture:
    shown = empty()
    shown[box.top : box.top + box.height, box.left : box.left + box.width] = 60
    if not filled:
        shown[box.top + 1 : box.top + box.height - 1, box.left + 1 : box.left + box.width - 1] = 200
    return shown


SIDE_BY_SIDE = [Box(10, 10, 40, 14), Box(50, 10, 20, 14), Box(70, 10, 60, 14), Box(10, 24, 120, 14)]


@pytest.mark.parametrize("filled", [False, True])
def test_boxes_that_touch_are_told_apart(filled: bool) -> None:
    assert boxes_of([framed(box, filled=filled) for box in SIDE_BY_SIDE]) == tuple(SIDE_BY_SIDE)


def test_a_line_that_says_something_else_at_each_stop_is_no_stop() -> None:
    pictures = [framed(box) for box in SIDE_BY_SIDE]
    for number, shown in enumerate(pictures):
        shown[105:112, 5 : 40 + 12 * number] = 90
    assert boxes_of(pictures) == tuple(SIDE_BY_SIDE)


def test_a_line_that_is_there_at_one_stop_only_does_not_draw_the_box_away() -> None:
    pictures = [framed(box) for box in SIDE_BY_SIDE]
    pictures[2][105:112, 5:60] = 90
    assert boxes_of(pictures) == tuple(SIDE_BY_SIDE)


def test_two_stops_are_numbered_from_the_top_left() -> None:
    one, other = Box(80, 10, 30, 14), Box(10, 40, 30, 14)
    assert boxes_of([framed(one), framed(other)]) == (one, other)


def test_one_stop_shows_nothing() -> None:
    assert boxes_of([framed(Box(10, 10, 30, 14))]) == (None,)


def test_moving_is_what_is_not_the_same_in_all_pictures() -> None:
    one, other = empty(), empty()
    one[10, 20] = 0
    other[30, 40] = 0
    assert np.argwhere(moving([empty(), one, other])).tolist() == [[10, 20], [30, 40]]


def test_at_rest_the_first_stop_looks_as_it_does_from_the_second() -> None:
    pictures = [framed(box) for box in SIDE_BY_SIDE]
    assert (at_rest(pictures, SIDE_BY_SIDE) == empty()).all()
    assert (at_rest(pictures, [None]) == pictures[0]).all()


def arrow(shown: Picture, left: int, top: int, widths: list[int]) -> Picture:
    for row, width in enumerate(widths):
        begin = left + (widths[0] - width) // 2
        shown[top + row, begin : begin + width] = 0
    return shown


BOX = Box(20, 40, 80, 20)


@pytest.mark.parametrize("left", [88, 104])
def test_an_arrow_at_the_right_end_inside_or_beside_means_a_list(left: int) -> None:
    assert looks_like_list(arrow(empty(), left, 48, [7, 5, 3, 1]), BOX)


@pytest.mark.parametrize(
    "shown",
    [
        empty(),
        arrow(empty(), 40, 48, [7, 5, 3, 1]),  # at the left end
        arrow(empty(), 88, 48, [7, 7, 7, 7]),  # a square
        arrow(empty(), 88, 48, [1, 3, 5, 7]),  # it points up
        arrow(empty(), 88, 70, [7, 5, 3, 1]),  # another box's
    ],
)
def test_without_such_an_arrow_it_is_no_list(shown: Picture) -> None:
    assert not looks_like_list(shown, BOX)


def test_a_written_picture_is_found_where_it_was_cut_out() -> None:
    shown = np.random.default_rng(7).integers(0, 255, (120, 200), dtype=np.uint8)
    assert places_of(shown, shown[30:50, 60:100]) == [(80, 40)]
    assert png_of(shown[30:50, 60:100]).startswith(b"\x89PNG")
