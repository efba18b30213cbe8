"""What scripts/test.py hands to pytest."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.test import KINDS, WHOLE_SUITE, environment_for, parse, pytest_command


def built(*arguments: str) -> list[str]:
    return pytest_command(*parse(list(arguments)))[3:]


def test_the_whole_suite_runs_on_two_workers() -> None:
    assert built() == ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]


def test_options_of_pytest_are_passed_on() -> None:
    assert built("-k", "fuse and not slow", "-x", "-v")[-4:] == ["-k", "fuse and not slow", "-x", "-v"]
    assert built("--only", "unit", "--only", "e2e", "-x")[-3:] == ["-x", "tests/unit", "tests/e2e"]
    assert built("--junit", "out.xml")[-1] == f"--junitxml={Path('out.xml').resolve()}"


@pytest.mark.parametrize("alone", [["-n0"], ["-n", "4"], ["--pdb"], ["-s"], ["--collect-only"]])
def test_some_options_decide_about_workers_themselves(alone: list[str]) -> None:
    assert built(*alone) == alone


def test_an_unknown_kind_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse(["--only", "everything"])
    said = capsys.readouterr().err
    assert [kind for kind in KINDS if kind not in said] == []


def test_only_a_whole_run_counts_the_skipped_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(WHOLE_SUITE, "1")
    assert WHOLE_SUITE not in environment_for(Path("b"), whole_suite=False)
    assert WHOLE_SUITE in environment_for(Path("b"), whole_suite=True)
