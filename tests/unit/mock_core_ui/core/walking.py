"""The way through a mock core over plain HTTP, the same in all dialects, and a look into its database."""

from __future__ import annotations

import io
import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from mock_core_ui.core import nintei, sogo, wizard
from mock_core_ui.core.catalogue import SCREENS
from mock_core_ui.core.catalogue.screen import Kind, Screen, placed_fields
from mock_core_ui.core.site import CoreSettings
from mock_core_ui.core.store import Store
from mock_core_ui.core.values import Values
from mock_core_ui.faults import MENU, FaultPlan
from tests.unit.mock_core_ui.core.samples import HANA, PASSWORD, USER, Core, valid_values

ADDRESS = "/nintei/main.do"
CORES = ("sogo", "nintei", "wakaba")


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
    password_text = "パスワード変更"
    """What is shown as long as the password has to be changed."""
    refused_text = 'value="試験の値"'
    """What shows that nothing of what was entered is lost when the register request is refused."""
    outside_status = 200
    """Of an answer to somebody without a session."""
    wrong_status, let_in_status = 200, 303
    """Of a log-in that failed, and of one that was right."""
    long_dates = True
    birth_year: str
    """The control with the year of the person's birth."""
    content_type = "text/html; charset=utf-8"

    def __init__(self, core: Core) -> None:
        self.core = core

    @property
    def screen(self) -> Screen:
        return SCREENS[self.procedure]

    def can(self, fault: str) -> bool:
        """Whether the menu has a fault for this core."""
        return self.screen.core in MENU[fault].cores

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

    def opened(self) -> str:
        """Everything that comes to the browser when an entry begins."""
        return self.entry().text

    def change_password(self, old: str, new: str, again: str) -> TestResponse:
        return self.core.client.post("/password", data={"old": old, "new": new, "again": again})

    def lists(self, page: TestResponse) -> dict[str, list[tuple[str, str]]]:
        """Each list's options as (code, text), the empty one first."""
        found = re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', page.text, re.DOTALL)
        return {name: re.findall(r'<option value="([^"]*)"[^>]*>([^<]*)</option>', inside) for name, inside in found}

    def controls(self, page: TestResponse) -> list[str]:
        """The names of the form's controls in their order."""
        return list(dict.fromkeys(re.findall(r'name="([^"]*)"', page.text)))

    def eras(self, page: TestResponse) -> list[tuple[str, str]]:
        """The options of a list of eras."""
        return next(options for options in self.lists(page).values() if any("令" in text for _, text in options))[1:]

    def scripts(self, page: TestResponse) -> str:
        """Where scripts stand that a fault brought along."""
        return page.text

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
    birth_year = "hihokensha_birth_y"

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
    long_dates = False
    birth_year = "TXT_0016"

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


class WizardWalk(Walk):
    """Dialect C: what a page's script asks for, as JSON."""

    procedure = "pregnancy_notification"
    completion_text = '"application_date"'
    login_text = '"message"'
    password_text = "有効期限が切れています"
    refused_text = '"errors":'
    outside_status = 401
    wrong_status, let_in_status = 403, 200
    birth_year = "ninpu_birth_y"
    content_type = "application/json"

    def log_in(self, password: str = PASSWORD) -> TestResponse:
        return self.core.client.post("/api/session", json={"user": USER, "password": password})

    def change_password(self, old: str, new: str, again: str) -> TestResponse:
        return self.core.client.post("/api/password", json={"old": old, "new": new, "again": again})

    def menu(self) -> TestResponse:
        return self.core.client.get("/api/menu")

    def person(self, atena_no: str = HANA.atena_no) -> TestResponse:
        return self.core.client.get(f"/api/resident?atena={atena_no}")

    def entry(self) -> TestResponse:
        return self.core.client.get(f"/api/form?procedure={self.procedure}")

    def opened(self) -> str:
        return self.person().text + self.entry().text

    def paper(self, name: str = "証明書.pdf", content: bytes = b"%PDF-1.4 abc") -> TestResponse:
        return self.core.client.post("/api/papers", data={"paper": (io.BytesIO(content), name)})

    def confirm(self, **changes: object) -> TestResponse:
        values = {**valid_values(self.screen), **changes}
        for placed in placed_fields(self.screen):
            [name, *_] = placed.names
            if placed.field.kind is Kind.FILES and values[name] and name not in changes:
                values[name] = [(self.paper().json or {}).get("token", "")]
        asked = {"procedure": self.procedure, "atena_no": HANA.atena_no, "values": values}
        return self.core.client.post("/api/check", json=asked)

    def token(self, page: TestResponse) -> str:
        return str((page.json or {}).get("token", ""))

    def send(self, token: str) -> TestResponse:
        return self.core.client.post("/api/register", json={"token": token, "confirmed": True})

    def listing(self, page: int = 1, atena_no: str = HANA.atena_no) -> TestResponse:
        return self.core.client.get(f"/api/records?atena={atena_no}&page={page}")

    def detail(self, receipt: str) -> TestResponse:
        return self.core.client.get(f"/api/record?receipt={receipt}")

    def hits(self, page: TestResponse) -> int:
        return int((page.json or {})["total"])

    def receipts(self, page: TestResponse) -> list[str]:
        return [row[0] for row in (page.json or {})["rows"]]

    def lists(self, page: TestResponse) -> dict[str, list[tuple[str, str]]]:
        # The script puts the empty option before them.
        return {
            field["names"][0]: [("", ""), *map(tuple, field["choices"])]
            for field in self._fields(page)
            if field["kind"] == "select"
        }

    def controls(self, page: TestResponse) -> list[str]:
        return [name for field in self._fields(page) for name in field["names"]]

    def eras(self, page: TestResponse) -> list[tuple[str, str]]:
        return [(code, text) for code, text in (page.json or {})["eras"]]

    def scripts(self, page: TestResponse) -> str:
        return "\n".join((page.json or {}).get("scripts", ()))

    def _fields(self, page: TestResponse) -> list[dict[str, Any]]:
        pages = (page.json or {})["pages"]
        return [field for each in pages for group in each["groups"] for row in group["fields"] for field in row]


_APPS: dict[str, Callable[[CoreSettings, Store, FaultPlan], Flask]] = {
    "sogo": sogo.create_app,
    "nintei": nintei.create_app,
    "wakaba": wizard.create_app,
    "jidosha": wizard.create_app,
}


class JidoshaWalk(WizardWalk):
    """The other vendor of dialect C."""

    procedure = "vehicle_tax_address_change"


_WALKS: dict[str, type[Walk]] = {
    "sogo": SogoWalk,
    "nintei": NinteiWalk,
    "wakaba": WizardWalk,
    "jidosha": JidoshaWalk,
}


@contextmanager
def logged_in(core: str, folder: Path, procedure: str = "") -> Iterator[Walk]:
    """A clerk who has logged in to a core of her own; `procedure`: what she enters, else the core's usual one."""
    made = Core(core, _APPS[core], folder / "core.sqlite")
    walk = _WALKS[core](made)
    walk.procedure = procedure or walk.procedure
    walk.log_in()
    yield walk
    made.store.close()
