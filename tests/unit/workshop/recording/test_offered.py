"""The names that are offered come from the recipes of the procedure that the author named."""

from __future__ import annotations

from pathlib import Path

import pytest

from bridge_agent.domain.errors import ConfigError
from bridge_agent.workshop.recording.offered import items_of

RECIPES = Path(__file__).parents[4] / "recipes"


def test_the_items_of_the_recipe_and_what_every_application_has_are_offered() -> None:
    offered = items_of(RECIPES, "ltci_insured_card_reissue")
    assert offered[:3] == ("receipt_no（受付番号）", "atena_no（宛名番号）", "application_date（申請日）")
    assert "insured_kana（被保険者_氏名カナ）" in offered
    assert len(offered) == 3 + 21


def test_a_procedure_without_a_recipe_is_told_with_the_way_out() -> None:
    with pytest.raises(ConfigError, match=r"手続「nope」のレシピが .* にありません。--procedure を省くと"):
        items_of(RECIPES, "nope")
