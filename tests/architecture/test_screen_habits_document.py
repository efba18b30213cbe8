"""docs/screen-habits.md names files and tests; all of them exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "screen-habits.md").read_text(encoding="utf-8")
TESTS = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", DOCUMENT)))
FILES = sorted(set(re.findall(r"`((?:tests|recipes|bridge_agent|mock_core_ui)/[\w/.]+\.\w+)`", DOCUMENT)))


def test_there_is_something_to_check() -> None:
    assert len(TESTS) > 30
    assert len(FILES) > 5


@pytest.mark.parametrize(("file", "name"), TESTS, ids=[name for _, name in TESTS])
def test_a_test_that_is_named_exists(file: str, name: str) -> None:
    assert f"def {name}(" in (ROOT / file).read_text(encoding="utf-8")


@pytest.mark.parametrize("file", FILES)
def test_a_file_that_is_named_exists(file: str) -> None:
    assert (ROOT / file).is_file()
