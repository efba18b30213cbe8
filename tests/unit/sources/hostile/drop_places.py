"""What can lie in a drop folder and is no export: links, pipes, programs, odd names."""

from __future__ import annotations

import os
from pathlib import Path

from tests.unit.sources.hostile.case import ACCEPTED, LEFT_ALONE, Case, good, put_bytes, write_zip
from tests.unit.sources.hostile.zip_files import whole


def link_to_a_file(drop: Path, outside: Path) -> None:
    (drop / "package.zip").symlink_to(write_zip(outside / "package.zip", good()))


def link_to_nothing(drop: Path, outside: Path) -> None:
    (drop / "package.zip").symlink_to(outside / "nowhere.zip")


def link_to_a_folder(drop: Path, outside: Path) -> None:
    (drop / "package.zip").symlink_to(outside, target_is_directory=True)


def pipe(drop: Path, _: Path) -> None:
    os.mkfifo(drop / "package.zip")


def folder(drop: Path, _: Path) -> None:
    (drop / "package.zip").mkdir()


LINKS = (
    Case("link to a package elsewhere", link_to_a_file),
    Case("link to nothing", link_to_nothing),
    Case("link to a folder", link_to_a_folder),
)
"""Windows lets only some accounts make them."""
POSIX_ONLY: tuple[Case, ...] = (
    (
        Case("pipe in the folder", pipe),
        Case("a device's name", put_bytes("CON.zip", whole()), ACCEPTED),
        Case("line break in a file's name", put_bytes("x\n.zip", whole()), ACCEPTED),
        Case("direction turned round in a file's name", put_bytes("x\u202epiz.exe", whole())),
        Case("backslashes in a file's name", put_bytes("..\\..\\x.zip", whole()), ACCEPTED),
    )
    if hasattr(os, "mkfifo")
    else ()
)

PLACE_CASES: tuple[Case, ...] = (
    *(LINKS if os.name == "posix" else ()),
    *POSIX_ONLY,
    Case("a program", put_bytes("setup.exe", b"MZ")),
    Case("a workbook", put_bytes("list.xlsx", whole())),
    Case("no ending", put_bytes("package", whole())),
    Case("two endings", put_bytes("package.zip.exe", whole())),
    Case("a name of 200 letters", put_bytes("x" * 200 + ".zip", whole()), ACCEPTED),
    Case("still being written", put_bytes("package.zip.part", whole()[:50]), LEFT_ALONE),
    Case("still being written, in capitals", put_bytes("package.TMP", whole()[:50]), LEFT_ALONE),
    Case("a folder called like a package", folder, LEFT_ALONE),
)
