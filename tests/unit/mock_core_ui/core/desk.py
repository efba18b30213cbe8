"""A clerk at the desktop core as its client speaks: JSON by POST, the session's key in a header."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from werkzeug.test import TestResponse

from mock_core_ui.core import hibari
from mock_core_ui.core.catalogue import SCREENS
from tests.unit.mock_core_ui.core.samples import HANA, PASSWORD, USER, Core, valid_values

RENEWAL = "ltci_renewal"
CARE_PLAN = "ltci_care_plan_request"
CARD = "ltci_insured_card_reissue"


class Desk:
    def __init__(self, core: Core) -> None:
        self.core = core
        self.session = ""

    def post(self, path: str, body: object = None) -> TestResponse:
        headers = {"X-Session": self.session} if self.session else {}
        return self.core.client.post(f"/hibari/api/{path}", json=body or {}, headers=headers)

    def ask(self, path: str, body: Mapping[str, object] | None = None) -> Any:
        """The content of an answer that must be 200."""
        answer = self.post(path, body)
        assert answer.status_code == 200, answer.text
        return answer.json

    def log_in(self, password: str = PASSWORD) -> TestResponse:
        answer = self.post("login", {"user": USER, "password": password})
        if answer.status_code == 200:
            self.session = answer.json["session"]  # type: ignore[index]
        return answer

    def check(self, procedure: str = CARD, atena_no: str = HANA.atena_no, **changes: str) -> Any:
        values = {**valid_values(SCREENS[procedure]), **changes}
        return self.ask("check", {"procedure": procedure, "atena_no": atena_no, "values": values})

    def send(self, draft: str) -> TestResponse:
        return self.post("register", {"draft": draft})

    def register(self, procedure: str = CARD, atena_no: str = HANA.atena_no, **changes: str) -> TestResponse:
        """The check, then the one request that registers."""
        return self.send(self.check(procedure, atena_no, **changes)["draft"])

    def listing(self, page: int = 1, reference: str = "", atena_no: str = HANA.atena_no) -> Any:
        return self.ask("list", {"reference": reference, "atena_no": atena_no, "page": page})

    def receipts(self, page: int = 1) -> list[str]:
        return [row[0] for row in self.listing(page)["rows"]]

    def window(self, window: str, procedure: str = "") -> Any:
        return self.ask("window", {"window": window, "procedure": procedure})["effects"]

    def plan(self, *rules: dict[str, object]) -> None:
        self.core.plan.replace(list(rules))

    def commits(self) -> list[dict[str, Any]]:
        """The lines of the commit log that were made since the core began."""
        with closing(sqlite3.connect(self.core.store.path)) as connection:
            connection.row_factory = sqlite3.Row
            rows = connection.execute("SELECT * FROM commit_log WHERE before_run = 0 ORDER BY id").fetchall()
        return [{**dict(row), "values": json.loads(row["values_json"])} for row in rows]


@contextmanager
def at_desk(folder: Path) -> Iterator[Desk]:
    """A clerk who has logged on to a desktop core of her own."""
    core = Core("hibari", hibari.create_app, folder / "core.sqlite")
    desk = Desk(core)
    assert desk.log_in().status_code == 200
    yield desk
    core.store.close()
