"""A ZIP that is hostile or broken is found before anything of it is used."""

from __future__ import annotations

import stat
import struct
import zipfile
from pathlib import Path

import pytest

from bridge_agent.sources import archive
from bridge_agent.sources.archive import Archive, PackageDamaged
from tests.unit.sources.packages import folder, zipped


def opened(path: Path) -> dict[str, int]:
    with Archive(path, "cp932") as package:
        return {name: len(entries) for name, entries in package.folders.items()}


def test_a_good_one_opens(tmp_path: Path) -> None:
    assert opened(zipped(tmp_path / "a.zip", folder())) == {"0202611050001": 3}


@pytest.mark.parametrize(
    "name",
    [
        "../x/a.csv",
        "/etc/a.csv",
        "A/../a.csv",
        "A/./a.csv",
        "A//a.csv",
        "C:/A/a.csv",
        "A/C:a.csv",
        "A\\a.csv",
        "A/CON",
        "A/nul.txt",
        "A/com1.pdf",
        "A/a.csv ",
        "A/a.",
        "A/a\x1b.csv",
        "A/a\u202efdp.csv",
        "A/添付/b/c.pdf",
        "a.csv",
        "A/inner.zip",
        "A/添付/INNER.7Z",
        "A/" + "あ" * 90,
    ],
)
def test_a_name_that_leads_elsewhere_or_hides_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(PackageDamaged):
        opened(zipped(tmp_path / "a.zip", {"A/ok.csv": b"x", name: b"x"}))


def test_a_nul_that_cuts_a_name_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"A/a.csv_.exe": b"x"})
    path.write_bytes(path.read_bytes().replace(b"a.csv_", b"a.csv\x00"))
    with pytest.raises(PackageDamaged):
        opened(path)


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_links_and_devices_are_refused(tmp_path: Path, kind: int) -> None:
    info = zipfile.ZipInfo("A/link")
    info.external_attr = (kind | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as package:
        package.writestr(info, "/etc/passwd")
    with pytest.raises(PackageDamaged, match="リンク"):
        opened(tmp_path / "a.zip")


def test_folders_that_a_disk_takes_for_one_are_refused(tmp_path: Path) -> None:
    for twins in (("Ab", "aB"), ("が", "か\u3099")):
        with pytest.raises(PackageDamaged, match="まぎらわしい"):
            opened(zipped(tmp_path / "a.zip", {f"{name}/x": b"x" for name in twins}))


def test_encrypted_and_oddly_packed_files_are_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"A/x": b"x"})
    raw = path.read_bytes()
    at = raw.rindex(b"PK\x01\x02")
    path.write_bytes(raw[: at + 8] + b"\x01" + raw[at + 9 :])
    with pytest.raises(PackageDamaged, match="暗号"):
        opened(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as package:
        package.writestr("A/x", "x" * 100)
    with pytest.raises(PackageDamaged, match="圧縮方式"):
        opened(path)


def test_overlapping_files_are_refused(tmp_path: Path) -> None:
    """Two directory entries for the same bytes: the way a small ZIP unpacks to terabytes."""
    path = zipped(tmp_path / "a.zip", {"A/1": b"x" * 50, "A/2": b"y" * 50})
    raw = bytearray(path.read_bytes())
    second = raw.rindex(b"PK\x01\x02")
    raw[second + 42 : second + 46] = struct.pack("<L", 0)
    path.write_bytes(raw)
    with pytest.raises(PackageDamaged, match="重なって"):
        opened(path)


def test_too_many_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(PackageDamaged, match="1000件"):
        opened(zipped(tmp_path / "a.zip", {f"A/{n}": b"" for n in range(1001)}))


def test_a_bomb_stops_while_it_is_read(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"A/x": b"\0" * (3 * 1024 * 1024)})
    with Archive(path, "cp932") as package, pytest.raises(PackageDamaged, match="大きすぎ"):
        package.digest(package.folders["A"][0])


def test_the_real_bytes_of_all_files_together_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_BYTES", 100)
    with Archive(zipped(tmp_path / "a.zip", {"A/1": b"x" * 60, "A/2": b"y" * 60}), "cp932") as package:
        first, second = package.folders["A"]
        assert package.digest(first)[1] == 60
        with pytest.raises(PackageDamaged, match="大きすぎ"):
            package.digest(second)


def test_a_claimed_size_that_is_a_lie_does_not_help(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"A/x": b"\0" * (3 * 1024 * 1024)})
    raw = bytearray(path.read_bytes())
    entry = raw.rindex(b"PK\x01\x02")
    raw[entry + 24 : entry + 28] = struct.pack("<L", 10)
    path.write_bytes(raw)
    with Archive(path, "cp932") as package, pytest.raises(PackageDamaged):
        package.digest(package.folders["A"][0])


def test_names_without_a_utf8_mark_are_read_as_declared(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"A/xxxx.csv": b"x"})
    path.write_bytes(path.read_bytes().replace(b"xxxx", "申請".encode("cp932")))
    with Archive(path, "cp932") as package:
        assert package.folders["A"][0].name == "申請.csv"
