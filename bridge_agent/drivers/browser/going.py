"""Goes to an address, past the late error page of an earlier failure."""

from __future__ import annotations

from typing import Literal

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page, Response

from bridge_agent.domain.errors import TransientError
from bridge_agent.drivers.browser.translate import NoAnswer, own, page_left, quietly, translated

ERROR_PAGE = "chrome-error://chromewebdata/"
_ERROR_PAGE_WAIT_MS = 1_000


def go_to(page: Page, url: str, *, until: Literal["commit", "load"], timeout_s: float) -> Response | None:
    """The answer, None when only its arrival was seen. Raises our own errors."""
    timeout = timeout_s * 1000
    failure: TransientError
    try:
        return page.goto(url, wait_until=until, timeout=timeout)
    except PlaywrightError as error:
        interrupted = page_left(error)
        failure = own(error)
    if interrupted:
        # An earlier failure's error page came in between; the way itself goes on.
        translated(lambda: page.wait_for_url(url, wait_until=until, timeout=timeout))
        return None
    if isinstance(failure, NoAnswer):
        # The error page comes up a moment after the error; it must not come in between later.
        quietly(lambda: page.wait_for_url(ERROR_PAGE, wait_until="commit", timeout=_ERROR_PAGE_WAIT_MS))
    raise failure
