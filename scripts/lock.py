"""Compiles requirements.lock from pyproject.toml: one hashed file for all platforms, without index addresses.

Needs `uv` on the PATH. Options are passed on, for instance `--upgrade` or `--upgrade-package NAME`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COMMAND = ["uv", "pip", "compile", "--universal", "--generate-hashes", "--python-version", "3.11", "--extra", "dev"]
WITHOUT_ADDRESSES = ["--no-config", "--no-emit-index-url", "--no-emit-find-links", "--no-annotate", "--quiet"]


def main() -> int:
    environment = dict(os.environ, UV_CUSTOM_COMPILE_COMMAND="python3 scripts/lock.py")
    command = [*COMMAND, *WITHOUT_ADDRESSES, *sys.argv[1:], "pyproject.toml", "-o", "requirements.lock"]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False, stdout=subprocess.DEVNULL).returncode


if __name__ == "__main__":
    sys.exit(main())
