"""HTTP/1.1 messages as they stand on the wire: heads taken apart, bodies by their framing. For the wire front."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

WIRE_HEADER = b"x-mock-wire"
"""A header of the servers behind a front that no client ever sees."""
_NO_BODY = {204, 304}


@dataclass(frozen=True, slots=True)
class Head:
    """The first line and headers of a request or an answer."""

    line: bytes
    headers: tuple[tuple[bytes, bytes], ...]

    def get(self, name: bytes) -> bytes:
        """The value of a header, b'' when it is not there."""
        return next((value for key, value in self.headers if key.lower() == name), b"")

    def encode(self) -> bytes:
        """As sent, without the private header."""
        lines = [self.line, *(key + b": " + value for key, value in self.headers if key.lower() != WIRE_HEADER)]
        return b"\r\n".join((*lines, b"", b""))

    @property
    def closes(self) -> bool:
        """Whether the sender ends the connection after this message."""
        connection = self.get(b"connection").lower()
        old = b"HTTP/1.0" in self.line
        return connection == b"close" or (old and connection != b"keep-alive")


async def read_head(reader: asyncio.StreamReader) -> Head | None:
    """The next message's first line and headers; None when the sender is gone before it."""
    try:
        block = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError as error:
        if error.partial:
            raise
        return None
    line, *rest = block[:-4].split(b"\r\n")
    pairs = (header.partition(b":") for header in rest)
    return Head(line, tuple((key, value.strip()) for key, _, value in pairs))


async def send_request(head: Head, reader: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
    """Hands a whole request to the server, its body as it comes."""
    body = await _read_body(head, reader)
    back.write(head.encode() + body)
    await back.drain()


async def read_answer_body(request: Head, head: Head, back: asyncio.StreamReader) -> bytes:
    """The body of an answer, which may have none or end with its connection."""
    status = int(head.line.split(b" ", 2)[1])
    if request.line.startswith(b"HEAD ") or status in _NO_BODY:
        return b""
    if not head.get(b"content-length") and not head.get(b"transfer-encoding"):
        return await back.read(-1)
    return await _read_body(head, back)


async def _read_body(head: Head, reader: asyncio.StreamReader) -> bytes:
    """A body by its framing, as it stands on the wire (chunks included)."""
    if b"chunked" in head.get(b"transfer-encoding").lower():
        return b"".join([piece async for piece in _chunks(reader)])
    return await reader.readexactly(int(head.get(b"content-length") or 0))


async def _chunks(reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    while True:
        line = await reader.readuntil(b"\r\n")
        yield line
        size = int(line.split(b";")[0], 16)
        if size == 0:
            while line != b"\r\n":
                line = await reader.readuntil(b"\r\n")
                yield line
            return
        yield await reader.readexactly(size + 2)
