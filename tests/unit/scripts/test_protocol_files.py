"""The protocol's digest changes with every file that the promise rests on, and with no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.protocol_files import protocol_digest, protocol_files


@pytest.fixture
def root(tmp_path: Path) -> Path:
    names = ("pipeline/enter.py", "drivers/browser/page/10_document.js", "drivers/desktop/program.py")
    for name in (*names, "ledger/store.py", "cli/runs.py"):
        path = tmp_path / "bridge_agent" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name + "\n", encoding="utf-8", newline="\n")
    return tmp_path


def test_the_project_s_own_are_found() -> None:
    protocol = {path.name for path in protocol_files()}
    with_browser = {path.name for path in protocol_files(driver="browser")}
    with_client = {path.name for path in protocol_files(driver="desktop")}
    assert {"enter.py", "settle.py", "crash_points.py", "supervisor.py", "sender.py"} <= protocol
    assert with_browser - protocol >= {"fuse.py", "kinds.py", "10_document.js", "faults.py"}
    assert with_client - protocol >= {"program.py", "kinds.py", "x11.py", "faults.py"}
    assert not {"runs.py", "comparison.py", "sheet_html.py"} & (with_browser | with_client)


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("pipeline/enter.py", {"", "browser", "desktop"}),
        ("drivers/browser/page/10_document.js", {"browser"}),
        ("drivers/desktop/program.py", {"desktop"}),
        ("ledger/store.py", {"", "browser", "desktop"}),
    ],
)
def test_another_content_is_another_digest(root: Path, name: str, changed: set[str]) -> None:
    before = {driver: protocol_digest(root, driver=driver) for driver in ("", "browser", "desktop")}
    (root / "bridge_agent" / name).write_text("other\n", encoding="utf-8")
    assert {driver for driver, digest in before.items() if protocol_digest(root, driver=driver) != digest} == changed


def test_a_new_or_renamed_file_is_another_digest(root: Path) -> None:
    before = protocol_digest(root)
    enter = root / "bridge_agent" / "pipeline" / "enter.py"
    enter.rename(enter.with_name("entry.py"))
    renamed = protocol_digest(root)
    (root / "bridge_agent" / "lanes").mkdir()
    (root / "bridge_agent" / "lanes" / "new.py").touch()
    assert len({before, renamed, protocol_digest(root)}) == 3


def test_other_files_and_line_ends_change_nothing(root: Path) -> None:
    before = protocol_digest(root)
    (root / "bridge_agent" / "cli" / "runs.py").write_text("other\n", encoding="utf-8")
    (root / "bridge_agent" / "ledger" / "store.pyc").write_bytes(b"x")
    (root / "bridge_agent" / "ledger" / "store.py").write_bytes(b"ledger/store.py\r\n")
    assert protocol_digest(root) == before
