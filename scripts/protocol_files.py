"""Which files make up the exactly-once protocol, and one digest over them: results hold for the code they were made with."""

from __future__ import annotations

import hashlib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PARTS = ("pipeline", "ledger", "lanes", "domain", "drivers", "steps")
KINDS = (".py", ".js")


def protocol_files(root: Path = ROOT) -> list[Path]:
    """In a fixed order, the same on every system."""
    package = root / "bridge_agent"
    found = [path for part in PARTS for path in (package / part).rglob("*") if path.suffix in KINDS]
    return sorted(found, key=lambda path: path.relative_to(root).as_posix())


def protocol_digest(root: Path = ROOT) -> str:
    """SHA-256 over names and contents. Line ends do not count: a checkout may have changed them."""
    digest = hashlib.sha256()
    for path in protocol_files(root):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        for part in (path.relative_to(root).as_posix().encode(), content):
            digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()
