"""Certificates of an invented authority, a TLS front before a plain server, and a Linux browser that trusts it."""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

LOOPBACK = "127.0.0.1"
HOST = "localhost"
"""As the certificates name it."""
NSS_STORE = Path(__file__).with_name("nss_store.py")


@dataclass(frozen=True)
class Issued:
    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    def key_pem(self) -> bytes:
        return self.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )


def issue(name: str, issuer: Issued | None = None, *, host: str = "", expired: bool = False) -> Issued:
    """An authority when no issuer is given, else a server's certificate."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=60))
        .not_valid_after(now + timedelta(days=-1 if expired else 30))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
    )
    if host:
        kind = x509.IPAddress(ipaddress.ip_address(host)) if host[0].isdigit() else x509.DNSName(host)
        builder = builder.add_extension(x509.SubjectAlternativeName([kind]), critical=False)
    return Issued(builder.sign(issuer.key if issuer else key, hashes.SHA256()), key)


@contextmanager
def tls_front(folder: Path, shown: Issued, backend_port: int) -> Iterator[str]:
    """Address of a front that shows this certificate and passes everything on."""
    folder.mkdir(exist_ok=True)
    certificate, key = folder / "server.pem", folder / "server.key"
    certificate.write_bytes(shown.pem())
    key.write_bytes(shown.key_pem())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    listener = socket.create_server((LOOPBACK, 0))
    listener.settimeout(0.1)
    stopping = threading.Event()
    lines: list[socket.socket] = []

    def serve(plain: socket.socket) -> None:
        with contextlib.suppress(OSError):
            plain.settimeout(10)
            client = context.wrap_socket(plain, server_side=True)
            client.settimeout(None)
            core = socket.create_connection((LOOPBACK, backend_port))
            lines.extend((client, core))
            threading.Thread(target=_pump, args=(core, client), daemon=True).start()
            _pump(client, core)

    def accept() -> None:
        while not stopping.is_set():
            with contextlib.suppress(TimeoutError):
                threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield f"https://{HOST}:{listener.getsockname()[1]}"
    finally:
        stopping.set()
        thread.join()
        listener.close()
        for line in lines:
            _end(line)


def _pump(source: socket.socket, sink: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            sink.sendall(data)
    for line in (source, sink):
        _end(line)


def _end(line: socket.socket) -> None:
    with contextlib.suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
    line.close()


def trust_in_browser(home: Path, authority: Issued) -> None:
    """What `certutil -A -t C,,` does to a home folder's NSS store. In a process of its own: NSS opens one store only."""
    der = authority.certificate.public_bytes(serialization.Encoding.DER)
    subprocess.run([sys.executable, str(NSS_STORE), str(home / ".pki" / "nssdb")], input=der, check=True)
