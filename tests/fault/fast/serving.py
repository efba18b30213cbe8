"""The mock cores of a fast town: in this process, or in one of its own that can be killed and started again."""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import signal
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from mock_core_ui.core.catalogue import CORES
from mock_core_ui.core.seeding import fill
from mock_core_ui.core.server import CoreServer
from mock_core_ui.core.site import CoreSettings
from mock_core_ui.core.store import Store
from mock_core_ui.people.model import World
from mock_core_ui.tls import Certificate, Certificates

__all__ = ["CORES", "OwnServers", "ServePlan", "ServerProcess", "seed"]


@dataclass(frozen=True, slots=True)
class ServePlan:
    databases: Mapping[str, Path]
    """Core -> database; already filled."""
    users: tuple[str, ...]
    password: str
    token: str
    tls: Path | None = None
    """Folder of a made-up authority: the cores are served behind TLS."""


def seed(databases: Mapping[str, Path], world: World) -> None:
    """Fill what is empty."""
    for core, database in databases.items():
        store = Store(database)
        try:
            if store.is_empty():
                fill(store, core, world)
        finally:
            store.close()


def _start(plan: ServePlan, ports: Mapping[str, int]) -> dict[str, CoreServer]:
    users = dict.fromkeys(plan.users, plan.password)
    shown = Certificates(plan.tls, Certificate.GOOD) if plan.tls is not None else None
    servers = {
        core: CoreServer(CoreSettings(core, users, plan.token), database, None, ports.get(core, 0), shown)
        for core, database in plan.databases.items()
    }
    for server in servers.values():
        server.start()
    return servers


class OwnServers:
    """Servers in this process."""

    def __init__(self, plan: ServePlan) -> None:
        self._servers = _start(plan, {})
        self.ports = {core: server.wire.port for core, server in self._servers.items()}

    def stop(self) -> None:
        for server in self._servers.values():
            server.stop()


class ServerProcess:
    """Servers in a process of their own, on ports that stay the same."""

    def __init__(self, plan: ServePlan) -> None:
        self._plan = plan
        self.ports: dict[str, int] = {}
        self._process: BaseProcess | None = None
        self._pipe: Any = None
        self.start()

    @property
    def pid(self) -> int:
        return self._process.pid or 0 if self._process is not None else 0

    def start(self) -> None:
        """Returns when requests are taken; after a kill: same ports, same databases, sessions and faults forgotten."""
        from tests.fault.fast.nights import context  # the preloaded module list needs this module first

        made = context()
        self._pipe, theirs = multiprocessing.Pipe()
        self._process = made.Process(  # type: ignore[attr-defined]
            target=serve, args=(self._plan, self.ports, theirs), daemon=True
        )
        self._process.start()
        theirs.close()
        self.ports = self._pipe.recv()

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()

    def stop(self) -> None:
        if self._process is not None and self._process.is_alive():
            self._pipe.send("stop")
            self._process.join(10)
        self.kill()


def serve(plan: ServePlan, ports: Mapping[str, int], pipe: multiprocessing.connection.Connection) -> None:
    """Entry point of the servers' process: until told to stop, or until the other end is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    servers = _start(plan, ports)
    pipe.send({core: server.wire.port for core, server in servers.items()})
    try:
        pipe.recv()
    except (EOFError, OSError):
        return
    for server in servers.values():
        server.stop()
