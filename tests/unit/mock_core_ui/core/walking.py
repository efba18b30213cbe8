"""The way through a mock core over plain HTTP, the same in both dialects, and a look into its database."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from werkzeug.test import TestResponse

from mock_core_ui.core import nintei, sogo
from mock_core_ui.core.catalogue import SCREENS
from mock_core_ui.core.catalogue.screen import Screen
from mock_core_ui.core.site import CoreSettings
from mock_core_ui.core.store import Store
from mock_core_ui.core.values import Values
from mock_core_ui.faults import FaultPlan
from tests.unit.mock_core_ui.core.samples import HANA, PASSWORD, USER, Core, valid_values

ADDRESS = "/nintei/main.do"
CORES = ("sogo", "nintei")


@dataclass(frozen=True)
class Commit:
    operator: str
    atena_no: str
    reference: str
    receipt: str
    time: str
    values: Values


class Walk:
    """A clerk at one core."""

    procedure: str
    completion_text: str
    login_text: str

    def __init__(self, core: Core) -> None:
        self.core = core

    @property
    def screen(self) -> Screen:
        return SCREENS[self.procedure]

    def plan(self, *rules: dict[str, object]) -> None:
        self.core.plan.replace(list(rules))

    def log_in(self, password: str = PASSWORD) -> TestResponse:
        raise NotImplementedError

    def menu(self) -> TestResponse:
        raise NotImplementedError

    def entry(self) -> TestResponse:
        raise NotImplementedError

    def confirm(self, **changes: str) -> TestResponse:
        raise NotImplementedError

    def token(self, page: TestResponse) -> str:
        raise NotImplementedError

    def send(self, token: str) -> TestResponse:
        """The register request, with the override of a duplicate; its own answer, no redirect followed."""
        raise NotImplementedError

    def listing(self, page: int = 1, atena_no: str = HANA.atena_no) -> TestResponse:
        raise NotImplementedError

    def detail(self, receipt: str) -> TestResponse:
        raise NotImplementedError

    def hits(self, page: TestResponse) -> int:
        """How many hits the list says there are."""
        raise NotImplementedError

    def register(self, **changes: str) -> TestResponse:
        """The whole way; the page that a browser would show at its end."""
        answer = self.send(self.token(self.confirm(**changes)))
        location = answer.headers.get("Location", "")
        return self.core.client.get(location) if location.startswith("/complete/") else answer

    def receipts(self, page: TestResponse) -> list[str]:
        """The receipt numbers of the list, from the top."""
        start = f"{self.screen.prefix}-"
        return [start + piece.split("<")[0] for piece in page.text.split(f'">{start}')[1:]]

    def words(self, page: TestResponse) -> str:
        """The page with the texts of its scripts as a reader would see them."""
        return re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), page.text)

    def commits(self) -> list[Commit]:
        with closing(sqlite3.connect(self.core.store.path)) as connection:
            rows = connection.execute(
                "SELECT operator, atena_no, reference, core_receipt_no, time, values_json FROM commit_log"
                " WHERE before_run = 0 ORDER BY id"
            )
            return [Commit(a, b, c, d, e, json.loads(values)) for a, b, c, d, e, values in rows]

    def record(self, receipt: str) -> tuple[str, str, str, Values]:
        """Person, operator, time and values of the record that has this number now."""
        with closing(sqlite3.connect(self.core.store.path)) as connection:
            row = connection.execute(
                "SELECT atena_no, operator, registered_at, values_json FROM records WHERE core_receipt_no = ?",
                (receipt,),
            ).fetchone()
        return row[0], row[1], row[2], json.loads(row[3])


class SogoWalk(Walk):
    procedure = "ltci_burden_ratio_reissue"
    completion_text = "登録が完了しました"
    login_text = "利用者ID"

    def log_in(self, password: str = PASSWORD) -> TestResponse:
        return self.core.client.post("/login", data={"userid": USER, "password": password})

    def menu(self) -> TestResponse:
        return self.core.client.get("/menu")

    def entry(self) -> TestResponse:
        return self.core.client.get(f"/entry/{self.procedure}?atena={HANA.atena_no}")

    def confirm(self, **changes: str) -> TestResponse:
        given = {**valid_values(self.screen), **changes, "atena": HANA.atena_no}
        return self.core.client.post(f"/confirm/{self.procedure}", data=given)

    def token(self, page: TestResponse) -> str:
        return page.text.split('name="token" value="')[1].split('"')[0]

    def send(self, token: str) -> TestResponse:
        return self.core.client.post(f"/register/{self.procedure}", data={"token": token, "choufuku_kakunin": "1"})

    def listing(self, page: int = 1, atena_no: str = HANA.atena_no) -> TestResponse:
        return self.core.client.get(f"/records?atena={atena_no}&page={page}")

    def detail(self, receipt: str) -> TestResponse:
        return self.core.client.get(f"/records/{receipt}")

    def hits(self, page: TestResponse) -> int:
        return int(page.text.split("全 ")[1].split(" 件")[0])


class NinteiWalk(Walk):
    procedure = "ltci_certification"
    completion_text = "正常に登録されました"
    login_text = "職員番号"

    def _do(self, action: str, **fields: str) -> TestResponse:
        return self.core.client.post(ADDRESS, data={"ACTION": action, "JIMU": self.screen.number, **fields})

    def log_in(self, password: str = PASSWORD) -> TestResponse:
        return self._do("login", userid=USER, password=password)

    def menu(self) -> TestResponse:
        return self._do("home")

    def entry(self) -> TestResponse:
        return self._do("entry", TXT_0001=HANA.atena_no)

    def confirm(self, **changes: str) -> TestResponse:
        given = {**valid_values(self.screen), **changes, "ACTION": "confirm", "JIMU": self.screen.number}
        return self.core.client.post(ADDRESS, data={**given, "HID_0001": HANA.atena_no})

    def token(self, page: TestResponse) -> str:
        return page.text.split('name="HID_0002" value="')[1].split('"')[0]

    def send(self, token: str) -> TestResponse:
        return self._do("register", HID_0002=token)

    def listing(self, page: int = 1, atena_no: str = HANA.atena_no) -> TestResponse:
        return self._do("list", TXT_0101=atena_no, PAGE=str(page))

    def detail(self, receipt: str) -> TestResponse:
        return self._do("detail", NO=receipt)

    def hits(self, page: TestResponse) -> int:
        return int(page.text.split("検索結果　")[1].split("件")[0])


_APPS: dict[str, Callable[[CoreSettings, Store, FaultPlan], Flask]] = {
    "sogo": sogo.create_app,
    "nintei": nintei.create_app,
}
_WALKS: dict[str, type[Walk]] = {"sogo": SogoWalk, "nintei": NinteiWalk}


@contextmanager
def logged_in(core: str, folder: Path, procedure: str = "") -> Iterator[Walk]:
    """A clerk who has logged in to a core of her own; `procedure`: what she enters, else the core's usual one."""
    made = Core(core, _APPS[core], folder / "core.sqlite")
    walk = _WALKS[core](made)
    walk.procedure = procedure or walk.procedure
    walk.log_in()
    yield walk
    made.store.close()
