"""In CI a skipped test is a failure, unless it is for another system and counted."""

from __future__ import annotations

import sys

import pytest

from scripts import test as test_command
from tests import conftest, skips

ELSEWHERE = next(mark for mark, system in skips.PLATFORMS.items() if system != sys.platform)


def test_nothing_skipped_is_fine() -> None:
    assert skips.complaints([], whole_suite=False) == []


def test_a_skip_for_any_other_reason_counts_as_failure() -> None:
    (complaint,) = skips.complaints([("tests/unit/test_a.py::test_b", "no browser", False)], whole_suite=False)
    assert "test_b" in complaint
    assert "no browser" in complaint


def test_the_number_of_tests_for_other_systems_is_asserted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(skips, "PLATFORM_TESTS", dict.fromkeys(skips.PLATFORMS, 0) | {ELSEWHERE: 1})
    skipped = [("tests/unit/test_a.py::test_b", "only there", True)]
    assert skips.complaints(skipped, whole_suite=True) == []
    assert skips.complaints([], whole_suite=True) != []
    assert skips.complaints(skipped * 2, whole_suite=True) != []
    assert skips.complaints([], whole_suite=False) == []


def test_command_and_tests_mean_the_same_names() -> None:
    assert test_command.BROWSER == conftest.BROWSER
    assert test_command.WHOLE_SUITE == skips.FULL_RUN
