"""A drop folder with many packages takes no more memory than the list of its applications."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

from tests.unit.sources.packages import folder, zipped
from tests.unit.sources.small_drop import source

MOST_EACH = 6_000  # bytes an application that is listed and waits; its package has many times as much
CONTENT = b"%PDF-1.4" + bytes(range(256)) * 200


def peak(drop: Path, packages: int) -> int:
    drop.mkdir()
    for number in range(packages):
        receipt_no = f"0202611{number:06}"
        files = folder(receipt_no) | {f"{receipt_no}/添付/写真.jpg": CONTENT + str(number).encode()}
        zipped(drop / f"{number}.zip", files)
    found = source(drop)
    tracemalloc.start()
    try:
        listed = found.approved()
        assert len(listed) == packages
        for start in range(0, packages, 25):
            batch = listed[start : start + 25]
            assert all(delivered.application for delivered in found.deliver(batch))
            found.put_away([line.receipt_no for line in batch])
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_grows_with_the_list_and_not_with_the_contents(tmp_path: Path) -> None:
    peak(tmp_path / "warm", 10)
    few, many = peak(tmp_path / "few", 50), peak(tmp_path / "many", 250)
    print(f"\n{few} bytes for 50 packages, {many} for 250")
    assert many - few < 200 * MOST_EACH
