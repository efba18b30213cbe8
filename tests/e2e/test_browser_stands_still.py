"""A page, a browser or the process that steers it stops answering or dies: the session says so, and can begin anew."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Browser

from bridge_agent.domain.errors import ConfigError, TransientError
from bridge_agent.drivers.browser import BrowserCoreSession, engine, kill_sender
from bridge_agent.drivers.browser import session as session_module
from bridge_agent.drivers.browser.wording import PRESS, place_json
from bridge_agent.drivers.sender import newest_driver
from tests.e2e.browser_sessions import (
    alive,
    button,
    driver_processes,
    pid_of,
    session,
    shows,
)
from tests.e2e.browser_site import Site, page, slowly

pytestmark = pytest.mark.browser


def test_a_page_that_never_answers_costs_its_browser_the_life(site: Site, browser_path: Path) -> None:
    core = session(site.base, browser_path)
    core.start()
    try:
        site.show("/stuck", "<h1>止まる</h1><button onclick='for(;;);'>押す</button>")
        core.screen.open("/stuck")
        core.screen.recognise([shows("止まる")])
        begun = time.monotonic()
        with pytest.raises(TransientError, match="ブラウザ"):
            core.screen.asked("press", field=place_json(button("押す"), PRESS), patience=0, limit_s=0.5)
        assert time.monotonic() - begun < 5
        core.renew()
        core.screen.open("/menu")
        core.screen.recognise([shows("メニュー")])
    finally:
        core.close()


def freeze(core: BrowserCoreSession) -> None:
    """The browser with all its processes stands still, as one does whose machine is out of breath."""
    browser = psutil.Process(pid_of(core))
    for process in [browser, *browser.children(recursive=True)]:
        process.suspend()


def test_a_browser_that_freezes_while_a_window_opens_costs_its_life(
    site: Site, browser_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_module, "OPENING_S", 0.5)
    core = session(site.base, browser_path)
    core.start()
    try:
        freeze(core)
        assert core.sender is not None
        # Only so that a driver without the limit fails here instead of standing still.
        rescue = threading.Timer(20, kill_sender, [core.sender])
        rescue.start()
        begun = time.monotonic()
        with pytest.raises(TransientError):
            core._session.side  # noqa: B018  # the quiet page is opened when it is first asked for
        assert time.monotonic() - begun < 10
        rescue.cancel()
        core.renew()
        core.screen.open("/menu")
    finally:
        core.close()


def test_a_driver_that_freezes_while_a_browser_comes_up_is_ended_and_replaced(
    site: Site, browser_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = engine._pid_of

    def frozen(browser: Browser) -> int:
        driver = newest_driver()
        assert driver is not None
        rescue = threading.Timer(20, psutil.Process(driver.pid).kill)
        rescue.start()
        psutil.Process(driver.pid).suspend()
        try:
            return asked(browser)
        finally:
            rescue.cancel()

    core = session(site.base, browser_path)
    with monkeypatch.context() as patch:
        patch.setattr(engine, "_pid_of", frozen)
        patch.setattr(engine, "LAUNCH_WAIT_MS", 5_000)
        patch.setattr(engine, "OPENING_S", 0.5)
        begun = time.monotonic()
        with pytest.raises(ConfigError, match="もう一度実行"):
            core.start()
        assert time.monotonic() - begun < 15
    assert driver_processes() == 0
    core.start()
    try:
        core.screen.open("/menu")
    finally:
        core.close()


def kill_driver(core: BrowserCoreSession) -> None:
    assert core.sender is not None
    driver = psutil.Process(core.sender.driver_pid)
    driver.kill()
    psutil.wait_procs([driver], timeout=5)


@contextmanager
def started(site: Site, browser_path: Path) -> Iterator[BrowserCoreSession]:
    core = session(site.base, browser_path)
    core.start()
    try:
        yield core
    finally:
        core.close()


def test_a_killed_driver_is_told_as_a_fault_and_replaced(site: Site, browser_path: Path) -> None:
    with started(site, browser_path) as core:
        former = core.sender
        assert former is not None
        kill_driver(core)
        with pytest.raises(TransientError):
            core.screen.open("/menu")
        core.renew()
        core.screen.open("/menu")
        assert core.sender is not None
        assert core.sender.driver_pid != former.driver_pid
        assert not alive(former)
    assert driver_processes() == 0


def test_sessions_that_shared_a_killed_driver_both_come_back(site: Site, browser_path: Path) -> None:
    with started(site, browser_path) as one, started(site, browser_path) as other:
        kill_driver(one)
        for core in (one, other):
            core.renew()
            core.screen.open("/menu")
        assert driver_processes() == 1
    assert driver_processes() == 0


def test_a_driver_killed_during_a_call_is_told_as_a_fault(site: Site, browser_path: Path) -> None:
    with started(site, browser_path) as core:
        site.at("GET", "/slow", slowly(3, page("late")))
        killer = threading.Timer(0.5, kill_driver, [core])
        killer.start()
        with pytest.raises(TransientError):
            core.screen.open("/slow")
        killer.join()
        core.stop_sender()
        core.start()
        core.screen.open("/menu")
