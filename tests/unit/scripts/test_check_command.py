"""scripts/check works on a fresh clone, and also where the parts for client programs cannot be had."""

from __future__ import annotations

import pytest

from scripts import check
from scripts.steps_shown import SetupFailed


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was done, in its order; nothing is installed and no check is run."""
    order: list[str] = []

    def run(command: list[str]) -> tuple[bool, str]:
        order.append("check")
        return True, ""

    monkeypatch.setattr(check, "go_on_in_environment", lambda: order.append("environment"))
    monkeypatch.setattr(check, "put_desktop_parts_in", lambda: order.append("parts"))
    monkeypatch.setattr(check, "run_check", run)
    return order


def test_what_mypy_reads_the_types_of_is_there_before_the_first_check(done: list[str]) -> None:
    assert check.main([]) == 0
    assert done == ["environment", "parts", *["check"] * len(check.checks())]


def test_parts_that_cannot_be_had_are_told_and_keep_no_check_from_running(
    done: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse() -> None:
        raise SetupFailed("部品を取り出せません")

    monkeypatch.setattr(check, "put_desktop_parts_in", refuse)
    assert check.main([]) == 0
    assert done.count("check") == len(check.checks())
    assert "部品を取り出せません" in "".join(capsys.readouterr())
