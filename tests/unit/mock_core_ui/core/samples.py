"""Test data for the mock cores: a small town, valid form values made from the catalogue, a core on a test client."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from mock_core_ui.core.catalogue.screen import DELETE_KEY, REFERENCE_NAME, Kind, Placed, Screen, placed_fields
from mock_core_ui.core.site import CoreSettings
from mock_core_ui.core.store import Store
from mock_core_ui.core.values import Values
from mock_core_ui.faults import FaultPlan
from mock_core_ui.people.model import EarlierRecord, Resident, World

USER = "bridge01"
PASSWORD = "open sesame"
TOKEN = "control"
NOW = datetime(2026, 11, 23, 3, 4, 5, tzinfo=UTC)

HANA = Resident(
    atena_no="0000000018",
    name="汐見　花",
    kana="シオミ　ハナ",
    birth=date(1950, 4, 1),
    sex="2",
    postal="0000101",
    address="汐見原市中央一丁目１番１号",
    katagaki="",
    tel="0123-00-1234",
    mynumber="",
    insured_no="0000001234",
    household_no="0000000001",
)
TARO = Resident(
    atena_no="0000000026",
    name="髙﨑　太郎",
    kana="タカサキ　タロウ",
    birth=date(1989, 1, 8),
    sex="1",
    postal="0000102",
    address="汐見原市港町５番地",
    katagaki="メゾン１０２",
    tel="090-0000-0001",
    mynumber="",
    insured_no="",
    household_no="0000000002",
)


def small_world(*earlier: EarlierRecord) -> World:
    """Two residents, no applications."""
    return World(seed=0, residents=(HANA, TARO), applications=(), earlier_records=earlier)


_ERA_OF_NOW = {"sogo": "5", "nintei": "R", "wakaba": "reiwa", "jidosha": "95", "hibari": "05"}
_TEXTS = {
    Kind.TEXT: "試験の値",
    Kind.TEXTAREA: "一行目\n二行目",
    Kind.KANA: "シケン　ガー",
    Kind.HALF_KANA: "ｼｹﾝ ｶﾞｰ",
    Kind.ZENGIN: "ｼｹﾝ ｶ)",
    Kind.CHECK: "1",
}


def valid_values(screen: Screen, rows: int = 1) -> Values:
    """Every field of the screen filled with something it accepts; the first rows of repeated groups only."""
    values: Values = {REFERENCE_NAME: "R-0001"} if screen.reference else {}
    for placed in placed_fields(screen):
        filled = placed.row <= rows and placed.field.key != DELETE_KEY
        parts = _parts(screen, placed) if filled else [""] * len(placed.names)
        for name, part in zip(placed.names, parts, strict=True):
            values[name] = part
        if placed.field.kind is Kind.CHECKS:
            values[placed.names[0]] = [choice.code for choice in placed.field.choices[:2]] if filled else []
        if placed.field.kind is Kind.FILES:
            values[placed.names[0]] = ["証明書.pdf"] if filled else []
    return values


def _parts(screen: Screen, placed: Placed) -> list[str]:
    field = placed.field
    match field.kind:
        case Kind.SELECT | Kind.RADIO:
            return [field.choices[0].code]
        case Kind.DATE:
            return [_ERA_OF_NOW[screen.core], "8", "11", "5"]
        case Kind.YEAR_MONTH:
            return [_ERA_OF_NOW[screen.core], "8", "11"]
        case Kind.TIME:
            return ["7", "30"]
        case Kind.PHONE:
            return ["0123", "00", "1234"]
        case Kind.POSTAL:
            return ["000", "0101"]
        case Kind.PICKER:
            return ["0070200115", "ケアプランみなも"]
        case Kind.DIGITS:
            return ["1" * field.maximum]
        case Kind.TEXT | Kind.TEXTAREA | Kind.KANA | Kind.HALF_KANA | Kind.ZENGIN | Kind.CHECK:
            return [_TEXTS[field.kind][: field.maximum or None]]
        case Kind.CHECKS | Kind.FILES:
            return [""]


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def move(self, **parts: float) -> None:
        """Moves on by a timedelta's parts."""
        self.now += timedelta(**parts)


class Core:
    """A core's application on a test client, logged in."""

    def __init__(
        self, core: str, create_app: Callable[[CoreSettings, Store, FaultPlan], Flask], database: Path
    ) -> None:
        self.clock = Clock()
        self.store = Store(database)
        self.store.add_residents((HANA, TARO))
        self.plan = FaultPlan()
        settings = CoreSettings(core, {USER: PASSWORD}, TOKEN, expiry_minutes=30, clock=self.clock)
        self.app = create_app(settings, self.store, self.plan)
        self.client: FlaskClient = self.app.test_client()

    def log_lines(self) -> int:
        """How many registrations the oracle knows."""
        with closing(sqlite3.connect(self.store.path)) as connection:
            found: int = connection.execute("SELECT count(*) FROM commit_log").fetchone()[0]
        return found
