"""Reads a downloaded ZIP without trusting it: nothing is unpacked to disk, bytes are counted while they are read."""

from __future__ import annotations

import hashlib
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO

MAX_FILES = 1000
MAX_BYTES = 200 * 1024 * 1024
"""Real bytes of all files of one ZIP together, as read, not as the ZIP claims."""
MAX_RATIO = 100
MAX_DIRECTORY = 2 * 1024 * 1024
"""Bytes of a ZIP's directory: a thousand entries with the longest names have less."""
MAX_TEXT_BYTES = 5 * 1024 * 1024
"""Of a file that is read whole; an application's data is a few kilobytes."""

_RATIO_GRACE = 1024 * 1024  # small, very regular files compress better than 1:100 and harm nobody
_CHUNK = 256 * 1024
_DEPTH = 3  # folder / attachments / file
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_RESERVED = re.compile(r"(?i)^(con|conin\$|conout\$|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?$")
# Marks of direction hide the real end of a name; the others no Windows disk can hold.
_FORBIDDEN = re.compile('[\x00-\x1f\x7f<>:"|?*\\\\\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]')
_ARCHIVES = (".zip", ".7z", ".rar", ".lzh", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".cab")


class PackageDamaged(Exception):
    """`why` is a Japanese phrase without names from inside the ZIP: attachments are named by their applicants."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Entry:
    path: tuple[str, ...]
    """Below the application's folder."""
    info: zipfile.ZipInfo

    @property
    def name(self) -> str:
        return self.path[-1]


class Archive:
    """An open ZIP whose directory has been checked as a whole. Raises PackageDamaged."""

    def __init__(self, file: Path, names_charset: str) -> None:
        try:
            with file.open("rb") as raw:
                told = _refuse_long_directory(raw)
            self._zip = zipfile.ZipFile(file, metadata_encoding=names_charset)
        except (zipfile.BadZipFile, zlib.error, OSError, ValueError, LookupError, NotImplementedError, struct.error):
            raise PackageDamaged("ZIPを開けません") from None
        try:
            if len(self._zip.infolist()) != told:
                raise PackageDamaged("ZIPの目録の件数が違います")
            self.folders: Mapping[str, tuple[Entry, ...]] = _folders(self._zip.infolist())
            with file.open("rb") as raw:
                _refuse_overlap(raw, self._zip)
        except BaseException:
            self._zip.close()
            raise
        self._left = MAX_BYTES

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._zip.close()

    def read(self, entry: Entry) -> bytes:
        """The whole of a small file."""
        parts: list[bytes] = []
        size = 0
        for chunk in self._chunks(entry):
            size += len(chunk)
            if size > MAX_TEXT_BYTES:
                raise PackageDamaged("申請データが大きすぎます")
            parts.append(chunk)
        return b"".join(parts)

    def digest(self, entry: Entry) -> tuple[str, int]:
        """SHA-256 and size, read to the end so that its check sum is proven."""
        hashed, size = hashlib.sha256(), 0
        for chunk in self._chunks(entry):
            hashed.update(chunk)
            size += len(chunk)
        return hashed.hexdigest(), size

    def _chunks(self, entry: Entry) -> Iterator[bytes]:
        read = 0
        most = entry.info.compress_size * MAX_RATIO + _RATIO_GRACE
        try:
            with self._zip.open(entry.info) as stream:
                while chunk := stream.read(_CHUNK):
                    read += len(chunk)
                    self._left -= len(chunk)
                    if read > most or self._left < 0:
                        raise PackageDamaged("ファイルが大きすぎます（圧縮爆弾の疑い）")
                    yield chunk
            if read != entry.info.file_size:
                raise PackageDamaged("ファイルの大きさがZIPの目録と違います")
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError, struct.error):
            raise PackageDamaged("ファイルが壊れています（検査値が合いません）") from None


def _refuse_long_directory(raw: IO[bytes]) -> int:
    """How many entries the ZIP claims. Its directory is read as a whole, so it is measured before.

    The library's own reading of the end is asked: another one could be led to another end.
    """
    if raw.read(4) not in (b"PK\x03\x04", b"PK\x05\x06"):
        raise PackageDamaged("ZIPではないか、前に余分なデータがあります")
    end = zipfile._EndRecData(raw)  # type: ignore[attr-defined]
    if end is None:
        raise PackageDamaged("ZIPの終わりがありません")
    entries, size = int(end[4]), int(end[5])
    if entries > MAX_FILES:
        raise PackageDamaged(f"ファイルが{MAX_FILES}件を超えています")
    if size > MAX_DIRECTORY:
        raise PackageDamaged("ZIPの目録が長すぎます")
    return entries


def _folders(infos: list[zipfile.ZipInfo]) -> dict[str, tuple[Entry, ...]]:
    """Application folder -> its files; every rule on names and kinds is kept here."""
    if len(infos) > MAX_FILES:
        raise PackageDamaged(f"ファイルが{MAX_FILES}件を超えています")
    found: dict[str, list[Entry]] = {}
    spelt: dict[str, str] = {}
    for info in infos:
        folder, *path = _safe_path(info)
        if spelt.setdefault(_folded(folder), folder) != folder:
            raise PackageDamaged("名前のまぎらわしいフォルダーがあります")
        entries = found.setdefault(folder, [])
        if not info.is_dir():
            if not path:
                raise PackageDamaged("申請のフォルダーに入っていないファイルがあります")
            entries.append(Entry(tuple(path), info))
    return {folder: tuple(entries) for folder, entries in found.items()}


def _safe_path(info: zipfile.ZipInfo) -> list[str]:
    name = info.filename.removesuffix("/") if info.is_dir() else info.filename
    # zipfile cuts a name at NUL; the untouched one tells.
    if "\x00" in info.orig_filename or "\\" in info.orig_filename:
        raise PackageDamaged("使えないファイル名があります")
    parts = name.split("/")
    if not 1 <= len(parts) <= _DEPTH or any(not _safe_name(part) for part in parts):
        raise PackageDamaged("使えないファイル名があります")
    mode = info.external_attr >> 16
    if mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise PackageDamaged("リンクまたは特殊ファイルがあります")
    if info.flag_bits & 0x1:
        raise PackageDamaged("暗号化されたファイルがあります")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise PackageDamaged("知らない圧縮方式です")
    if name.lower().endswith(_ARCHIVES):
        raise PackageDamaged("圧縮ファイルの中に圧縮ファイルがあります")
    return parts


def _safe_name(part: str) -> bool:
    return (
        bool(part)
        and part not in (".", "..")
        and len(part.encode("utf-8", "surrogatepass")) <= 255
        and not part.endswith((".", " "))
        and not _FORBIDDEN.search(part)
        and not _RESERVED.match(part)
        and not any(unicodedata.category(char) == "Cs" for char in part)
    )


def _folded(name: str) -> str:
    """Names that a Windows or macOS disk, or a person, would take for one (only for telling them apart)."""
    return unicodedata.normalize("NFKC", name).casefold()


def colliding(entries: tuple[Entry, ...]) -> Entry | None:
    """The first file whose name an earlier one of the same folder already has."""
    seen: set[str] = set()
    for entry in entries:
        name = _folded("/".join(entry.path))
        if name in seen:
            return entry
        seen.add(name)
    return None


def _refuse_overlap(raw: IO[bytes], archive: zipfile.ZipFile) -> None:
    """Every file must have its own bytes: overlapping ones are how a small ZIP unpacks to terabytes.

    Older Python versions do not check this, so it is checked here for all.
    """
    end = 0
    for info in sorted(archive.infolist(), key=lambda each: each.header_offset):
        if info.header_offset < end:
            raise PackageDamaged("ファイルの領域が重なっています")
        raw.seek(info.header_offset)
        header = raw.read(_LOCAL_HEADER.size)
        if len(header) < _LOCAL_HEADER.size or not header.startswith(b"PK\x03\x04"):
            raise PackageDamaged("ZIPの目録が壊れています")
        _, name_length, extra_length = _LOCAL_HEADER.unpack(header)
        end = info.header_offset + _LOCAL_HEADER.size + name_length + extra_length + info.compress_size
    if end > archive.start_dir:
        raise PackageDamaged("ファイルの領域が重なっています")
