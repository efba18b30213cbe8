"""The README's table and docs/procedures.md are what the recipes say, and all 31 procedures are there."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bridge_agent.cli.app import app
from bridge_agent.mapping.recipe_files import load_recipe, load_recipes, load_variants, recipe_folders
from bridge_agent.mapping.samples import differences, load_sample, sample_names
from bridge_agent.workshop.coverage import CoverageLine, Covered, coverage, covered_count, markdown
from mock_core_ui.core.catalogue import SCREENS
from scripts import procedure_pages

ROOT = Path(__file__).parents[2]
RECIPES = ROOT / "recipes"


def test_the_pages_are_what_the_recipes_say(capsys: pytest.CaptureFixture[str]) -> None:
    code = procedure_pages.main(["--check"])
    assert (code, capsys.readouterr().out) == (0, "")


def test_every_procedure_of_the_country_has_a_recipe() -> None:
    lines = coverage(RECIPES)
    assert covered_count(lines) == (31, 31)
    assert [line.procedure for line in lines if not line.number] == []


def test_every_recipe_names_the_screen_that_the_core_has() -> None:
    shown = {one.procedure: f"{one.number}「{one.title}」" for one in SCREENS.values()}
    assert {loaded.recipe.procedure: loaded.recipe.screen for loaded in load_recipes(RECIPES)} == shown


def test_the_table_tells_recipe_screen_and_samples() -> None:
    one = Covered("sogo", "総合行政システム", "browser", "sogo/x", "KG-1「入力」", 5, 2, "", "")
    other = replace(
        one, core_name="ひばり", driver="desktop", recipe="hibari/x", screen="", route="県", ends_at="面談待ち"
    )
    lines = (CoverageLine(1, "x", "手続甲", "", (one, other)), CoverageLine(0, "y", "手続乙", ""))
    assert markdown(lines).splitlines() == [
        "1／1 手続",
        "",
        "| 番号 | 手続 | レシピ | 基幹システム（研修用） | 画面 | 見本 | 入力の後 |",
        "|---|---|---|---|---|---|---|",
        "| 1 | 手続甲 | `sogo/x`、`hibari/x` | 総合行政システム、ひばり（クライアント）、県から "
        "| KG-1「入力」、（画面の名前なし） | 5（保留 2）、5（保留 2） | 登録済、面談待ち |",
        "| － | 手続乙 | （レシピなし） |  |  | 0 |  |",
    ]


def test_the_command_shows_recipe_screen_and_samples() -> None:
    told = CliRunner().invoke(app, ["recipe", "coverage", str(RECIPES)], env={"COLUMNS": "300"}).stdout
    for word in ("sogo/child_allowance_donation_change", "総合行政システム JT-1070「児童手当寄附変更・撤回入力」"):
        assert word in told, word
    donation = next(line for line in told.splitlines() if "child_allowance_donation_change" in line)
    assert "│ 7 " in donation


def test_every_recipe_tells_what_the_office_does() -> None:
    for loaded in load_recipes(RECIPES):
        assert loaded.recipe.flow is not None, loaded.recipe.procedure


def test_all_samples_pass_within_20_seconds() -> None:
    """An author asks for them after every change."""
    begun, count = time.process_time(), 0
    variants = load_variants(RECIPES)
    for folder in recipe_folders(RECIPES):
        loaded = load_recipe(RECIPES, folder)
        for name in sample_names(folder):
            assert differences(loaded, load_sample(loaded, name), variants) == (), (folder.name, name)
            count += 1
    assert count >= 4 * 31
    assert time.process_time() - begun < 20
