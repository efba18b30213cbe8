"""What a browser session is told from outside: the account and how the browser is run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from bridge_agent.domain.comparison import equal
from bridge_agent.domain.errors import ConfigError
from bridge_agent.domain.plan import Comparison

Equal = Callable[[str, str, Comparison], bool]
"""(intended, read, comparison) -> whether the screen shows what was meant."""

_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class WebAccount:
    """One account of one system. `password` is asked for at each log-in and never kept."""

    base: str
    """Scheme, host and port: http://core.example:8080. Requests to anywhere else are stopped."""
    user: str
    password: Callable[[], str] = field(repr=False)

    def __post_init__(self) -> None:
        parts = urlsplit(self.base)
        if parts.scheme not in _DEFAULT_PORTS or not parts.hostname or parts.username or parts.path.strip("/"):
            raise ConfigError("接続先は http://ホスト名:ポート の形で設定してください（パスや利用者名は書けません）。")

    @property
    def origin(self) -> str:
        """Scheme, host and port as a browser writes them: lower case, a default port left out."""
        parts = urlsplit(self.base)
        host = parts.hostname or ""
        host = f"[{host}]" if ":" in host else host
        port = parts.port
        shown = f":{port}" if port and port != _DEFAULT_PORTS[parts.scheme] else ""
        return f"{parts.scheme}://{host}{shown}"

    @property
    def place(self) -> str:
        """Host and port, the default port too."""
        parts = urlsplit(self.base)
        host = parts.hostname or ""
        return f"{f'[{host}]' if ':' in host else host}:{parts.port or _DEFAULT_PORTS[parts.scheme]}"


@dataclass(frozen=True, slots=True)
class BrowserOptions:
    browser: str = ""
    """Path of the browser, or one of edge, chrome, chromium, headless-shell; '' = the first one found."""
    headed: bool = False
    fuse: bool = True
    """The submit fuse. Off only to show what happens without it."""
    equal: Equal = equal
    ca_file: Path | None = None
    """PEM of the site's own certification authority, for the requests that leave from Node."""
    proxy: str = ""
    """host:port that everything goes through; only for measuring a core. '' = directly."""
    retry_pause_s: float = 2.0
    """Between the two tries when the system does not answer."""
    settle_s: float = 3.0
    """Longest wait for a page's own scripts to come to rest after filling."""
    patience_s: float = 1.5
    """Longest wait for a target that is not there yet, disabled or covered, on a screen that was recognised."""
    width: int = 1280
    height: int = 960
