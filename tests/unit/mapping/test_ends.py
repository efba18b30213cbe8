"""What an application is called after its entry: one word for all of them, or one for each kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from bridge_agent.domain.errors import RecipeError
from bridge_agent.mapping.planner import plan
from tests.unit.mapping.small import RECIPE, application, loaded

HEAD = "same_person_days: 10\n"
STAGES = """\
ends_at:
  - {of: 事前, state: 承認待ち, when: {field: kind, is: "1"}}
  - {of: 事後, state: 審査待ち, when: {field: kind, is: "2"}}
"""


def with_head(words: str) -> str:
    return RECIPE.replace(HEAD, HEAD + words)


@pytest.mark.parametrize(
    ("words", "kind", "state", "overall"),
    [
        ("", "1", "", ""),
        ("ends_at: 面談待ち\n", "1", "面談待ち", "面談待ち"),
        (STAGES, "1", "承認待ち", "事前は承認待ち、事後は審査待ち"),
        (STAGES, "2", "審査待ち", "事前は承認待ち、事後は審査待ち"),
    ],
)
def test_the_plan_says_its_own_and_the_recipe_all(
    tmp_path: Path, words: str, kind: str, state: str, overall: str
) -> None:
    recipe = loaded(tmp_path, with_head(words))
    assert recipe.recipe.afterwards == overall
    assert plan(application(区分=kind), recipe).look_up.ends_at == state


def test_its_condition_must_be_of_an_item(tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match=r"recipe\.yaml:13:.*kinds.*kind"):
        loaded(tmp_path, with_head(STAGES.replace('field: kind, is: "1"', 'field: kinds, is: "1"')))


def test_a_state_must_be_written(tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match=r"recipe\.yaml:13:.*state"):
        loaded(tmp_path, with_head(STAGES.replace("state: 承認待ち, ", "")))
