"""A small TCP front before a mock server: passes HTTP/1.1 on, and spoils answers or connections when asked to.

A WSGI server can neither close a connection without answering nor reset it, so the server names the fault in the
private response header `X-Mock-Wire` and this front carries it out: drop | reset | stall:SECONDS | swallow:SECONDS |
truncate:BYTES | refuse:SECONDS | certificate:KIND:SECONDS spoil the answer; cut-others | refuse-others:SECONDS let it
pass and strike every other connection. Every connection of a client has its own connection to the server, and no
request is ever sent twice from here. With certificates the front speaks TLS to its clients.
"""

from __future__ import annotations

import asyncio
import socket
import struct
import sys
import threading
from dataclasses import dataclass

from mock_core_ui.tls import Certificate, Certificates
from mock_core_ui.wire_messages import WIRE_HEADER, Head, read_answer_body, read_head, send_request

_NO_LINGER = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)
_REOPEN_TRIES = 100
_REOPEN_PAUSE_S = 0.05


@dataclass(slots=True)
class Counts:
    """What passed through a front since it started."""

    connections: int = 0
    """Accepted ones; behind TLS those whose handshake succeeded."""
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


class WireFront:
    """Listens on a loopback port and passes everything on to another; runs in a thread of its own."""

    def __init__(
        self, backend_port: int, port: int = 0, host: str = "127.0.0.1", certificates: Certificates | None = None
    ) -> None:
        self.counts = Counts()
        self._host = host
        self._backend_port = backend_port
        self._certificates = certificates
        self._listener = socket.create_server((host, port))
        self.port: int = self._listener.getsockname()[1]
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self._server: asyncio.Server | None = None
        self._clients: set[asyncio.Task[None]] = set()
        self._reopening: asyncio.Task[None] | None = None
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"wire-{self.port}", daemon=True)

    @property
    def scheme(self) -> str:
        """How addresses of this front begin."""
        return "https" if self._certificates else "http"

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
        await self._listen(self._listener)
        self._ready.set()
        await self._stop.wait()
        if self._server is not None:
            self._server.close()
        await asyncio.gather(*self._cut(None), return_exceptions=True)

    async def _listen(self, listener: socket.socket) -> None:
        context = self._certificates.context if self._certificates else None
        self._server = await asyncio.start_server(self._accept, sock=listener, ssl=context)

    # -- connections ------------------------------------------------------------------------------------------

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
            while (request := await read_head(reader)) is not None:
                if back is None or back[0].at_eof():
                    back = await asyncio.open_connection(self._host, self._backend_port)
                    _no_delay(back[1])
                self.counts.requests += 1
                self.counts.reused += carried > 0
                carried += 1
                await send_request(request, reader, back[1])
                if not await self._answer(request, back[0], writer):
                    return
        finally:
            if back is not None:
                back[1].close()

    async def _answer(self, request: Head, back: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Passes one answer on, spoiled if so asked; False when the client's connection must end."""
        head = await read_head(back)
        if head is None:
            return False
        body = await read_answer_body(request, head, back)
        fault, _, amount = head.get(WIRE_HEADER).decode().partition(":")
        others = fault.endswith("-others")
        self.counts.spoiled += bool(fault and not others)
        if fault == "truncate":
            writer.write(head.encode() + body[: int(amount)])
            await writer.drain()
            return False
        if not await self._lets_pass(fault, amount, writer):
            return False
        writer.write(head.encode() + body)
        await writer.drain()
        return not (request.closes or head.closes)

    async def _lets_pass(self, fault: str, amount: str, writer: asyncio.StreamWriter) -> bool:
        """Carries out a fault before the answer or in its place; True when the whole answer is to be sent after all."""
        match fault:
            case "drop":
                return False
            case "reset":
                _reset(writer)
                return False
            case "stall":
                await asyncio.sleep(float(amount))
                return True
            case "swallow":
                await asyncio.sleep(float(amount))
                return False
            case "refuse":
                self._cut(asyncio.current_task())
                self._refuse(float(amount))
                return False
            case "cut-others" | "refuse-others":
                if amount:
                    self._refuse(float(amount))
                await asyncio.gather(*self._cut(asyncio.current_task()), return_exceptions=True)
                await asyncio.sleep(0)  # the sockets are closed by the loop's next round: the answer says it is done
                return True
            case "certificate":
                kind, _, seconds = amount.partition(":")
                self._cut(asyncio.current_task())
                self._show_certificate(Certificate(kind), float(seconds))
                return False
            case _:
                return True

    # -- all connections --------------------------------------------------------------------------------------

    def _cut(self, spared: asyncio.Task[None] | None) -> list[asyncio.Task[None]]:
        """Ends every connection but one, whatever it is in the middle of; what reached the server goes on there."""
        cut = [task for task in self._clients if task is not spared]
        for task in cut:
            task.cancel()
        return cut

    def _refuse(self, seconds: float) -> None:
        """Closes the listening socket, so that the system itself refuses connections, and opens it again later."""
        if self._server is not None:
            self._server.close()
        if self._reopening is not None:
            self._reopening.cancel()
        self._reopening = self._loop.create_task(self._reopen(seconds))

    async def _reopen(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        for left in reversed(range(_REOPEN_TRIES)):
            try:
                await self._listen(socket.create_server((self._host, self.port)))
                return
            except OSError:  # another connection of this machine may hold the number for a moment
                if not left:
                    raise
                await asyncio.sleep(_REOPEN_PAUSE_S)

    def _show_certificate(self, kind: Certificate, seconds: float) -> None:
        if self._certificates is not None:
            self._certificates.show(kind)
            self._loop.call_later(seconds, self._certificates.show, None)


def _no_delay(writer: asyncio.StreamWriter) -> None:
    connection: socket.socket = writer.get_extra_info("socket")
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _reset(writer: asyncio.StreamWriter) -> None:
    """Closes with a TCP reset: what SO_LINGER with no time does."""
    connection: socket.socket = writer.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
    writer.transport.abort()
