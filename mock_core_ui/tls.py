"""A made-up private certificate authority for the mocks, and server certificates of it: good ones and bad ones.

The authority is kept in a folder and used again at the next start, so that a client has to trust it once only.
"""

from __future__ import annotations

import ipaddress
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_CA_DAYS = 3650
_SERVER_DAYS = 90
_EXPIRED_DAYS_AGO = 30


class Certificate(StrEnum):
    """What is wrong with a server's certificate."""

    GOOD = "good"
    EXPIRED = "expired"
    UNKNOWN = "unknown"
    """Issued by an authority that nobody trusts."""
    WRONG_HOST = "wrong-host"
    """Issued to another host."""


@dataclass(frozen=True, slots=True)
class _Authority:
    name: x509.Name
    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate


class Certificates:
    """The certificates of one server, with the one that is shown at the moment."""

    def __init__(self, folder: Path, usual: Certificate) -> None:
        """`folder` keeps the authority and the certificates; `usual` is shown unless told otherwise."""
        folder.mkdir(parents=True, exist_ok=True)
        self.ca_file = folder / "ca.pem"
        """What a client has to trust, in PEM."""
        authority = _kept_authority(self.ca_file, folder / "ca-key.pem")
        stranger = _new_authority("模擬 未知の認証局")
        self._contexts = {
            kind: _context(folder, kind, stranger if kind is Certificate.UNKNOWN else authority) for kind in Certificate
        }
        self._shown: Certificate | None = None
        self.context = self._contexts[usual]
        # Asked at every handshake, with or without a server name in it.
        self.context.sni_callback = self._choose

    def show(self, kind: Certificate | None) -> None:
        """Hands out this one at handshakes to come; None: the usual one."""
        self._shown = kind

    def _choose(self, connection: ssl.SSLObject, _name: str | None, _context: ssl.SSLContext) -> None:
        if self._shown is not None:
            connection.context = self._contexts[self._shown]


def _context(folder: Path, kind: Certificate, authority: _Authority) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    file = folder / f"server-{kind.value}.pem"
    chain = _pem(_server_certificate(kind, authority, key)) + _pem(authority.certificate)
    file.write_bytes(_key_pem(key) + chain)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    # A resumed session would not look at the certificate again.
    context.options |= ssl.OP_NO_TICKET
    context.num_tickets = 0
    return context


def _server_certificate(kind: Certificate, authority: _Authority, key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    local = [x509.IPAddress(ipaddress.ip_address("127.0.0.1")), x509.DNSName("localhost")]
    hosts: list[x509.GeneralName] = [x509.DNSName("other.example")] if kind is Certificate.WRONG_HOST else [*local]
    end = datetime.now(UTC) + timedelta(days=-_EXPIRED_DAYS_AGO if kind is Certificate.EXPIRED else _SERVER_DAYS)
    return (
        _builder(authority.name, _name("模擬 基幹システム"), key, end - timedelta(days=2 * _SERVER_DAYS), end)
        .add_extension(x509.SubjectAlternativeName(hosts), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key()), critical=False)
        .sign(authority.key, hashes.SHA256())
    )


def _kept_authority(certificate_file: Path, key_file: Path) -> _Authority:
    if certificate_file.exists() and key_file.exists():
        certificate = x509.load_pem_x509_certificate(certificate_file.read_bytes())
        key = serialization.load_pem_private_key(key_file.read_bytes(), password=None)
        if isinstance(key, ec.EllipticCurvePrivateKey) and certificate.not_valid_after_utc > datetime.now(UTC):
            return _Authority(certificate.subject, key, certificate)
    made = _new_authority("模擬 認証局")
    certificate_file.write_bytes(_pem(made.certificate))
    key_file.write_bytes(_key_pem(made.key))
    return made


def _new_authority(common_name: str) -> _Authority:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(common_name)
    begin = datetime.now(UTC) - timedelta(days=_CA_DAYS)
    certificate = (
        _builder(name, name, key, begin, begin + timedelta(days=2 * _CA_DAYS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(_MAY_SIGN, critical=True)
        .sign(key, hashes.SHA256())
    )
    return _Authority(name, key, certificate)


_MAY_SIGN = x509.KeyUsage(
    digital_signature=False,
    content_commitment=False,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=True,
    crl_sign=True,
    encipher_only=False,
    decipher_only=False,
)


def _builder(
    issuer: x509.Name, subject: x509.Name, key: ec.EllipticCurvePrivateKey, begin: datetime, end: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .issuer_name(issuer)
        .subject_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(end)
    )


def _name(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _key_pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
