"""`pip install .`: the wheel holds everything that lies in the packages, and the command."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.architecture.source_files import ROOT

LEFT_OUT = {"__pycache__"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("車輪 1")
    command = [sys.executable, "-m", "pip", "wheel", "--no-build-isolation", "--no-deps", "--quiet", "-w", str(folder)]
    subprocess.run([*command, str(ROOT)], check=True, stdin=subprocess.DEVNULL)
    (built,) = folder.glob("*.whl")
    return built


def test_every_file_of_the_packages_is_in_the_wheel(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        shipped = {name for name in archive.namelist() if ".dist-info/" not in name}
    there = {
        path.relative_to(ROOT).as_posix()
        for package in ("bridge_agent", "mock_core_ui")
        for path in (ROOT / package).rglob("*")
        if path.is_file() and not LEFT_OUT & set(path.parts)
    }
    assert shipped == there


def test_the_wheel_names_command_and_licence(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (commands,) = (archive.read(name) for name in archive.namelist() if name.endswith("entry_points.txt"))
        assert any(name.endswith("LICENSE") for name in archive.namelist())
    assert "bridge-agent = bridge_agent.cli:main" in commands.decode()


def test_the_installed_agent_starts_away_from_the_checkout(wheel: Path, tmp_path: Path) -> None:
    target = tmp_path / "site"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(target)]
    subprocess.run([*install, str(wheel)], check=True, stdin=subprocess.DEVNULL)
    started = subprocess.run(
        [sys.executable, "-c", "import bridge_agent.cli as c; print(c.__file__); c.main()", "--version"],
        cwd=tmp_path,
        env=dict(os.environ, PYTHONPATH=str(target), PYTHONUTF8="1"),
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    place, version = started.stdout.splitlines()
    assert Path(place).is_relative_to(target)
    assert version[0].isdigit()
