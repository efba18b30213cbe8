"""What `doctor` looks at before the night: title and check, in the order in which things are needed."""

from __future__ import annotations

import platform
import socket
import sys
from collections.abc import Callable, Sequence
from functools import partial
from urllib.parse import urlsplit

from bridge_agent import wiring
from bridge_agent.domain.errors import StopRunError
from bridge_agent.mapping.recipe_files import load_recipes
from bridge_agent.settings import load_settings

CONNECT_S = 5.0
MENDED = {(3, 11): 13, (3, 12): 11, (3, 13): 4}
"""Micro versions from which Python's own ZIP reading refuses overlapping entries."""


def check_ups(start: wiring.Start) -> Sequence[tuple[str, Callable[[], str]]]:
    """A check returns what it found, or raises BridgeError with what to do. Raises ConfigError without settings."""
    settings = load_settings(start.config)
    opened: list[wiring.Site] = []

    def secrets() -> str:
        opened.append(wiring.open_site(start))
        wiring.secrets_missing(opened[0])
        return "すべて登録されています"

    def books() -> str:
        if not opened:
            raise StopRunError("鍵の保管庫を開けないため、確かめられません。")
        wiring.open_books(settings, opened[0].sealer).engine.dispose()
        return str(settings.ledger_file)

    checks: list[tuple[str, Callable[[], str]]] = [
        ("Python", _python),
        ("レシピ", lambda: f"{len(load_recipes(settings.site.recipes))} 件"),
        ("ブラウザ", lambda: str(wiring.browser_found(settings))),
        ("認証情報", secrets),
        ("台帳とディスク", books),
        ("申請管理システムへの接続", partial(_reachable, settings.source.address)),
    ]
    return checks + [(f"{core} への接続", partial(_reachable, c.address)) for core, c in settings.cores.items()]


def _python() -> str:
    found = sys.version_info
    note = "" if found.micro >= MENDED.get(found[:2], 0) else "（ZIP の検査の修正を含む新しい版を勧めます）"
    return platform.python_version() + note


def _reachable(address: str) -> str:
    parts = urlsplit(address)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        socket.create_connection((parts.hostname or "", port), CONNECT_S).close()
    except OSError:
        raise StopRunError(
            f"{parts.hostname}:{port} につながりません。アドレスとネットワークを確かめてください。"
        ) from None
    return f"{parts.hostname}:{port}"
