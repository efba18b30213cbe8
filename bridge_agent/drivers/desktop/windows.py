"""A desk under Windows. Not yet written: only X11 has been tried."""

from __future__ import annotations

from bridge_agent.domain.errors import ConfigError
from bridge_agent.drivers.desktop.desk import Desk


def open_windows_desk() -> Desk:
    raise ConfigError("Windows のデスクトップ操作は、まだ使えません。")
