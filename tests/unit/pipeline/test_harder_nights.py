"""More nights that once went wrong: odd answers forgotten, books without their red line, items that stood for ever."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from bridge_agent.domain.errors import SystemDown, TransientError
from bridge_agent.domain.ports import Search
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.result import CoreRecord
from bridge_agent.domain.work_item import State
from bridge_agent.pipeline import reconcile
from bridge_agent.pipeline.run import run
from tests.unit.pipeline.imitated_core import ImitatedScreen, ImitatedSession
from tests.unit.pipeline.imitation import Town, application
from tests.unit.pipeline.test_night import columns, states
from tests.unit.pipeline.test_people_and_settings import refusing


def unreadable_ending(*_: object) -> None:
    raise TransientError("完了画面を読めません。")


@pytest.mark.parametrize("odd", [{"dialogs": ("alert",)}, {"blocked": 2}, {"sent": 0}])
def test_an_odd_answer_is_not_forgotten_when_the_completion_screen_cannot_be_read(
    monkeypatch: pytest.MonkeyPatch, odd: dict[str, object]
) -> None:
    town = Town([application(1)])
    plain = ImitatedScreen.register
    monkeypatch.setattr(
        ImitatedScreen,
        "register",
        lambda self, *given: replace(plain(self, *given), **odd),  # type: ignore[arg-type]
    )
    monkeypatch.setattr(ImitatedScreen, "read_ending", unreadable_ending)
    run(town.night())
    run(town.night())
    assert states(town) == {"R001": (State.HELD, Reason.ODD_ANSWER)}


def test_a_duplicate_found_by_a_later_reconciliation_makes_that_run_red(monkeypatch: pytest.MonkeyPatch) -> None:
    town = Town([application(1)])

    def stopped(*_: object) -> None:
        raise SystemDown("基幹システムが応答しません。")

    with monkeypatch.context() as patch:
        patch.setattr("bridge_agent.pipeline.lane.reconcile_core", stopped)
        assert run(town.night()).exit_code == 3
    town.core.commit("R001", "0000000001", "良い")
    report = run(town.night())
    assert (report.exit_code, report.balance.duplicates) == (4, 1)
    town.source.approved = unreadable_ending  # type: ignore[method-assign,assignment]
    assert run(town.night()).exit_code == 4  # still red when not even the list can be had


def test_a_log_in_by_the_look_up_means_the_screen_is_opened_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    town = Town([application(1), application(2)])
    plain = town.session

    def session() -> ImitatedSession:
        made = plain()
        search = made.look_up.search

        def ended(query: Search) -> tuple[CoreRecord, ...]:
            made.log_ins += query.reference == "R001" and made.log_ins == 0
            return search(query)

        made.look_up.search = ended  # type: ignore[method-assign]
        return made

    town.session = session  # type: ignore[method-assign]
    assert run(town.night()).exit_code == 0
    assert len(town.core.log) == 2


def test_content_that_cannot_be_read_is_held_and_the_others_are_entered() -> None:
    town = Town([application(1), application(2)])
    plain = town.ledger.claim
    spoiled: list[bool] = []

    def claim(*given: object, **named: object) -> object:
        if not spoiled:
            spoiled.append(True)
            with town.ledger.engine.begin() as connection:
                connection.execute(text("UPDATE item SET content = x'00ff' WHERE receipt_no = 'R001'"))
        return plain(*given, **named)  # type: ignore[arg-type]

    town.ledger.claim = claim  # type: ignore[method-assign,assignment]
    run(town.night())
    assert states(town) == {"R001": (State.HELD, Reason.PACKAGE_DAMAGED), "R002": (State.REPORTED, "")}


def test_a_released_package_that_has_left_the_list_comes_back_to_the_desk() -> None:
    town = Town([application(1)])
    refusing(town, "R001")
    run(town.night())
    town.ledger.release("R001", "職員")
    town.source.applications.clear()
    run(town.night())
    assert states(town) == {"R001": (State.HELD, Reason.PACKAGE_ABSENT)}


def test_a_clock_that_was_ahead_for_a_night_blocks_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    town = Town([application(1)])
    plain = town.clock.now
    with monkeypatch.context() as patch:
        patch.setattr(town.clock, "now", lambda: plain() + timedelta(days=365))
        town.core.down = True
        run(town.night())
    town.core.down = False
    assert run(town.night()).exit_code == 0


def test_a_clock_that_is_set_back_delays_no_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    town = Town([application(1)])
    town.core.faults = {1: "after"}
    plain_now, plain_stopped = town.clock.now, town.ledger.sender_stopped
    back = [0.0]

    def stopped(*given: object) -> None:
        plain_stopped(*given)  # type: ignore[arg-type]
        back[0] = 86_400.0

    monkeypatch.setattr(town.clock, "now", lambda: plain_now() - timedelta(seconds=back[0]))
    monkeypatch.setattr(town.ledger, "sender_stopped", stopped)
    run(town.night())
    assert town.clock.seconds < 60
    assert {state for state, _ in states(town).values()} <= {State.REPORTED, State.HELD}


def test_a_reconciliation_of_a_few_days_does_not_pass_over_what_was_before() -> None:
    town = Town([application(1)])
    run(town.night())
    before = town.ledger.reconciled_until("sogo")
    assert before is not None
    town.clock.wait(30 * 86_400)
    night = town.night()
    session = town.session()
    since = town.clock.now() - timedelta(days=7)
    reconcile.reconcile_core(night, night.lanes[0], session, since, reconcile.Reconciled())
    assert town.ledger.reconciled_until("sogo") == before


def test_an_error_in_the_middle_keeps_what_was_done_in_the_books() -> None:
    town = Town([application(1), application(2)])
    plain = town.ledger.claim

    def claim(*given: object, **named: object) -> object:
        if len(town.core.log) == 1:
            raise RuntimeError("氏名")
        return plain(*given, **named)  # type: ignore[arg-type]

    town.ledger.claim = claim  # type: ignore[method-assign,assignment]
    report = run(town.night())
    assert (report.entered, report.exit_code, columns(report)["registered"]) == (1, 3, 1)
