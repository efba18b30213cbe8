"""How a conversion says that a value does not fit: a reason code, never the value."""

from __future__ import annotations

from bridge_agent.domain.reasons import Reason


class Unfit(Exception):
    """The value cannot be converted without guessing. `why` is a Japanese remark without any part of the value."""

    def __init__(self, reason: Reason, why: str = "") -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.why = why
