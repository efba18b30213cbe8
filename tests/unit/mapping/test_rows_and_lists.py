"""Rows that a screen shows only after a press, boxes that offer lines, screens that may come in between: as plans."""

from __future__ import annotations

from pathlib import Path

import pytest

from bridge_agent.domain.errors import RecipeError
from bridge_agent.domain.plan import Control, Meaning
from bridge_agent.mapping.planner import plan
from bridge_agent.steps.expect import ExpectAct
from bridge_agent.steps.fill import FillAct
from bridge_agent.steps.press import PressAct
from tests.unit.mapping.small import RECIPE, application, loaded

ROWS = """  - rows:
      of: items
      fields:
"""
TWO = {"品目1": "本", "価格1": "1200", "品目2": "紙", "価格2": "80"}


def with_rows(words: str) -> str:
    """The small recipe with more words under its rows."""
    assert RECIPE.count(ROWS) == 1
    return RECIPE.replace(ROWS, f"  - rows:\n      of: items\n      {words}\n      fields:\n")


def acts_of(tmp_path: Path, recipe: str, **columns: str) -> list[tuple[str, object]]:
    """Presses with what they press, fills with their fields, in order; from the first fill to the confirming press."""
    made = plan(application(**columns), loaded(tmp_path, recipe)).acts
    told: list[tuple[str, object]] = []
    for act in made:
        if isinstance(act, PressAct):
            told.append(("press", act.target.ladder[0].text))
        elif isinstance(act, FillAct):
            told.append(
                ("fill", [f"{field.key}={field.value}" for field in act.fields if field.key.startswith("items")])
            )
    return told[: told.index(("press", "button|確認"))]


def test_rows_are_added_before_all_are_filled_at_once(tmp_path: Path) -> None:
    assert acts_of(tmp_path, with_rows('add: {role: "button|行を追加"}\n      there: 1'), **TWO) == [
        ("fill", []),
        ("press", "button|行を追加"),
        ("fill", ["items.1.item=本", "items.1.price=1,200", "items.2.item=紙", "items.2.price=80"]),
    ]


def test_a_row_that_is_there_and_not_used_is_emptied(tmp_path: Path) -> None:
    assert acts_of(tmp_path, with_rows('add: {role: "button|行を追加"}\n      there: 1')) == [
        ("fill", ["items.1.item=", "items.1.price="]),
    ]


def test_rows_go_in_one_by_one_where_the_screen_wants_it(tmp_path: Path) -> None:
    words = 'add: {role: "button|追加"}\n      done: {role: "button|更新"}'
    assert acts_of(tmp_path, with_rows(words), **TWO) == [
        ("fill", []),
        ("press", "button|追加"),
        ("fill", ["items.1.item=本", "items.1.price=1,200"]),
        ("press", "button|更新"),
        ("press", "button|追加"),
        ("fill", ["items.2.item=紙", "items.2.price=80"]),
        ("press", "button|更新"),
    ]
    assert acts_of(tmp_path, with_rows(words)) == [("fill", [])]


@pytest.mark.parametrize("words", ["there: 1", 'done: {role: "button|更新"}'])
def test_words_without_the_button_are_refused(tmp_path: Path, words: str) -> None:
    with pytest.raises(RecipeError, match="add"):
        loaded(tmp_path, with_rows(words))


def test_rows_one_by_one_begin_with_none(tmp_path: Path) -> None:
    words = 'add: {role: "button|追加"}\n      done: {role: "button|更新"}\n      there: 1'
    with pytest.raises(RecipeError, match="there"):
        loaded(tmp_path, with_rows(words))


LISTED = (
    '{from: [kana, name], joint: " ", key: whole, control: list, to: {label: 施設},'
    " typed: {from: name}, kept: {from: name}, more: {text: さらに表示}}"
)


def test_a_box_with_lines_knows_what_to_type_and_what_stays(tmp_path: Path) -> None:
    recipe = RECIPE.replace("      - {from: memo,", f"      - {LISTED}\n      - {{from: memo,")
    made = plan(application(カナ="ﾜﾀﾅﾍﾞ"), loaded(tmp_path, recipe))
    (whole,) = [f for act in made.acts if isinstance(act, FillAct) for f in act.fields if f.key == "whole"]
    assert (whole.control, whole.value, whole.typed, whole.kept) == (
        Control.LIST,
        "ﾜﾀﾅﾍﾞ 渡邉　花子",
        "渡邉　花子",
        "渡邉　花子",
    )
    assert whole.more is not None
    assert whole.more.ladder[0].text == "さらに表示"
    assert whole.read_back == "渡邉　花子"


def test_only_a_box_with_lines_is_searched(tmp_path: Path) -> None:
    recipe = RECIPE.replace("{from: memo, as: line_ends,", "{from: memo, as: line_ends, typed: {from: name},")
    with pytest.raises(RecipeError, match="control: list"):
        loaded(tmp_path, recipe)


INSTEAD = "      instead: [{shows: [{text: 該当なし}], hold: resident_not_found}]\n"


def test_a_screen_in_between_is_pressed_away(tmp_path: Path) -> None:
    words = '      instead: [{shows: [{text: お知らせ}], press: {role: "button|閉じる"}}]\n      stays_s: 1.5\n'
    made = plan(application(), loaded(tmp_path, RECIPE.replace(INSTEAD, words)))
    (act,) = [act for act in made.acts if isinstance(act, ExpectAct)]
    assert [(mark.name, mark.meaning, mark.stays_s) for mark in act.marks] == [
        ("expected", Meaning.GOES_ON, 1.5),
        ("instead.1", Meaning.GOES_ON, 0.0),
    ]
    assert act.presses["instead.1"].ladder[0].text == "button|閉じる"


@pytest.mark.parametrize("words", ["", ", hold: resident_not_found, press: {text: 閉じる}"])
def test_a_screen_in_between_is_held_or_pressed_away_not_both(tmp_path: Path, words: str) -> None:
    recipe = RECIPE.replace(INSTEAD, f"      instead: [{{shows: [{{text: お知らせ}}]{words}}}]\n")
    with pytest.raises(RecipeError, match="hold・press・wait"):
        loaded(tmp_path, recipe)


def test_the_pointer_rests_where_the_recipe_says(tmp_path: Path) -> None:
    recipe = RECIPE.replace('{role: "button|確認"}', '{role: "button|確認", over: {text: 手続}}')
    made = plan(application(), loaded(tmp_path, recipe))
    (press,) = [act for act in made.acts if isinstance(act, PressAct)]
    assert press.over is not None
    assert press.over.ladder[0].text == "手続"
