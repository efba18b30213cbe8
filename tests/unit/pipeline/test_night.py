"""Whole nights against an imitated core: what the ledger and the core's own log say afterwards."""

from __future__ import annotations

import pytest

from bridge_agent.domain.application import SourceState, Standing
from bridge_agent.domain.errors import BusinessError, TransientError
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.work_item import State
from bridge_agent.pipeline.night import RunOptions
from bridge_agent.pipeline.run import RunReport, run
from tests.unit.pipeline.imitation import RESENDS, Town, application


def states(town: Town) -> dict[str, tuple[State, str]]:
    return {i.receipt_no: (i.state, i.reason) for i in town.ledger.items()}


def columns(report: RunReport) -> dict[str, int]:
    names = ["approved", "registered", "already_there", "held", "in_doubt", "withdrawn", "closed", "not_yet_entered"]
    return {n: report.balance.total(n) for n in names}


def test_a_plain_night_registers_every_application_once_and_tells_the_source() -> None:
    town = Town([application(n) for n in range(1, 6)])
    report = run(town.night())
    assert report.exit_code == 0
    assert [r.reference for r in town.core.log] == ["R001", "R002", "R003", "R004", "R005"]
    assert set(states(town).values()) == {(State.REPORTED, "")}
    assert town.source.linked == {r.reference: r.record_id for r in town.core.log}


def test_a_second_run_enters_nothing() -> None:
    town = Town([application(1), application(2)])
    run(town.night())
    again = run(town.night())
    assert again.entered == 0
    assert len(town.core.log) == 2
    assert columns(again)["approved"] == 0


@pytest.mark.parametrize("fault", ["after", "raise_after"])
def test_an_unknown_answer_is_found_by_look_up_and_never_sent_again(fault: str) -> None:
    town = Town([application(1), application(2)])
    town.core.faults = {1: fault}
    report = run(town.night())
    assert town.core.duplicates() == 0
    assert town.core.requests == 2
    assert columns(report)["registered"] == 2
    assert town.sessions[0].stopped == 1


@pytest.mark.parametrize("fault", ["before", "raise_before"])
def test_absence_is_believed_only_the_second_time_and_goes_to_a_person(fault: str) -> None:
    town = Town([application(1)])
    town.core.faults = {1: fault}
    report = run(town.night())
    assert town.core.requests == 1
    assert states(town) == {"R001": (State.HELD, Reason.ABSENT)}
    assert town.clock.seconds >= 20  # two settle times
    assert report.exit_code == 1


def test_absence_under_a_declared_policy_is_sent_a_second_time_only_once() -> None:
    town = Town([application(1)], profile_changes=RESENDS)
    town.source.applications["R000"] = application(0)
    town.core.faults = {2: "before", 3: "before"}
    run(town.night())
    assert town.core.requests == 3
    assert states(town)["R001"] == (State.HELD, Reason.SECOND_DOUBT)


def test_absence_without_a_record_that_must_be_found_is_never_sent_again() -> None:
    town = Town([application(1)], profile_changes={"resubmit_on_absent": "after_quiescence"})
    town.core.faults = {1: "before"}
    run(town.night())
    assert town.core.requests == 1
    assert states(town) == {"R001": (State.HELD, Reason.ABSENT)}


def test_an_own_record_that_came_between_the_two_looks_is_not_enough_to_send_again() -> None:
    town = Town([application(1), application(2)], profile_changes={"resubmit_on_absent": "after_quiescence"})
    town.core.faults = {1: "before"}  # nothing of ours is there yet when its absence is seen first
    run(town.night())
    assert town.core.requests == 2
    assert states(town)["R001"] == (State.HELD, Reason.ABSENT)


def test_a_commit_that_shows_up_late_is_not_entered_again() -> None:
    town = Town([application(1)], profile_changes=RESENDS)
    town.core.faults = {1: "late"}
    town.core.visible_after_s = 0
    run(town.night())
    # A2 is broken here on purpose: the record shows up long after settle, during attempt 2's look-ups
    town.clock.wait(2000)
    run(town.night())
    assert town.core.requests <= 2
    assert all(state is not State.PENDING for state, _ in states(town).values())


def test_a_double_registration_is_held_with_an_alarm_and_the_books_do_not_balance_green() -> None:
    town = Town([application(1), application(2)])
    town.core.faults = {1: "double"}
    report = run(town.night())
    assert states(town)["R001"] == (State.HELD, Reason.DUPLICATE_AT_CORE)
    assert states(town)["R002"] == (State.PENDING, "")
    assert report.exit_code == 4
    assert report.stops
    assert run(town.night()).exit_code == 4  # red until a person has decided


def test_a_record_with_another_value_is_held_as_mismatch() -> None:
    town = Town([application(1)])
    town.core.faults = {1: "wrong"}
    run(town.night())
    assert states(town) == {"R001": (State.HELD, Reason.MISMATCH)}


def test_an_unknown_dialog_after_arming_goes_to_a_person_even_if_found() -> None:
    town = Town([application(1)])
    town.core.faults = {1: "dialog"}
    run(town.night())
    assert states(town) == {"R001": (State.HELD, Reason.ODD_ANSWER)}
    assert len(town.core.log) == 1


def test_ctrl_c_in_the_armed_window_leaves_a_doubt_that_the_next_run_settles() -> None:
    town = Town([application(1)])
    town.core.faults = {1: "interrupt"}
    with pytest.raises(KeyboardInterrupt):
        run(town.night())
    assert states(town) == {"R001": (State.IN_DOUBT, "")}
    report = run(town.night())
    assert columns(report)["registered"] == 1
    assert town.core.requests == 1


def test_already_at_the_core_is_a_column_of_its_own() -> None:
    town = Town([application(1)])
    town.core.commit("R001", "0000000001", "良い", "窓口 太郎")
    report = run(town.night())
    assert states(town) == {"R001": (State.HELD, Reason.ALREADY_AT_CORE)}
    assert columns(report)["already_there"] == 1
    assert columns(report)["held"] == 0


def test_what_cannot_be_planned_is_held_and_the_run_goes_on() -> None:
    town = Town([application(1, "bad"), application(2), application(3, procedure_code="K9")])
    town.core.screen_faults = {}
    report = run(town.night())
    assert states(town)["R001"] == (State.HELD, Reason.CODE_UNKNOWN)
    assert states(town)["R002"] == (State.REPORTED, "")
    assert report.exit_code == 1


def test_withdrawn_and_changed_applications_are_not_entered() -> None:
    town = Town([application(n) for n in range(1, 5)])
    town.source.standings = {
        "R001": Standing(SourceState.WITHDRAWN, "1"),
        "R002": Standing(SourceState.APPROVED, "2"),
        "R003": Standing(SourceState.SENT_BACK, "1"),
        "R004": Standing(SourceState.UNKNOWN, "1"),
    }
    report = run(town.night())
    assert town.core.log == []
    assert states(town)["R001"] == (State.CLOSED, Reason.WITHDRAWN)
    assert states(town)["R002"] == (State.HELD, Reason.CONTENT_CHANGED)
    assert states(town)["R004"] == (State.HELD, Reason.SOURCE_STATE_UNKNOWN)
    assert columns(report) | {"withdrawn": 1, "held": 3} == columns(report)


def test_the_same_person_twice_is_held_together() -> None:
    twin = application(2, atena_no="0000000001")
    town = Town([application(1), twin, application(3)])
    run(town.night())
    assert states(town)["R001"] == states(town)["R002"] == (State.HELD, Reason.SAME_PERSON_TWICE)
    assert states(town)["R003"] == (State.REPORTED, "")


def test_a_core_that_is_down_ends_the_lane_and_everything_is_resumable() -> None:
    town = Town([application(1)])
    town.core.down = True
    report = run(town.night())
    assert report.exit_code == 3
    assert states(town) == {"R001": (State.PENDING, "")}
    town.core.down = False
    assert run(town.night()).exit_code == 0


def test_technical_errors_before_arming_are_tried_twice_then_held() -> None:
    town = Town([application(1), application(2)])
    town.core.screen_faults = {"R001": TransientError("時間切れ")}
    run(town.night())
    assert states(town)["R001"] == (State.HELD, Reason.TRIED_TOO_OFTEN)
    assert states(town)["R002"] == (State.REPORTED, "")


def test_a_changed_screen_stops_its_procedure_before_the_next_application() -> None:
    town = Town([application(1), application(2)])
    town.core.screen_faults = {"R001": BusinessError(Reason.SCREEN_CHANGED, "氏名")}
    report = run(town.night())
    assert states(town) == {"R001": (State.HELD, Reason.SCREEN_CHANGED), "R002": (State.PENDING, "")}
    assert columns(report)["not_yet_entered"] == 1


def test_a_blind_look_up_is_noticed_by_the_canary_before_anything_is_entered() -> None:
    town = Town([application(1)])
    run(town.night())
    town.source.applications["R002"] = application(2)
    town.core.blind = True
    report = run(town.night())
    assert town.core.requests == 1
    assert report.exit_code == 3 or report.exit_code == 4
    assert states(town)["R002"] == (State.PENDING, "")


def test_missing_at_the_core_makes_the_books_red() -> None:
    town = Town([application(1), application(2)])
    night = town.night()
    # somebody cancels the first record before the run's own reconciliation
    log = town.core.log

    class Cancelling(type(town.core)):  # type: ignore[misc]
        def visible(self):  # type: ignore[no-untyped-def]
            seen = super().visible()
            return [r for r in seen if not (len(log) == 2 and r.reference == "R001")]

    town.core.__class__ = Cancelling
    report = run(night)
    assert states(town)["R001"] == (State.HELD, Reason.MISSING_AT_CORE)
    assert report.balance.missing == 1
    assert report.exit_code == 4


def test_rehearsal_sends_nothing_and_leaves_everything_pending() -> None:
    town = Town([application(1), application(2)], options=RunOptions(rehearse=True))
    run(town.night())
    assert town.core.requests == 0
    assert set(states(town).values()) == {(State.PENDING, "")}
    assert len([o for o in town.progress.outcomes if "手前" in o[1]]) == 2


def test_a_rehearsal_tells_of_a_withdrawal_and_leaves_it_to_the_night() -> None:
    town = Town([application(1)], options=RunOptions(rehearse=True))
    town.source.standings["R001"] = Standing(SourceState.WITHDRAWN, "1")
    run(town.night())
    assert town.progress.outcomes[-1] == ("R001", "申請管理システムで取下げになっています")
    assert states(town) == {"R001": (State.PENDING, "")}
    town.options = RunOptions()
    run(town.night())
    assert states(town) == {"R001": (State.CLOSED, Reason.WITHDRAWN)}


def test_the_limit_and_the_stop_flag_leave_the_rest_for_later() -> None:
    town = Town([application(n) for n in range(1, 4)], options=RunOptions(limit=1))
    report = run(town.night())
    assert len(town.core.log) == 1
    assert columns(report)["not_yet_entered"] == 2
    town.options = RunOptions()
    town.stop = lambda: len(town.core.log) == 2
    assert run(town.night()).exit_code == 3
    assert len(town.core.log) == 2


def test_changed_content_of_a_waiting_application_replaces_the_old() -> None:
    town = Town([application(1)], options=RunOptions(rehearse=True))
    run(town.night())
    town.source.applications["R001"] = application(1, "新しい", revision="2")
    town.options = RunOptions()
    run(town.night())
    assert [r.value for r in town.core.log] == ["新しい"]


def test_changed_content_after_registration_goes_to_a_person() -> None:
    town = Town([application(1)])
    run(town.night())
    town.source.linked.clear()
    town.source.applications["R001"] = application(1, "新しい", revision="2")
    run(town.night())
    assert states(town) == {"R001": (State.HELD, Reason.WITHDRAWN_AFTER_ENTRY)}
    assert len(town.core.log) == 1


def test_a_source_that_refuses_the_report_brings_the_item_to_a_person() -> None:
    town = Town([application(1), application(2)])
    tell = town.source.report_linked

    def refuse_first(receipt_no: str, core_receipt: str) -> None:
        if receipt_no == "R001":
            raise BusinessError(Reason.WITHDRAWN_AFTER_ENTRY)
        tell(receipt_no, core_receipt)

    town.source.report_linked = refuse_first  # type: ignore[method-assign]
    report = run(town.night())
    assert states(town) == {"R001": (State.HELD, Reason.WITHDRAWN_AFTER_ENTRY), "R002": (State.REPORTED, "")}
    assert report.exit_code == 1


def test_the_armed_write_is_in_the_ledger_before_the_register_action() -> None:
    town = Town([application(1), application(2)])
    seen: list[dict[str, tuple[State, str]]] = []
    town.core.at_register = lambda: seen.append(states(town))
    run(town.night())
    assert [set(s.values()) for s in seen] == [
        {(State.ARMED, ""), (State.PENDING, "")},
        {(State.ARMED, ""), (State.REGISTERED, "")},
    ]


def test_no_register_action_without_a_successful_armed_write(monkeypatch: pytest.MonkeyPatch) -> None:
    town = Town([application(1)])

    def disk_full(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(town.ledger, "arm", disk_full)
    report = run(town.night())
    assert town.core.requests == 0
    assert report.exit_code == 3
    assert "OSError" in report.stops[0]
    assert states(town) == {"R001": (State.CLAIMED, "")}


def test_a_completion_screen_is_no_proof_only_the_look_up_is() -> None:
    town = Town([application(1)])
    town.core.faults = {1: "lie"}
    report = run(town.night())
    assert states(town) == {"R001": (State.HELD, Reason.ABSENT)}
    assert columns(report)["registered"] == 0
    assert town.core.requests == 1


def test_two_doubts_that_stay_open_stop_the_lane() -> None:
    town = Town([application(n) for n in range(1, 5)])
    town.core.faults = dict.fromkeys(range(1, 5), "before")
    report = run(town.night())
    assert town.core.requests == 2
    assert report.exit_code == 3
    assert columns(report)["not_yet_entered"] == 2
