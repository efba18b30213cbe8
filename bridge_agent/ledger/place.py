"""The place on disk where a ledger lies: no network drive, writable, and with a reserve for a full disk."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from bridge_agent.domain.errors import ConfigError

RESERVE_BYTES = 1024 * 1024
"""Released when the disk is full, so that the run can still write its end."""
FREE_SPACE_BYTES = 500 * 1024 * 1024
"""Below this nothing starts: the ledger must never meet a full disk in the middle of a night."""
REMOTE_TYPES = frozenset(
    "9p afpfs afs ceph cifs coda davfs fuse.ceph fuse.davfs2 fuse.glusterfs fuse.rclone fuse.s3fs fuse.sshfs "
    "glusterfs gpfs lustre ncpfs nfs nfs4 smb smb2 smb3 smbfs webdav".split()
)
"""File systems whose locks and syncs depend on another machine: SQLite cannot keep its word there."""
SQLITE_MAGIC = b"SQLite format 3\x00"
_DRIVE_REMOTE = 4  # GetDriveTypeW


def reserve_of(ledger: Path) -> Path:
    return ledger.with_suffix(".reserve")


def check_room(folder: Path) -> None:
    """Raises ConfigError when the disk that `folder` is or will be on is nearly full."""
    free = shutil.disk_usage(_existing(folder)).free
    if free < FREE_SPACE_BYTES:
        raise ConfigError(f"ディスクの空きが {free // 1024**2} MB しかありません。500 MB 以上を空けてください。")


def _existing(path: Path) -> Path:
    return path if path.exists() else _existing(path.parent)


def check_place(ledger: Path) -> None:
    """Raises ConfigError for a network drive or a file or folder that cannot be written."""
    kind = remote_type(ledger.parent)
    if kind:
        raise ConfigError(
            f"台帳の場所 {ledger.parent} はネットワーク上にあります（{kind}）。"
            "bridge.toml の [site] data をこの端末のディスクにしてください。"
        )
    if not os.access(ledger.parent, os.W_OK) or (ledger.exists() and not os.access(ledger, os.W_OK)):
        raise ConfigError(
            f"台帳 {ledger} に書き込めません（読み取り専用）。ファイルとフォルダの権限を確かめてください。"
        )
    if not ledger.exists():
        return
    with ledger.open("rb") as file:
        beginning = file.read(len(SQLITE_MAGIC))
    if beginning and beginning != SQLITE_MAGIC:  # SQLite itself takes a file cut to a few bytes for a new one
        raise ConfigError(f"台帳 {ledger} が壊れているか、台帳ではないファイルです。控えから復元してください。")
    if not beginning:
        raise ConfigError(
            f"台帳 {ledger} が空です。控えから復元してください（bridge-agent ledger restore）。"
            "はじめての実行が途中で止まったときは、bridge-agent ledger new で作り直せます。"
        )


def remote_type(folder: Path) -> str:
    """The name of the network file system that `folder` is on, '' for a local disk."""
    if sys.platform == "win32":
        return _remote_on_windows(folder)
    if sys.platform == "darwin":
        return mounted_type(folder, _macos_mounts(), REMOTE_TYPES)
    mounts = Path("/proc/mounts")
    return mounted_type(folder, _linux_mounts(mounts.read_text("utf-8")), REMOTE_TYPES) if mounts.exists() else ""


def mounted_type(folder: Path, mounts: list[tuple[str, str]], remote: frozenset[str]) -> str:
    """`mounts` are (mount point, type); the last of the deepest ones counts, as the system sees it."""
    place = folder.resolve()
    depth, kind = -1, ""
    for point, name in mounts:
        at = Path(point)
        if place.is_relative_to(at) and len(at.parts) >= depth:
            depth, kind = len(at.parts), name
    return kind if kind in remote else ""


def _linux_mounts(text: str) -> list[tuple[str, str]]:
    lines = (line.split(" ") for line in text.splitlines())
    return [(parts[1].encode().decode("unicode_escape"), parts[2]) for parts in lines if len(parts) > 2]


def _macos_mounts() -> list[tuple[str, str]]:
    """`disk on /point (type, options)`; no list = nothing is known to be remote."""
    with suppress(OSError, subprocess.SubprocessError):
        text = subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=10, check=True).stdout
        return [_macos_mount(line) for line in text.splitlines() if " on " in line and " (" in line]
    return []


def _macos_mount(line: str) -> tuple[str, str]:
    rest = line.partition(" on ")[2]
    point, _, options = rest.rpartition(" (")
    return point, options.rstrip(")").partition(",")[0]


def _remote_on_windows(folder: Path) -> str:
    root = folder.resolve().anchor
    if root.startswith("\\\\"):
        return "UNC"
    windll = getattr(ctypes, "windll", None)
    remote = windll is not None and windll.kernel32.GetDriveTypeW(root) == _DRIVE_REMOTE
    return "DRIVE_REMOTE" if remote else ""


def make_reserve(ledger: Path) -> None:
    """The reserve file, whole and on the disk. Raises ConfigError when there is no room for it."""
    reserve = reserve_of(ledger)
    with suppress(OSError):
        if reserve.stat().st_size >= RESERVE_BYTES:
            return
    try:
        with reserve.open("wb") as file:
            file.write(os.urandom(RESERVE_BYTES))  # a compressing or sparse disk must really give the room
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        release_reserve(ledger)
        raise ConfigError(
            f"台帳の予備領域 {reserve} を作れません（{type(error).__name__}）。ディスクの空きと権限を確かめてください。"
        ) from None


def release_reserve(ledger: Path) -> None:
    with suppress(OSError):
        reserve_of(ledger).unlink()
