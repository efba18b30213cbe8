"""Habits that show from one case to the next: what the last one left in a field, and a second one of the same person."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from mock_core_ui.people.model import EarlierRecord, World
from tests.e2e.habit_town import Change, HabitTown, edited, world_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PROCEDURE, CORE = "vehicle_tax_address_change", "jidosha"
RECIPE = f"{CORE}/{PROCEDURE}/recipe.yaml"
UNTOUCHED = Change(
    RECIPE,
    "{ label: 変更登録 }, control: select, empty: clear }",
    "{ label: 変更登録 }, control: select, empty: skip }",
)
NOT_WATCHED = Change(RECIPE, "same_person_days: 30", "same_person_days: 0")


def test_a_field_that_keeps_the_last_cases_value_is_emptied(tmp_path: Path, browser_path: Path) -> None:
    """Left alone, the field hands the last case's value over: the record is there then, but never taken for right."""
    world = world_of(PROCEDURE, [{"reg_plan": "1"}, {"reg_plan": ""}] * 2)
    first, second, third, fourth = world.applications
    with HabitTown(tmp_path / "town", world, PROCEDURE, browser_path) as town:
        assert set(town.enter(limit=2).values()) == {("reported", "")}
        assert town.stored() == {first.atena_no: [], second.atena_no: []}
        ends = town.enter(edited(tmp_path, PROCEDURE, CORE, UNTOUCHED), limit=2)
        assert ends == {third.receipt_no: ("reported", ""), fourth.receipt_no: ("held", "mismatch")}
        assert town.stored()[fourth.atena_no] == ["reg_plan"]


def twice_the_same_person() -> World:
    world = world_of(PROCEDURE, [{}])
    [one] = world.applications
    again = replace(one, receipt_no=f"{one.receipt_no[:-1]}9", received_at=one.received_at + timedelta(minutes=5))
    return replace(world, applications=(one, again))


def test_a_second_one_of_the_same_person_that_the_core_would_take_without_a_word(
    tmp_path: Path, browser_path: Path
) -> None:
    world = twice_the_same_person()
    with HabitTown(tmp_path / "watched", world, PROCEDURE, browser_path) as town:
        assert list(town.enter(limit=2).values()) == [("held", "same_person_twice")] * 2
        assert town.commits() == []
    with HabitTown(tmp_path / "not watched", world, PROCEDURE, browser_path) as town:
        assert (
            list(town.enter(edited(tmp_path, PROCEDURE, CORE, NOT_WATCHED), limit=2).values()) == [("reported", "")] * 2
        )
        assert [commit.atena_no for commit in town.commits()] == [world.applications[0].atena_no] * 2


FULL_WIDTH = Change(
    "wakaba/parts/child_fields.yaml", "{ from: child_kana, as: half_kana, to:", "{ from: child_kana, to:"
)
"""Refused by the core, which takes half-width kana only."""
NOT_ON_THE_ENTRY = Change(
    "wakaba/parts/confirm.yaml",
    '      - { shows: [{ css: "section.page:not(.confirm) #duplicate" }], hold: duplicate_warning }'
    " # 入力エラーと一緒に出ることがある\n",
    "",
)


def entered_at_the_counter_before(count: int) -> World:
    """Applications of people for whom a clerk has filed the same the day before."""
    world = world_of("nursery_application", [{}] * count)
    records = tuple(
        EarlierRecord(
            one.procedure_id,
            one.atena_no,
            one.received_at.date() - timedelta(days=1),
            "",
            one.received_at - timedelta(days=1),
            dict(one.values),
        )
        for one in world.applications
    )
    return replace(world, earlier_records=(*world.earlier_records, *records))


def test_a_duplicate_warning_that_comes_together_with_other_errors(tmp_path: Path, browser_path: Path) -> None:
    """The warning is what a person has to know: mending the errors would be in vain."""
    with HabitTown(tmp_path / "town", entered_at_the_counter_before(3), "nursery_application", browser_path) as town:
        before = town.stored()
        assert list(town.enter().values()) == [("held", "duplicate_warning")]
        for number, changes, reason in ((1, (), "duplicate_warning"), (2, (NOT_ON_THE_ENTRY,), "refused_by_screen")):
            recipes = edited(tmp_path / str(number), "nursery_application", "wakaba", FULL_WIDTH, *changes)
            assert list(town.enter(recipes).values()) == [("held", reason)]
        assert town.stored() == before


CURRENT = "wakaba/nursery_status/recipe.yaml"
ALWAYS_TYPED = Change(CURRENT, "{ label: 在園施設名 }, control: text_or_select,", "{ label: 在園施設名 },")


def test_a_field_that_is_a_list_for_one_person_and_a_text_box_for_another(tmp_path: Path, browser_path: Path) -> None:
    """Which of them depends on what the core knows of the person's district: no recipe can tell beforehand."""
    world = world_of("nursery_status", [{}] * 4, seed=44)
    first, second, third, fourth = world.applications
    listed = {one.atena_no for one in world.residents if one.postal >= "0000300"}
    assert [one.atena_no in listed for one in world.applications] == [False, True, False, True]
    with HabitTown(tmp_path / "town", world, "nursery_status", browser_path) as town:
        assert set(town.enter(limit=2).values()) == {("reported", "")}
        ends = town.enter(edited(tmp_path, "nursery_status", "wakaba", ALWAYS_TYPED), limit=2)
        assert ends == {third.receipt_no: ("reported", ""), fourth.receipt_no: ("held", "screen_changed")}
        assert town.stored() == {one.atena_no: [] for one in (first, second, third)}


SHOWN_OTHERWISE = (
    Change("jidosha/parts/car_compare.yaml", "from: first_reg, as: wareki_month }", "from: first_reg }"),
    Change(
        "jidosha/vehicle_env_tax/recipe.yaml",
        "{ label: 取得/取得価額（円）, from: acquire_price, as: commas }",
        "{ label: 取得/取得価額（円）, from: acquire_price }",
    ),
)


def test_a_value_that_the_core_shows_in_another_form(tmp_path: Path, browser_path: Path) -> None:
    """What is shown cannot be told from a mistake then: a person looks, although the record is right."""
    world = world_of("vehicle_env_tax", [{}] * 3)
    with HabitTown(tmp_path / "town", world, "vehicle_env_tax", browser_path) as town:
        assert list(town.enter().values()) == [("reported", "")]
        for number, change in enumerate(SHOWN_OTHERWISE):
            recipes = edited(tmp_path / str(number), "vehicle_env_tax", CORE, change)
            assert list(town.enter(recipes).values()) == [("held", "mismatch")]
        assert town.stored() == {one.atena_no: [] for one in world.applications}


def test_a_day_that_the_page_writes_in_the_browsers_language(
    tmp_path: Path, browser_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a machine of another language 11/6/1980 would stand there; the agent's browser is Japanese everywhere."""
    world = world_of("vehicle_tax_report", [{}, {}])
    with HabitTown(tmp_path / "town", world, "vehicle_tax_report", browser_path) as town:
        assert list(town.enter().values()) == [("reported", "")]
        plain = Browser.new_context
        monkeypatch.setattr(Browser, "new_context", lambda self, **given: plain(self, **{**given, "locale": "en-US"}))
        assert list(town.enter().values()) == [("held", "resident_differs")]
        assert len(town.stored()) == 1
