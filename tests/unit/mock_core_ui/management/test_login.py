"""Log-in, idle limit, lock and form token of the mock management system."""

from __future__ import annotations

import pytest

from .conftest import Desk

PAGES = ["/", "/applications", "/applications/export", "/applications/02026110200002", "/help/columns"]


@pytest.mark.parametrize("address", PAGES)
def test_every_page_asks_for_a_log_in(desk: Desk, address: str) -> None:
    stranger = desk.app.test_client()
    answer = stranger.get(address)
    assert answer.status_code == 302
    assert answer.location.endswith("/login")
    assert stranger.post("/applications/download").location.endswith("/login")


def test_right_password_leads_to_the_list(desk: Desk) -> None:
    desk.client = desk.app.test_client()
    answer = desk.log_in()
    assert "申請一覧" in answer.text
    assert '<b id="operator">robot01</b>' in answer.text
    assert "模擬環境 - 研修・試験用" in answer.text


def test_wrong_password_is_told_and_locks_after_five(desk: Desk) -> None:
    desk.client = desk.app.test_client()
    for _ in range(5):
        assert "利用者IDまたはパスワードが違います。" in desk.log_in("wrong").text
    assert "ロックされています" in desk.log_in("right").text


def test_idle_session_ends(desk: Desk) -> None:
    desk.clock.forward(minutes=29)
    assert desk.client.get("/applications").status_code == 200
    desk.clock.forward(minutes=31)
    answer = desk.client.get("/applications", follow_redirects=True)
    assert answer.status_code == 200
    assert "一定時間操作がなかったため" in answer.text
    assert "パスワード" in answer.text


def test_log_out(desk: Desk) -> None:
    desk.post("/logout")
    assert desk.client.get("/applications").status_code == 302


def test_form_token_is_required(desk: Desk) -> None:
    number = desk.application().receipt_no
    answer = desk.client.post(f"/applications/{number}/link", data={"core_number": "A1"})
    assert answer.status_code == 400
    assert "有効期限が切れました" in answer.text
    assert desk.state(number)["state"] == "4"
