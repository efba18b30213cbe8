"""One application's page: its state, 連携済 exactly once, 差戻し, history."""

from __future__ import annotations

import re
import sqlite3
import time
from contextlib import closing

import pytest
from markupsafe import escape

from mock_core_ui.management.store import Store

from .conftest import Desk


def history(desk: Desk, number: str) -> list[tuple[str, ...]]:
    query = "SELECT operator, from_state, to_state, core_number FROM history WHERE receipt_no = ? ORDER BY id"
    with closing(sqlite3.connect(desk.database)) as connection:
        return connection.execute(query, (number,)).fetchall()


def test_page_shows_state_and_every_answer(desk: Desk) -> None:
    application = desk.application(procedure_id="child_allowance_certification")
    page = desk.page(f"/applications/{application.receipt_no}")
    assert 'data-state="4">承認済(連携待ち)</span>' in page
    assert '<dd id="revision">1</dd>' in page
    assert f'datetime="{application.received_at.isoformat()}"' in page
    children = application.values["children"]
    assert isinstance(children, list)
    for key, value in [*application.values.items(), *children[0].items()]:
        assert isinstance(value, list) or str(escape(value)) in page, key
    for name in application.attachments:
        assert name in page


def test_attachment_can_be_opened(desk: Desk) -> None:
    number = desk.application().receipt_no
    answer = desk.client.get(f"/applications/{number}/attachments/1")
    assert answer.status_code == 200
    assert number.encode() in answer.data
    assert desk.client.get(f"/applications/{number}/attachments/9").status_code == 404


def test_link_is_idempotent(desk: Desk) -> None:
    number = desk.application().receipt_no
    assert "連携済にしました。" in desk.post(f"/applications/{number}/link", core_number=" A-0001 ").text
    updated = desk.state(number)["updated_at"]
    desk.clock.forward(minutes=5)
    assert "連携済にしました。" in desk.post(f"/applications/{number}/link", core_number="A-0001").text
    assert desk.state(number) == {
        "state": "5",
        "state_name": "連携済",
        "revision": 1,
        "core_number": "A-0001",
        "updated_at": updated,
    }
    assert history(desk, number) == [("robot01", "4", "5", "A-0001")]


def test_link_with_another_number_is_refused(desk: Desk) -> None:
    number = desk.application().receipt_no
    desk.post(f"/applications/{number}/link", core_number="A-0001")
    page = desk.post(f"/applications/{number}/link", core_number="A-0002").text
    assert re.search(r'role="alert">[^<]*「A-0001」で連携済です。別の番号「A-0002」では登録できません。', page)
    assert desk.state(number)["core_number"] == "A-0001"


@pytest.mark.parametrize("core_number", ["", "  ", "9" * 31])
def test_link_needs_a_number(desk: Desk, core_number: str) -> None:
    number = desk.application().receipt_no
    page = desk.post(f"/applications/{number}/link", core_number=core_number).text
    assert "基幹側受付番号を30文字以内で入力してください。" in page
    assert desk.state(number)["state"] == "4"


def test_withdrawn_cannot_be_linked_or_sent_back(desk: Desk) -> None:
    number = desk.application().receipt_no
    desk.control(withdraw=number)
    assert (
        "状態が「取下げ」の申請は連携済にできません。"
        in desk.post(f"/applications/{number}/link", core_number="A1").text
    )
    assert "差戻しできません" in desk.post(f"/applications/{number}/return", reason="確認").text
    assert desk.state(number)["state"] == "8"


def test_send_back_needs_a_reason_and_is_recorded(desk: Desk) -> None:
    number = desk.application().receipt_no
    assert "差戻しの理由を入力してください。" in desk.post(f"/applications/{number}/return", reason="").text
    page = desk.post(f"/applications/{number}/return", reason="生年月日の確認").text
    assert "差戻しました。" in page
    assert "差戻し: 生年月日の確認" in page
    assert desk.state(number)["state_name"] == "補正依頼中"
    assert history(desk, number) == [("robot01", "4", "3", "")]


def test_unknown_number(desk: Desk) -> None:
    assert desk.client.get("/applications/999").status_code == 404
    assert "申請はありません" in desk.post("/applications/999/link", core_number="A1").text


def test_expectations_are_stored_and_never_shown(desk: Desk) -> None:
    with closing(sqlite3.connect(desk.database)) as connection:
        stored = connection.execute('SELECT receipt_no, "column", reason FROM expectation').fetchall()
    assert {each[0]: each[1:] for each in stored} == {
        each.receipt_no: (each.expected.column, each.expected.reason) for each in desk.world.applications
    }
    page = desk.page(f"/applications/{desk.application('resident_differs').receipt_no}")
    assert "resident_differs" not in page


def test_database_is_filled_once(desk: Desk) -> None:
    number = desk.application().receipt_no
    desk.post(f"/applications/{number}/link", core_number="A1")
    again = Store(desk.database, desk.clock)
    again.fill(desk.world)
    record = again.record(number)
    assert record is not None
    assert record.row.core_number == "A1"


def test_page_is_quick(desk: Desk) -> None:
    number = desk.application(procedure_id="child_allowance_certification").receipt_no
    durations = []
    for _ in range(20):
        begin = time.perf_counter()
        desk.page(f"/applications/{number}")
        durations.append(time.perf_counter() - begin)
    assert min(durations) < 0.010
