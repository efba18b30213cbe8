"""Which browser is taken on which system, without starting one."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts import browsers, debian
from scripts.steps_shown import SetupFailed


@pytest.fixture(autouse=True)
def bare_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr(debian, "can_install", lambda: False)
    monkeypatch.setattr(browsers, "_playwrights_own", lambda python: _refuse())


def _refuse() -> Path:
    raise SetupFailed(browsers.NOTHING_FOUND)


def on_path(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}" if name in names else None)


def test_without_a_window_the_headless_shell_is_preferred(monkeypatch: pytest.MonkeyPatch) -> None:
    on_path(monkeypatch, "chromium", "chromium-headless-shell")
    assert browsers.find_browser(headless=True) == Path("/usr/bin/chromium-headless-shell")
    assert browsers.find_browser(headless=False) == Path("/usr/bin/chromium")


def test_an_installed_edge_or_chrome_is_found_on_windows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    for variable in ("PROGRAMFILES(X86)", "PROGRAMFILES", "LOCALAPPDATA"):
        monkeypatch.setenv(variable, str(tmp_path / variable))
    assert browsers.find_browser(headless=True) is None
    chrome = tmp_path / "LOCALAPPDATA" / browsers.ON_WINDOWS[1]
    edge = tmp_path / "PROGRAMFILES(X86)" / browsers.ON_WINDOWS[0]
    for program in (chrome, edge):
        program.parent.mkdir(parents=True)
        program.touch()
    assert browsers.find_browser(headless=False) == edge


def test_debian_gets_its_own_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    installed: list[str] = []

    def install(packages: list[str]) -> None:
        installed.extend(packages)
        on_path(monkeypatch, *packages)

    monkeypatch.setattr(debian, "can_install", lambda: True)
    monkeypatch.setattr(debian, "install", install)
    monkeypatch.setattr(browsers, "_has_japanese_font", lambda: True)
    assert browsers.bring_browser(Path("python"), headless=True) == Path("/usr/bin/chromium-headless-shell")
    assert installed == ["chromium-headless-shell", "fonts-noto-cjk"]


def test_nothing_to_be_had_is_one_sentence() -> None:
    with pytest.raises(SetupFailed, match="ブラウザーがありません"):
        browsers.bring_browser(Path("python"), headless=True)


def test_a_window_needs_a_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    on_path(monkeypatch, "chromium")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    with pytest.raises(SetupFailed, match="--headed"):
        browsers.bring_browser(Path("python"), headless=False)
    monkeypatch.setenv("DISPLAY", ":1")
    assert browsers.bring_browser(Path("python"), headless=False) == Path("/usr/bin/chromium")
