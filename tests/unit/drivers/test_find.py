"""Which browser is taken, and what is said when there is none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bridge_agent.domain.errors import ConfigError
from bridge_agent.drivers.browser import find
from bridge_agent.drivers.browser.find import BrowserChoice, find_browser


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[BrowserChoice]:
    """A machine with a headless shell, Edge and Chromium, and a Chrome that is not there."""
    here = [
        BrowserChoice(tmp_path / "shell", "headless-shell"),
        BrowserChoice(tmp_path / "no chrome", "chrome"),
        BrowserChoice(tmp_path / "エッジ", "edge"),
        BrowserChoice(tmp_path / "chromium", "chromium"),
    ]
    for choice in here:
        if choice.kind != "chrome":
            choice.path.touch()

    def known() -> Iterator[BrowserChoice]:
        yield from here

    monkeypatch.setattr(find, "_known_places", known)
    return here


def test_the_first_installed_one_is_taken(places: list[BrowserChoice]) -> None:
    assert find_browser() == places[0]


def test_a_window_needs_a_browser_that_has_one(places: list[BrowserChoice]) -> None:
    assert find_browser(headed=True) == places[2]


def test_a_kind_or_a_path_may_be_preferred(places: list[BrowserChoice]) -> None:
    assert find_browser("chromium") == places[3]
    assert find_browser("Edge") == places[2]
    assert find_browser(str(places[0].path)).path == places[0].path


@pytest.mark.parametrize("preferred", ["chrome", "/no/such/browser", "firefox"])
def test_a_preferred_one_that_is_missing_is_named(places: list[BrowserChoice], preferred: str) -> None:
    with pytest.raises(ConfigError, match=preferred.rsplit("/", maxsplit=1)[-1]):
        find_browser(preferred)


def test_without_a_browser_one_sentence_says_what_to_install(
    places: list[BrowserChoice], monkeypatch: pytest.MonkeyPatch
) -> None:
    places.clear()
    with pytest.raises(ConfigError) as raised:
        find_browser()
    assert raised.value.message.count("。") == 2
    for word in ("Microsoft Edge", "Google Chrome", "apt install chromium"):
        assert word in raised.value.message


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("chromium-headless-shell", "headless-shell"),
        ("msedge.exe", "edge"),
        ("chrome.exe", "chrome"),
        ("chromium", "chromium"),
        ("thing", "chromium"),
    ],
)
def test_a_path_tells_its_kind(tmp_path: Path, name: str, kind: str) -> None:
    (tmp_path / name).touch()
    assert find_browser(str(tmp_path / name)).kind == kind


@pytest.mark.parametrize(
    ("platform", "part"),
    [("win32", "Microsoft/Edge"), ("darwin", "Microsoft Edge.app"), ("linux", "/usr/bin/chromium")],
)
def test_every_platform_has_its_places(monkeypatch: pytest.MonkeyPatch, platform: str, part: str) -> None:
    monkeypatch.setattr("sys.platform", platform)
    assert any(part in choice.path.as_posix() for choice in find._known_places())
