"""The catalogue is sound: unique names, usable codes, the sizes that make the screens what they are."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest

from mock_core_ui.core.catalogue import SCREENS, screens_of
from mock_core_ui.core.catalogue.codes import ERA_NAMES, ERAS
from mock_core_ui.core.catalogue.screen import Kind, Screen, When, placed_fields
from mock_core_ui.core.describe import describe, describe_all
from mock_core_ui.core.values import errors_in
from tests.unit.mock_core_ui.core.samples import valid_values

EVERY_SCREEN = pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS)


@EVERY_SCREEN
def test_control_names_are_unique(screen: Screen) -> None:
    counts = Counter(name for placed in placed_fields(screen) for name in placed.names)
    assert [name for name, count in counts.items() if count > 1] == []


@EVERY_SCREEN
def test_codes_of_a_list_are_unique(screen: Screen) -> None:
    for placed in placed_fields(screen):
        codes = [choice.code for choice in placed.field.choices]
        assert len(codes) == len(set(codes)), placed.title
        lists = placed.field.kind in (Kind.SELECT, Kind.RADIO, Kind.CHECKS) or placed.field.either
        assert bool(codes) == lists, placed.title


@EVERY_SCREEN
def test_conditions_name_a_field_beside_them(screen: Screen) -> None:
    for group in screen.groups:
        keys = {field.key: field for field in group.fields}
        for field in group.fields:
            if isinstance(field.required, When):
                known = {choice.code for choice in keys[field.required.key].choices}
                assert set(field.required.codes) <= known


@EVERY_SCREEN
def test_text_boxes_have_a_length(screen: Screen) -> None:
    boxes = (Kind.TEXT, Kind.TEXTAREA, Kind.KANA, Kind.HALF_KANA, Kind.ZENGIN, Kind.DIGITS)
    assert all(placed.field.maximum for placed in placed_fields(screen) if placed.field.kind in boxes)


@EVERY_SCREEN
def test_application_date_is_a_required_date(screen: Screen) -> None:
    found = [
        placed.field
        for placed in placed_fields(screen)
        if f"{placed.group.key}.{placed.field.key}" == screen.application_date
    ]
    assert [(field.kind, field.required) for field in found] == [(Kind.DATE, True)]


@EVERY_SCREEN
def test_filled_screen_is_accepted(screen: Screen) -> None:
    assert errors_in(screen, valid_values(screen)) == []


@pytest.mark.parametrize("screen", screens_of("nintei"), ids=lambda screen: screen.procedure)
def test_numbered_controls_do_not_overlap(screen: Screen) -> None:
    numbers = [int(name.rpartition("_")[2]) for placed in placed_fields(screen) for name in placed.names]
    assert len(numbers) == len(set(numbers))
    # 0001 to 0009 are the search's, 0101 to 0109 the look-up's, from 9000 on those of windows and of added fields.
    assert not [number for number in numbers if number < 10 or 101 <= number < 110 or number >= 9000]


def test_longest_screen_takes_forty_controls_for_one_child() -> None:
    screen = SCREENS["child_allowance_certification"]
    usual = [
        name
        for placed in placed_fields(screen)
        if placed.row <= 1 and placed.field.required and placed.group.key != "santei"
        for name in placed.names
    ]
    assert len(usual) >= 40


def test_the_vendors_share_no_era_code() -> None:
    for core, names in ERA_NAMES.items():
        assert {choice.code for choice in ERAS[core]} == set(names)
    for one, other in combinations(ERA_NAMES.values(), 2):
        assert not set(one) & set(other)


def test_every_screen_has_its_core() -> None:
    assert sum(len(screens_of(core)) for core in ("sogo", "nintei", "wakaba", "jidosha", "hibari")) == len(SCREENS)


@EVERY_SCREEN
def test_description_names_every_label_and_control(screen: Screen) -> None:
    text = describe(screen)
    for placed in placed_fields(screen):
        if placed.row <= 1:
            assert placed.field.label in text
            assert placed.names[0] in text


def test_description_of_all_has_every_screen() -> None:
    assert all(screen.title in describe_all() for screen in SCREENS.values())
