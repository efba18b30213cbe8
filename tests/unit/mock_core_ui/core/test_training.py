"""The page on which faults are switched by hand: who may, what it shows, and that it does what it says."""

from __future__ import annotations

import re

import pytest

from mock_core_ui.core.training import PARAMETER_NAMES
from mock_core_ui.faults import MENU
from tests.unit.mock_core_ui.core.samples import TOKEN
from tests.unit.mock_core_ui.core.walking import Walk


@pytest.fixture
def trainer(walk: Walk) -> Walk:
    """A walk whose browser has opened the page once by its full address."""
    answer = walk.core.client.get(f"/_mock/?token={TOKEN}")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/_mock/")
    assert "SameSite=Strict" in answer.headers["Set-Cookie"]
    return walk


def _page(trainer: Walk, fault: str = "") -> str:
    return trainer.core.client.get(f"/_mock/?fault={fault}").text


def _send(trainer: Walk, action: str, **fields: str) -> int:
    return trainer.core.client.post(f"/_mock/{action}", data={"token": TOKEN, **fields}).status_code


def test_needs_the_token(walk: Walk) -> None:
    client = walk.core.client
    assert client.get("/_mock/").status_code == 403
    assert client.get("/_mock/?token=x").status_code == 403
    assert client.post("/_mock/add", data={"fault": "M4", "way": "every", "every": "1"}).status_code == 403
    assert walk.core.plan.report() == []


def test_cookie_alone_switches_nothing(trainer: Walk) -> None:
    answer = trainer.core.client.post("/_mock/add", data={"fault": "M4", "way": "every", "every": "1"})
    assert answer.status_code == 403
    assert trainer.core.plan.report() == []


def test_lists_the_whole_menu(trainer: Walk) -> None:
    page = _page(trainer)
    own = [fault for code, fault in MENU.items() if trainer.can(code)]
    assert re.findall(r'<th scope="row">(\w+)</th>', page) == [fault.code for fault in own]
    for fault in own:
        assert fault.title in page


def test_form_offers_every_parameter_with_its_default(trainer: Walk) -> None:
    for fault in MENU.values():
        page = _page(trainer, fault.code)
        for key in fault.parameters:
            assert (f'id="p_{key}"' in page) == (not fault.code.startswith("D"))


def test_every_parameter_has_a_name_for_trainers() -> None:
    assert set(PARAMETER_NAMES) == {key for fault in MENU.values() for key in fault.parameters}


def test_what_is_impossible_cannot_be_chosen(trainer: Walk) -> None:
    page = _page(trainer)
    assert 'href="/_mock/?fault=M7"' in page
    assert 'href="/_mock/?fault=M8"' not in page


def test_switching_on_and_off(trainer: Walk) -> None:
    every = {"way": "every", "every": "1", "limit": "2"}
    assert _send(trainer, "add", fault="M26", p_text="失敗です", **every) == 303
    assert _send(trainer, "add", fault="M16", way="nth", nth="2、3", page="menu", p_text="注意") == 303
    chance = {"way": "probability", "probability": "0", "seed": "4", "procedure": trainer.procedure}
    assert _send(trainer, "add", fault="M3", p_seconds="0.5", **chance) == 303
    assert "失敗です" in trainer.send(trainer.token(trainer.confirm())).text
    shown = [(rule["code"], rule["when"], rule["seen"], rule["fired"]) for rule in trainer.core.plan.report()]
    assert shown == [
        ("M26", {"every": 1}, 1, 1),
        ("M16", {"nth": [2, 3]}, 0, 0),
        ("M3", {"probability": 0.0, "seed": 4}, 1, 0),
    ]
    assert "現在有効な異常（3件）" in _page(trainer)
    assert _send(trainer, "drop", at="1") == 303
    assert [rule["code"] for rule in trainer.core.plan.report()] == ["M26", "M3"]
    assert _send(trainer, "clear") == 303
    assert trainer.core.plan.report() == []
    assert "ありません" in _page(trainer)


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"fault": "M3", "way": "every", "every": "x", "p_seconds": "1"}, "間隔は数字"),
        ({"fault": "M3", "way": "nth", "nth": "one", "p_seconds": "1"}, "回数は"),
        ({"fault": "M3", "way": "every", "every": "1", "p_seconds": "long"}, "秒数は数字"),
        ({"fault": "M0", "way": "every", "every": "1"}, "選んでください"),
        ({"fault": "D5", "way": "every", "every": "1"}, "選んでください"),
        ({"fault": "M3", "way": "every", "every": "0", "p_seconds": "1"}, "1以上"),
        ({"fault": "M8", "way": "every", "every": "1", "p_certificate": "expired", "p_seconds": "1"}, "TLS"),
    ],
)
def test_what_is_wrong_is_said(trainer: Walk, fields: dict[str, str], text: str) -> None:
    answer = trainer.core.client.post("/_mock/add", data={"token": TOKEN, **fields})
    assert answer.status_code == 400
    assert text in re.search(r'role="alert">([^<]*)<', answer.text)[1]  # type: ignore[index]
    assert trainer.core.plan.report() == []
