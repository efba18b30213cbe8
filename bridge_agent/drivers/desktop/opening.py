"""Opens the desk of this terminal; its libraries are imported here, when one is really wanted."""

from __future__ import annotations

import os
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

from bridge_agent.domain.errors import ConfigError
from bridge_agent.drivers.desktop.desk import Desk
from bridge_agent.drivers.desktop.preflight import Unfit, UnfitDesk


def open_desk() -> Desk:
    """Raises UnfitDesk without a display, ConfigError without the libraries."""
    if sys.platform == "win32":
        return _windows()
    if not os.environ.get("DISPLAY"):
        raise UnfitDesk(Unfit.NO_DISPLAY)
    authority = os.environ.get("XAUTHORITY") or str(Path.home() / ".Xauthority")
    if not Path(authority).exists():
        os.environ["XAUTHORITY"] = os.devnull  # the library insists on a file, even where the display asks for none
    try:
        with redirect_stdout(StringIO()):  # it prints a warning about that file
            from bridge_agent.drivers.desktop.x11 import X11Desk

            return X11Desk()
    except ImportError as error:
        raise _missing(error) from None
    except Exception:
        raise UnfitDesk(Unfit.NO_DISPLAY) from None


def _windows() -> Desk:
    try:
        from bridge_agent.drivers.desktop.windows import WindowsDesk
    except ImportError as error:
        raise _missing(error) from None
    return WindowsDesk()


def _missing(error: ImportError) -> ConfigError:
    return ConfigError(
        f"デスクトップ操作の部品がありません（{error.name}）。"
        '情報担当者に pip install "bridge-agent[desktop]" を依頼してください。'
    )
