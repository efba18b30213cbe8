"""Every error of the agent, grouped by what the caller does next.

BridgeError
├── ConfigError      nothing starts: settings, recipe, credentials (exit 2)
│   └── RecipeError  with file:line:column and the remedy
├── BusinessError    this application is held for a clerk; the run goes on
├── NotYet           this application waits for a prerequisite and is tried again on another day
├── TransientError   try again later, allowed only while nothing was sent
│   └── SessionLost  the same, but log in again first
├── InDoubtError     something may have been sent: look up, never retry
└── StopRunError     stop now; everything is resumable (exit 3)
    ├── LoginRefused one try only: cores lock accounts
    └── SystemDown   the other side does not answer

Messages are Japanese sentences for the person who reads them and never hold personal data or foreign exception texts.
"""

from __future__ import annotations

from bridge_agent.domain.reasons import EXPLANATIONS, Reason


class BridgeError(Exception):
    """`message` is a Japanese sentence; safe to print and to log."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class ConfigError(BridgeError):
    """Nothing starts until a person mends the setting that the message names."""


class RecipeError(ConfigError):
    """`where` is file:line:column, `remedy` the nearest right word or the next action."""

    def __init__(self, where: str, message: str, remedy: str = "") -> None:
        super().__init__(f"{where}: {message}" + (f" → {remedy}" if remedy else ""))
        self.where = where
        self.remedy = remedy


class BusinessError(BridgeError):
    """The application goes to the hold desk. `note` names field, row or code point, never a value."""

    def __init__(self, reason: Reason, note: str = "") -> None:
        super().__init__(EXPLANATIONS[reason].sentence + (f"（{note}）" if note else ""))
        self.reason = reason
        self.note = note


class NotYet(BridgeError):
    """Nothing was sent; what the entry needs is not there yet. `note` says what, never a value."""

    def __init__(self, note: str, again_days: int, most_days: int) -> None:
        """Tried again after `again_days`; given up when `most_days` have passed since the application arrived."""
        super().__init__(EXPLANATIONS[Reason.PREREQUISITE].sentence)
        self.note = note
        self.again_days = again_days
        self.most_days = most_days


class TransientError(BridgeError):
    """Nothing effectful was sent; the same application may be tried again."""


class SessionLost(TransientError):
    """The log-in ran out before anything was sent; log in again and start the screen anew."""


class InDoubtError(BridgeError):
    """The register action may have reached the core."""


class StopRunError(BridgeError):
    """The run ends here, resumable."""


class LoginRefused(StopRunError):
    """The user name or password was refused; never tried twice."""


class SystemDown(StopRunError):
    """The management system or a core does not answer."""


def sentence_of(error: Exception) -> str:
    """What a person reads of any error; a foreign error's text may hold typed values, so only its kind is told."""
    if isinstance(error, BridgeError):
        return error.message
    return f"想定外のエラー（{type(error).__name__}）のため止めました。ログを添えて情報担当者に連絡してください。"
