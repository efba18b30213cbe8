"""Faults that take the place of an answer: what the browser gets, and whether there was a commit."""

from __future__ import annotations

import random
import time

import pytest
from werkzeug.test import TestResponse

from tests.unit.mock_core_ui.core.samples import PASSWORD
from tests.unit.mock_core_ui.core.walking import Walk

OUTSIDE = 0
"""The status with which a dialect tells somebody to log in."""


@pytest.mark.parametrize(
    ("fault", "wire", "commits"),
    [
        ("M3b", "swallow:60", 0),
        ("M4b", "drop", 0),
        ("M5", "reset", 1),
        ("M5b", "reset", 0),
        ("M6", "refuse:10", 0),
        ("M6b", "refuse:10", 1),
    ],
)
def test_what_only_the_front_can_do_is_asked_of_it(walk: Walk, fault: str, wire: str, commits: int) -> None:
    walk.plan({"fault": fault})
    answer = walk.send(walk.token(walk.confirm()))
    assert answer.headers["X-Mock-Wire"] == wire
    assert len(walk.commits()) == commits


@pytest.mark.parametrize(
    ("fault", "status", "text", "commits"),
    [
        ("M1", 502, "502", 1),
        ("M1b", 502, "502", 0),
        ("M14", OUTSIDE, "別の端末でログイン", 0),
        ("M14b", OUTSIDE, "別の端末でログイン", 1),
        ("M22b", 200, "登録できません", 0),
        ("M23", 200, "住民登録と一致しません", 0),
        ("M26", 200, "登録に失敗しました", 1),
        ("M26b", 200, "住民登録と一致しません", 1),
        ("M27b", 200, "トークンエラー", 0),
        ("M28", 200, "他の利用者により更新", 0),
        ("M28b", 200, "他の利用者により更新", 1),
        ("M34b", 200, "夜間バッチ", 0),
        ("M34c", 503, "システム保守中", 1),
    ],
)
def test_pages_in_the_place_of_the_answer(walk: Walk, fault: str, status: int, text: str, commits: int) -> None:
    rule: dict[str, object] = {"fault": fault}
    if fault in ("M1", "M1b"):
        rule["status"] = 502
    walk.plan(rule)
    answer = walk.send(walk.token(walk.confirm()))
    assert answer.status_code == (status or walk.outside_status)
    assert text in walk.words(answer)
    assert walk.completion_text not in answer.text
    assert len(walk.commits()) == commits


@pytest.mark.parametrize(("fault", "commits"), [("M7", 0), ("M7b", 1)])
def test_leads_to_a_host_that_cannot_be_found(walk: Walk, fault: str, commits: int) -> None:
    walk.plan({"fault": fault})
    answer = walk.send(walk.token(walk.confirm()))
    assert (answer.status_code, answer.headers["Location"]) == (303, "http://kikan.invalid/")
    assert len(walk.commits()) == commits


def test_empty_answer_without_commit(walk: Walk) -> None:
    walk.plan({"fault": "M10b"})
    answer = walk.send(walk.token(walk.confirm()))
    assert (answer.status_code, answer.data) == (200, b"")
    assert walk.commits() == []


def test_validation_at_the_register_request_keeps_what_was_entered(walk: Walk) -> None:
    walk.plan({"fault": "M23", "when": {"nth": [1]}})
    page = walk.send(walk.token(walk.confirm())).text
    assert walk.refused_text in page
    assert walk.completion_text in walk.register().text
    assert len(walk.commits()) == 1


FRESH = {"fresh": True}
"""What tells the one page of dialect C to draw its form anew."""


def is_fresh_form(answer: TestResponse, opened: str) -> bool:
    return answer.text == opened if answer.mimetype == "text/html" else answer.get_json() == FRESH


@pytest.mark.parametrize(("fault", "commits"), [("M12b", 0), ("M13b", 1)])
def test_a_session_ends_as_an_empty_form_after_the_press(walk: Walk, fault: str, commits: int) -> None:
    opened = walk.entry().text
    walk.plan({"fault": fault, "when": {"nth": [1]}})
    answer = walk.send(walk.token(walk.confirm()))
    assert (answer.status_code, is_fresh_form(answer, opened)) == (200, True)
    assert len(walk.commits()) == commits
    assert walk.login_text in walk.menu().text


def test_a_session_ends_as_an_empty_form_in_the_place_of_the_confirm_screen(walk: Walk) -> None:
    opened = walk.entry().text
    walk.plan({"fault": "M12c", "when": {"nth": [1]}})
    answer = walk.confirm()
    assert (answer.status_code, is_fresh_form(answer, opened)) == (200, True)
    assert walk.login_text in walk.menu().text


def test_being_forced_out_lasts_until_the_next_log_in(walk: Walk) -> None:
    walk.plan({"fault": "M14", "when": {"nth": [1]}})
    walk.send(walk.token(walk.confirm()))
    assert "別の端末でログイン" in walk.menu().text
    walk.log_in()
    assert walk.login_text not in walk.menu().text


def test_an_expired_password_lets_nobody_work_until_it_is_changed(walk: Walk) -> None:
    walk.plan({"fault": "M15", "when": {"nth": [1]}})
    page = walk.log_in()
    assert (page.status_code, "有効期限が切れています" in page.text) == (walk.outside_status, True)
    assert walk.password_text in walk.menu().text
    assert walk.password_text in walk.entry().text
    change = {"old": PASSWORD, "new": "new secret", "again": "new secret"}
    for wrong in ({"old": "x"}, {"again": "y"}, {"new": "short", "again": "short"}):
        assert "変更できません" in walk.change_password(**{**change, **wrong}).text
    assert "変更できません" not in walk.change_password(**change).text
    assert walk.password_text not in walk.menu().text
    assert walk.log_in().status_code == walk.wrong_status
    assert walk.log_in("new secret").status_code == walk.let_in_status


def test_everything_is_closed_for_maintenance(walk: Walk) -> None:
    walk.plan({"fault": "M34"})
    for answer in (walk.menu(), walk.entry(), walk.listing(), walk.log_in()):
        assert (answer.status_code, "システム保守中" in answer.text) == (503, True)
    walk.plan()
    assert walk.menu().status_code == 200


def test_slow_answers_take_their_time_as_the_seed_says(walk: Walk) -> None:
    rule: dict[str, object] = {"fault": "M29", "usual": 0.005, "factor": 10, "jitter": 0.9}
    walk.plan({**rule, "when": {"probability": 1, "seed": 3}})
    draws = random.Random(3)
    for _ in range(4):
        begun = time.monotonic()
        walk.menu()
        assert time.monotonic() - begun >= 0.05 * (1 + 0.9 * (2 * draws.random() - 1))
    assert walk.core.plan.report()[0]["fired"] == 4


def test_control_addresses_are_never_struck(walk: Walk) -> None:
    walk.plan({"fault": "M34"})
    assert walk.core.client.get("/_mock/wire", headers={"X-Mock-Token": "control"}).status_code == 200


def test_a_fault_that_needs_tls_is_refused_without_it(walk: Walk) -> None:
    with pytest.raises(ValueError, match="TLS"):
        walk.plan({"fault": "M8"})
