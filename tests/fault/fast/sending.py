"""The part that sends: HTTP over one kept-alive connection, in this process or in a tiny one that can be killed.

Standard library only, and orders and answers are plain tuples: where there is no fork this file runs as a script.
Nothing is ever sent twice from here, unless an order allows what Chromium does when a re-used connection drops.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import pickle
import select
import signal
import ssl
import subprocess
import sys
from pathlib import Path
from typing import IO, Any, Protocol

Order = tuple[str, str, dict[str, str], bytes | None, float, bool]
"""Method, path, headers, body, seconds for each wait, and whether Chromium's re-sending is imitated."""
Answer = tuple[str, int, list[tuple[str, str]], bytes, bool]
"""What failed ('' | refused | dropped | timeout | short | odd), status, headers, body, whether it was sent again."""

_NOTHING: tuple[int, list[tuple[str, str]], bytes] = (0, [], b"")


class Gone(Exception):
    """The sending process has ended under the call."""


class Line:
    """One kept-alive connection to one address; behind TLS when there is an authority (PEM file) to trust."""

    def __init__(self, host: str, port: int, authority: str = "") -> None:
        self._place = (host, port)
        self._trust = ssl.create_default_context(cafile=authority) if authority else None
        self._connection: http.client.HTTPConnection | None = None

    def exchange(self, order: Order) -> Answer:
        self._drop_stale()
        reused = self._connection is not None
        failure, status, headers, body = self._once(order)
        resend = order[5]
        if failure == "dropped" and reused and resend:
            return (*self._once(order), True)
        return failure, status, headers, body, False

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _drop_stale(self) -> None:
        """A connection that the other side has closed meanwhile is no connection: nothing was sent on it."""
        connection = self._connection
        if connection is not None and (connection.sock is None or select.select([connection.sock], [], [], 0)[0]):
            self.close()

    def _once(self, order: Order) -> tuple[str, int, list[tuple[str, str]], bytes]:
        method, path, headers, body, timeout_s, _ = order
        connection = self._connection
        try:
            if connection is None:
                connection = self._made(timeout_s)
                connection.connect()
                self._connection = connection
            assert connection.sock is not None
            connection.sock.settimeout(timeout_s)
        except OSError:
            self.close()
            return ("refused", *_NOTHING)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionError):
            return self._failed("dropped")
        except TimeoutError:
            return self._failed("timeout")
        except (http.client.HTTPException, OSError):
            return self._failed("odd")
        return self._read(answer)

    def _made(self, timeout_s: float) -> http.client.HTTPConnection:
        if self._trust is None:
            return http.client.HTTPConnection(*self._place, timeout=timeout_s)
        return http.client.HTTPSConnection(*self._place, timeout=timeout_s, context=self._trust)

    def _read(self, answer: http.client.HTTPResponse) -> tuple[str, int, list[tuple[str, str]], bytes]:
        failure = ""
        try:
            content = answer.read()
        except http.client.IncompleteRead as short:
            failure, content = "short", short.partial
        except TimeoutError:
            failure, content = "timeout", b""
        except (http.client.HTTPException, OSError):
            failure, content = "short", b""
        if failure or answer.will_close:
            self.close()
        return failure, answer.status, answer.getheaders(), content

    def _failed(self, failure: str) -> tuple[str, int, list[tuple[str, str]], bytes]:
        self.close()
        return (failure, *_NOTHING)


class Sending(Protocol):
    """Something that sends. `kill` leaves nothing behind that could still send."""

    pid: int
    gone: bool
    """The sending process was found dead: a new one is needed."""

    def exchange(self, order: Order) -> Answer: ...

    def kill(self) -> None: ...


class OwnSending:
    """Sends from this very process."""

    gone = False

    def __init__(self, host: str, port: int, authority: str = "") -> None:
        self.pid = os.getpid()
        self._line = Line(host, port, authority)

    def exchange(self, order: Order) -> Answer:
        return self._line.exchange(order)

    def kill(self) -> None:
        self._line.close()


class ChildSending:
    """Sends from a process of its own, which ends when this one does, but not before its request has its answer."""

    def __init__(self, host: str, port: int) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        if sys.platform.startswith("linux"):
            self.pid, self._orders, self._answers = _forked(host, port)
        else:
            command = [sys.executable, "-I", str(Path(__file__)), host, str(port)]
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            assert self._process.stdin is not None
            assert self._process.stdout is not None
            self.pid, self._orders, self._answers = self._process.pid, self._process.stdin, self._process.stdout
        self._ended = False
        self.gone = False

    def exchange(self, order: Order) -> Answer:
        try:
            pickle.dump(order, self._orders)
            self._orders.flush()
            answer: Answer = pickle.load(self._answers)
            return answer
        except (EOFError, OSError, pickle.UnpicklingError, ValueError):
            self.gone = True
            raise Gone from None

    def kill(self) -> None:
        """Returns when the process is dead, and its number given back."""
        if self._ended:
            return
        self._ended = True
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        else:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            with contextlib.suppress(ChildProcessError):
                os.waitpid(self.pid, 0)
        for file in (self._orders, self._answers):
            with contextlib.suppress(OSError):
                file.close()


def _forked(host: str, port: int) -> tuple[int, IO[bytes], IO[bytes]]:
    """Pid, where orders go, where answers come from. The child keeps nothing open but these two pipes."""
    orders_read, orders_write = os.pipe()
    answers_read, answers_write = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            for number in [int(file.name) for file in Path("/proc/self/fd").iterdir()]:
                if number > 2 and number not in (orders_read, answers_write):
                    with contextlib.suppress(OSError):
                        os.close(number)
            serve(os.fdopen(orders_read, "rb"), os.fdopen(answers_write, "wb"), host, port)
        finally:
            os._exit(0)
    os.close(orders_read)
    os.close(answers_write)
    return pid, os.fdopen(orders_write, "wb"), os.fdopen(answers_read, "rb")


def serve(orders: IO[bytes], answers: IO[bytes], host: str, port: int) -> None:
    """Order by order, until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    line = Line(host, port)
    with contextlib.suppress(EOFError, OSError):
        while True:
            order: Any = pickle.load(orders)
            pickle.dump(line.exchange(order), answers)
            answers.flush()


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer, sys.argv[1], int(sys.argv[2]))
