"""Times as people in Japan read them."""

from __future__ import annotations

from datetime import datetime

from bridge_agent.domain.clock import JST


def shown(moment: str) -> str:
    """A moment of the ledger, to the second."""
    return f"{datetime.fromisoformat(moment).astimezone(JST):%Y-%m-%d %H:%M:%S}"
