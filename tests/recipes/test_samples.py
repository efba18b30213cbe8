"""Every recipe of the folder against its author's hand-written samples."""

from __future__ import annotations

from pathlib import Path

import pytest

from bridge_agent.mapping.check import FEWEST_SAMPLES, Severity, check_recipes
from bridge_agent.mapping.recipe_files import load_recipe, load_recipes, load_variants, recipe_folders
from bridge_agent.mapping.samples import differences, load_sample, sample_names

RECIPES = Path(__file__).parents[2] / "recipes"
CASES = [(folder, name) for folder in recipe_folders(RECIPES) for name in sample_names(folder)]


@pytest.mark.parametrize(("folder", "name"), CASES, ids=[f"{folder.name}-{name}" for folder, name in CASES])
def test_sample(folder: Path, name: str) -> None:
    loaded = load_recipe(RECIPES, folder)
    assert differences(loaded, load_sample(loaded, name), load_variants(RECIPES)) == ()


@pytest.mark.parametrize("folder", recipe_folders(RECIPES), ids=lambda folder: folder.name)
def test_usual_minimum_maximum_and_held_ones(folder: Path) -> None:
    names = sample_names(folder)
    assert len(names) >= FEWEST_SAMPLES
    assert {"usual", "minimum", "maximum"} <= set(names)
    assert any(name.startswith("held_") for name in names)
    assert {file.stem for file in (folder / "expected").glob("*.yaml")} == set(names)


def test_all_recipes_can_be_used_together() -> None:
    loaded = load_recipes(RECIPES)
    assert sorted(found.recipe.procedure for found in loaded) == [
        "child_allowance_amount_change",
        "child_allowance_certification",
        "child_allowance_donation",
        "child_allowance_donation_change",
        "child_allowance_extinction",
        "child_allowance_name_address_change",
        "child_allowance_school_fee",
        "child_allowance_school_fee_change",
        "child_allowance_status",
        "child_allowance_unpaid",
        "child_rearing_allowance_status",
        "childcare_certification",
        "disaster_victim_certificate",
        "ltci_after_move",
        "ltci_burden_limit",
        "ltci_burden_ratio_reissue",
        "ltci_care_plan_request",
        "ltci_category_change",
        "ltci_certification",
        "ltci_equipment",
        "ltci_high_cost",
        "ltci_home_renovation",
        "ltci_insured_card_reissue",
        "ltci_renewal",
        "nursery_application",
        "nursery_status",
        "parking_space_certificate",
        "pregnancy_notification",
        "vehicle_env_tax",
        "vehicle_tax_address_change",
        "vehicle_tax_report",
    ]


def test_nothing_is_wrong_with_them() -> None:
    findings = check_recipes(RECIPES)
    assert [finding.line for finding in findings if finding.severity is Severity.ERROR] == []
    # The 介護認定システム has no field that could hold the 受付番号.
    recipes = [folder for folder in recipe_folders(RECIPES) if folder.parent.name == "nintei"]
    assert [finding.where.split(":")[0] for finding in findings] == [
        f"nintei/{one.name}/recipe.yaml" for one in recipes
    ]
    assert all("受付番号を画面に残さない" in finding.line for finding in findings)


NOTHING_TO_NAME = {"signature_invalid"}
"""Reasons that are about the application as a whole."""


@pytest.mark.parametrize("folder", recipe_folders(RECIPES), ids=lambda folder: folder.name)
def test_held_samples_say_what_the_message_names(folder: Path) -> None:
    """Without a note any place of the same reason would do."""
    loaded = load_recipe(RECIPES, folder)
    held = {name: load_sample(loaded, name).expected for name in sample_names(folder) if name.startswith("held_")}
    assert [
        name for name, one in held.items() if one.reason and one.reason.value not in NOTHING_TO_NAME and not one.note
    ] == []
