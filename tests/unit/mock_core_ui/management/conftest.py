"""A management system in the test process, with a clock that stands still until it is moved."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from mock_core_ui.management import create_app
from mock_core_ui.people import build_world
from mock_core_ui.people.model import Application, World

TOKEN = "control"
USERS = {"robot01": "right"}


@dataclass
class StillClock:
    now: datetime = field(default_factory=lambda: datetime.fromisoformat("2026-11-20T20:45:00+09:00"))

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **amount: float) -> None:
        self.now += timedelta(**amount)


@dataclass
class Desk:
    """A browser's view of the system: keeps cookies and knows the form token."""

    app: Flask
    client: FlaskClient
    world: World
    clock: StillClock
    database: Path

    def log_in(self, password: str = "right") -> TestResponse:
        form = {"user_id": "robot01", "password": password}
        return self.client.post("/login", data=form, follow_redirects=True)

    def page(self, address: str) -> str:
        answer = self.client.get(address)
        assert answer.status_code == 200, address
        return answer.text

    def post(self, address: str, **form: Any) -> TestResponse:
        found = re.search(r'name="_csrf" value="([^"]+)"', self.page("/applications"))
        assert found
        return self.client.post(address, data={"_csrf": found[1], **form}, follow_redirects=True)

    def download(self, *receipt_nos: str) -> TestResponse:
        return self.post("/applications/download", receipt_no=list(receipt_nos))

    def control(self, **wanted: Any) -> TestResponse:
        return self.client.post("/_mock/trouble", json=wanted, headers={"X-Mock-Token": TOKEN})

    def state(self, receipt_no: str) -> dict[str, Any]:
        answer = self.client.get("/_mock/states", headers={"X-Mock-Token": TOKEN})
        state: dict[str, Any] = answer.get_json()[receipt_no]
        return state

    def application(self, hazard: str = "", procedure_id: str = "") -> Application:
        """The first application with this hazard, and of this procedure when one is named."""
        return next(
            each
            for each in self.world.applications
            if each.hazard == hazard and procedure_id in ("", each.procedure_id)
        )


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Logged in, 60 applications."""
    world = build_world(7)
    clock = StillClock()
    database = tmp_path / "management.db"
    app = create_app(database, world, TOKEN, USERS, clock=clock)
    desk = Desk(app, app.test_client(), world, clock, database)
    desk.log_in()
    return desk
