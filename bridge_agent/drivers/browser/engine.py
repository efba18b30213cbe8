"""Starts browsers, quiet and confined to one host. Playwright's driver process is shared by the sessions of a thread."""

from __future__ import annotations

import os
import sys
import threading
from dataclasses import dataclass

from playwright.sync_api import Browser, Playwright, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from bridge_agent.domain.errors import ConfigError
from bridge_agent.domain.ports import Sender
from bridge_agent.drivers.browser.certificates import trust_in_node
from bridge_agent.drivers.browser.find import find_browser
from bridge_agent.drivers.browser.options import BrowserOptions, WebAccount
from bridge_agent.drivers.browser.overdue import OverdueGuard, guard
from bridge_agent.drivers.browser.sender import kill_browser, sender_of
from bridge_agent.drivers.browser.translate import quietly

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
    _open: bool = True

    def close(self) -> None:
        if self._open:
            quietly(self.browser.close)
            self._release()

    def kill(self) -> bool:
        """End the browser at once, whatever it is doing; True = it is proven dead."""
        dead = kill_browser(self.sender, with_driver=False)
        if self._open:
            quietly(self.browser.close)
            self._release()
        return dead

    def _release(self) -> None:
        self._open = False
        self.guard.stop()
        _give_back_driver()


def start(account: WebAccount, options: BrowserOptions) -> Engine:
    """Raises ConfigError when there is no browser that starts."""
    refuse_open_logs()
    trust_in_node(options.ca_file)
    choice = find_browser(options.browser, headed=options.headed)
    playwright = _driver()
    try:
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
        return Engine(browser, sender, guard(browser, sender))
    except PlaywrightError:
        _give_back_driver()
    raise ConfigError(f"ブラウザを起動できませんでした: {choice.path}")


def _driver() -> Playwright:
    if _SHARED.playwright is None:
        _SHARED.playwright = sync_playwright().start()
    _SHARED.users += 1
    return _SHARED.playwright


def _give_back_driver() -> None:
    _SHARED.users -= 1
    if _SHARED.users == 0 and _SHARED.playwright is not None:
        playwright, _SHARED.playwright = _SHARED.playwright, None
        playwright.stop()


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
