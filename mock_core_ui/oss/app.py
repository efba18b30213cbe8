"""The mock vehicle system as one Flask application over its own database, filled with invented applications."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from flask import Flask

from mock_core_ui.management.app import japan_time
from mock_core_ui.management.login import Accounts
from mock_core_ui.management.rest import rest_pages
from mock_core_ui.management.store import Store
from mock_core_ui.management.trouble import Trouble, trouble_pages
from mock_core_ui.oss.vocabulary import OSS
from mock_core_ui.people.model import World


def create_oss(
    database: Path,
    world: World | None,
    users: Mapping[str, str],
    control_token: str,
    *,
    idle_minutes: float = 30,
    clock: Callable[[], datetime] = japan_time,
) -> Flask:
    """The application over `database`, filled from `world` (its share of a town) when it is new.

    `control_token` opens the test controls.
    """
    store = Store(database, clock)
    if world is not None:
        store.fill(world)
    trouble = Trouble()
    app = Flask(__name__, template_folder="../management/templates")
    app.register_blueprint(trouble_pages(store, trouble, control_token))
    app.register_blueprint(rest_pages(store, trouble, Accounts(users), clock, idle_minutes, OSS))
    return app
