"""Names that are offered to an author: the items that the recipes of a procedure already declare."""

from __future__ import annotations

from pathlib import Path

from bridge_agent.domain.errors import ConfigError
from bridge_agent.domain.recipe_words import Always
from bridge_agent.mapping.recipe_files import load_recipe, recipe_folders

_ALWAYS = {Always.RECEIPT_NO: "受付番号", Always.ATENA_NO: "宛名番号", Always.APPLICATION_DATE: "申請日"}


def items_of(recipes: Path, procedure: str) -> tuple[str, ...]:
    """'insured_no（被保険者番号）' …; raises ConfigError when no recipe is of this procedure."""
    folders = [folder for folder in recipe_folders(recipes) if folder.name == procedure]
    if not folders:
        raise ConfigError(
            f"手続「{procedure}」のレシピが {recipes} にありません。--procedure を省くと、項目の名前を自由に書けます。"
        )
    named = {key.value: column for key, column in _ALWAYS.items()}
    for folder in folders:
        recipe = load_recipe(recipes, folder).recipe
        named |= {key: item.column for key, item in recipe.inputs.items()}
        for group in recipe.groups.values():
            named |= {key: item.column for key, item in group.inputs.items()}
    return tuple(f"{key}（{column}）" for key, column in named.items())
