"""The project's own files as the architecture tests see them: what is made by tools is left out."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("bridge_agent", "mock_core_ui", "scripts")
CODE = (*PRODUCT, "tests")
TEXT_KINDS = frozenset(
    ".py .toml .md .yaml .yml .json .html .css .js .sh .txt .lock .cfg .ini .editorconfig .gitignore".split()
)
BESIDE_CODE = ("docs", "recipes", ".ci")


def python_files(*folders: str) -> list[Path]:
    """All modules below the folders, in a fixed order."""
    return sorted(
        path for folder in folders for path in (ROOT / folder).rglob("*.py") if "__pycache__" not in path.parts
    )


def text_files() -> Iterator[Path]:
    """Everything a person wrote."""
    for path in sorted(ROOT.iterdir()):
        if path.is_file() and (path.suffix in TEXT_KINDS or path.name in TEXT_KINDS):
            yield path
    for folder in (*CODE, *BESIDE_CODE):
        for path in sorted((ROOT / folder).rglob("*")):
            named_so = path.suffix in TEXT_KINDS or not path.suffix
            if path.is_file() and named_so and "__pycache__" not in path.parts:
                yield path


def short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports_of(path: Path) -> set[str]:
    """Dotted names of all modules that `path` imports, wherever in the file; relative ones are left out."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Import():
                found |= {alias.name for alias in node.names}
            case ast.ImportFrom(module=str(module), level=0):
                found |= {module} | {f"{module}.{alias.name}" for alias in node.names}
            case _:
                pass
    return found
