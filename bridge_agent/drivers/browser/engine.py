"""Starts browsers, quiet and confined to one host. Playwright's driver process is shared by the sessions of a thread."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, Playwright, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from bridge_agent.domain.errors import ConfigError
from bridge_agent.domain.ports import Sender
from bridge_agent.drivers.browser.certificates import trust_in_node
from bridge_agent.drivers.browser.find import find_browser
from bridge_agent.drivers.browser.options import BrowserOptions, WebAccount
from bridge_agent.drivers.browser.overdue import GRACE_S, OPENING_S, OverdueGuard, guard
from bridge_agent.drivers.browser.translate import quietly
from bridge_agent.drivers.sender import kill_browser, newest_driver, sender_of, started_at

QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-default-browser-check",
    "--no-first-run",
    "--no-pings",
    # Cores are reached directly; a proxy found by itself would be another way out.
    "--no-proxy-server",
)


LAUNCH_WAIT_MS = 30_000


class _Shared(threading.local):
    """Playwright's synchronous interface exists once in a thread, and may be used in that thread only."""

    playwright: Playwright | None = None
    driver: Sender | None = None
    """Its process, as far as a browser that it steers has told; a killed one answers nothing any more."""
    users: int = 0


_SHARED = _Shared()


def refuse_open_logs() -> None:
    """Playwright's debug modes print typed values: the agent does not start with them on."""
    debug = os.environ.get("DEBUG", "")
    if any(part.strip().startswith("pw") or part.strip() == "*" for part in debug.split(",")):
        raise ConfigError(
            "環境変数 DEBUG に pw が指定されています。入力値が記録されるため、外してから起動してください。"
        )
    if os.environ.get("PWDEBUG", "") not in ("", "0"):
        raise ConfigError("環境変数 PWDEBUG が指定されています。入力値が表示されるため、外してから起動してください。")


@dataclass(slots=True)
class Engine:
    """A running browser. `close` or `kill` ends it; both may be called again."""

    browser: Browser
    sender: Sender
    guard: OverdueGuard
    playwright: Playwright
    _open: bool = True

    @property
    def alive(self) -> bool:
        """Browser and driver are there. Playwright itself goes on saying "connected" after its driver was killed."""
        return self.browser.is_connected() and lives(self.sender) and lives(driver_of(self.sender))

    def close(self) -> None:
        if self._open:
            with self.guard.limit(OPENING_S):
                quietly(self.browser.close)
            self._release()

    def kill(self) -> bool:
        """End the browser at once, whatever it is doing; True = it is proven dead."""
        dead = kill_browser(self.sender, with_driver=False)
        if self._open:
            with self.guard.limit(GRACE_S):
                quietly(self.browser.close)
            self._release()
        return dead

    def _release(self) -> None:
        self._open = False
        self.guard.stop()
        _give_back_driver(self.playwright)


def start(account: WebAccount, options: BrowserOptions) -> Engine:
    """Raises ConfigError when there is no browser that starts."""
    refuse_open_logs()
    trust_in_node(options.ca_file)
    choice = find_browser(options.browser, headed=options.headed)
    playwright = _driver()
    try:
        with _launching():
            browser = playwright.chromium.launch(
                executable_path=choice.path,
                headless=not options.headed,
                args=_arguments(account, options),
                handle_sigint=False,
                handle_sigterm=False,
                handle_sighup=False,
                timeout=LAUNCH_WAIT_MS,
            )
            sender = sender_of(_pid_of(browser))
        _SHARED.driver = driver_of(sender)
        return Engine(browser, sender, guard(browser, sender), playwright)
    except PlaywrightError:
        _give_back_driver(playwright)
    raise ConfigError(
        f"ブラウザ {choice.path} を起動できませんでした。手で開けることを確かめてから、もう一度実行してください。"
    )


@contextmanager
def _launching() -> Iterator[None]:
    """A browser that dies while it comes up may leave the question for its number unanswered: then the driver is ended."""
    steering = newest_driver()
    if steering is None:
        yield
        return
    watching = OverdueGuard(steering)
    try:
        with watching.limit(LAUNCH_WAIT_MS / 1000 + OPENING_S):
            yield
    finally:
        watching.stop()


def _driver() -> Playwright:
    """The thread's own; one whose process was killed is thrown away, with all that it steered."""
    if _SHARED.playwright is not None and not lives(_SHARED.driver):
        _end_driver(_SHARED.playwright)
    if _SHARED.playwright is None:
        _SHARED.playwright = sync_playwright().start()
    _SHARED.users += 1
    return _SHARED.playwright


def _give_back_driver(playwright: Playwright | None) -> None:
    if playwright is None or playwright is not _SHARED.playwright:
        return  # it was thrown away before
    _SHARED.users -= 1
    if _SHARED.users == 0:
        _end_driver(playwright)


def _end_driver(playwright: Playwright) -> None:
    _SHARED.playwright, _SHARED.driver, _SHARED.users = None, None, 0
    quietly(playwright.stop)


def driver_of(sender: Sender) -> Sender | None:
    return Sender(sender.driver_pid, sender.driver_started, sender.host) if sender.driver_pid else None


def lives(process: Sender | None) -> bool:
    """None = its process is not known: taken for alive."""
    return process is None or started_at(process.pid) == process.started


def _arguments(account: WebAccount, options: BrowserOptions) -> list[str]:
    # No other name, address or port can be reached by anything in the browser, whatever asks for it.
    places = [place for place in (account.place, options.proxy) if place]
    known = ", ".join(f"MAP {place} {place}" for place in places)
    arguments = [*QUIET, f"--host-resolver-rules={known}, MAP * ~NOTFOUND"]
    if sys.platform.startswith("linux") and os.geteuid() == 0:
        arguments.append("--no-sandbox")  # Chromium's sandbox refuses to run as root
    return arguments


def _pid_of(browser: Browser) -> int:
    session = browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    return next(int(process["id"]) for process in processes if process["type"] == "browser")
