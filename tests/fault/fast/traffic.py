"""What a browser context does below its pages: cookies, redirects, the agent's own fuse and watch, and the sending.

The fuse and the watch are the agent's own classes; this context stands where Playwright's would.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import BrowserContext
from playwright.sync_api import Error as PlaywrightError

from bridge_agent.domain.core_profile import RegisterRequest
from bridge_agent.domain.plan import DialogRule
from bridge_agent.drivers.browser.fuse import SubmitFuse
from bridge_agent.drivers.browser.translate import BrowserGone
from bridge_agent.drivers.browser.watch import Watch
from tests.fault.fast.beyond import BeyondFastDriver
from tests.fault.fast.sending import Gone, Sending

FORM = "application/x-www-form-urlencoded"
_MOST_REDIRECTS = 20
_TO_GET = (301, 302, 303)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of a request, redirects followed."""

    failure: str
    """'' | refused | dropped | timeout | short | odd | aborted | foreign."""
    status: int = 0
    path: str = ""
    """Path and query the answer came from."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Names in lower case."""
    body: bytes = b""

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "")

    @property
    def is_download(self) -> bool:
        kind = self.content_type.split(";")[0].strip().lower()
        return "attachment" in self.headers.get("content-disposition", "").lower() or kind not in (
            "text/html",
            "text/plain",
            "application/xhtml+xml",
            "",
        )


class _Route:
    """One request on its way, as the fuse sees it."""

    def __init__(self, traffic: Traffic, method: str, path: str, body: bytes | None, timeout_s: float) -> None:
        self._traffic = traffic
        self._timeout_s = timeout_s
        self.method = method
        self.path = path
        self.post_data_buffer = body
        self.headers = {"content-type": FORM} if body is not None else {}
        self.outcome = Fetched("aborted")

    @property
    def request(self) -> _Route:
        return self

    def continue_(self) -> None:
        self.outcome = self._send(self._timeout_s, resend=self._traffic.resend)

    def abort(self) -> None:
        self.outcome = Fetched("aborted")

    def fetch(self, *, max_retries: int, max_redirects: int, timeout: float) -> Fetched:
        """As Playwright's: no retries, no redirects, an error when there is no whole answer."""
        if max_retries or max_redirects:
            raise BeyondFastDriver("a fuse that retries or follows")
        found = self._send(timeout / 1000, resend=False)
        if found.failure:
            raise PlaywrightError(found.failure)
        return found

    def fulfill(self, *, response: Fetched) -> None:
        self.outcome = response

    def _send(self, timeout_s: float, *, resend: bool) -> Fetched:
        return self._traffic.send(self.method, self.path, self.post_data_buffer, timeout_s, resend=resend)


class _Context:
    """Stands where Playwright's context would: remembers who listens."""

    def __init__(self) -> None:
        self.listeners: dict[str, Callable[[Any], None]] = {}
        self.routes: list[tuple[re.Pattern[str], Callable[[Any], None]]] = []

    def on(self, event: str, listener: Callable[[Any], None]) -> None:
        self.listeners[event] = listener

    def route(self, pattern: re.Pattern[str], handler: Callable[[Any], None]) -> None:
        self.routes.append((pattern, handler))

    def wait_for_event(self, event: str, timeout: float) -> None:
        """Windows are told here at once, so there is nothing to wait for."""


@dataclass(slots=True)
class _Dialog:
    type: str
    message: str
    accepted: bool = False

    def accept(self) -> None:
        self.accepted = True

    def dismiss(self) -> None:
        self.accepted = False


class _Stray:
    """A window or a download that a page brings up of itself."""

    def on(self, event: str, listener: Callable[[Any], None]) -> None: ...

    def close(self) -> None: ...

    def cancel(self) -> None: ...


class Traffic:
    """One log-in's cookies over one connection. `resend` imitates Chromium; `fuse` is the agent's own."""

    def __init__(
        self,
        origin: str,
        sending: Sending,
        wanted: RegisterRequest,
        dialogs: tuple[DialogRule, ...],
        *,
        fuse: bool,
        resend: bool,
    ) -> None:
        self.origin = origin
        self.resend = resend
        self._sending = sending
        self._cookies: dict[str, str] = {}
        self._context = _Context()
        context = cast(BrowserContext, self._context)
        self.watch = Watch(context, dialogs)
        self.fuse = SubmitFuse(context, origin, wanted) if fuse else None
        self.resent = 0
        """How often a request was silently sent a second time."""

    # ---- what pages do of themselves ----

    def dialog(self, kind: str, text: str) -> bool:
        """A page shows a dialog; whether the agent accepts it."""
        shown = _Dialog(kind, text)
        self._context.listeners["dialog"](shown)
        return shown.accepted

    def window(self) -> None:
        """A page opens a window nobody asked for."""
        self._context.listeners["page"](_Stray())

    def download(self) -> None:
        """A file comes instead of a page."""
        heard: list[Callable[[Any], None]] = []

        class Page(_Stray):
            def on(self, event: str, listener: Callable[[Any], None]) -> None:
                heard.append(listener)

        self.watch.listen(cast(Any, Page()))
        heard[0](_Stray())

    # ---- requests ----

    def fetch(self, method: str, path: str, body: bytes | None, timeout_s: float) -> Fetched:
        """Ask, and follow redirects as a browser does; a redirect that would repeat a POST is not followed."""
        end = time.monotonic() + timeout_s
        for _ in range(_MOST_REDIRECTS):
            left = max(end - time.monotonic(), 0.01)
            found = self._past_the_fuse(method, path, body, left)
            location = found.headers.get("location", "")
            if found.failure or not 300 <= found.status < 400 or not location:
                return found
            if body is not None and found.status not in _TO_GET:
                return Fetched("aborted")
            method, body = ("GET", None) if found.status in _TO_GET else (method, body)
            target = urlsplit(urljoin(self.origin + path, location))
            if f"{target.scheme}://{target.netloc}" != self.origin:
                return Fetched("foreign")
            path = target.path + (f"?{target.query}" if target.query else "")
        return Fetched("odd")

    def _past_the_fuse(self, method: str, path: str, body: bytes | None, timeout_s: float) -> Fetched:
        for pattern, handler in self._context.routes:
            if pattern.match(self.origin + path):
                route = _Route(self, method, path, body, timeout_s)
                handler(route)
                return route.outcome
        return self.send(method, path, body, timeout_s, resend=self.resend)

    def send(self, method: str, path: str, body: bytes | None, timeout_s: float, *, resend: bool) -> Fetched:
        """One request. Raises BrowserGone when the sending process has ended."""
        headers = {"Accept-Language": "ja-JP"}
        if self._cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        if body is not None:
            headers["Content-Type"] = FORM
        try:
            failure, status, raw, content, resent = self._sending.exchange(
                (method, path, headers, body, timeout_s, resend)
            )
        except Gone:
            raise BrowserGone("送信側のプロセスが終了しました。") from None
        self.resent += resent
        found: dict[str, str] = {}
        for name, value in raw:
            if name.lower() == "set-cookie":
                self._keep(value)
            found[name.lower()] = value
        return Fetched(failure, status, path, found, content)

    def _keep(self, cookie: str) -> None:
        pair, *attributes = cookie.split(";")
        name, _, value = pair.strip().partition("=")
        if any(re.fullmatch(r"\s*max-age=0\s*|\s*expires=\w+, 01[ -]Jan[ -]1970.*", a, re.I) for a in attributes):
            self._cookies.pop(name, None)
        else:
            self._cookies[name] = value
