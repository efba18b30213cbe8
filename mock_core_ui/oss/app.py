"""The mock vehicle system as one Flask application over its own database, filled with invented applications."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from flask import Flask

from mock_core_ui.management.app import JST, japan_time
from mock_core_ui.management.login import Accounts
from mock_core_ui.management.records import Record, Row
from mock_core_ui.management.rest import rest_pages
from mock_core_ui.management.states import State
from mock_core_ui.management.store import Store
from mock_core_ui.management.trouble import Trouble, trouble_pages
from mock_core_ui.oss.vocabulary import OSS, PROCEDURES

_FIRST = datetime(2026, 11, 18, 9, 0, tzinfo=JST)
_FAMILY = ("浜野", "潮見", "磯辺", "岬", "波多野", "汐崎")
_GIVEN = ("一郎", "さくら", "健", "みなみ", "誠", "ひかり")


def create_oss(
    database: Path,
    users: Mapping[str, str],
    control_token: str,
    *,
    seed: int = 1,
    applications: int = 20,
    idle_minutes: float = 30,
    clock: Callable[[], datetime] = japan_time,
) -> Flask:
    """The application over `database`, filled when it is new. `control_token` opens the test controls."""
    store = Store(database, clock)
    store.fill_with(invented(seed, applications))
    trouble = Trouble()
    app = Flask(__name__, template_folder="../management/templates")
    app.register_blueprint(trouble_pages(store, trouble, control_token))
    app.register_blueprint(rest_pages(store, trouble, Accounts(users), clock, idle_minutes, OSS))
    return app


def invented(seed: int, applications: int) -> Iterator[Record]:
    """Approved applications; numbers, people and vehicles are made up and follow from the seed."""
    chance = random.Random(seed)
    codes = list(PROCEDURES)
    for number in range(1, applications + 1):
        code = codes[number % len(codes)]
        at = (_FIRST + timedelta(minutes=7 * number)).isoformat(timespec="seconds")
        name = f"{chance.choice(_FAMILY)}　{chance.choice(_GIVEN)}"
        receipt_no = f"S26-{seed:02}-{number:07}"
        row = Row(receipt_no, code, PROCEDURES[code], at, name, State.APPROVED, 1, at, "")
        values = {
            "申請者名": name,
            "車台番号": f"ZZ{chance.randrange(100, 999)}-{chance.randrange(10**6, 10**7)}",
            "使用の本拠": f"汐見原市港町{chance.randrange(1, 9)}丁目{chance.randrange(1, 30)}番",
        }
        yield Record(row, "", "", "1", dict(values), (), "", "")
