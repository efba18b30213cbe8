"""The one place where Playwright's exceptions become the agent's own; their texts hold typed values and go no further."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from bridge_agent.domain.errors import TransientError

Result = TypeVar("Result")

_NO_ANSWER = ("net::ERR_", "NS_ERROR_", "ECONN", "ENOTFOUND", "socket hang up", "EPIPE", "ETIMEDOUT", "EAI_AGAIN")
_CERTIFICATE = (
    ("ERR_CERT_DATE_INVALID", "date"),
    ("certificate has expired", "date"),
    ("certificate is not yet valid", "date"),
    ("ERR_CERT_COMMON_NAME_INVALID", "name"),
    ("does not match certificate's altnames", "name"),
    ("ERR_CERT_AUTHORITY_INVALID", "issuer"),
    ("unable to verify the first certificate", "issuer"),
    ("unable to get local issuer certificate", "issuer"),
    ("self-signed certificate", "issuer"),
    ("self signed certificate", "issuer"),
    ("net::ERR_CERT_", "other"),
    ("net::ERR_SSL_", "other"),
)
"""As Chromium and as Node say it."""
_GONE = (
    "has been closed",
    "Target crashed",
    "Browser closed",
    "Connection closed",
    "Page crashed",
    "browser has disconnected",
)
_PAGE_LEFT = (
    "Execution context was destroyed",
    "Cannot find context",
    "frame was detached",
    "Frame was detached",
    "frame got detached",
    "because of a navigation",
    "interrupted by another navigation",
    "Inspected target navigated",
    "Execution context is not available",
)


def page_left(error: PlaywrightError) -> bool:
    """The document that was asked went away under the question."""
    return any(part in error.message for part in _PAGE_LEFT)


def browser_gone(error: PlaywrightError) -> bool:
    return any(part in error.message for part in _GONE)


def no_answer(error: PlaywrightError) -> bool:
    """The system could not be reached, or hung up."""
    return any(part in error.message for part in _NO_ANSWER)


class NoAnswer(TransientError):
    """The system could not be reached: connection, name, or no page in time."""


class CertificateRefused(NoAnswer):
    """The server's certificate is not good; never overlooked, and trying again does not help."""

    def __init__(self, what: str, *, from_node: bool = False) -> None:
        place = "bridge.toml の [browser] ca_file" if from_node else "OS の証明書ストア（Linux では NSS）"
        sentence = {
            "date": "サーバー証明書の有効期間外のため、接続を止めました。システムの管理者に証明書の更新を頼んでください。",
            "name": "サーバー証明書の名前が接続先と違うため、接続を止めました。bridge.toml のアドレスを確かめてください。",
            "issuer": "サーバー証明書の発行元を信頼できないため、接続を止めました。"
            f"庁内の認証局の証明書を、{place}に登録してください。",
        }.get(
            what, "サーバー証明書か暗号化の設定に誤りがあるため、接続を止めました。システムの管理者に伝えてください。"
        )
        super().__init__(sentence)
        self.what = what


class BrowserGone(TransientError):
    """The browser has ended under the call."""


def own(error: PlaywrightError) -> TransientError:
    """What happened, in our words; nothing of the original text."""
    refused = next((what for text, what in _CERTIFICATE if text in error.message), None)
    if refused is not None:
        return CertificateRefused(refused)
    if no_answer(error):
        return NoAnswer("システムに接続できませんでした。")
    if browser_gone(error):
        return BrowserGone("ブラウザが終了しました。")
    if isinstance(error, PlaywrightTimeout):
        return NoAnswer("画面が時間内に応答しませんでした。")
    return TransientError("ブラウザの操作に失敗しました。")


def translated(work: Callable[[], Result]) -> Result:
    """Do `work`; raise our own error instead of Playwright's.

    Raised outside the handler, so that not even a chained context keeps the original text.
    """
    try:
        return work()
    except PlaywrightError as error:
        fault = own(error)
    raise fault


def quietly(work: Callable[[], object]) -> None:
    """Do `work`; what Playwright says about it does not matter (closing what may be closed already)."""
    try:
        work()
    except PlaywrightError:
        return
