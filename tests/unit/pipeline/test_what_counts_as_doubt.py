"""After the armed write only the completion screen of this very application is no doubt; everything else is one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from loguru import logger

from bridge_agent.domain.errors import TransientError
from bridge_agent.domain.plan import Meaning
from bridge_agent.domain.ports import Sender
from bridge_agent.domain.result import Answer, InDoubt, NotSent, Seen
from bridge_agent.domain.work_item import State
from bridge_agent.pipeline.enter import Armed, doubt_about, enter
from tests.unit.pipeline.by_hand import LANE, SETTLE_S, SUBMIT_S, ByHand, no_receipt_shown
from tests.unit.pipeline.imitated_core import START
from tests.unit.pipeline.imitation import ImitatedRecipes, application

GOOD = Answer(Meaning.COMPLETED, "done", receipt="K-0001", proofs_equal=True, sent=1)
PLAN = ImitatedRecipes().plan(application(1))


def doubt(answer: Answer | None, failure: str = "") -> str:
    attempt: Any = None  # what is judged is the answer alone
    return doubt_about(PLAN, Armed(attempt, answer, failure))


@pytest.mark.parametrize(
    "answer",
    [
        GOOD,
        replace(GOOD, sent=None),  # a driver without a fuse
        replace(GOOD, blocked=1),  # the page sent twice, the fuse let one pass
    ],
)
def test_the_completion_screen_of_this_application_is_no_doubt(answer: Answer) -> None:
    assert doubt(answer) == ""


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"dialogs": ("alert",)}, "dialog"),
        ({"blocked": 2}, "fuse_blocked"),
        ({"sent": 0}, "fuse_silent"),
        ({"proofs_equal": False}, "proofs_differ"),
        ({"receipt": ""}, "proofs_differ"),
        ({"meaning": Meaning.REFUSED}, "refused"),
        ({"meaning": Meaning.REFUSED, "sent": 0}, "refused"),
        ({"meaning": Meaning.SESSION_LOST}, "session_lost"),
        ({"meaning": Meaning.SYSTEM_DOWN}, "system_down"),
        ({"meaning": Meaning.GOES_ON}, "no_known_screen"),
        ({"meaning": Meaning.HOLD}, "no_known_screen"),
        ({"meaning": None}, "no_known_screen"),
        ({"meaning": None, "sent": 0}, "no_known_screen"),
        ({"meaning": None, "dialogs": ("confirm",), "blocked": 2}, "dialog"),
    ],
)
def test_anything_else_is_a_doubt_with_its_kind(changes: dict[str, Any], why: str) -> None:
    assert doubt(replace(GOOD, **changes)) == why


def test_no_answer_is_a_doubt_of_the_errors_kind() -> None:
    assert doubt(None, "TimeoutError") == "TimeoutError"
    assert doubt(None) == "no_answer"


def test_where_the_core_shows_no_number_the_proofs_alone_decide() -> None:
    plan = no_receipt_shown(PLAN)
    attempt: Any = None
    assert doubt_about(plan, Armed(attempt, replace(GOOD, receipt=""))) == ""
    assert doubt_about(plan, Armed(attempt, replace(GOOD, receipt="", proofs_equal=False))) == "proofs_differ"


@pytest.mark.parametrize("meaning", [Meaning.REFUSED, Meaning.SESSION_LOST, Meaning.SYSTEM_DOWN, None])
def test_only_a_completion_screen_is_read(meaning: Meaning | None) -> None:
    by = ByHand()
    by.answers(meaning=meaning)
    read: list[object] = []

    def read_ending(receipt: object, proofs: object) -> tuple[str, bool]:
        read.append(receipt)
        return "K-9", True

    by.session.screen.read_ending = read_ending  # type: ignore[method-assign]
    asked: list[str] = []
    by.session.look_up.ahead = lambda query, record_id="": asked.append(record_id)  # type: ignore[method-assign]
    assert isinstance(by.enter(), InDoubt)
    assert read == []
    assert asked == [""]  # before entry only: after a doubt nothing is asked until the sender is dead
    assert by.rows("SELECT core_record FROM attempt") == [("",)]


def test_the_look_up_after_a_completion_screen_begins_with_the_number_shown() -> None:
    by = ByHand()
    asked: list[tuple[str, str]] = []
    by.session.look_up.ahead = lambda query, record_id="": asked.append((query.reference, record_id))  # type: ignore[method-assign]
    assert isinstance(by.enter(), Seen)
    assert asked == [("R001", ""), ("R001", "K-0001")]


def test_the_doubt_is_written_with_its_kind_and_waits_for_the_settle_time() -> None:
    by = ByHand()
    by.answers(meaning=Meaning.REFUSED)
    result = by.enter()
    assert isinstance(result, InDoubt)
    assert result.why == "refused"
    written = by.open_doubt()
    assert written.why == "refused"
    assert (written.due_at - START).total_seconds() == SETTLE_S
    assert by.rows("SELECT answer, evidence_after FROM attempt") == [("refused", "sha")]


def test_an_interruption_is_written_as_a_doubt_that_waits_for_the_settle_time() -> None:
    by = ByHand()
    by.core.faults = {1: "interrupt"}
    with pytest.raises(KeyboardInterrupt):
        by.enter()
    written = by.open_doubt()
    assert written.why == "interrupted"
    assert (written.due_at - START).total_seconds() == SETTLE_S


def test_what_was_seen_is_written_with_the_number_and_the_evidence() -> None:
    by = ByHand()
    by.seen()
    assert by.state_of() == (State.SEEN, "")
    assert by.rows("SELECT answer, core_record, evidence_after FROM attempt") == [("seen", "K-0001", "sha")]


def test_the_register_action_is_watched_a_little_longer_than_it_may_take() -> None:
    by = ByHand()
    by.seen()
    assert by.town.watchdog.guarded == [(Sender(4711, 1.0, "host"), SUBMIT_S + 5.0)]


def test_a_lease_that_ran_out_while_filling_sends_nothing_and_is_no_doubt() -> None:
    by = ByHand()
    claim = by.claim()
    by.clock.wait(170)
    assert enter(by.night, by.access, by.session, claim, None) == NotSent(None, "TransientError")
    assert by.core.requests == 0
    assert by.state_of() == (State.PENDING, "")


def test_evidence_that_cannot_be_had_changes_no_outcome(monkeypatch: pytest.MonkeyPatch) -> None:
    by = ByHand()

    def gone() -> str:
        raise TransientError("画面がありません。")

    monkeypatch.setattr(by.session.screen, "outline", gone)
    assert by.seen().number == 1
    assert by.state_of() == (State.SEEN, "")
    assert by.rows("SELECT evidence_after FROM attempt") == [("",)]


def test_the_error_in_the_armed_window_never_reaches_log_or_ledger_with_its_text() -> None:
    by = ByHand()
    by.core.faults = {1: "raise_after"}
    lines: list[str] = []
    sink = logger.add(lines.append, format="{message}")
    try:
        result = by.enter()
    finally:
        logger.remove(sink)
    assert isinstance(result, InDoubt)
    assert result.why == "RuntimeError"
    assert "secret" not in "".join(lines) + str(by.rows("SELECT note FROM item")) + str(by.ledger.doubts(LANE))
