"""Small pages for the browser driver's tests."""

from __future__ import annotations

from bridge_agent.drivers.browser.screen import BrowserScreen
from tests.e2e.browser_sessions import shows
from tests.e2e.browser_site import Site


def shown(site: Site, screen: BrowserScreen, body: str, path: str = "/t") -> None:
    """Bring up a page with this body and wait until it stands."""
    site.show(path, f"<h1>試験画面</h1>{body}")
    screen.open(path)
    screen.recognise([shows("試験画面")])


def value(screen: BrowserScreen, selector: str) -> str:
    """What the page itself holds, asked past the driver's own reading."""
    return str(screen.seat.page.evaluate("css => document.querySelector(css).value", selector))
