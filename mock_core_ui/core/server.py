"""Runs one mock core: waitress behind a wire front, its store, and a clean stop."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import waitress.wasyncore
from flask import Flask

from mock_core_ui.core import hibari, nintei, sogo, wizard
from mock_core_ui.core.seeding import fill
from mock_core_ui.core.site import CoreSettings, CoreSite
from mock_core_ui.core.store import Store
from mock_core_ui.faults import FaultPlan
from mock_core_ui.people.model import World
from mock_core_ui.tls import Certificates
from mock_core_ui.wire import WireFront

THREADS = 24
"""More than connections in use at once, since a fault may keep one waiting for a minute."""
_IDLE_S = 24 * 3600
"""Idle connections are for the wire front to close: a server's own time-out could cut off a request on its way."""

DIALECTS: dict[str, Callable[[CoreSettings, Store, FaultPlan], Flask]] = {
    "sogo": sogo.create_app,
    "nintei": nintei.create_app,
    "wakaba": wizard.create_app,
    "jidosha": wizard.create_app,
    "hibari": hibari.create_app,
}


class CoreServer:
    """One core on a loopback port. An empty database is filled from the world; a filled one is used as it is."""

    def __init__(
        self,
        settings: CoreSettings,
        database: Path,
        world: World | None = None,
        port: int = 0,
        certificates: Certificates | None = None,
    ) -> None:
        """With certificates the core is served behind TLS."""
        logging.getLogger("waitress").setLevel(logging.CRITICAL)
        self.database = database
        self.store = Store(database)
        if world is not None and self.store.is_empty():
            fill(self.store, settings.core, world)
        self.plan = FaultPlan(tls=certificates is not None)
        app = DIALECTS[settings.core](settings, self.store, self.plan)
        self._server = waitress.create_server(
            app, host="127.0.0.1", port=0, threads=THREADS, channel_timeout=_IDLE_S, ident=settings.core
        )
        self.wire = WireFront(self._server.effective_port, port, certificates=certificates)
        self.site: CoreSite = app.extensions["core_site"]
        self.site.wire_report = self.wire.counts.report
        self._thread = threading.Thread(target=self._server.run, name=f"core-{settings.core}", daemon=True)

    @property
    def url(self) -> str:
        """Address of the front page, with a slash at its end."""
        return f"{self.wire.scheme}://127.0.0.1:{self.wire.port}/"

    @property
    def training_page(self) -> str:
        """Address of the page on which faults are switched by hand, with the token that it asks for."""
        return f"{self.url}_mock/?token={quote(self.site.settings.control_token, safe='')}"

    def start(self) -> None:
        """Returns when requests are taken."""
        self._thread.start()
        self.wire.start()

    def stop(self) -> None:
        """Ends all connections and threads; what was committed stays in the database. May be called again."""
        if self.site.stopping.is_set():
            return
        self.site.stopping.set()
        self.wire.stop()
        self._server.task_dispatcher.shutdown(timeout=5)
        # The server's thread has to close its sockets itself; with none left its loop ends.
        with suppress(OSError):  # awake for an answer just now, it has closed the trigger's own end as well
            self._server.trigger.pull_trigger(lambda: waitress.wasyncore.close_all(self._server._map))
        self._thread.join(timeout=5)
        self.store.close()
