"""Compiles the two lock files from pyproject.toml: hashed, one for all platforms, without index addresses.

`requirements.lock` holds what the product and its tests need; `requirements-desktop.lock` beside it what drives client
programs, at the same versions where both name a package. Needs `uv` on the PATH. Options are passed on, for instance
`--upgrade` or `--upgrade-package NAME`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COMMAND = ["uv", "pip", "compile", "--universal", "--generate-hashes", "--python-version", "3.11"]
WITHOUT_ADDRESSES = ["--no-config", "--no-emit-index-url", "--no-emit-find-links", "--no-annotate", "--quiet"]


def main() -> int:
    options = [*COMMAND, *WITHOUT_ADDRESSES, *sys.argv[1:]]
    code = _compile([*options, "--extra", "dev", "pyproject.toml", "-o", "requirements.lock"])
    if code:
        return code
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = "\n".join(project["optional-dependencies"]["desktop"])
    return _compile([*options, "-c", "requirements.lock", "-", "-o", "requirements-desktop.lock"], wanted)


def _compile(command: list[str], wanted: str = "") -> int:
    environment = dict(os.environ, UV_CUSTOM_COMPILE_COMMAND="python3 scripts/lock.py")
    done = subprocess.run(
        command, cwd=ROOT, env=environment, check=False, input=wanted, encoding="utf-8", stdout=subprocess.DEVNULL
    )
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
