"""The wire front before a scripted server: framing, keep-alive, and the four ways to spoil an answer."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from mock_core_ui.wire import WireFront

BODY = b"0123456789"


class _Scripted(BaseHTTPRequestHandler):
    """Answers with what it was sent; the path is the wire fault to ask for."""

    protocol_version = "HTTP/1.1"
    requests: list[str]

    def _answer(self) -> None:
        if self.headers.get("Transfer-Encoding") == "chunked":
            sent = b""
            while size := int(self.rfile.readline(), 16):
                sent += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
        else:
            sent = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        type(self).requests.append(self.path)
        self.send_response(200)
        fault = self.path.strip("/")
        if fault and fault != "chunks":
            self.send_header("X-Mock-Wire", fault)
        body = sent or BODY
        if fault == "chunks":
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for at in range(0, len(body), 4):
                piece = body[at : at + 4]
                self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            self.wfile.write(b"0\r\n\r\n")
            return
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_GET = do_POST = do_HEAD = _answer

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.fixture
def wire() -> Iterator[WireFront]:
    _Scripted.requests = []
    backend = ThreadingHTTPServer(("127.0.0.1", 0), _Scripted)
    backend.daemon_threads = True
    thread = threading.Thread(target=backend.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    front = WireFront(backend.server_address[1])
    front.start()
    yield front
    front.stop()
    backend.shutdown()
    backend.server_close()
    thread.join()


@pytest.fixture
def client(wire: WireFront) -> Iterator[http.client.HTTPConnection]:
    connection = http.client.HTTPConnection("127.0.0.1", wire.port, timeout=10)
    yield connection
    connection.close()


def test_keeps_the_connection_alive(wire: WireFront, client: http.client.HTTPConnection) -> None:
    for body in (b"first", b"second"):
        client.request("POST", "/", body)
        assert client.getresponse().read() == body
    assert wire.counts.report() == {"connections": 1, "requests": 2, "reused": 1, "spoiled": 0}


def test_chunks_both_ways(client: http.client.HTTPConnection) -> None:
    client.request(
        "POST", "/chunks", iter([b"ab", b"cdefgh"]), encode_chunked=True, headers={"Transfer-Encoding": "chunked"}
    )
    answer = client.getresponse()
    assert answer.read() == b"abcdefgh"
    client.request("GET", "/chunks")
    assert client.getresponse().read() == BODY


def test_head_has_no_body(client: http.client.HTTPConnection) -> None:
    client.request("HEAD", "/")
    assert client.getresponse().read() == b""
    client.request("GET", "/")
    assert client.getresponse().read() == BODY


def test_close_is_honoured(client: http.client.HTTPConnection) -> None:
    client.request("GET", "/", headers={"Connection": "close"})
    assert client.getresponse().read() == BODY
    assert client.sock is None or client.sock.recv(1) == b""


def test_drop_closes_without_a_byte(wire: WireFront) -> None:
    with socket.create_connection(("127.0.0.1", wire.port), timeout=10) as raw:
        raw.sendall(b"GET /drop HTTP/1.1\r\nHost: x\r\n\r\n")
        assert raw.recv(100) == b""
    assert _Scripted.requests == ["/drop"]
    assert wire.counts.spoiled == 1


def test_reset_is_a_reset(wire: WireFront) -> None:
    with socket.create_connection(("127.0.0.1", wire.port), timeout=10) as raw:
        raw.sendall(b"GET /reset HTTP/1.1\r\nHost: x\r\n\r\n")
        with pytest.raises(ConnectionResetError):
            raw.recv(100)
    assert _Scripted.requests == ["/reset"]


def test_truncate_promises_more_than_it_sends(client: http.client.HTTPConnection) -> None:
    client.request("GET", "/truncate:4")
    answer = client.getresponse()
    assert answer.getheader("Content-Length") == "10"
    assert answer.getheader("X-Mock-Wire") is None
    with pytest.raises(http.client.IncompleteRead) as caught:
        answer.read()
    assert caught.value.partial == b"0123"


def test_stall_holds_the_answer_back(client: http.client.HTTPConnection) -> None:
    begun = time.monotonic()
    client.request("GET", "/stall:0.2")
    assert client.getresponse().read() == BODY
    assert time.monotonic() - begun >= 0.2


def test_stop_ends_a_stall(wire: WireFront, client: http.client.HTTPConnection) -> None:
    client.request("GET", "/stall:60")
    stopper = threading.Thread(target=wire.stop)
    deadline = time.monotonic() + 5
    while wire.counts.spoiled == 0 and time.monotonic() < deadline:
        threading.Event().wait(0.005)
    begun = time.monotonic()
    stopper.start()
    with pytest.raises((ConnectionError, http.client.HTTPException)):
        client.getresponse()
    stopper.join()
    assert time.monotonic() - begun < 5


def test_backend_that_is_gone_closes_the_connection() -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        unused = probe.getsockname()[1]
    front = WireFront(unused)
    front.start()
    try:
        with socket.create_connection(("127.0.0.1", front.port), timeout=10) as raw:
            raw.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            assert raw.recv(100) == b""
    finally:
        front.stop()


def test_swallow_closes_after_a_while_without_a_byte(wire: WireFront) -> None:
    begun = time.monotonic()
    with socket.create_connection(("127.0.0.1", wire.port), timeout=10) as raw:
        raw.sendall(b"GET /swallow:0.2 HTTP/1.1\r\nHost: x\r\n\r\n")
        assert raw.recv(100) == b""
    assert time.monotonic() - begun >= 0.2


def test_refuse_closes_the_port_and_opens_it_again(wire: WireFront, client: http.client.HTTPConnection) -> None:
    client.request("GET", "/")
    client.getresponse().read()
    with socket.create_connection(("127.0.0.1", wire.port), timeout=10) as raw:
        raw.sendall(b"GET /refuse:0.5 HTTP/1.1\r\nHost: x\r\n\r\n")
        assert raw.recv(100) == b""
    assert client.sock.recv(1) == b""
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", wire.port), timeout=10)
    deadline = time.monotonic() + 10
    while not _opens(wire.port) and time.monotonic() < deadline:
        threading.Event().wait(0.01)
    client.close()
    client.request("GET", "/again")
    assert client.getresponse().read() == BODY


def _opens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=10).close()
    except ConnectionRefusedError:
        return False
    return True


def test_stop_while_connections_are_refused(wire: WireFront) -> None:
    with socket.create_connection(("127.0.0.1", wire.port), timeout=10) as raw:
        raw.sendall(b"GET /refuse:60 HTTP/1.1\r\nHost: x\r\n\r\n")
        assert raw.recv(100) == b""
    begun = time.monotonic()
    wire.stop()
    assert time.monotonic() - begun < 5
    assert not _opens(wire.port)


def test_cut_others_answers_the_one_that_asks(wire: WireFront, client: http.client.HTTPConnection) -> None:
    """A connection in the middle of a request and an idle one both go; the front goes on."""
    client.request("GET", "/")
    client.getresponse().read()
    with socket.create_connection(("127.0.0.1", wire.port), timeout=10) as waiting:
        waiting.sendall(b"GET /stall:60 HTTP/1.1\r\nHost: x\r\n\r\n")
        deadline = time.monotonic() + 5
        while wire.counts.spoiled == 0 and time.monotonic() < deadline:
            threading.Event().wait(0.005)
        asking = http.client.HTTPConnection("127.0.0.1", wire.port, timeout=10)
        for _ in range(2):
            asking.request("GET", "/cut-others")
            assert asking.getresponse().read() == BODY
        asking.close()
        assert _ended(waiting)
    assert _ended(client.sock)
    client.close()
    client.request("GET", "/")
    assert client.getresponse().read() == BODY
    assert wire.counts.spoiled == 1


def _ended(connection: socket.socket) -> bool:
    try:
        return connection.recv(1) == b""
    except ConnectionResetError:
        return True


def test_refuse_others_answers_first(wire: WireFront, client: http.client.HTTPConnection) -> None:
    client.request("GET", "/refuse-others:60")
    assert client.getresponse().read() == BODY
    deadline = time.monotonic() + 5
    while _opens(wire.port) and time.monotonic() < deadline:
        threading.Event().wait(0.005)
    assert not _opens(wire.port)
    client.request("GET", "/")
    assert client.getresponse().read() == BODY


def test_stop_without_start_is_harmless() -> None:
    WireFront(9).stop()
