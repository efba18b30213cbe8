"""The cutting proxy against a small server that counts what it got, and a client that reads its own socket."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import pytest

from bridge_agent.workshop.conformance.cutting_proxy import CuttingProxy, Trick
from bridge_agent.workshop.conformance.http_messages import Message
from tests.e2e.browser_site import Site, page, slowly

BODY = b"name=a&button=go"


def is_register(method: str, path: str, message: Message) -> bool:
    return method == "POST" and path == "/register"


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.close()


@pytest.fixture
def proxy(site: Site) -> Iterator[CuttingProxy]:
    with CuttingProxy(place(site), is_register) as made:
        yield made


def place(site: Site) -> str:
    return site.base.removeprefix("http://")


def line(proxy: CuttingProxy) -> socket.socket:
    host, _, port = proxy.address.rpartition(":")
    return socket.create_connection((host, int(port)), 10)


def post(host: str, target: str) -> bytes:
    head = f"POST {target} HTTP/1.1\r\nHost: {host}\r\nProxy-Connection: keep-alive\r\nContent-Length: {len(BODY)}\r\n"
    return head.encode() + b"Content-Type: application/x-www-form-urlencoded\r\n\r\n" + BODY


def register_through(proxy: CuttingProxy, site: Site) -> bytes:
    """What the client gets for one register request until the line ends or falls silent."""
    with line(proxy) as client:
        client.sendall(post(place(site), f"{site.base}/register"))
        client.settimeout(3)
        try:
            return client.recv(65536)
        except TimeoutError:
            return b"(silent)"


def committed(site: Site, count: int) -> bool:
    end = time.monotonic() + 5
    while len(site.commits) < count and time.monotonic() < end:
        time.sleep(0.01)
    return len(site.commits) == count


def test_what_is_not_armed_passes_and_is_not_counted(proxy: CuttingProxy, site: Site) -> None:
    assert register_through(proxy, site).startswith(b"HTTP/1.1 303")
    assert site.commits == [{"name": ["a"], "button": ["go"]}]
    assert proxy.rest().requests == 0


def test_a_line_carries_several_requests(proxy: CuttingProxy, site: Site) -> None:
    site.show("/a", "x")
    with line(proxy) as client:
        for _ in range(3):
            client.sendall(f"GET {site.base}/a HTTP/1.1\r\nHost: {place(site)}\r\n\r\n".encode())
            assert client.recv(65536).startswith(b"HTTP/1.1 200")
    assert site.requests == ["GET /a"] * 3


def test_cut_after_the_answer_the_core_has_it_and_the_client_has_nothing(proxy: CuttingProxy, site: Site) -> None:
    proxy.arm(Trick.CUT_ANSWERED)
    assert register_through(proxy, site) == b""
    seen = proxy.rest()
    assert (seen.requests, seen.statuses, len(site.commits)) == (1, [303], 1)
    assert seen.cut_at is not None
    assert seen.answered_at is not None
    assert seen.cut_at >= seen.answered_at


def test_the_trick_is_played_once_and_a_second_request_is_counted(proxy: CuttingProxy, site: Site) -> None:
    proxy.arm(Trick.CUT_ANSWERED)
    assert register_through(proxy, site) == b""
    assert register_through(proxy, site).startswith(b"HTTP/1.1 303")
    assert proxy.rest().requests == len(site.commits) == 2


def test_cut_at_once_does_not_wait_for_the_core(proxy: CuttingProxy, site: Site) -> None:
    slow = site.places[("POST", "/register")]
    waiting = slowly(0.5, page("done"))

    def late(handler: object, form: dict[str, list[str]]) -> object:
        waiting(handler, form)  # type: ignore[arg-type]
        return slow(handler, form)  # type: ignore[arg-type]

    site.at("POST", "/register", late)  # type: ignore[arg-type]
    proxy.arm(Trick.CUT_AT_ONCE)
    assert register_through(proxy, site) == b""
    assert site.commits == []
    assert committed(site, 1)
    seen = proxy.rest()
    assert seen.requests == 1
    assert seen.cut_at is not None


def test_repeat_sends_it_twice_and_gives_the_first_answer(proxy: CuttingProxy, site: Site) -> None:
    proxy.arm(Trick.REPEAT)
    assert register_through(proxy, site).startswith(b"HTTP/1.1 303")
    seen = proxy.rest()
    assert (seen.requests, seen.statuses, len(site.commits)) == (2, [303, 303], 2)


def test_a_tunnel_without_encryption_is_read_too(proxy: CuttingProxy, site: Site) -> None:
    proxy.arm(Trick.CUT_ANSWERED)
    with line(proxy) as client:
        client.sendall(f"CONNECT {place(site)} HTTP/1.1\r\nHost: {place(site)}\r\n\r\n".encode())
        assert client.recv(65536).startswith(b"HTTP/1.1 200")
        client.sendall(post(place(site), "/register"))
        assert client.recv(65536) == b""
    assert proxy.rest().requests == len(site.commits) == 1


@pytest.mark.parametrize(
    "request_line", ["GET http://other.example:80/ HTTP/1.1", "CONNECT other.example:443 HTTP/1.1"]
)
def test_it_leads_to_its_core_only(proxy: CuttingProxy, request_line: str) -> None:
    with line(proxy) as client:
        client.sendall(f"{request_line}\r\nHost: other.example\r\n\r\n".encode())
        assert client.recv(65536).startswith(b"HTTP/1.1 403")
