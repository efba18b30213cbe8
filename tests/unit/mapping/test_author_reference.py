"""docs/recipes.md: every word, step, conversion, type and reason that an author can meet is in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from bridge_agent.domain import core_profile, recipe, recipe_words
from bridge_agent.domain.plan import Comparison, Control, FieldClass
from bridge_agent.domain.recipe import Finish, InputType, Recipe
from bridge_agent.domain.recipe_words import Always
from bridge_agent.mapping import samples
from bridge_agent.mapping.problems import GRAVEST_FIRST
from bridge_agent.mapping.recipe_files import INCLUDE, VariantFile
from bridge_agent.mapping.transforms.table import SPLITS, TRANSFORMS
from bridge_agent.steps.kinds import KINDS

DOCUMENT = (Path(__file__).parents[3] / "docs" / "recipes.md").read_text(encoding="utf-8")
WORDS = set(re.findall(r"`([a-z_0-9]+):?`", DOCUMENT))
INSIDE = {"kind", "body", "place"}
"""Words that only the models have: an author writes the step itself instead."""


def _models() -> list[type[BaseModel]]:
    places = [
        vars(core_profile),
        vars(recipe),
        vars(recipe_words),
        vars(samples),
        {kind.__name__: kind for kind in KINDS.values()},
    ]
    found = {
        value
        for names in places
        for value in names.values()
        if isinstance(value, type) and issubclass(value, BaseModel) and value is not BaseModel
    }
    return sorted({*found, VariantFile}, key=lambda model: model.__name__)


@pytest.mark.parametrize("model", _models(), ids=lambda model: model.__name__)
def test_every_word(model: type[BaseModel]) -> None:
    words = {info.alias or name for name, info in model.model_fields.items()} - INSIDE
    assert words - WORDS == set()


@pytest.mark.parametrize(
    "words",
    [
        [*KINDS],
        [*TRANSFORMS],
        [*SPLITS, *(part for split in SPLITS.values() for part in split.parts)],
        [*InputType],
        [*FieldClass],
        [*Control],
        [*Comparison],
        [*Finish],
        [*Always],
        [*GRAVEST_FIRST],
        [INCLUDE],
    ],
    ids=["steps", "as", "split", "type", "class", "control", "compare", "finish", "always", "reasons", "include"],
)
def test_every_choice(words: list[str]) -> None:
    known = WORDS | set(re.findall(r"`([a-z_]+):", DOCUMENT))
    assert {str(word) for word in words} - known == set()


def test_links_lead_to_headings() -> None:
    headings = {
        re.sub(r"[^\w\- ]", "", line.lstrip("# ").lower()).replace(" ", "-")
        for line in DOCUMENT.splitlines()
        if line.startswith("#")
    }
    assert set(re.findall(r"\]\(#([^)]+)\)", DOCUMENT)) <= headings


def test_the_examples_of_the_recipe_head_are_real() -> None:
    assert {info.alias or name for name, info in Recipe.model_fields.items()} <= WORDS


def _rows(heading: str) -> dict[str, list[str]]:
    """First cell -> the other cells of the tables below a heading."""
    section = re.split(r"^## ", DOCUMENT, flags=re.MULTILINE)
    text = next(part for part in section if part.startswith(heading))
    lines = re.findall(r"^\| `([a-z_0-9]+)` \|(.*)\|$", text, re.MULTILINE)
    return {name: [cell.strip() for cell in re.split(r"(?<!\\)\|", rest)] for name, rest in lines}


@pytest.mark.parametrize("name", TRANSFORMS)
def test_conversions_are_described_in_their_own_words(name: str) -> None:
    """The table says what the function's first line says, and its example is the function's own."""
    described, example = _rows("変換 as")[name]
    explained = (TRANSFORMS[name].__doc__ or "").splitlines()[0]
    assert described == explained.removesuffix("。")
    if example:
        before, _, after = example.replace("`", "").replace("\\|", "|").partition(" → ")
        assert TRANSFORMS[name](before) == after.replace("（空）", "")
