"""An interface (Web API) as a Source. The only place, beside the notifications, that knows an HTTP client."""

from __future__ import annotations

from bridge_agent.sources.rest.source import RestSource
from bridge_agent.sources.rest.wire import Wire

__all__ = ["RestSource", "Wire"]
