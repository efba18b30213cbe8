"""The import contracts catch what they are for: a planted import breaks the contract that forbids it.

That the real code keeps them is checked with the other checks.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture.source_files import ROOT

LAYERS = "High may import low, never back; adapters never know each other"
WIRE_ONLY = "The agent and the mock town meet over the wire only"
PURE = "The domain does no input or output"

PLANTED = {
    "domain knows the ledger": ("bridge_agent/domain", "import bridge_agent.ledger", LAYERS),
    "mapping knows a driver": ("bridge_agent/mapping", "import bridge_agent.drivers", LAYERS),
    "siblings know each other": ("bridge_agent/pipeline", "import bridge_agent.sources", LAYERS),
    "a layer nobody declared": ("bridge_agent/undeclared", "", LAYERS),
    "the agent looks into the mock": ("bridge_agent/pipeline", "import mock_core_ui", WIRE_ONLY),
    "the mock borrows from the agent": ("mock_core_ui", "import bridge_agent", WIRE_ONLY),
    "the domain reads a file": ("bridge_agent/domain", "import sqlite3", PURE),
}


def _contracts() -> list[dict[str, object]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts: list[dict[str, object]] = settings["tool"]["importlinter"]["contracts"]
    return contracts


def _homes() -> dict[str, tuple[str, str, str]]:
    """One planted import for each library that has a home."""
    found = {}
    for contract in _contracts():
        if contract["type"] == "forbidden" and contract["source_modules"] == ["bridge_agent"]:
            libraries = contract["forbidden_modules"]
            assert isinstance(libraries, list)
            for library in libraries:
                found[f"{library} away from home"] = (
                    "bridge_agent/pipeline",
                    f"import {library}",
                    str(contract["name"]),
                )
    return found


def _broken(root: Path) -> list[str]:
    linter = Path(sys.executable).with_name("lint-imports.exe" if sys.platform == "win32" else "lint-imports")
    done = subprocess.run(
        [str(linter), "--no-cache"], cwd=root, check=False, capture_output=True, encoding="utf-8", errors="replace"
    )
    return re.findall(r"^(.+) BROKEN\b", done.stdout, re.MULTILINE)


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("imports")
    for package in ("bridge_agent", "mock_core_ui"):
        shutil.copytree(ROOT / package, root / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", root)
    return root


@pytest.mark.parametrize("case", [*PLANTED, *_homes()])
def test_a_planted_import_breaks_its_contract(copied: Path, case: str) -> None:
    folder, statement, contract = (PLANTED | _homes())[case]
    new_folder = not (copied / folder).exists()
    (copied / folder).mkdir(exist_ok=True)
    planted = copied / folder / ("__init__.py" if new_folder else "planted_by_test.py")
    planted.write_text(f'"""Planted."""\n\n{statement}\n', encoding="utf-8")
    try:
        assert contract in _broken(copied)
    finally:
        planted.unlink()
        if new_folder:
            (copied / folder).rmdir()
