"""What judges the agent must not lean on the agent: the tools of the end-to-end tests import nothing of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.architecture.source_files import ROOT, imports_of, python_files, short

TOOLS = [
    *python_files("tests/e2e/inverse", "tests/unit/e2e_tools/written"),
    *sorted((ROOT / "tests/e2e").glob("leak*.py")),
]


@pytest.mark.parametrize("path", TOOLS, ids=short)
def test_the_tools_import_nothing_of_the_agent(path: Path) -> None:
    found = {name.split(".")[0] for name in imports_of(path)}
    assert not found & {"bridge_agent", "importlib", "jaconv"}


def test_all_tools_are_looked_at() -> None:
    assert {"leaks.py", "leak_forms.py", "leak_layers.py", "reading.py", "judging.py"} <= {path.name for path in TOOLS}
