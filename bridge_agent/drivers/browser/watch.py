"""Listens to everything a browser context does of itself: dialogs, windows, downloads. Answers dialogs, remembers the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from playwright.sync_api import BrowserContext, Dialog, Download, Page, Request, Response

from bridge_agent.domain.errors import BridgeError, BusinessError
from bridge_agent.domain.plan import DialogAnswer, DialogRule
from bridge_agent.domain.reasons import Reason
from bridge_agent.drivers.browser.translate import quietly
from bridge_agent.drivers.faults import screen_changed

STRAY_WAIT_MS = 1_000
BROKEN_OFF = frozenset(
    f"net::ERR_{name}"
    for name in "CONTENT_LENGTH_MISMATCH INCOMPLETE_CHUNKED_ENCODING CONTENT_DECODING_FAILED CONNECTION_RESET "
    "CONNECTION_CLOSED EMPTY_RESPONSE HTTP2_PROTOCOL_ERROR NETWORK_CHANGED TIMED_OUT".split()
)
"""As Chromium says it. Not what the agent itself stops (ERR_FAILED), nor what another page takes the place of (ERR_ABORTED)."""


FETCHED = frozenset({"fetch", "xhr"})
SERVER_ERROR = 500


def _makes_a_screen(request: Request) -> bool:
    return request.is_navigation_request() or request.resource_type in FETCHED


class Watch:
    """One per context. Before the register press what it saw is raised by `check`; during it, it is only noted."""

    def __init__(self, context: BrowserContext, always: Sequence[DialogRule]) -> None:
        self._always = tuple(always)
        self._rules: tuple[DialogRule, ...] = self._always
        self._pending: BridgeError | None = None
        self._expected = 0
        self._registering = False
        self._leaving = False
        self._left_open: list[Page] = []
        self._context = context
        self.dialogs: list[str] = []
        """Kinds of the dialogs that spoil an answer; only during a register press."""
        self.strays = 0
        """Windows and downloads nobody asked for; only during a register press."""
        self.stayed = False
        """A 'leave this page?' was answered with no since this was last reset."""
        self.cut = False
        """A document, or what a page's script draws it from, has broken off on its way since this was last reset: what
        stands there is not the whole screen."""
        context.on("dialog", self._on_dialog)
        context.on("response", self._on_response)
        context.on("requestfailed", self._on_failed)
        context.on("page", self._on_page)

    def begin(self, rules: Sequence[DialogRule]) -> None:
        self._rules = (*rules, *self._always)
        self._pending = None
        self.cut = False
        for page in self._left_open:
            quietly(page.close)
        self._left_open.clear()

    def check(self) -> None:
        """Raise what happened since the last time, once."""
        pending, self._pending = self._pending, None
        if pending is not None:
            raise pending

    def note(self, error: BridgeError) -> None:
        """The first thing that went wrong is the one that is told."""
        if self._pending is None:
            self._pending = error

    @contextmanager
    def registering(self) -> Iterator[None]:
        self._registering = True
        self.dialogs, self.strays = [], 0
        try:
            yield
        finally:
            self._registering = False

    def await_stray(self) -> None:
        """A page has opened a window during the register press: it is told only when its first page has come."""
        if not self.strays:
            quietly(lambda: self._context.wait_for_event("page", timeout=STRAY_WAIT_MS))
            self.strays = max(self.strays, 1)

    @contextmanager
    def expecting(self) -> Iterator[None]:
        """Windows and downloads that come up inside are wanted."""
        self._expected += 1
        try:
            yield
        finally:
            self._expected -= 1

    @contextmanager
    def leaving(self) -> Iterator[None]:
        """The agent itself goes to another place: nothing typed here is wanted any more."""
        self._leaving = True
        try:
            yield
        finally:
            self._leaving = False

    def listen(self, page: Page) -> None:
        page.on("download", self._on_download)

    def _on_dialog(self, dialog: Dialog) -> None:
        accept = False
        try:
            accept = self._answer(dialog.type, " ".join(dialog.message.split()))
        finally:
            # A dialog without an answer would hold up the page, and the call that waits for it, for ever.
            quietly(dialog.accept if accept else dialog.dismiss)

    def _answer(self, kind: str, text: str) -> bool:
        if kind == "beforeunload" and self._leaving:
            return True
        rule = next((r for r in self._rules if r.kind == kind and " ".join(r.text.split()) in text), None)
        accept = rule is not None and rule.answer is DialogAnswer.ACCEPT
        self.stayed = self.stayed or (kind == "beforeunload" and not accept)
        if rule is not None and not rule.hold:
            return accept
        if self._registering:
            self.dialogs.append(rule.hold if rule is not None else kind)
        elif rule is not None and rule.hold in set(Reason):
            self.note(BusinessError(Reason(rule.hold)))
        else:
            self.note(BusinessError(Reason.DIALOG_UNKNOWN, kind))
        return accept

    def _on_failed(self, request: Request) -> None:
        if _makes_a_screen(request) and request.failure in BROKEN_OFF:
            self.cut = True

    def _on_response(self, answer: Response) -> None:
        """A page that draws itself shows an error of its server in its own words; `open` sees the page's own status."""
        if answer.status >= SERVER_ERROR and answer.request.resource_type in FETCHED:
            self.cut = True

    def _on_page(self, page: Page) -> None:
        self.listen(page)
        if self._expected:
            return
        if self._registering:
            self.strays += 1
            self._left_open.append(page)
            return
        self.note(screen_changed("想定外のウィンドウが開きました"))
        quietly(page.close)

    def _on_download(self, download: Download) -> None:
        if self._expected:
            return
        if self._registering:
            self.strays += 1
        else:
            self.note(screen_changed("画面の代わりにダウンロードが始まりました"))
        quietly(download.cancel)
