"""A small interface on a loopback port that says what a test wants it to say, and a clock that only waits move."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.unit.sources.packages import NUMBER, columns

OTHER = "0202611050002"
NOW = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
Answer = tuple[int, Any]


@dataclass
class MovedClock:
    """Moves by every wait, and by `step_s` with every look at it."""

    moment: float = NOW.timestamp()
    step_s: float = 0.0
    waits: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.moment, UTC)

    def monotonic(self) -> float:
        self.moment += self.step_s
        return self.moment

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.moment += seconds


@dataclass
class System:
    """The other side: what it answers, by method and path; and what it was asked, in order."""

    answers: dict[str, Callable[[dict[str, str]], Answer]] = field(default_factory=dict)
    once: list[tuple[int, bytes, dict[str, str]]] = field(default_factory=list)
    """The next answers, whatever is asked."""
    asked: list[str] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)
    tokens: int = 0
    state: str = "承認済(連携待ち)"
    core_number: str = ""
    total: int | None = None
    numbers: tuple[str, ...] = (NUMBER,)
    columns: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    valid: set[str] = field(default_factory=set)
    url: str = ""

    def answer(self, method: str, path: str, query: dict[str, str], body: dict[str, Any], token: str) -> Answer:
        if path.endswith("/login"):
            if body["password"] != "right":
                return 401, {"message": "違います"}
            self.tokens += 1
            self.valid = {f"t{self.tokens}"}
            return 200, {"token": f"t{self.tokens}"}
        if token not in self.valid:
            return 401, {}
        if path.endswith("/applications"):
            size, page = int(query["size"]), int(query["page"])
            items = [self.line(number) for number in self.numbers[(page - 1) * size : page * size]]
            return 200, {"totalCount": len(self.numbers) if self.total is None else self.total, "applications": items}
        if method == "POST":
            self.state, self.core_number = body["status"], body["coreNumber"]
            return 200, {}
        if path.endswith("/processing-states"):
            return 200, {"applications": [self.line(query["receiptNo"])] if query["receiptNo"] in self.numbers else []}
        number = path.rpartition("/")[2]
        if number not in self.numbers:
            return 404, {}
        pairs = [{"name": name, "value": text} for name, text in columns(number).items()]
        return 200, {"items": self.columns.get(number, pairs), "attachments": []}

    def line(self, number: str) -> dict[str, str]:
        return {
            "receiptNo": number,
            "procedureCode": "K0020",
            "procedureName": "負担割合証の再交付",
            "revision": "1",
            "status": self.state,
            "coreNumber": self.core_number,
        }


def handler_of(system: System) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._respond("GET")

        def do_POST(self) -> None:
            self._respond("POST")

        def _respond(self, method: str) -> None:
            parts = urlsplit(self.path)
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else {}
            system.asked.append(f"{method} {parts.path}")
            system.bodies.append(body)
            headers: dict[str, str] = {}
            if system.once:
                status, raw, headers = system.once.pop(0)
            else:
                token = self.headers.get("Authorization", "").removeprefix("Bearer ")
                path, query = unquote(parts.path), dict(parse_qsl(parts.query))
                special = system.answers.get(path)
                status, content = special(query) if special else system.answer(method, path, query, body, token)
                raw = content if isinstance(content, bytes) else json.dumps(content).encode()
            self.send_response(status)
            for name, text in ({"Content-Length": str(len(raw))} | headers).items():
                self.send_header(name, text)
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, format: str, *args: object) -> None: ...

    return Handler


@contextmanager
def served(system: System, tls: ssl.SSLContext | None = None) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(system))
    server.daemon_threads = True
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http{'s' if tls else ''}://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
