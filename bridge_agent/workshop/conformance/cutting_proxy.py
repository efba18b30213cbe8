"""A local proxy that plays one trick on the next register request: cut the line, cut it at once, or repeat the request.

The browser and the driver's Node go through it to one core and nowhere else. Plain HTTP is read message by message;
an encrypted line is passed on unread, and what is a request there is told by the size and turn of its records.
"""

from __future__ import annotations

import contextlib
import select
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self
from urllib.parse import urlsplit

from bridge_agent.workshop.conformance.http_messages import CHUNK, Head, Message, Wire, read_answer, read_head
from bridge_agent.workshop.conformance.http_messages import read_request as read_whole
from bridge_agent.workshop.conformance.records import RecordReader

LOOK_EVERY_S = 0.1
CONNECT_S = 10.0
ANSWER_QUIET_S = 0.5
"""An encrypted answer has come when nothing more came for so long."""
REQUEST_QUIET_S = 0.3
"""An encrypted request is complete when nothing more came for so long."""
LONGEST_ANSWER_S = 600.0


class Trick(StrEnum):
    NONE = "none"
    CUT_ANSWERED = "cut_answered"
    """The core's answer is waited for, then the client's line is cut before a byte reaches it."""
    CUT_AT_ONCE = "cut_at_once"
    """The request is passed on whole, and the client's line is cut without waiting."""
    REPEAT = "repeat"
    """After the answer the same request is sent a second time; the client gets the first answer."""


@dataclass(slots=True)
class Seen:
    """What happened since the proxy was armed. Times are monotonic."""

    requests: int = 0
    """Register requests that were passed to the core."""
    statuses: list[int] = field(default_factory=list)
    """HTTP status of the core's answers to them; stays empty on an encrypted line."""
    cut_at: float | None = None
    answered_at: float | None = None
    encrypted: bool = False


@dataclass(slots=True)
class _UnreadLine:
    """An encrypted line while it stands."""

    client: socket.socket
    core: socket.socket
    records: RecordReader = field(default_factory=RecordReader)
    seen: Seen = field(default_factory=Seen)
    trick: Trick = Trick.NONE
    asked: float = 0.0
    answered: float = 0.0

    def answers(self) -> bool:
        """Pass on what the core says, unless the line is being cut; False when the core has ended."""
        data = self.core.recv(CHUNK)
        if not data:
            return False
        self.records.turn()
        self.answered = time.monotonic()
        if self.trick not in (Trick.CUT_ANSWERED, Trick.CUT_AT_ONCE):
            self.client.sendall(data)
        return True

    def answer_complete(self, ended: bool) -> bool:
        return self.answered > self.asked and (ended or time.monotonic() - self.answered > ANSWER_QUIET_S)

    def request_complete(self, ended: bool) -> bool:
        return ended or time.monotonic() - self.asked > REQUEST_QUIET_S


class CuttingProxy:
    """`place` is the core's host:port; `is_register` tells a register request from its method, path and message."""

    def __init__(self, place: str, is_register: Callable[[str, str, Message], bool]) -> None:
        host, _, port = place.rpartition(":")
        self._core = (host.strip("[]"), int(port))
        self._place = place.lower()
        self._is_register = is_register
        self._lock = threading.Lock()
        self._trick = Trick.NONE
        self._counting = False
        self._seen = Seen()
        self._open: set[socket.socket] = set()
        self._stopping = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(LOOK_EVERY_S)
        self.address = f"127.0.0.1:{self._listener.getsockname()[1]}"
        self._thread = threading.Thread(target=self._accept, name="cutting-proxy", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._thread.join()
        with self._lock:
            left = list(self._open)
        for connection in left:
            end(connection)

    def arm(self, trick: Trick) -> None:
        """Count from now on, and play the trick on the next register request."""
        with self._lock:
            self._seen, self._trick, self._counting = Seen(), trick, True

    def rest(self) -> Seen:
        """Stop counting and playing; what was seen since `arm`."""
        with self._lock:
            self._trick, self._counting = Trick.NONE, False
            return self._seen

    # ---- inside ----

    def _accept(self) -> None:
        while not self._stopping.is_set():
            try:
                client, _ = self._listener.accept()
            except TimeoutError:
                continue
            client.settimeout(None)
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()
        self._listener.close()

    def _serve(self, client: socket.socket) -> None:
        core: socket.socket | None = None
        try:
            self._keep(client)
            wire = Wire(client)
            head = read_head(wire)
            if not self._leads_to_core(head):
                wire.send(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                return
            core = self._connect()
            if head.line.startswith(b"CONNECT "):
                wire.send(b"HTTP/1.1 200 Connection established\r\n\r\n")
                if wire.peek() == b"\x16":  # a TLS handshake begins
                    self._pass_unread(client, core)
                    return
                head = read_head(wire)
            self._pass_messages(wire, Wire(core), head)
        except (OSError, EOFError, ValueError):
            pass  # one side has gone; so does the other
        finally:
            for connection in (client, core):
                if connection is not None:
                    self._drop(connection)

    def _leads_to_core(self, head: Head) -> bool:
        target = head.line.split(b" ")[1].decode("latin-1").lower()
        place = target if head.line.startswith(b"CONNECT ") else urlsplit(target).netloc
        return (place if ":" in place else f"{place}:80") == self._place

    def _connect(self) -> socket.socket:
        core = socket.create_connection(self._core, CONNECT_S)
        core.settimeout(LONGEST_ANSWER_S)
        core.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._keep(core)
        return core

    def _keep(self, connection: socket.socket) -> None:
        with self._lock:
            self._open.add(connection)

    def _drop(self, connection: socket.socket) -> None:
        with self._lock:
            self._open.discard(connection)
        end(connection)

    def _count(self) -> tuple[Seen, Trick]:
        """A register request goes to the core now; the trick is played once."""
        with self._lock:
            if not self._counting:
                return Seen(), Trick.NONE
            trick, self._trick = self._trick, Trick.NONE
            self._seen.requests += 1
            return self._seen, trick

    # ---- plain HTTP ----

    def _pass_messages(self, client: Wire, core: Wire, head: Head) -> None:
        while True:
            request = read_whole(client, head)
            path = _path(request.target)
            sent = request.head.encode(_origin_form(request, path)) + request.body
            registers = self._is_register(request.method, path, request)
            seen, trick = self._count() if registers else (Seen(), Trick.NONE)
            core.send(sent)
            if trick is Trick.CUT_AT_ONCE:
                seen.cut_at = time.monotonic()
                self._drop(client.socket)
            answer = read_answer(core, request.method)
            seen.statuses.append(answer.status)
            seen.answered_at = time.monotonic()
            if trick is Trick.CUT_AT_ONCE:
                return
            if trick is Trick.CUT_ANSWERED:
                seen.cut_at = time.monotonic()
                return
            if trick is Trick.REPEAT:
                self._repeat(sent, request.method, seen)
            client.send(answer.head.encode() + answer.body)
            if request.last or answer.last:
                return
            head = read_head(client)

    def _repeat(self, sent: bytes, method: str, seen: Seen) -> None:
        second = self._connect()
        try:
            self._count()
            wire = Wire(second)
            wire.send(sent)
            seen.statuses.append(read_answer(wire, method).status)
        finally:
            self._drop(second)

    # ---- an encrypted line ----

    def _pass_unread(self, client: socket.socket, core: socket.socket) -> None:
        line = _UnreadLine(client, core)
        while not self._stopping.is_set():
            ready, _, _ = select.select([client, core], [], [], LOOK_EVERY_S)
            if client in ready and not self._asks(line):
                return
            ended = core in ready and not line.answers()
            answered = line.trick is Trick.CUT_ANSWERED and line.answer_complete(ended)
            if answered or (line.trick is Trick.CUT_AT_ONCE and line.request_complete(ended)):
                line.seen.cut_at = line.answered if answered else line.asked
                self._drop(client)
                if not ended:
                    self._drain(core, line.seen)
                return
            if ended:
                return

    def _asks(self, line: _UnreadLine) -> bool:
        """Pass on what the client says; False when it has ended."""
        data = line.client.recv(CHUNK)
        if not data:
            return False
        if line.records.requests_in(data) and self._counting:
            line.seen, played = self._count()
            line.seen.encrypted = True
            line.trick = played if played is not Trick.NONE else line.trick
        line.asked = time.monotonic()
        line.core.sendall(data)
        return True

    @staticmethod
    def _drain(core: socket.socket, seen: Seen) -> None:
        """The core's side stays open, as it does behind a load balancer, until the core has answered and ended."""
        while core.recv(CHUNK):
            seen.answered_at = time.monotonic()


def _path(target: str) -> str:
    parts = urlsplit(target)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _origin_form(request: Message, path: str) -> bytes:
    method, _, version = request.head.line.split(b" ")
    return b" ".join((method, path.encode("latin-1"), version))


def end(connection: socket.socket) -> None:
    """Also wakes a thread that waits on it."""
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
