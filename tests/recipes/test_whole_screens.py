"""Every line of a training screen is compared after the entry, and every label that a recipe looks for is one of it.

A label that was mistyped or dropped would show only in a browser, and a dropped comparison not even there.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bridge_agent.domain.core_profile import TargetText
from bridge_agent.domain.recipe import Recipe
from bridge_agent.mapping.recipe_files import load_recipes
from bridge_agent.mapping.walk import parts_of
from mock_core_ui.core.catalogue import SCREENS
from mock_core_ui.core.catalogue.screen import DELETE_KEY, Screen

RECIPES = Path(__file__).parents[2] / "recipes"
HEADS = {
    "sogo": {"宛名番号", "申請日", "整理番号"},
    "nintei": {"宛名番号", "申請日"},
    "hibari": {"宛名番号", "申請日", "整理番号"},
    "wakaba": {"宛名番号", "申請日", "備考"},
    "jidosha": {"宛名番号", "申請日", "連携メモ"},
}
"""What the look-up of a core shows of every record before the screen's own lines."""
FIXED_ROWS = {"ltci_insured_card_reissue": 5}
"""Rows that the recipe names one by one, because each is an answer of one choice."""
PARTS = {"元号", "年", "月", "日", "時", "分", "上3桁", "下4桁", "市外局番", "市内局番", "加入者番号"}
"""Last word of the label of one box of several."""

LOADED = {loaded.recipe.procedure: loaded.recipe for loaded in load_recipes(RECIPES)}
EVERY_PROCEDURE = pytest.mark.parametrize("procedure", LOADED)


def lines_of(screen: Screen) -> Iterator[str]:
    for group in screen.groups:
        fixed = FIXED_ROWS.get(screen.procedure, 0) if group.rows else 0
        title = group.row_title if group.rows else group.legend
        titles = [title.replace("{n}", str(row)) for row in range(1, fixed + 1)] or [title]
        for field in group.fields:
            if field.key != DELETE_KEY:
                yield from (f"{one}/{field.label}" for one in titles)


def labels_of(recipe: Recipe) -> set[str]:
    targets = (found.part for found in parts_of(recipe) if isinstance(found.part, TargetText))
    return {target.label for target in targets if target.label}


@EVERY_PROCEDURE
def test_every_line_of_the_screen_is_compared(procedure: str) -> None:
    screen, recipe = SCREENS[procedure], LOADED[procedure]
    compared = {line.label for line in recipe.look_up.compare}
    assert compared == {*lines_of(screen)} | HEADS[recipe.core]


@EVERY_PROCEDURE
def test_every_label_stands_on_the_screen(procedure: str) -> None:
    screen, recipe = SCREENS[procedure], LOADED[procedure]
    fields = [field for group in screen.groups for field in group.fields]
    known = {field.label for field in fields} | {choice.label for field in fields for choice in field.choices}
    unknown = labels_of(recipe) - known - HEADS[recipe.core]
    assert {label for label in unknown if label.split(" ")[-1] not in PARTS} == set()
