"""Dialect C over plain HTTP: one page for every address, its files, log-in and sessions, the menus of both vendors."""

from __future__ import annotations

import pytest

from tests.unit.mock_core_ui.core.walking import WizardWalk
from tests.unit.mock_core_ui.core.wizard.asking import JIDOSHA, WAKABA, ask, told


def test_one_page_stands_at_every_address(either: WizardWalk) -> None:
    client = either.core.client
    pages = {client.get(f"/app/{view}").text for view in ("login", "menu", "entry/x?atena=1", "records/NT-1")}
    assert len(pages) == 1
    [page] = pages
    core = either.screen.core
    assert f'data-core="{core}"' in page
    assert f'data-reference="{ {WAKABA: "備考", JIDOSHA: "連携メモ"}[core] }"' in page
    assert f'data-over="{ {WAKABA: "", JIDOSHA: "1"}[core] }"' in page
    assert client.get("/").headers["Location"] == "/app/menu"


@pytest.mark.parametrize(
    ("name", "kind"), [("main.js", "text/javascript; charset=utf-8"), ("wizard.css", "text/css; charset=utf-8")]
)
def test_scripts_and_styles_come_as_what_they_are(wakaba: WizardWalk, name: str, kind: str) -> None:
    answer = wakaba.core.client.get(f"/static/{name}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, kind)
    assert answer.data


@pytest.mark.parametrize("name", ["none.js", "..%2Fapp.py", "wizard.txt"])
def test_nothing_else_is_given_away(wakaba: WizardWalk, name: str) -> None:
    assert wakaba.core.client.get(f"/static/{name}").status_code == 404


def test_log_in_tells_where_to_go_and_who_is_there(either: WizardWalk) -> None:
    assert told(either.log_in())["start"] == "/app/menu"
    # 2026-11-23 03:04 UTC is noon of that day in Tokyo.
    assert ask(either, "session") == {
        "operator": "bridge01",
        "operator_name": "連携 一号",
        "today": "令和8年11月23日",
    }


def test_wrong_password_is_said(either: WizardWalk) -> None:
    assert "利用者IDまたはパスワードが正しくありません" in told(either.log_in("wrong"), 403)["message"]


@pytest.mark.parametrize("path", ["session", "menu", "form", "resident", "defaults", "facilities", "records", "record"])
def test_nobody_reads_without_a_session(either: WizardWalk, path: str) -> None:
    told(either.core.client.post("/api/logout"))
    assert "message" in ask(either, path, 401)


@pytest.mark.parametrize("path", ["check", "register", "papers"])
def test_nobody_writes_without_a_session(either: WizardWalk, path: str) -> None:
    told(either.core.client.post("/api/logout"))
    assert "message" in told(either.core.client.post(f"/api/{path}", json={}), 401)


def test_a_session_ends_when_it_stands_idle(either: WizardWalk) -> None:
    token = either.token(either.confirm())
    either.core.clock.move(minutes=31)
    assert "有効期限が切れました" in told(either.send(token), 401)["message"]
    assert either.commits() == []


def test_menu_has_the_vendors_own_screens_with_their_drawers(wakaba: WizardWalk) -> None:
    assert ask(wakaba, "menu")["screens"] == [
        ["pregnancy_notification", "WB-510", "妊娠届出受付", "母子保健"],
        ["childcare_certification", "WB-110", "教育・保育給付認定申請受付", "保育"],
        ["nursery_application", "WB-120", "保育所等入所申込受付", "保育"],
        ["nursery_status", "WB-130", "保育現況届受付", "保育"],
        ["child_rearing_allowance_status", "WB-340", "児童扶養手当現況届（事前受付）", "手当・給付"],
    ]


def test_menu_of_the_prefecture(jidosha: WizardWalk) -> None:
    assert [(line[1], line[3]) for line in ask(jidosha, "menu")["screens"]] == [
        ("AT-110", "自動車税"),
        ("AT-120", "自動車税"),
        ("AT-310", "自動車税"),
        ("HK-010", "保管場所"),
    ]


def test_an_unknown_address_is_answered_in_json(either: WizardWalk) -> None:
    assert "この操作はできません" in ask(either, "nothing", 404)["message"]
