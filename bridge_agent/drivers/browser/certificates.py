"""Server certificates: what is wrong with one, in words; and whether Node, which makes the register request, trusts it.

An error is never ignored. The browser trusts what its operating system (Linux: the NSS store) trusts; Node trusts its
own list and the file of the setting `ca_file`.
"""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import BrowserContext
from playwright.sync_api import Error as PlaywrightError

from bridge_agent.domain.errors import ConfigError
from bridge_agent.drivers.browser.translate import CertificateRefused, own

NODE_CA = "NODE_EXTRA_CA_CERTS"


def trust_in_node(ca_file: Path | None) -> None:
    """Before the driver process starts: it reads the variable only then. Raises ConfigError for a useless file."""
    if ca_file is None:
        return
    try:
        content = ca_file.read_bytes()
    except OSError:
        raise ConfigError(
            f"認証局の証明書ファイル {ca_file} を読めません。[browser] ca_file を確かめてください。"
        ) from None
    if b"-----BEGIN CERTIFICATE-----" not in content:
        raise ConfigError(
            f"認証局の証明書ファイル {ca_file} が PEM 形式ではありません。PEM（BEGIN CERTIFICATE で始まる文字）にしてください。"
        )
    os.environ[NODE_CA] = str(ca_file)


def ask_from_node(context: BrowserContext, url: str, timeout_s: float) -> None:
    """Fetch a page the way a register request goes. Raises our own errors; any answer at all is good."""
    try:
        context.request.get(url, max_redirects=0, max_retries=0, timeout=timeout_s * 1000).dispose()
        return
    except PlaywrightError as error:
        failure = own(error)
    if isinstance(failure, CertificateRefused):
        failure = CertificateRefused(failure.what, from_node=True)
    raise failure
