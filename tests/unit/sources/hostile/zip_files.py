"""ZIP files: bombs, names that lead elsewhere, links, lies in the directory, halves."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.unit.sources.hostile.case import Case, Put, good, put_bytes, put_zip, with_file, write_zip
from tests.unit.sources.packages import NUMBER

ATTACHED = f"{NUMBER}/添付"
_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"


def whole(files: dict[str, bytes] | None = None, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in (files or good()).items():
            archive.writestr(name, content)
    return buffer.getvalue()


def entry(change: Callable[[zipfile.ZipInfo], None], name: str = f"{ATTACHED}/x.pdf", content: bytes = b"x") -> Put:
    """A good package with one more entry, whose description was changed."""

    def put(drop: Path, _: Path) -> None:
        path = write_zip(drop / "package.zip", good())
        with zipfile.ZipFile(path, "a") as archive:
            info = zipfile.ZipInfo(name)
            change(info)
            archive.writestr(info, content)

    return put


def of_kind(kind: int) -> Put:
    def change(info: zipfile.ZipInfo) -> None:
        info.create_system = 3
        info.external_attr = (kind | 0o777) << 16

    return entry(change, content=b"../../../outside/secret.txt")


def patched(change: Callable[[bytearray], None], raw: bytes | None = None) -> Put:
    content = bytearray(whole() if raw is None else raw)
    change(content)
    return put_bytes("package.zip", bytes(content))


def central(content: bytearray, number: int = 0) -> int:
    """Where the directory's entry begins."""
    at = -1
    for _ in range(number + 1):
        at = content.index(_CENTRAL, at + 1)
    return at


def set_central(offset: int, form: str, value: int, number: int = 0) -> Put:
    return patched(lambda content: struct.pack_into(form, content, central(content, number) + offset, value))


def raw_name(name: bytes) -> Put:
    """An entry whose name is written byte for byte, in both places."""
    stand_in = f"{ATTACHED}/".encode() + b"#" * (len(name))
    content = whole(with_file(stand_in.decode()))
    target = stand_in[: -len(name)] + name
    return put_bytes("package.zip", content.replace(stand_in, target))


def whole_name(name: bytes) -> Put:
    stand_in = b"#" * len(name)
    return put_bytes("package.zip", whole(with_file(stand_in.decode())).replace(stand_in, name))


def many(count: int) -> dict[str, bytes]:
    return good() | {f"{ATTACHED}/{number}.pdf": b"" for number in range(count)}


def overlapping(content: bytearray) -> None:
    """The second entry of the directory points at the first one's bytes."""
    first, second = central(content), central(content, 1)
    content[second + 42 : second + 46] = content[first + 42 : first + 46]


def zip64_end(entries: int, size: int, offset: int) -> bytes:
    """A good package whose end is told once more by a ZIP64 record, with these figures."""
    content = whole()
    at = content.index(_END)
    record = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, entries, entries, size, offset)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, at, 1)
    end = struct.pack("<4s4H2LH", _END, 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return content[:at] + record + locator + end


def descriptor_lies(content: bytearray) -> None:
    """The first entry says that its sizes follow its bytes, and what follows is something else."""
    struct.pack_into("<H", content, 6, 0x0008)
    struct.pack_into("<H", content, central(content) + 8, 0x0008)
    struct.pack_into("<L", content, central(content) + 20, 0x7FFFFFF0)
    struct.pack_into("<L", content, 18, 0)


def directory_only() -> bytes:
    """Almost nothing but a directory: 400,000 entries that all name the same few bytes."""
    local = struct.pack("<4s5H3L2H", _LOCAL, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0) + b"x"
    one = struct.pack("<4s6H3L5H2L", _CENTRAL, 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"x"
    directory = one * 400_000
    end = struct.pack("<4s4H2LH", _END, 0, 0, 1, 1, len(directory), len(local), 0)
    return local + directory + end


ZIP_CASES: tuple[Case, ...] = (
    Case("bomb by ratio in an attachment", put_zip(with_file(f"{ATTACHED}/x.pdf", b"\0" * 60_000_000))),
    Case("bomb by ratio in the data file", put_zip(good() | {f"{NUMBER}/申請データ.csv": b"\0" * 60_000_000})),
    Case("bomb by count of files", put_zip(many(1001))),
    Case("bomb by length of the directory", put_bytes("package.zip", directory_only())),
    Case("ZIP in the ZIP", put_zip(with_file(f"{ATTACHED}/inner.zip", whole()))),
    Case("other archives in the ZIP", put_zip(with_file(f"{ATTACHED}/inner.tar.GZ"))),
    Case("way up", whole_name(b"../../outside/x")),
    Case("way up inside", put_zip(with_file(f"{NUMBER}/../../x"))),
    Case("way up below the attachments", put_zip(with_file(f"{ATTACHED}/../x"))),
    Case("a dot as a step", put_zip(with_file(f"{NUMBER}/./x"))),
    Case("an empty step", whole_name(f"{NUMBER}//x.pdf".encode())),
    Case("absolute path", whole_name(b"/etc/cron.d/evil")),
    Case("drive letter", whole_name(b"C:/Windows/evil.dll")),
    Case("drive letter with backslashes", whole_name(b"C:\\Windows\\evil.dll")),
    Case("drive-relative path", whole_name(b"C:evil.dll")),
    Case("UNC path", whole_name(b"\\\\server\\share\\evil")),
    Case("UNC path with slashes", whole_name(b"//server/share/evil")),
    Case("device path", whole_name(b"\\\\?\\C:\\evil")),
    Case("backslash as a step", raw_name(b"..\\..\\evil.pdf")),
    Case("alternate stream", raw_name(b"x.pdf:hidden")),
    Case("link", of_kind(stat.S_IFLNK)),
    Case("pipe", of_kind(stat.S_IFIFO)),
    Case("character device", of_kind(stat.S_IFCHR)),
    Case("block device", of_kind(stat.S_IFBLK)),
    Case("socket", of_kind(stat.S_IFSOCK)),
    Case("names that differ in case", put_zip(with_file(f"{ATTACHED}/a.pdf") | {f"{ATTACHED}/A.pdf": b"y"})),
    Case("names that differ in width", put_zip(with_file(f"{ATTACHED}/a1.pdf") | {f"{ATTACHED}/ａ１.pdf": b"y"})),
    Case("names that differ in composition", put_zip(with_file(f"{ATTACHED}/が") | {f"{ATTACHED}/か\u3099": b"y"})),
    Case("folders that differ in case", put_zip(with_file("abc/x.pdf") | {"ABC/x.pdf": b"y"})),
    Case("Windows device", put_zip(with_file(f"{ATTACHED}/CON.pdf"))),
    Case("Windows device without ending", put_zip(with_file(f"{ATTACHED}/nul"))),
    Case("Windows port", put_zip(with_file(f"{ATTACHED}/Com1.txt.pdf"))),
    Case("Windows console handle", put_zip(with_file(f"{ATTACHED}/CONIN$"))),
    Case("name that ends with a dot", put_zip(with_file(f"{ATTACHED}/x.pdf."))),
    Case("name that ends with a blank", put_zip(with_file(f"{ATTACHED}/x.pdf "))),
    Case("name of 300 letters", put_zip(with_file(f"{ATTACHED}/{'x' * 300}.pdf"))),
    Case("name of 60,000 letters", put_zip(with_file(f"{ATTACHED}/{'x' * 60_000}"))),
    Case("NUL in a name", raw_name(b"x.pdf\0.exe")),
    Case("line break in a name", put_zip(with_file(f"{ATTACHED}/x\n.pdf"))),
    Case("direction turned round in a name", put_zip(with_file(f"{ATTACHED}/x\u202efdp.exe"))),
    Case("path of 200 steps", put_zip(with_file("/".join([NUMBER, *["x"] * 200])))),
    Case("file beside the folders", put_zip(with_file("x.pdf"))),
    Case("encrypted file", set_central(8, "<H", 0x0001)),
    Case("strongly encrypted file", set_central(8, "<H", 0x0041)),
    Case("unknown way of packing", set_central(10, "<H", 99)),
    Case("bzip2", put_bytes("package.zip", whole(method=zipfile.ZIP_BZIP2))),
    Case("LZMA", put_bytes("package.zip", whole(method=zipfile.ZIP_LZMA))),
    Case("check sum that is wrong", set_central(16, "<L", 0xDEADBEEF)),
    Case("size that is too small", set_central(24, "<L", 3)),
    Case("size that is too large", set_central(24, "<L", 0x7FFFFFFF)),
    Case("packed size that is too large", set_central(20, "<L", 0x7FFFFFFF)),
    Case("sizes said to be in ZIP64 and nowhere", set_central(24, "<L", 0xFFFFFFFF)),
    Case("place beyond the end", set_central(42, "<L", 0x7FFFFFFF)),
    Case("other name in the entry than in the directory", patched(lambda c: c.__setitem__(slice(30, 32), b"99"))),
    Case("overlapping entries", patched(overlapping)),
    Case("sizes after the bytes that are wrong", patched(descriptor_lies)),
    Case("ZIP64 end with a directory of terabytes", put_bytes("package.zip", zip64_end(3, 1 << 42, 0))),
    Case("ZIP64 end with a directory elsewhere", put_bytes("package.zip", zip64_end(3, 46, 1 << 40))),
    Case("number of entries that is wrong", patched(lambda c: struct.pack_into("<2H", c, c.index(_END) + 8, 9, 9))),
    Case("program before the ZIP", put_bytes("package.zip", b"MZ" + b"\0" * 500 + whole())),
    Case("half written", put_bytes("package.zip", whole()[: len(whole()) // 2])),
    Case("last byte is missing", put_bytes("package.zip", whole()[:-1])),
    Case("first half is missing", put_bytes("package.zip", whole()[len(whole()) // 2 :])),
    Case("nothing at all", put_bytes("package.zip", b"")),
    Case("no entries", put_bytes("package.zip", _END + b"\0" * 18)),
    Case("no ZIP", put_bytes("package.zip", b"<html>" + b"x" * 5000)),
    Case("folders without files", put_zip({f"{NUMBER}/": b"", f"{NUMBER}/添付/": b""})),
)
