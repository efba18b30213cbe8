"""The README's table and docs/procedures.md are what the recipes say, and all 31 procedures are there."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from bridge_agent.mapping.recipe_files import load_recipe, load_recipes, load_variants, recipe_folders
from bridge_agent.mapping.samples import differences, load_sample, sample_names
from bridge_agent.workshop.coverage import coverage, covered_count
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
