"""Finds a browser that Playwright can drive, or brings one: installed first, then Debian's, then Playwright's own.

Standard library only; the last way runs the environment's Python.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from scripts import debian
from scripts.steps_shown import SetupFailed, say, step

HEADLESS_SHELL = "chromium-headless-shell"  # no window at all: starts and ends faster than the whole browser
ON_PATH = (
    "microsoft-edge",
    "microsoft-edge-stable",
    "google-chrome",
    "google-chrome-stable",
    "chromium",
    "chromium-browser",
)
ON_WINDOWS = (
    Path("Microsoft", "Edge", "Application", "msedge.exe"),
    Path("Google", "Chrome", "Application", "chrome.exe"),
    Path("Chromium", "Application", "chrome.exe"),
)
ON_MACOS = (
    Path("Microsoft Edge.app", "Contents", "MacOS", "Microsoft Edge"),
    Path("Google Chrome.app", "Contents", "MacOS", "Google Chrome"),
    Path("Chromium.app", "Contents", "MacOS", "Chromium"),
)
JAPANESE_FONTS = "fonts-noto-cjk"
NOTHING_FOUND = (
    "ブラウザーがありません。Microsoft Edge、Google Chrome、Chromium のどれかを入れてから、もう一度実行してください / "
    "no browser found: install Microsoft Edge, Google Chrome or Chromium and run this again."
)


def find_browser(*, headless: bool) -> Path | None:
    """An installed browser; without a window, Debian's window-less one comes first."""
    return next(_installed(headless=headless), None)


def _installed(*, headless: bool) -> Iterator[Path]:
    names = (HEADLESS_SHELL, *ON_PATH) if headless else ON_PATH
    for name in names:
        found = shutil.which(name)
        if found:
            yield Path(found)
    for folder, programs in _program_folders():
        for program in programs:
            if (folder / program).is_file():
                yield folder / program


def _program_folders() -> list[tuple[Path, tuple[Path, ...]]]:
    if sys.platform == "win32":
        variables = ("PROGRAMFILES(X86)", "PROGRAMFILES", "LOCALAPPDATA")
        return [(Path(os.environ[variable]), ON_WINDOWS) for variable in variables if os.environ.get(variable)]
    if sys.platform == "darwin":
        return [(folder, ON_MACOS) for folder in (Path("/Applications"), Path.home() / "Applications")]
    return []


def bring_browser(python: Path, *, headless: bool) -> Path:
    """The browser's path; installs one where that is possible. Raises SetupFailed with what to install."""
    if not headless:
        _need_a_screen()
    found = find_browser(headless=headless)
    if found is None and debian.can_install():
        debian.install([HEADLESS_SHELL if headless else "chromium", JAPANESE_FONTS])
        found = find_browser(headless=headless)
    if found is None:
        found = _playwrights_own(python)
    if headless and debian.can_install() and not _has_japanese_font():
        _install_fonts()
    return found


def _need_a_screen() -> None:
    has_one = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if sys.platform not in ("win32", "darwin") and not has_one:
        raise SetupFailed(
            "画面がないので --headed は使えません。付けずに実行してください / no display: run without --headed."
        )


def _has_japanese_font() -> bool:
    fc_list = shutil.which("fc-list")
    if fc_list is None:
        return Path("/usr/share/fonts/opentype/noto").is_dir()
    listed = subprocess.run([fc_list, ":lang=ja", "family"], check=False, capture_output=True)
    return bool(listed.stdout.strip())


def _install_fonts() -> None:
    """Pictures without them show boxes; everything else works, so a failure is only said."""
    try:
        debian.install([JAPANESE_FONTS])
    except SetupFailed:
        say("  日本語フォントは入りませんでした。画面の写しの文字が□になります / pictures will lack Japanese letters.")


_ASK_PATH = (
    "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path, end='')"
)


def _playwrights_own(python: Path) -> Path:
    found = _downloaded(python)
    if found is not None:
        return found
    with step("Playwright のブラウザーを入れます / downloading Playwright's own browser"):
        done = subprocess.run(
            [str(python), "-m", "playwright", "install", "chromium"],
            check=False,
            stdin=subprocess.DEVNULL,
            capture_output=True,
        )
        found = _downloaded(python) if done.returncode == 0 else None
        if found is None:
            raise SetupFailed(NOTHING_FOUND)
    return found


def _downloaded(python: Path) -> Path | None:
    asked = subprocess.run(
        [str(python), "-X", "utf8", "-c", _ASK_PATH], check=False, capture_output=True, encoding="utf-8"
    )
    path = Path(asked.stdout)
    return path if asked.returncode == 0 and asked.stdout and path.is_file() else None
