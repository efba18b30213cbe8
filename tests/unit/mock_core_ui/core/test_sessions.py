"""Log-in, idle time and drafts."""

from __future__ import annotations

from datetime import timedelta

from mock_core_ui.core.sessions import Draft, Session, Sessions
from tests.unit.mock_core_ui.core.samples import NOW, PASSWORD, USER, Clock


def _sessions(clock: Clock) -> Sessions:
    return Sessions({USER: PASSWORD}, timedelta(minutes=30), clock)


def test_wrong_user_or_password_gets_nothing() -> None:
    sessions = _sessions(Clock())
    assert sessions.log_in(USER, "x") is None
    assert sessions.log_in("x", PASSWORD) is None
    assert sessions.find("") is None


def test_use_renews_the_idle_time() -> None:
    clock = Clock()
    sessions = _sessions(clock)
    key = sessions.log_in(USER, PASSWORD) or ""
    for _ in range(3):
        clock.move(minutes=29)
        assert sessions.find(key) is not None
    clock.move(minutes=31)
    assert sessions.find(key) is None


def test_end_is_final_and_may_be_repeated() -> None:
    sessions = _sessions(Clock())
    key = sessions.log_in(USER, PASSWORD) or ""
    sessions.end(key)
    sessions.end(key)
    assert sessions.find(key) is None


def test_draft_goes_under_all_its_tokens() -> None:
    session = Session(USER, NOW)
    draft = Draft("p", "1", {}, receipts=["KF-1", "KF-2"])
    session.keep(draft)
    session.keep(draft)
    assert session.settle("KF-2") is draft
    assert session.settle("KF-1") is None
    assert session.drafts == {}
