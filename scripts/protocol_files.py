"""Which files make up the exactly-once protocol, and a digest over them: results hold for the code they were made with.

Campaigns over the fast driver rest on the protocol alone; those with a real browser or a client program also on what
drives it. How values are mapped, compared and worded is not the protocol's matter.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("pipeline", "ledger", "lanes")
IN_DOMAIN = "application breaker clock crash_points ledger ledger_records ports result work_item".split()
BESIDE = ("drivers/sender.py",)
OF_DRIVERS = {"": (), "browser": ("drivers/browser", "steps"), "desktop": ("drivers/desktop", "steps")}
"""Folders of each driver of screens; '' = the protocol alone."""
OF_BOTH = ("drivers/faults.py", "drivers/moments.py", "drivers/records.py")
KINDS = (".py", ".js")


def protocol_files(root: Path = ROOT, *, driver: str = "") -> list[Path]:
    """In a fixed order, the same on every system. `driver`: '', 'browser' or 'desktop'."""
    found = _found(root / "bridge_agent", driver)
    return sorted(set(found), key=lambda path: path.relative_to(root).as_posix())


def _found(package: Path, driver: str) -> Iterator[Path]:
    for folder in (*FOLDERS, *OF_DRIVERS[driver]):
        yield from (path for path in (package / folder).rglob("*") if path.suffix in KINDS)
    yield from (path for name in IN_DOMAIN if (path := package / "domain" / f"{name}.py").exists())
    yield from (path for name in (*BESIDE, *(OF_BOTH if driver else ())) if (path := package / name).exists())


def protocol_digest(root: Path = ROOT, *, driver: str = "") -> str:
    """SHA-256 over names and contents. Line ends do not count: a checkout may have changed them."""
    digest = hashlib.sha256()
    for path in protocol_files(root, driver=driver):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        for part in (path.relative_to(root).as_posix().encode(), content):
            digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()
