"""Web cores and web sources driven with Playwright; the only home of Playwright."""

from bridge_agent.drivers.browser.core_session import BrowserCoreSession
from bridge_agent.drivers.browser.find import BrowserChoice, find_browser
from bridge_agent.drivers.browser.options import BrowserOptions, WebAccount
from bridge_agent.drivers.browser.pages import BrowserPages
from bridge_agent.drivers.sender import kill_sender

__all__ = [
    "BrowserChoice",
    "BrowserCoreSession",
    "BrowserOptions",
    "BrowserPages",
    "WebAccount",
    "find_browser",
    "kill_sender",
]
