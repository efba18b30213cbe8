"""docs/sources.md: every word that the profile of a source can hold is in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from bridge_agent.domain import folder_profile, package_shape, rest_profile
from bridge_agent.domain.source_profile import KINDS

DOCUMENT = (Path(__file__).parents[3] / "docs" / "sources.md").read_text(encoding="utf-8")
MODELS = sorted(
    {
        model
        for module in (folder_profile, package_shape, rest_profile)
        for model in vars(module).values()
        if isinstance(model, type) and issubclass(model, BaseModel) and model.__module__ == module.__name__
    },
    key=lambda model: model.__name__,
)


def words_of(model: type[BaseModel]) -> set[str]:
    return {info.alias or name for name, info in model.model_fields.items()}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_word_of_a_profile_is_described(model: type[BaseModel]) -> None:
    known = set(re.findall(r"`([a-z_0-9]+)`", DOCUMENT))
    assert words_of(model) - known == set()


def test_every_kind_is_described() -> None:
    assert all(f"| `{kind}` |" in DOCUMENT for kind in KINDS)


def test_every_profile_that_ships_is_named() -> None:
    shipped = {file.name for file in (Path(__file__).parents[3] / "recipes" / "sources").glob("*.yaml")}
    assert {name for name in shipped if f"`{name}`" not in DOCUMENT} == set()
