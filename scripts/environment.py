"""Makes the project's own environment (.venv) from the hashed lock file and runs the script on in it.

Standard library only: this runs on a bare Python. Every step is done once and again only when its input changed.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shlex
import subprocess
import sys
import time
from pathlib import Path

from scripts import debian
from scripts.file_lock import file_lock
from scripts.steps_shown import SetupFailed, say, step, use_plain_console

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
DESKTOP_LOCK = ROOT / "requirements-desktop.lock"
DONE = VENV / "set-up-done.json"
DESKTOP_DONE = VENV / "desktop-parts-done.json"
OLDEST = (3, 11)
_TAIL_LINES = 20
_STARTED = "BRIDGE_AGENT_SCRIPT_STARTED"  # crosses the change of Python only


def venv_python() -> Path:
    return VENV / "Scripts" / "python.exe" if sys.platform == "win32" else VENV / "bin" / "python"


def prepare() -> Path:
    """Bring the environment up to date; returns its Python. Raises SetupFailed with one sentence."""
    if sys.version_info < OLDEST:
        wanted = ".".join(map(str, OLDEST))
        raise SetupFailed(f"Python {wanted} 以上で実行してください / Python {wanted} or newer is needed.")
    wanted_state = _wanted_state()
    if _recorded_state() == wanted_state:
        return venv_python()
    with file_lock(ROOT / ".setup.lock"):
        recorded = _recorded_state()  # another call may have done it meanwhile
        if recorded == wanted_state:
            return venv_python()
        if recorded.get("place") != wanted_state["place"] or not _python_runs():
            _make_venv()
        _install_locked()
        _put_project_in()
        DONE.write_text(json.dumps(wanted_state, ensure_ascii=False), encoding="utf-8")
    return venv_python()


def _wanted_state() -> dict[str, str]:
    """Bound to its place: an environment that was copied with the folder names paths that are no longer its own."""
    return {"lock": hashlib.sha256(LOCK.read_bytes()).hexdigest(), "place": str(VENV), "layout": "1"}


def put_desktop_parts_in() -> None:
    """Add what drives client programs to the environment. Raises SetupFailed.

    Some of it comes as source: it is built with the locked setuptools, without fetching another.
    """
    wanted = {**_wanted_state(), "desktop": hashlib.sha256(DESKTOP_LOCK.read_bytes()).hexdigest()}
    if _recorded_state(DESKTOP_DONE) == wanted:
        return
    with file_lock(ROOT / ".setup.lock"):
        if _recorded_state(DESKTOP_DONE) == wanted:
            return
        with step("クライアント操作の部品を入れます / installing the parts for client programs"):
            _pip_install("--no-build-isolation", "-r", str(DESKTOP_LOCK))
        DESKTOP_DONE.write_text(json.dumps(wanted, ensure_ascii=False), encoding="utf-8")


def _recorded_state(done: Path | None = None) -> dict[str, str]:
    try:
        recorded: dict[str, str] = json.loads((done or DONE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return recorded


def _python_runs() -> bool:
    """False too after the Python it was made with is gone."""
    try:
        return subprocess.run([str(venv_python()), "-I", "-c", ""], check=False, capture_output=True).returncode == 0
    except OSError:
        return False


def _make_venv() -> None:
    if importlib.util.find_spec("ensurepip") is None:  # Debian ships it as a package of its own
        if not debian.can_install():
            raise SetupFailed("Python の venv を入れてください（python3-venv など） / install Python's venv module.")
        debian.install(["python3-venv"])
    if VENV.is_symlink():
        VENV.unlink()  # made anew in its place, it would empty the folder that it points to
    base = getattr(sys, "_base_executable", "") or sys.executable
    with step("仮想環境を作ります / making .venv"):
        _run([base, "-I", "-m", "venv", "--clear", str(VENV)], "仮想環境を作れません / cannot make .venv")


def _install_locked() -> None:
    count = sum("==" in line for line in LOCK.read_text(encoding="utf-8").splitlines())
    with step(f"固定した版の部品を入れます / installing the locked packages ({count})"):
        _pip_install("--only-binary", ":all:", "-r", str(LOCK))


def _pip_install(*what: str) -> None:
    command = [str(venv_python()), "-I", "-m", "pip", "install", "--require-hashes", "--no-deps", "--no-compile"]
    command += ["--no-input", "--disable-pip-version-check", "--quiet", *what]
    _run(command, "部品を入れられません / cannot install the locked packages")


def _put_project_in() -> None:
    """The checkout itself becomes importable, and `bridge-agent` a command of the environment.

    Not by an editable installation: that writes the folder's absolute name in UTF-8 where Python before 3.13 reads
    the locale's encoding, and so stops every start below a folder with a Japanese name on Windows. A relative path
    is ASCII.
    """
    command = [str(venv_python()), "-I", "-X", "utf8", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    site_packages = Path(_run(command, "仮想環境を調べられません / cannot read .venv").strip())
    up = os.path.relpath(ROOT, site_packages)
    (site_packages / "bridge_agent_checkout.pth").write_text(f"{up}\n", encoding="ascii")
    if sys.platform == "win32":
        script = VENV / "Scripts" / "bridge-agent.cmd"
        script.write_text('@"%~dp0python.exe" -m bridge_agent %*\n', encoding="ascii")
    else:
        script = VENV / "bin" / "bridge-agent"
        script.write_text(f'#!/bin/sh\nexec {shlex.quote(str(venv_python()))} -m bridge_agent "$@"\n', encoding="utf-8")
        script.chmod(0o755)


def _run(command: list[str], what: str) -> str:
    done = subprocess.run(
        command,
        check=False,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    if done.returncode:
        tail = "\n".join(done.stdout.splitlines()[-_TAIL_LINES:])
        raise SetupFailed(f"{what}\n{tail}")
    return done.stdout


def go_on_in_environment() -> float:
    """Prepare and run the calling script on with the environment's Python; returns only inside it.

    The value is the `time.monotonic()` of the script's first start, so that times said include the set-up.
    """
    use_plain_console()
    started = float(os.environ.pop(_STARTED, time.monotonic()))
    # The packages come in without compiled code. Unless the first start may keep what it compiles, every process of a
    # suite or a campaign compiles all of it again: more than a second of CPU each.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    try:
        python = prepare()
    except (SetupFailed, TimeoutError) as error:
        say(f"準備できませんでした / set-up failed: {error}")
        sys.exit(2)
    if Path(sys.prefix).resolve() == VENV.resolve():
        return started
    os.environ[_STARTED] = str(started)
    command = [str(python), *sys.orig_argv[1:]]
    sys.stdout.flush()
    if sys.platform == "win32":  # exec there would hand the console back before the script has ended
        sys.exit(subprocess.run(command, check=False).returncode)
    os.execv(command[0], command)
