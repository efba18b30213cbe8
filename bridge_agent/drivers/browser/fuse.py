"""The submit fuse: a browser may send a register request again by itself, so exactly one passes, and only when armed.

Chromium repeats a POST, without a word, when a kept-alive connection breaks before the answer. Here the request is made
outside the browser, without retries, and its answer is handed back; a broken connection is an error and stays one.
What a page still gets past it stops before the network, see `last_fuse`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import unquote, unquote_to_bytes

from playwright.sync_api import BrowserContext, Route
from playwright.sync_api import Error as PlaywrightError

from bridge_agent.domain.core_profile import RegisterRequest
from bridge_agent.drivers.browser.translate import quietly

REPEATING = (307, 308)
"""Redirects that repeat a POST; the browser follows them by itself."""
_FORM_ENCODINGS = ("utf-8", "cp932", "euc_jp", "iso2022_jp")
"""What Japanese pages send their forms in; a request is told by whichever of them reads so."""
_BOUNDARY = re.compile(r'boundary="?([^";,]+)', re.IGNORECASE)
_PART_NAME = re.compile(rb'[;\s]name="([^"]*)"', re.IGNORECASE)


class SubmitFuse:
    """Shut except inside `window`. Counters tell what happened in the last window; `strays` since `take_strays`."""

    def __init__(self, context: BrowserContext, origin: str, request: RegisterRequest) -> None:
        self._request = request
        self._armed = False
        self._timeout_ms = 0.0
        self.sent = 0
        self.blocked = 0
        self.status = 0
        """HTTP status of the answer to the last register request; 0 = none came."""
        self.strays = 0
        """Register requests outside a window: stopped."""
        context.route(address_of(origin, request), self._on_request)

    @contextmanager
    def window(self, timeout_s: float) -> Iterator[None]:
        """One register request may pass inside, and may take `timeout_s` for its answer."""
        self.sent = self.blocked = self.status = 0
        self._timeout_ms = timeout_s * 1000
        self._armed = True
        try:
            yield
        finally:
            self._armed = False

    def take_strays(self) -> int:
        strays, self.strays = self.strays, 0
        return strays

    def passed_by(self) -> None:
        """A register request came as far as the last fuse. One of a page's that went away has been counted here before."""
        if not self._armed:
            self.strays += 1
        elif not self.sent and not self.blocked:
            self.blocked = 1

    def _on_request(self, route: Route) -> None:
        request = route.request
        kind = request.headers.get("content-type", "")
        if not is_register(self._request, request.method, kind, request.post_data_buffer):
            quietly(route.continue_)
        elif not self._armed:
            self.strays += 1
            quietly(route.abort)
        elif self.sent:
            self.blocked += 1
            quietly(route.abort)
        else:
            self.sent = 1
            self._pass(route)

    def _pass(self, route: Route) -> None:
        try:
            answer = route.fetch(max_retries=0, max_redirects=0, timeout=self._timeout_ms)
            self.status = answer.status
            if answer.status in REPEATING:
                quietly(route.abort)  # the browser would post the registration once more, past this fuse
            else:
                route.fulfill(response=answer)
        except PlaywrightError:
            quietly(route.abort)


def address_of(origin: str, wanted: RegisterRequest) -> re.Pattern[str]:
    """The register address in every spelling that a server may take for it.

    Case, %xx, doubled and closing slashes and ;parameters (;jsessionid=…) do not tell two addresses apart.
    """
    parts = "".join(_spelt(char) for char in "/" + unquote(wanted.path).lstrip("/"))
    return re.compile(rf"^{re.escape(origin)}{parts}{_PARAMETERS}(?:/|%2f)*(?:[?#].*)?$", re.IGNORECASE)


_PARAMETERS = "(?:;[^/?#]*)?"


def _spelt(char: str) -> str:
    if char == "*":
        return ".*"
    if char == "/":
        return f"{_PARAMETERS}(?:/|%2f)+"
    coded = "".join(f"%{byte:02x}" for byte in char.encode())
    return f"(?:{re.escape(char)}|{coded})" if char.isascii() else coded


def is_register(wanted: RegisterRequest, method: str, content_type: str, body: bytes | None) -> bool:
    """Of a request to the register address. In doubt, yes: a body that cannot be read must not slip past a shut fuse."""
    if method.upper() != wanted.method.upper():
        return False
    if not wanted.field:
        return True
    if body is None:
        return True
    values = body_field(body, content_type, wanted.field)
    if values is None:
        return True
    return wanted.field_value in values if wanted.field_value else bool(values)


def body_field(body: bytes, content_type: str, name: str) -> list[str] | None:
    """All readings of the values of one field; None when the body is of no known kind."""
    kind = content_type.split(";")[0].strip().lower()
    if kind == "application/x-www-form-urlencoded":
        return _urlencoded(body, name)
    if kind == "multipart/form-data":
        return _multipart(body, content_type, name)
    if kind == "application/json":
        return _json(body, name)
    return None


def _readings(raw: bytes) -> list[str]:
    found = []
    for encoding in _FORM_ENCODINGS:
        try:
            found.append(raw.decode(encoding))
        except UnicodeDecodeError:
            continue
    return found


def _urlencoded(body: bytes, name: str) -> list[str]:
    found: list[str] = []
    for pair in body.split(b"&"):
        key, _, value = pair.partition(b"=")
        if name in _readings(unquote_to_bytes(key.replace(b"+", b" "))):
            found += _readings(unquote_to_bytes(value.replace(b"+", b" ")))
    return found


def _multipart(body: bytes, content_type: str, name: str) -> list[str] | None:
    """Browsers write a part's name as it is, in the page's encoding: no mail parser reads that."""
    boundary = _BOUNDARY.search(content_type)
    parts = body.split(b"--" + boundary[1].encode("latin-1", "replace")) if boundary else []
    if len(parts) < 3:
        return None
    found: list[str] = []
    for part in parts[1:-1]:
        head, _, value = part.partition(b"\r\n\r\n")
        named = _PART_NAME.search(head)
        if named is None:
            return None
        if name in _readings(named[1].replace(b"%22", b'"')):
            found += _readings(value.removesuffix(b"\r\n"))
    return found


def _json(body: bytes, name: str) -> list[str] | None:
    try:
        content = json.loads(body)
    except ValueError:
        return None
    if not isinstance(content, dict):
        return None
    value = content.get(name)
    if name not in content:
        return []
    return [value if isinstance(value, str) else json.dumps(value)]
