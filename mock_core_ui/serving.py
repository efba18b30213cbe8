"""Starts the mock management system and the mock cores of a town, each behind a wire front, and stops them again."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from mock_core_ui.core.catalogue import ALWAYS, CORES, DESKTOP, screens_of
from mock_core_ui.core.server import CoreServer
from mock_core_ui.core.site import CoreSettings
from mock_core_ui.management import create_app
from mock_core_ui.management.app import japan_time
from mock_core_ui.management.drop import apart, deliver
from mock_core_ui.management.server import Served
from mock_core_ui.management.server import serve as serve_app
from mock_core_ui.oss import create_oss, shares
from mock_core_ui.people import build_world
from mock_core_ui.people.canary import with_desktop_training
from mock_core_ui.people.model import World
from mock_core_ui.tls import Certificate, Certificates
from mock_core_ui.wire import WireFront

MANAGEMENT_DATABASE = "management.sqlite"
ROBOT = "bridge01"
"""The account that the bridge agent uses."""
ACCOUNTS = (ROBOT, "bridge02", "clerk01")


@dataclass(frozen=True, slots=True)
class Options:
    """What to serve. Port 0 takes a free one."""

    data: Path
    seed: int = 1
    applications: int = 60
    procedures: tuple[str, ...] | None = None
    plain: bool = False
    expiry_minutes: float = 30
    password: str = ""
    """'' makes a new one for every account at every start."""
    control_token: str = ""
    management_port: int = 0
    core_ports: Mapping[str, int] = field(default_factory=dict)
    """Core -> its port; one that is not named takes a free one."""
    hibari: bool = False
    """Whether the desktop core is there even when nobody applies for one of its procedures."""
    tls: Certificate | None = None
    """The certificate that the cores show; None: plain http."""
    one_session_per_account: bool = False
    oss: bool = False
    """Whether the prefecture's vehicle system is there as well."""
    drop: tuple[str, ...] = ()
    """Procedures whose applications come by a drop folder; the management system does not have them."""


class MockTown:
    """All mock servers of one data folder. Databases that exist already are used as they are."""

    def __init__(self, options: Options, world: World | None = None) -> None:
        """`world` takes the place of the one that would follow from the seed."""
        self.options = options
        self.control_token = options.control_token or secrets.token_urlsafe(24)
        served = [core for core in CORES if core in ALWAYS or self._is_needed(core, world)]
        self.accounts = {
            place: {user: options.password or secrets.token_urlsafe(12) for user in ACCOUNTS}
            for place in ("management", *served, *(["oss"] if options.oss else []))
        }
        options.data.mkdir(parents=True, exist_ok=True)
        self.management_database = options.data / MANAGEMENT_DATABASE
        self._oss_database = options.data / "oss.sqlite"
        self._drop_database = options.data / "drop.sqlite"
        self._drop_folder = options.data / "drop"
        world = world or self._world(served)
        self._tls_folder = options.data / "tls"
        self.cores = {
            core: CoreServer(
                self._core_settings(core),
                self._database(core),
                world,
                options.core_ports.get(core, 0),
                self._certificates(),
            )
            for core in served
        }
        self._oss: Served | None = None
        self._management: Served | None = None
        self._management_wire: WireFront | None = None
        of_municipality = world
        self._vehicles: World | None = None
        if options.oss and of_municipality is not None:
            of_municipality, self._vehicles = shares(of_municipality)
        if options.drop and of_municipality is not None:
            of_municipality, dropped = apart(of_municipality, options.drop)
            if not self._drop_database.exists():
                deliver(self._drop_database, dropped, self._drop_folder, japan_time)
        self._management_app = create_app(
            self.management_database,
            of_municipality,
            self.control_token,
            self.accounts["management"],
            idle_minutes=options.expiry_minutes,
        )

    def _database(self, core: str) -> Path:
        return self.options.data / f"{core}.sqlite"

    def _is_needed(self, core: str, world: World | None) -> bool:
        """Whether the town has a core that not every town has: asked for, made before, or applied for what it does."""
        if (core == DESKTOP and self.options.hibari) or self._database(core).exists():
            return True
        named = self.options.procedures or ()
        if world is not None:
            named = tuple(application.procedure_id for application in world.applications)
        return any(screen.procedure in named for screen in screens_of(core))

    def _world(self, served: Sequence[str]) -> World | None:
        """The invented town, unless every database holds it already."""
        databases = [self.management_database, *(self._database(core) for core in served)]
        databases += [self._oss_database] if self.options.oss else []
        databases += [self._drop_database] if self.options.drop else []
        if all(database.exists() for database in databases):
            return None
        chosen = self.options
        world = build_world(chosen.seed, chosen.applications, chosen.procedures, chosen.plain)
        return with_desktop_training(world) if DESKTOP in served else world

    def _core_settings(self, core: str) -> CoreSettings:
        return CoreSettings(
            core,
            self.accounts[core],
            self.control_token,
            self.options.expiry_minutes,
            one_session_per_account=self.options.one_session_per_account,
        )

    def _certificates(self) -> Certificates | None:
        return Certificates(self._tls_folder, self.options.tls) if self.options.tls else None

    def start(self) -> None:
        """Returns when all servers take requests."""
        for core in self.cores.values():
            core.start()
        self._management = serve_app(self._management_app)
        self._management_wire = WireFront(self._management.port, self.options.management_port)
        self._management_wire.start()
        if self.options.oss:
            users = self.accounts["oss"]
            self._oss = serve_app(create_oss(self._oss_database, self._vehicles, users, self.control_token))

    def stop(self) -> None:
        """Stops all servers; everything stored stays."""
        if self._management_wire is not None:
            self._management_wire.stop()
        for served in (self._management, self._oss):
            if served is not None:
                served.close()
        for core in self.cores.values():
            core.stop()

    def report(self) -> dict[str, object]:
        """Addresses and log-ins as plain data."""
        if self._management_wire is None:
            raise RuntimeError("not started")
        found: dict[str, object] = {
            "management": {
                "url": f"http://127.0.0.1:{self._management_wire.port}/",
                "user": ROBOT,
                "password": self.accounts["management"][ROBOT],
                "accounts": self.accounts["management"],
                "database": str(self.management_database),
            },
            "cores": {
                name: {
                    "url": core.url,
                    "user": ROBOT,
                    "password": self.accounts[name][ROBOT],
                    "accounts": self.accounts[name],
                    "database": str(core.database),
                    "training_page": core.training_page,
                }
                for name, core in self.cores.items()
            },
            "management_database": str(self.management_database),
            "control_token": self.control_token,
            "ca_file": str(self._tls_folder / "ca.pem") if self.options.tls else None,
            "pid": os.getpid(),
        }
        if self._oss is not None:
            found["oss"] = {
                "url": f"{self._oss.url}/",
                "user": ROBOT,
                "password": self.accounts["oss"][ROBOT],
                "database": str(self._oss_database),
            }
        if self.options.drop:
            found["drop"] = {"path": str(self._drop_folder), "database": str(self._drop_database)}
        return found
