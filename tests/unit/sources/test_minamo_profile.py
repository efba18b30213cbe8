"""The profile that ships fits the mock management system: its columns, its states, its packages."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from bridge_agent.domain.source_profile import ScreenProfile
from bridge_agent.mapping.recipe_files import load_source
from mock_core_ui.management.states import State
from mock_core_ui.management.vendor_columns import ENVELOPE, TABLES, all_columns
from tests.unit.sources.packages import PROFILE

RECIPES = Path(__file__).parents[3] / "recipes"


def minamo() -> ScreenProfile:
    profile = load_source(RECIPES, "minamo")
    assert isinstance(profile, ScreenProfile)
    return profile


def test_the_declared_columns_are_the_vendors() -> None:
    package = minamo().package
    assert set(package.envelope.names) == set(ENVELOPE.values())
    assert set(package.columns) == set(TABLES) - {"K0099"}
    for code in package.columns:
        assert package.expected(code) == tuple(column for column, _ in all_columns(TABLES[code]))
    assert package.expected("K0099") is None


def test_every_state_of_the_vendor_is_in_the_table() -> None:
    assert set(load_source(RECIPES, "minamo").states) == {state.label for state in State}


@pytest.mark.parametrize(
    ("part", "changed"),
    [
        ("states", {"承認済": "approved"}),
        ("list", {"path": "/applications"}),
        ("list", {"columns": {"receipt_no": "受付番号"}}),
        ("list", {"procedure_pattern": "(?P<code>.+)"}),
        ("list", {"procedure_pattern": "(?P<code>"}),
        ("package", {"charset": "shift_jis"}),
    ],
)
def test_a_profile_that_cannot_work_is_refused(part: str, changed: dict[str, object]) -> None:
    plain = PROFILE.model_dump(mode="json", by_alias=True)
    ScreenProfile.model_validate(plain)
    plain[part] = changed if part == "states" else {**plain[part], **changed}
    with pytest.raises(ValidationError):
        ScreenProfile.model_validate(plain)
