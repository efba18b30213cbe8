"""The last fuse: before the network, for the whole browser, and never open.

The submit fuse stops requests at the page or the worker that makes them. A worker whose page is left while it starts
runs without that stop; when a window closes while its request is stopped, Chromium lets the request go and sends it; and
some senders are not shown to it at all. So every request to the register address is asked about once more, at a place
that lasts as long as the browser. What registers is failed: the agent's own registration never comes here, it is made
outside the browser.
"""

from __future__ import annotations

import base64
from typing import Any
from urllib.parse import quote, unquote

from playwright.sync_api import Browser

from bridge_agent.domain.core_profile import RegisterRequest
from bridge_agent.drivers.browser.fuse import SubmitFuse, address_of, is_register
from bridge_agent.drivers.browser.translate import quietly


class LastFuse:
    """Made before the first page: it sees the requests of pages that are opened after it."""

    def __init__(self, browser: Browser, origin: str, request: RegisterRequest) -> None:
        self.above: SubmitFuse | None = None
        """Told of what came past it."""
        self._request = request
        self._address = address_of(origin, request)
        self._session = browser.new_browser_cdp_session()
        self._session.on("Fetch.requestPaused", self._on_request)
        # As the browser writes it; spellings in other case or with %xx are the submit fuse's alone.
        path = quote("/" + unquote(request.path).lstrip("/"), safe="/*;:@&=+$,!~'()-_.")
        self._session.send("Fetch.enable", {"patterns": [{"urlPattern": f"{origin}{path}*"}]})

    def _on_request(self, paused: dict[str, Any]) -> None:
        number = paused["requestId"]
        if not self._registers(paused["request"]):
            quietly(lambda: self._session.send("Fetch.continueRequest", {"requestId": number}))
            return
        if self.above is not None:
            self.above.passed_by()
        quietly(lambda: self._session.send("Fetch.failRequest", {"requestId": number, "errorReason": "Aborted"}))

    def _registers(self, request: dict[str, Any]) -> bool:
        if not self._address.match(request["url"]):
            return False
        kind = next((value for name, value in request["headers"].items() if name.lower() == "content-type"), "")
        return is_register(self._request, request["method"], kind, _body(request))


def _body(request: dict[str, Any]) -> bytes | None:
    """None = the browser does not show it."""
    entries = request.get("postDataEntries")
    if entries is None or not all("bytes" in entry for entry in entries):
        return None
    return b"".join(base64.b64decode(entry["bytes"]) for entry in entries)
