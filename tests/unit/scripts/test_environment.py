"""When the environment is made, mended or left alone; pip and venv themselves are not run."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from scripts import environment
from scripts.steps_shown import SetupFailed


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """A project folder of its own; the list tells which steps ran."""
    steps: list[str] = []
    root = tmp_path / "申請 橋渡し"
    venv = root / ".venv"
    venv.mkdir(parents=True)
    (root / "requirements.lock").write_text("a==1\n", encoding="utf-8")
    for name, path in {"ROOT": root, "VENV": venv, "LOCK": root / "requirements.lock"}.items():
        monkeypatch.setattr(environment, name, path)
    monkeypatch.setattr(environment, "DONE", venv / "done.json")
    monkeypatch.setattr(environment, "_python_runs", lambda: "venv" in steps)
    monkeypatch.setattr(environment, "_make_venv", lambda: steps.append("venv"))
    monkeypatch.setattr(environment, "_install_locked", lambda: steps.append("pip"))
    monkeypatch.setattr(environment, "_put_project_in", lambda: steps.append("project"))
    return steps


def test_the_second_call_does_nothing(done: list[str]) -> None:
    environment.prepare()
    environment.prepare()
    assert done == ["venv", "pip", "project"]


def test_a_changed_lock_is_installed_into_the_same_environment(done: list[str]) -> None:
    environment.prepare()
    environment.LOCK.write_text("a==2\n", encoding="utf-8")
    environment.prepare()
    assert done == ["venv", "pip", "project", "pip", "project"]


def test_an_environment_from_another_place_is_made_anew(done: list[str]) -> None:
    environment.prepare()
    recorded = environment.DONE.read_text(encoding="utf-8")
    environment.DONE.write_text(recorded.replace("橋渡し", "別の場所"), encoding="utf-8")
    environment.prepare()
    assert done == ["venv", "pip", "project"] * 2


def test_a_step_that_failed_is_done_again(done: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise SetupFailed("no line")

    with monkeypatch.context() as broken:
        broken.setattr(environment, "_install_locked", fail)
        with pytest.raises(SetupFailed):
            environment.prepare()
    environment.prepare()
    assert done[-2:] == ["pip", "project"]


def test_an_old_python_is_refused_with_a_sentence(monkeypatch: pytest.MonkeyPatch, done: list[str]) -> None:
    monkeypatch.setattr("sys.version_info", (3, 10, 9))
    with pytest.raises(SetupFailed, match=r"3\.11"):
        environment.prepare()
    assert done == []


def test_processes_keep_what_they_compile_even_where_the_console_forbids_it(
    monkeypatch: pytest.MonkeyPatch, done: list[str]
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setattr(environment, "VENV", Path(sys.prefix))  # inside it already: nothing is started anew
    environment.go_on_in_environment()
    assert done == ["venv", "pip", "project"]
    assert "PYTHONDONTWRITEBYTECODE" not in os.environ
