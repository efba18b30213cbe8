"""Which files make up the exactly-once protocol, and a digest over them: results hold for the code they were made with.

Campaigns over the fast driver rest on the protocol alone; those with a real browser also on what drives it. How values
are mapped, compared and worded is not the protocol's matter.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("pipeline", "ledger", "lanes")
IN_DOMAIN = "application breaker clock crash_points ledger ledger_records ports result work_item".split()
BESIDE = ("drivers/sender.py",)
OF_THE_BROWSER = ("drivers/browser", "steps")
KINDS = (".py", ".js")


def protocol_files(root: Path = ROOT, *, browser: bool = False) -> list[Path]:
    """In a fixed order, the same on every system."""
    found = _found(root / "bridge_agent", browser)
    return sorted(set(found), key=lambda path: path.relative_to(root).as_posix())


def _found(package: Path, browser: bool) -> Iterator[Path]:
    for folder in (*FOLDERS, *(OF_THE_BROWSER if browser else ())):
        yield from (path for path in (package / folder).rglob("*") if path.suffix in KINDS)
    yield from (path for name in IN_DOMAIN if (path := package / "domain" / f"{name}.py").exists())
    yield from (path for name in BESIDE if (path := package / name).exists())


def protocol_digest(root: Path = ROOT, *, browser: bool = False) -> str:
    """SHA-256 over names and contents. Line ends do not count: a checkout may have changed them."""
    digest = hashlib.sha256()
    for path in protocol_files(root, browser=browser):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        for part in (path.relative_to(root).as_posix().encode(), content):
            digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()
