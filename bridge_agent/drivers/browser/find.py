"""Finds an installed browser, by known places only: what the environment says does not count."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import playwright

from bridge_agent.domain.errors import ConfigError

ADVICE = (
    "ブラウザが見つかりません。Microsoft Edge か Google Chrome をインストールしてください"
    "（Debian では apt install chromium、どれも使えないときは playwright install chromium）。"
)

VERSION_WAIT_S = 20.0
_VERSION = re.compile(r"\d+(?:\.\d+){3}")

_WINDOWS_EDGE = "Microsoft/Edge/Application/msedge.exe"
_WINDOWS_CHROME = "Google/Chrome/Application/chrome.exe"
_WINDOWS_CHROMIUM = "Chromium/Application/chrome.exe"


@dataclass(frozen=True, slots=True)
class BrowserChoice:
    path: Path
    kind: str
    """edge, chrome, chromium or headless-shell."""

    @property
    def can_show(self) -> bool:
        """Whether it can run with a window."""
        return self.kind != "headless-shell"


def find_browser(preferred: str = "", *, headed: bool = False) -> BrowserChoice:
    """The preferred browser (a path or a kind), else the first installed one, else Playwright's own download.

    Raises ConfigError with what to install.
    """
    given = Path(preferred).expanduser() if preferred else None
    if given is not None and (given.is_absolute() or len(given.parts) > 1):
        if not given.is_file():
            raise ConfigError(f"設定されたブラウザがありません: {given} を確かめてください。")
        return BrowserChoice(given, _kind_of(given))
    for choice in _known_places():
        if preferred and choice.kind != preferred.lower():
            continue
        if (choice.can_show or not headed) and choice.path.is_file():
            return choice
    if preferred:
        raise ConfigError(f"設定されたブラウザ「{preferred}」が見つかりません。{ADVICE}")
    raise ConfigError(ADVICE)


def installed_version(choice: BrowserChoice) -> str:
    """Like '156.0.8078.108', without opening a window; '' when it cannot be told."""
    if sys.platform == "win32":  # asked for its version, a browser there opens; its files lie in a folder of that name
        folders = (found.name for found in choice.path.parent.iterdir() if found.is_dir())
        versions = [name for name in folders if _VERSION.fullmatch(name)]
        return max(versions, key=lambda name: [int(part) for part in name.split(".")], default="")
    try:
        told = subprocess.run(
            [str(choice.path), "--version"], capture_output=True, text=True, timeout=VERSION_WAIT_S, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    found = _VERSION.search(told.stdout)
    return found.group(0) if found is not None else ""


def _kind_of(path: Path) -> str:
    name = path.name.lower()
    if "headless" in name:
        return "headless-shell"
    if "edge" in name:
        return "edge"
    return "chrome" if "chrome" in name else "chromium"


def _known_places() -> Iterator[BrowserChoice]:
    if sys.platform == "win32":
        yield from _windows()
    elif sys.platform == "darwin":
        yield from _macos()
    else:
        yield from _linux()
    yield from _downloaded()


def _windows() -> Iterator[BrowserChoice]:
    roots = [Path("C:/Program Files (x86)"), Path("C:/Program Files"), Path.home() / "AppData/Local"]
    for kind, inside in (("edge", _WINDOWS_EDGE), ("chrome", _WINDOWS_CHROME), ("chromium", _WINDOWS_CHROMIUM)):
        for root in roots:
            yield BrowserChoice(root / inside, kind)


def _macos() -> Iterator[BrowserChoice]:
    for root in (Path("/Applications"), Path.home() / "Applications"):
        yield BrowserChoice(root / "Microsoft Edge.app/Contents/MacOS/Microsoft Edge", "edge")
        yield BrowserChoice(root / "Google Chrome.app/Contents/MacOS/Google Chrome", "chrome")
        yield BrowserChoice(root / "Chromium.app/Contents/MacOS/Chromium", "chromium")


def _linux() -> Iterator[BrowserChoice]:
    # The headless shell first: it starts in half the time, and nobody watches a lane on a server.
    yield BrowserChoice(Path("/usr/bin/chromium-headless-shell"), "headless-shell")
    for path in ("/usr/bin/microsoft-edge-stable", "/usr/bin/microsoft-edge", "/opt/microsoft/msedge/msedge"):
        yield BrowserChoice(Path(path), "edge")
    for path in ("/usr/bin/google-chrome-stable", "/usr/bin/google-chrome", "/opt/google/chrome/chrome"):
        yield BrowserChoice(Path(path), "chrome")
    for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/snap/bin/chromium"):
        yield BrowserChoice(Path(path), "chromium")


_DOWNLOADS = (
    ("chromium_headless_shell-*/*/headless_shell*", "headless-shell"),
    ("chromium_headless_shell-*/*/chrome-headless-shell*", "headless-shell"),
    ("chromium-*/chrome-linux*/chrome", "chromium"),
    ("chromium-*/chrome-win*/chrome.exe", "chromium"),
    ("chromium-*/chrome-mac*/Chromium.app/Contents/MacOS/Chromium", "chromium"),
    ("chromium-*/chrome-mac*/*.app/Contents/MacOS/Google Chrome for Testing", "chromium"),
)


def _downloaded() -> Iterator[BrowserChoice]:
    """What `playwright install chromium` leaves, in its standard folder or beside the package; newest first."""
    if sys.platform == "win32":
        cache = Path.home() / "AppData/Local/ms-playwright"
    elif sys.platform == "darwin":
        cache = Path.home() / "Library/Caches/ms-playwright"
    else:
        cache = Path.home() / ".cache/ms-playwright"
    package = Path(playwright.__file__).parent / "driver/package/.local-browsers"
    for root in (cache, package):
        for pattern, kind in _DOWNLOADS:
            for path in sorted(root.glob(pattern), reverse=True):
                if path.suffix in ("", ".exe"):
                    yield BrowserChoice(path, kind)
