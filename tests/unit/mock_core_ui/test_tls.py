"""Certificates of the mocks' own authority, as a client sees them that trusts this authority alone."""

from __future__ import annotations

import http.client
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from mock_core_ui.core.server import CoreServer
from mock_core_ui.core.site import CoreSettings
from mock_core_ui.serving import MockTown, Options
from mock_core_ui.tls import Certificate, Certificates
from tests.unit.mock_core_ui.core.samples import PASSWORD, TOKEN, USER, small_world

Serve = Callable[[Certificate], tuple[CoreServer, Path]]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    servers: list[CoreServer] = []

    def start(kind: Certificate) -> tuple[CoreServer, Path]:
        certificates = Certificates(tmp_path / "tls", kind)
        settings = CoreSettings("nintei", {USER: PASSWORD}, TOKEN)
        server = CoreServer(settings, tmp_path / "n.sqlite", small_world(), certificates=certificates)
        server.start()
        servers.append(server)
        return server, certificates.ca_file

    yield start
    for server in servers:
        server.stop()


def _ask(server: CoreServer, ca_file: Path, host: str = "127.0.0.1") -> int:
    trusting = ssl.create_default_context(cafile=str(ca_file))
    connection = http.client.HTTPSConnection(host, server.wire.port, timeout=20, context=trusting)
    try:
        connection.request("GET", "/nintei/main.do")
        return connection.getresponse().status
    finally:
        connection.close()


def test_a_good_certificate_is_trusted(serve: Serve) -> None:
    server, ca_file = serve(Certificate.GOOD)
    assert server.url.startswith("https://127.0.0.1:")
    assert _ask(server, ca_file) == 200
    assert _ask(server, ca_file, "localhost") == 200


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (Certificate.EXPIRED, "certificate has expired"),
        (Certificate.UNKNOWN, "self-signed certificate in certificate chain"),
        (Certificate.WRONG_HOST, "IP address mismatch"),
    ],
)
def test_bad_certificates_are_bad_for_the_reason_they_name(serve: Serve, kind: Certificate, reason: str) -> None:
    server, ca_file = serve(kind)
    with pytest.raises(ssl.SSLCertVerificationError) as caught:
        _ask(server, ca_file)
    assert reason in caught.value.verify_message


def test_the_authority_is_kept(serve: Serve) -> None:
    first, ca_file = serve(Certificate.GOOD)
    trusted = ca_file.read_bytes()
    first.stop()
    again, _ = serve(Certificate.GOOD)
    assert ca_file.read_bytes() == trusted
    assert _ask(again, ca_file) == 200


def test_a_fault_shows_another_certificate_for_a_while(serve: Serve) -> None:
    """The register request comes in, everything is cut, and handshakes fail until the time is over."""
    server, ca_file = serve(Certificate.GOOD)
    server.plan.replace([{"fault": "M8", "certificate": "unknown", "seconds": 1}])
    client = httpx.Client(verify=ssl.create_default_context(cafile=str(ca_file)), base_url=server.url, timeout=20)
    address = "/nintei/main.do"
    with client:
        client.post(address, data={"ACTION": "login", "userid": USER, "password": PASSWORD})
        with pytest.raises(httpx.RemoteProtocolError):
            client.post(address, data={"ACTION": "register"})
    with pytest.raises(ssl.SSLCertVerificationError):
        _ask(server, ca_file)
    deadline = time.monotonic() + 20
    while not _trusted(server, ca_file) and time.monotonic() < deadline:
        threading.Event().wait(0.02)
    assert _trusted(server, ca_file)


def _trusted(server: CoreServer, ca_file: Path) -> bool:
    try:
        return _ask(server, ca_file) == 200
    except ssl.SSLCertVerificationError:
        return False


def test_town_behind_tls_says_whom_to_trust(tmp_path: Path) -> None:
    town = MockTown(Options(tmp_path, applications=2, password="pw", tls=Certificate.GOOD))
    town.start()
    try:
        report = town.report()
        ca_file = Path(str(report["ca_file"]))
        for core in town.cores.values():
            assert core.url.startswith("https://")
            assert _ask(core, ca_file) in (200, 404)  # each core knows its own pages only
    finally:
        town.stop()


def test_plain_town_has_nobody_to_trust(tmp_path: Path) -> None:
    town = MockTown(Options(tmp_path, applications=2, password="pw"))
    town.start()
    try:
        assert town.report()["ca_file"] is None
        assert not (tmp_path / "tls").exists()
    finally:
        town.stop()
