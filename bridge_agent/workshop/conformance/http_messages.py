"""HTTP/1.1 messages read whole from a socket, as raw bytes: just enough for a proxy that passes them on unchanged."""

from __future__ import annotations

import socket
from dataclasses import dataclass

CHUNK = 65536
LONGEST_HEAD = 65536
_NO_BODY = (204, 304)


class Wire:
    """A socket with what was read too far. Reading raises OSError, or EOFError when the other side has ended."""

    def __init__(self, connection: socket.socket) -> None:
        self.socket = connection
        self._rest = b""

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)

    def peek(self) -> bytes:
        """The first byte that comes next; b'' at the end."""
        return self._rest[:1] or self.socket.recv(1, socket.MSG_PEEK)

    def until(self, mark: bytes) -> bytes:
        """Everything up to and with `mark`."""
        while mark not in self._rest:
            if len(self._rest) > LONGEST_HEAD:
                raise EOFError
            self._more()
        found, _, self._rest = self._rest.partition(mark)
        return found + mark

    def exactly(self, count: int) -> bytes:
        while len(self._rest) < count:
            self._more()
        found, self._rest = self._rest[:count], self._rest[count:]
        return found

    def to_the_end(self) -> bytes:
        found, self._rest = self._rest, b""
        while more := self.socket.recv(CHUNK):
            found += more
        return found

    def _more(self) -> None:
        more = self.socket.recv(CHUNK)
        if not more:
            raise EOFError
        self._rest += more


@dataclass(frozen=True, slots=True)
class Head:
    """First line and headers."""

    line: bytes
    headers: tuple[tuple[bytes, bytes], ...]

    def get(self, name: bytes) -> bytes:
        """b'' when the header is not there."""
        return next((value for key, value in self.headers if key.lower() == name), b"")

    def encode(self, line: bytes | None = None) -> bytes:
        """Without what is meant for a proxy only."""
        kept = (key + b": " + value for key, value in self.headers if not key.lower().startswith(b"proxy-"))
        return b"\r\n".join((self.line if line is None else line, *kept, b"", b""))

    @property
    def closes(self) -> bool:
        old = b"HTTP/1.0" in self.line
        return self.get(b"connection").lower() == b"close" or (old and self.get(b"connection").lower() != b"keep-alive")


@dataclass(frozen=True, slots=True)
class Message:
    head: Head
    body: bytes
    """As it came over the wire (chunks with their lengths)."""
    last: bool = False
    """Nothing more comes on this connection."""

    @property
    def status(self) -> int:
        return int(self.head.line.split(b" ")[1])

    @property
    def method(self) -> str:
        return self.head.line.split(b" ")[0].decode("latin-1")

    @property
    def target(self) -> str:
        return self.head.line.split(b" ")[1].decode("latin-1")


def read_head(wire: Wire) -> Head:
    lines = wire.until(b"\r\n\r\n").split(b"\r\n")[:-2]
    headers = []
    for line in lines[1:]:
        key, _, value = line.partition(b":")
        headers.append((key, value.strip()))
    return Head(lines[0], tuple(headers))


def read_request(wire: Wire, head: Head) -> Message:
    return Message(head, _body(wire, head), head.closes)


def read_answer(wire: Wire, method: str) -> Message:
    head = read_head(wire)
    while head.line.split(b" ")[1].startswith(b"1"):  # 100 Continue and the like come before the answer
        head = read_head(wire)
    status = int(head.line.split(b" ")[1])
    if method == "HEAD" or status in _NO_BODY:
        return Message(head, b"", head.closes)
    if not head.get(b"content-length") and head.get(b"transfer-encoding").lower() != b"chunked":
        return Message(head, wire.to_the_end(), last=True)
    return Message(head, _body(wire, head), head.closes)


def _body(wire: Wire, head: Head) -> bytes:
    if head.get(b"transfer-encoding").lower() == b"chunked":
        return _chunks(wire)
    length = head.get(b"content-length")
    return wire.exactly(int(length)) if length else b""


def _chunks(wire: Wire) -> bytes:
    found = b""
    while True:
        size = wire.until(b"\r\n")
        found += size
        length = int(size.split(b";")[0], 16)
        if length == 0:
            break
        found += wire.exactly(length + 2)
    while True:  # trailers, then an empty line
        line = wire.until(b"\r\n")
        found += line
        if line == b"\r\n":
            return found
