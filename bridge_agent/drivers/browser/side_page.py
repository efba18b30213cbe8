"""A second page of the same log-in, parked on the system's own origin: quiet reads beside the entry screen."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from typing import Any

from playwright.sync_api import BrowserContext, Page
from playwright.sync_api import Error as PlaywrightError

from bridge_agent.domain.core_profile import Limits
from bridge_agent.domain.errors import TransientError
from bridge_agent.domain.plan import Mark, Meaning
from bridge_agent.drivers.browser.going import go_to
from bridge_agent.drivers.browser.page_script import ask
from bridge_agent.drivers.browser.translate import own, quietly, translated
from bridge_agent.drivers.browser.wording import Json, marks_json

PARKED = "/.bridge-agent/parked"
"""Answered by the driver itself: the page has the system's origin and cookies, and the system never sees a request."""


def park(context: BrowserContext, origin: str) -> None:
    """Make the parking place known to a new context."""
    context.route(
        f"{origin}{PARKED}",
        lambda route: quietly(
            lambda: route.fulfill(
                status=200, content_type="text/html; charset=utf-8", body="<!doctype html><title></title>"
            )
        ),
    )


class SidePage:
    """Owned by the session; ends with its context."""

    def __init__(self, page: Page, origin: str, marks: Sequence[Mark], limits: Limits) -> None:
        self._page = page
        self._origin = origin
        self._marks = tuple(marks)
        self._limits = limits
        self._parked = False

    def fetch(self, path: str, form: Mapping[str, str] | None, wanted: Mapping[str, object]) -> Json:
        """Read a page without showing it. {'fault': 'no_answer' | 'encoding'} when it could not be read."""
        self._park()
        return self._extract(self._request(path, form), wanted)

    def begin(self, path: str, wanted: Mapping[str, object]) -> None:
        """The same `fetch` follows soon: begin it without waiting. When that fails, it is simply asked later."""
        with contextlib.suppress(PlaywrightError, TransientError):
            self._park()
            ask(self._page, "begin", self._given(self._request(path, None), wanted))

    def _request(self, path: str, form: Mapping[str, str] | None) -> Json:
        return {
            "path": path,
            "form": dict(form) if form is not None else None,
            "timeout": self._limits.page_s * 1000,
        }

    def _given(self, request: Mapping[str, object] | None, wanted: Mapping[str, object]) -> Json:
        return {"request": request, "wanted": wanted, "marks": marks_json(self._marks)}

    def show(self, path: str, form: Mapping[str, str] | None, wanted: Mapping[str, object]) -> Json:
        """Bring the page up and read it as the browser shows it, for pages that scripts build."""
        try:
            if form is None:
                self._parked = False
                go_to(self._page, f"{self._origin}{path}", until="load", timeout_s=self._limits.page_s)
            else:
                self._post(path, form)
        except TransientError:
            return {"fault": "no_answer"}
        translated(lambda: ask(self._page, "quiet", {"ms": self._limits.page_s * 1000}))
        return self._extract(None, wanted)

    def lost(self, told: Mapping[str, Any]) -> bool:
        """The page is what the system shows after a session has ended."""
        return any(self._marks[at].meaning is Meaning.SESSION_LOST for at in told.get("hits", ()))

    def down(self, told: Mapping[str, Any]) -> bool:
        return any(self._marks[at].meaning is Meaning.SYSTEM_DOWN for at in told.get("hits", ()))

    def _park(self) -> None:
        if not self._parked:
            go_to(self._page, f"{self._origin}{PARKED}", until="commit", timeout_s=self._limits.page_s)
            self._parked = True

    def _post(self, path: str, form: Mapping[str, str]) -> None:
        self._park()
        self._parked = False

        def post() -> None:
            with self._page.expect_navigation(wait_until="load", timeout=self._limits.page_s * 1000):
                ask(self._page, "post", {"path": path, "form": dict(form)})

        translated(post)

    def _extract(self, request: Mapping[str, object] | None, wanted: Mapping[str, object]) -> Json:
        try:
            told: Json = ask(self._page, "extract", self._given(request, wanted))
            return told
        except PlaywrightError as error:
            failure = own(error)
        raise failure
