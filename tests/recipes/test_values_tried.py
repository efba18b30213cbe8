"""Many values through every conversion; scripts/transforms.py tries more of them."""

from __future__ import annotations

import os

import pytest

from bridge_agent.mapping.transforms.table import SPLITS, TRANSFORMS
from tests.recipes.values_made import SPLIT_MAKERS, TRANSFORM_MAKERS
from tests.recipes.values_tried import SHAPES, conversions, try_values

VALUES = int(os.environ.get("BRIDGE_AGENT_VALUES", "20000"))
SEED = 20261105


@pytest.mark.parametrize("name", conversions())
def test_valid_values_come_out_as_made_and_others_are_held_or_have_the_right_shape(name: str) -> None:
    tried = try_values(name, VALUES, SEED)
    assert tried.wrong == []
    assert tried.values == VALUES
    assert tried.valid * 2 >= tried.values


def test_every_conversion_has_its_values() -> None:
    assert set(TRANSFORM_MAKERS) == set(TRANSFORMS)
    assert set(SPLIT_MAKERS) == set(SPLITS)
    assert set(SHAPES) <= set(conversions())


def test_the_same_seed_makes_the_same_values() -> None:
    assert try_values("digits", 200, 1) == try_values("digits", 200, 1)
    held = {try_values("digits", 200, seed).held for seed in range(10)}
    assert len(held) > 1
