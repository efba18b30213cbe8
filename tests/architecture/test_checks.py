"""The checks of scripts/check run with the suite, so that one command covers all."""

from __future__ import annotations

import pytest

from scripts.check import UNIT_TESTS, checks, run_check


@pytest.mark.parametrize("name", [name for name in checks() if name != UNIT_TESTS])
def test_check_is_clean(name: str) -> None:
    clean, output = run_check(checks()[name])
    assert clean, output
