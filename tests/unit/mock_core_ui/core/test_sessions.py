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


def test_several_sessions_of_one_account_live_side_by_side_unless_told_otherwise() -> None:
    for one, alive in ((False, [True, True]), (True, [False, True])):
        sessions = Sessions({USER: PASSWORD}, timedelta(minutes=30), Clock(), one_per_account=one)
        keys = [sessions.log_in(USER, PASSWORD) or "" for _ in range(2)]
        assert [sessions.find(key) is not None for key in keys] == alive
        assert [sessions.taken_over(key) for key in keys] == [not lives for lives in alive]


def test_other_accounts_are_left_alone() -> None:
    sessions = Sessions({USER: PASSWORD, "clerk01": "x"}, timedelta(minutes=30), Clock(), one_per_account=True)
    clerk = sessions.log_in("clerk01", "x") or ""
    sessions.log_in(USER, PASSWORD)
    assert sessions.find(clerk) is not None


def test_a_wrong_password_ends_no_session() -> None:
    sessions = Sessions({USER: PASSWORD}, timedelta(minutes=30), Clock(), one_per_account=True)
    key = sessions.log_in(USER, PASSWORD) or ""
    assert sessions.log_in(USER, "x") is None
    assert sessions.find(key) is not None
