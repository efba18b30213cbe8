"""Playwright's texts never get through."""

from __future__ import annotations

import traceback

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from bridge_agent.domain.errors import TransientError
from bridge_agent.drivers.browser.translate import BrowserGone, CertificateRefused, NoAnswer, quietly, translated

SECRET = "山田太郎 123456789012"


def failing(error: Exception) -> None:
    raise error


@pytest.mark.parametrize(
    ("text", "timeout", "kind"),
    [
        ("net::ERR_CONNECTION_REFUSED at http://core/?name={}", False, NoAnswer),
        ("read ECONNRESET {}", False, NoAnswer),
        ("Target page, context or browser has been closed {}", False, BrowserGone),
        ('Timeout 2000ms exceeded. fill("{}")', True, NoAnswer),
        ("Element is not an <input> {}", False, TransientError),
    ],
)
def test_errors_become_our_own_without_their_text(text: str, timeout: bool, kind: type[TransientError]) -> None:
    raw = (PlaywrightTimeout if timeout else PlaywrightError)(text.format(SECRET))
    with pytest.raises(kind) as raised:
        translated(lambda: failing(raw))
    assert type(raised.value) is kind
    assert raised.value.__context__ is None
    assert raised.value.__cause__ is None
    printed = "".join(traceback.format_exception(raised.value, chain=True))
    assert SECRET not in printed


def test_other_errors_pass_through() -> None:
    with pytest.raises(KeyError):
        translated(lambda: failing(KeyError("x")))
    quietly(lambda: failing(PlaywrightError("x")))
    with pytest.raises(KeyError):
        quietly(lambda: failing(KeyError("x")))


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("net::ERR_CERT_DATE_INVALID at https://core/", "date"),
        ("APIRequestContext.get: certificate has expired", "date"),
        ("net::ERR_CERT_COMMON_NAME_INVALID at https://core/", "name"),
        ("Hostname/IP does not match certificate's altnames: Host: core.", "name"),
        ("net::ERR_CERT_AUTHORITY_INVALID at https://core/", "issuer"),
        ("unable to verify the first certificate", "issuer"),
        ("self-signed certificate in certificate chain", "issuer"),
        ("net::ERR_CERT_REVOKED at https://core/", "other"),
        ("net::ERR_SSL_PROTOCOL_ERROR at https://core/", "other"),
    ],
)
def test_certificates_have_sentences_of_their_own(text: str, what: str) -> None:
    with pytest.raises(CertificateRefused) as raised:
        translated(lambda: failing(PlaywrightError(text)))
    assert raised.value.what == what
    assert "証明書" in raised.value.message
    assert "core/" not in raised.value.message
