"""Debian's packages, when this is Debian and the user may install: the bare machine's way to a browser and fonts.

Standard library only.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence

from scripts.steps_shown import SetupFailed, step

LOCK_WAIT_S = 300  # another package run, for instance the machine's own nightly one
_TAIL_LINES = 15
_updated = False


def can_install() -> bool:
    """Whether packages can be installed without asking anybody."""
    if sys.platform == "win32" or sys.platform == "darwin":
        return False
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(packages: Sequence[str]) -> None:
    """Install `packages` without their recommendations. Raises SetupFailed with the end of the output."""
    global _updated
    with step(f"Debian のパッケージを入れます / installing {' '.join(packages)}"):
        if not _updated:
            _apt_get("update")
            _updated = True
        _apt_get("install", "--yes", "--no-install-recommends", *packages)


def _apt_get(*arguments: str) -> None:
    command = ["apt-get", "--quiet", "-o", f"DPkg::Lock::Timeout={LOCK_WAIT_S}", *arguments]
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    done = subprocess.run(
        command,
        env=environment,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    if done.returncode:
        tail = "\n".join(done.stdout.splitlines()[-_TAIL_LINES:])
        raise SetupFailed(f"apt-get {arguments[0]} が失敗しました / failed:\n{tail}")
