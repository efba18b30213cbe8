"""What the distribution declares is what the code uses, the lock holds it all, and the licences of all are listed."""

from __future__ import annotations

import os
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest

from tests.architecture.source_files import ROOT, imports_of, python_files

OWN = frozenset({"bridge_agent", "mock_core_ui", "scripts", "tests"})
USED_WITHOUT_IMPORT = frozenset(
    {
        "tzdata",  # time zones where the system has none: Windows
        "ruff",
        "mypy",
        "pandas-stubs",
        "types-defusedxml",
        "types-psutil",
        "types-pyyaml",
        "pytest-xdist",
        "import-linter",
        "hatchling",
        "setuptools",  # builds the parts of the desktop extra that come as source
    }
)


def _plain(requirement: str) -> str:
    name = re.match(r"[\w.\-]+", requirement)
    assert name is not None
    return re.sub(r"[-_.]+", "-", name.group()).lower()


def _declared(*, extras: tuple[str, ...]) -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    requirements = list(project["dependencies"])
    for extra in extras:
        requirements += project["optional-dependencies"][extra]
    return {_plain(requirement) for requirement in requirements}


def _imported(*folders: str) -> set[str]:
    """Distributions of all outside modules that the folders import."""
    known = packages_distributions()
    top = {name.split(".")[0] for path in python_files(*folders) for name in imports_of(path)}
    outside = top - OWN - set(sys.stdlib_module_names)
    # A library that is not installed here (an extra) stands under its module's name.
    return {_plain(known.get(name, [name])[0]) for name in outside}


LOCKS = {"requirements.lock": ("dev",), "requirements-desktop.lock": ("desktop",)}
"""Lock file -> the extras it is made for."""


def _lock(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _locked(name: str) -> dict[str, str]:
    """Distribution -> the lines of its hashes."""
    blocks = re.findall(r"^([\w.\-]+)==\S+[^\n]*\n((?:    --hash=\S+[^\n]*\n?)*)", _lock(name), re.MULTILINE)
    return {_plain(name): hashes for name, hashes in blocks}


def test_every_import_is_declared() -> None:
    assert _imported("bridge_agent", "mock_core_ui") <= _declared(extras=("desktop",))
    assert _imported("tests", "scripts") <= _declared(extras=("desktop", "dev"))


def test_every_declared_library_is_used() -> None:
    used = _imported("bridge_agent", "mock_core_ui", "tests", "scripts") | USED_WITHOUT_IMPORT
    assert _declared(extras=("dev",)) - used == set()


@pytest.mark.parametrize("name", LOCKS)
def test_the_locks_hold_everything_with_hashes(name: str) -> None:
    locked = {**_locked("requirements.lock"), **_locked(name)}
    assert _declared(extras=LOCKS[name]) <= set(locked)
    assert [distribution for distribution, hashes in locked.items() if "--hash=sha256:" not in hashes] == []


def test_both_locks_name_the_same_versions() -> None:
    versions = {name: set(re.findall(r"^([\w.\-]+==\S+)", _lock(name), re.MULTILINE)) for name in LOCKS}
    shared = set(_locked("requirements.lock")) & set(_locked("requirements-desktop.lock"))
    assert shared
    for distribution in shared:
        found = [{one for one in versions[name] if _plain(one) == distribution} for name in LOCKS]
        assert found[0] == found[1]


@pytest.mark.parametrize("name", LOCKS)
@pytest.mark.parametrize("address", ["http", "file:", "index", "find-links", "trusted-host", " @ ", "git+"])
def test_the_locks_name_no_address(name: str, address: str) -> None:
    assert address not in re.sub(r"[0-9a-f]{64}", "", _lock(name)).replace("httpcore", "").replace("httpx", "")


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_library_has_its_licence_listed(name: str) -> None:
    listed = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    rows = {_plain(row) for row in re.findall(r"^\| ([\w.\-]+) \|", listed, re.MULTILINE)}
    assert set(_locked(name)) - rows == set()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no executable bit")
@pytest.mark.parametrize("command", [".ci/run", "scripts/check"])
def test_commands_can_be_started(command: str) -> None:
    assert os.access(ROOT / command, os.X_OK)
