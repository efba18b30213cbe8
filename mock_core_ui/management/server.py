"""Serves a WSGI application on a loopback port from a thread, and stops it again."""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from wsgiref.types import WSGIApplication

from waitress import wasyncore
from waitress.server import create_server

_THREADS = 8
_PATIENCE_S = 5
"""How long a stop waits for answers that are under way."""


@dataclass(frozen=True, slots=True)
class Served:
    """A running server; whoever started it calls `close`."""

    host: str
    port: int
    _server: Any
    _thread: threading.Thread

    @property
    def url(self) -> str:
        """Address without a path."""
        return f"http://{self.host}:{self.port}"

    def close(self) -> None:
        """Finish what is under way, drop all connections and end the thread; a second call does nothing."""
        if not self._thread.is_alive():
            return
        self._server.task_dispatcher.shutdown(timeout=_PATIENCE_S)
        # The sockets belong to the server's thread, so it has to close them itself; an empty map ends its loop.
        with suppress(OSError):  # awake for an answer just now, it has closed the trigger's own end as well
            self._server.trigger.pull_trigger(lambda: wasyncore.close_all(self._server._map))
        self._thread.join(_PATIENCE_S)


def serve(app: WSGIApplication, host: str = "127.0.0.1", port: int = 0) -> Served:
    """Start serving and return at once; port 0 takes a free one, which the handle names."""
    server = create_server(app, host=host, port=port, threads=_THREADS, ident="minamo")
    thread = threading.Thread(target=server.run, name=f"management-{server.effective_port}", daemon=True)
    thread.start()
    return Served(host, int(server.effective_port), server, thread)
