"""A small TCP front before a mock server: passes HTTP/1.1 on, and spoils an answer when the server asks for it.

A WSGI server can neither close a connection without answering nor reset it, so the server names the fault in the
private response header `X-Mock-Wire` (drop | reset | stall:SECONDS | truncate:BYTES) and this front carries it out.
Every connection of a client has its own connection to the server, and no request is ever sent twice from here.
"""

from __future__ import annotations

import asyncio
import socket
import struct
import sys
import threading
from collections.abc import AsyncIterator
from dataclasses import dataclass

WIRE_HEADER = b"x-mock-wire"
_CHUNK = 65536
_NO_LINGER = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)
_NO_BODY = {204, 304}


@dataclass(slots=True)
class Counts:
    """What passed through a front since it started."""

    connections: int = 0
    requests: int = 0
    reused: int = 0
    """Requests that came on a connection which had carried one before: those that a browser may send again."""
    spoiled: int = 0

    def report(self) -> dict[str, int]:
        """As plain data."""
        return {
            "connections": self.connections,
            "requests": self.requests,
            "reused": self.reused,
            "spoiled": self.spoiled,
        }


@dataclass(frozen=True, slots=True)
class _Head:
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


class WireFront:
    """Listens on a loopback port and passes everything on to another; runs in a thread of its own."""

    def __init__(self, backend_port: int, port: int = 0, host: str = "127.0.0.1") -> None:
        self.counts = Counts()
        self._backend = (host, backend_port)
        self._listener = socket.create_server((host, port))
        self.port: int = self._listener.getsockname()[1]
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self._clients: set[asyncio.Task[None]] = set()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"wire-{self.port}", daemon=True)

    def start(self) -> None:
        """Begins to accept connections; returns when it does."""
        self._thread.start()
        self._ready.wait()

    def stop(self) -> None:
        """Ends all connections, held-back answers too, and waits for the thread."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
            self._thread.join()

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve())

    async def _serve(self) -> None:
        server = await asyncio.start_server(self._accept, sock=self._listener)
        self._ready.set()
        await self._stop.wait()
        server.close()
        for task in list(self._clients):
            task.cancel()
        await asyncio.gather(*self._clients, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._clients.add(task)
        self.counts.connections += 1
        _no_delay(writer)
        try:
            await self._serve_client(reader, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.CancelledError):
            writer.transport.abort()
        finally:
            self._clients.discard(task)
            writer.close()

    async def _serve_client(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Passes requests on until either side ends the connection."""
        carried = 0
        back: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        try:
            while (request := await _read_head(reader)) is not None:
                if back is None or back[0].at_eof():
                    back = await asyncio.open_connection(*self._backend)
                    _no_delay(back[1])
                self.counts.requests += 1
                self.counts.reused += carried > 0
                carried += 1
                await _send_request(request, reader, back[1])
                if not await self._answer(request, back[0], writer):
                    return
        finally:
            if back is not None:
                back[1].close()

    async def _answer(self, request: _Head, back: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Passes one answer on, spoiled if so asked; False when the client's connection must end."""
        head = await _read_head(back)
        if head is None:
            return False
        body = await _read_answer_body(request, head, back)
        fault, _, amount = head.get(WIRE_HEADER).decode().partition(":")
        if fault:
            self.counts.spoiled += 1
        match fault:
            case "drop":
                return False
            case "reset":
                _reset(writer)
                return False
            case "stall":
                await asyncio.sleep(float(amount))
            case "truncate":
                writer.write(head.encode() + body[: int(amount)])
                await writer.drain()
                return False
            case _:
                pass
        writer.write(head.encode() + body)
        await writer.drain()
        return not (request.closes or head.closes)


def _no_delay(writer: asyncio.StreamWriter) -> None:
    connection: socket.socket = writer.get_extra_info("socket")
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _reset(writer: asyncio.StreamWriter) -> None:
    """Closes with a TCP reset: what SO_LINGER with no time does."""
    connection: socket.socket = writer.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
    writer.transport.abort()


async def _read_head(reader: asyncio.StreamReader) -> _Head | None:
    """The next message's first line and headers; None when the sender is gone before it."""
    try:
        block = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError as error:
        if error.partial:
            raise
        return None
    line, *rest = block[:-4].split(b"\r\n")
    pairs = (header.partition(b":") for header in rest)
    return _Head(line, tuple((key, value.strip()) for key, _, value in pairs))


async def _send_request(head: _Head, reader: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
    """Hands a whole request to the server, its body as it comes."""
    body = await _read_body(head, reader)
    back.write(head.encode() + body)
    await back.drain()


async def _read_answer_body(request: _Head, head: _Head, back: asyncio.StreamReader) -> bytes:
    status = int(head.line.split(b" ", 2)[1])
    if request.line.startswith(b"HEAD ") or status in _NO_BODY:
        return b""
    if not head.get(b"content-length") and not head.get(b"transfer-encoding"):
        return await back.read(-1)
    return await _read_body(head, back)


async def _read_body(head: _Head, reader: asyncio.StreamReader) -> bytes:
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
