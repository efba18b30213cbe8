"""What a client program cannot obey is told where it is written, when the recipe is read."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bridge_agent.domain.errors import RecipeError
from bridge_agent.mapping.recipe_files import load_recipes

RECIPES = Path(__file__).parents[3] / "recipes"
PROCEDURE = "ltci_renewal"


def spoiled(root: Path, right: str, wrong: str) -> tuple[str, int]:
    """The folder with one place of the recipe changed; the refusal's text and the changed line."""
    shutil.copytree(RECIPES / "hibari", root / "hibari")
    path = root / "hibari" / PROCEDURE / "recipe.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count(right) == 1
    path.write_text(text.replace(right, wrong), encoding="utf-8")
    with pytest.raises(RecipeError) as refused:
        load_recipes(root)
    line = int(refused.value.where.split(":")[1])
    return refused.value.message, line - text[: text.index(right)].count("\n") - 1


@pytest.mark.parametrize(
    ("right", "wrong", "message", "lines_below"),
    [
        *(
            (
                '{ text: 電子, key: counter, to: { tab: "ctrl+1|5/14" }, control: select }',
                f'{{ text: "1", key: counter, to: {{ tab: "ctrl+1|5/14" }}, control: {control} }}',
                f"control: {control} は driver: desktop の画面では使えません",
                0,
            )
            for control in ("radio", "check", "text_or_select")
        ),
        (
            '{ text: 電子, key: counter, to: { tab: "ctrl+1|5/14" }, control: select }',
            '{ from: applicant_rel, key: counter, to: { tab: "ctrl+1|5/14" }, control: list, typed: { from: applicant_rel } }',
            "control: list は driver: desktop の画面では使えません",
            0,
        ),
        (
            'era: { to: { tab: "ctrl+1|1/14" }, control: select, codes: era }',
            'era: { to: { tab: "ctrl+1|1/14" }, control: radio, codes: era }',
            "control: radio は driver: desktop の画面では使えません",
            0,
        ),
        (
            '{ text: 電子, key: counter, to: { tab: "ctrl+1|5/14" }, control: select }',
            '{ from: stay, key: counter, boxes: { "1": { tab: "ctrl+1|5/14" } } }',
            "boxes は driver: desktop の画面では使えません",
            0,
        ),
        (
            "  - open: f1\n",
            "  - open: f1\n  - press: { key: f2, over: { key: f3 } }\n",
            "over は driver: desktop の画面では使えません",
            1,
        ),
        (
            "  - open: f1\n",
            '  - open: f1\n  - upload: { to: { tab: "1" }, done: { shows: [{ title: 添付 }] } }\n',
            "upload の手順は driver: desktop の画面では使えません",
            1,
        ),
        (
            "commit:\n  include: registration.yaml\n",
            'commit:\n  press: { tab: "1", key: f12 }\n  completed: { shows: [{ title: 完了 }] }\n',
            "driver: desktop の登録の操作は key だけで書いてください",
            1,
        ),
    ],
)
def test_a_word_that_keys_cannot_obey(tmp_path: Path, right: str, wrong: str, message: str, lines_below: int) -> None:
    told, below = spoiled(tmp_path, right, wrong)
    assert message in told
    assert below == lines_below


def test_the_recipes_of_the_bundled_client_program_are_read(tmp_path: Path) -> None:
    shutil.copytree(RECIPES / "hibari", tmp_path / "hibari")
    assert {loaded.recipe.core for loaded in load_recipes(tmp_path)} == {"hibari"}
