"""The books of a run: every application in one column, what is red, and the exit code a scheduler reads."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bridge_agent.domain.errors import BusinessError, SystemDown, TransientError
from bridge_agent.domain.ledger_records import ProcedureBalance, Report, StaleClaim
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.work_item import State, WorkItem
from bridge_agent.pipeline.balance import Balance, balance_of, exit_code
from bridge_agent.pipeline.doubts import LaneNight
from bridge_agent.pipeline.night import RunOptions
from bridge_agent.pipeline.report import report
from bridge_agent.pipeline.run import RunReport, books, summary_of
from tests.unit.pipeline.by_hand import ByHand
from tests.unit.pipeline.imitated_core import START
from tests.unit.pipeline.imitation import application
from tests.unit.pipeline.test_what_reconciliation_says import registered

NOTHING = ProcedureBalance("p", "手続", 0, 0, 0, 0, 0, 0, 0, 0)


def line(**columns: int) -> ProcedureBalance:
    """A procedure whose books add up."""
    return replace(NOTHING, approved=sum(columns.values()), **columns)  # type: ignore[arg-type]


def balance(*lines: ProcedureBalance, duplicates: int = 0, missing: int = 0) -> Balance:
    return Balance(lines, duplicates, missing)


# ---- the balance -------------------------------------------------------------------------------------------------


def test_columns_are_added_up_over_the_procedures() -> None:
    both = balance(line(registered=3, held=1), line(registered=4))
    assert (both.total("registered"), both.total("held"), both.total("approved")) == (7, 1, 8)


def test_what_is_in_no_column_is_lost_and_one_too_many_does_not_make_up_for_it() -> None:
    assert balance(replace(line(registered=2), approved=3)).lost == 1
    assert balance(replace(line(registered=2), approved=3), replace(line(registered=2), approved=1)).lost == 2
    assert balance(line(registered=2)).lost == 0


@pytest.mark.parametrize(
    ("one", "balanced"),
    [
        (balance(line(registered=1)), True),
        (balance(line(registered=1), duplicates=1), False),
        (balance(line(registered=1), missing=1), False),
        (balance(replace(line(registered=1), approved=2)), False),
    ],
)
def test_books_balance_only_without_lost_doubled_and_missing_ones(one: Balance, balanced: bool) -> None:
    assert one.balanced is balanced
    assert (exit_code(one, stopped=True, left_over=True) == 4) is not balanced


@pytest.mark.parametrize(
    ("column", "person"),
    [
        ("held", True),
        ("already_there", True),
        ("in_doubt", True),
        ("registered", False),
        ("withdrawn", False),
        ("closed", False),
        ("not_yet_entered", False),
    ],
)
def test_a_person_is_needed_for_what_only_a_person_can_settle(column: str, person: bool) -> None:
    one = balance(line(**{column: 1}))
    assert one.needs_a_person is person
    assert exit_code(one, stopped=False, left_over=False) == (1 if person else 0)


def test_the_exit_code_tells_the_worst() -> None:
    fine = balance(line(registered=1))
    assert exit_code(fine, stopped=False, left_over=False) == 0
    assert exit_code(fine, stopped=False, left_over=True) == 1
    assert exit_code(fine, stopped=True, left_over=True) == 3
    assert exit_code(balance(duplicates=1), stopped=True, left_over=True) == 4


def item(reason: Reason, attempts: int = 1, core_count: int | None = None) -> WorkItem:
    return WorkItem(1, "R001", "p", "手続", "sogo", State.HELD, reason, "", attempts, "", core_count)


@pytest.mark.parametrize(
    ("held", "duplicates", "missing"),
    [
        (item(Reason.DUPLICATE_AT_CORE), 1, 0),
        (item(Reason.DUPLICATE_AT_CORE, core_count=2), 1, 0),
        (item(Reason.ABSENT, core_count=2), 1, 0),
        (item(Reason.ABSENT, core_count=1), 0, 0),
        (item(Reason.ABSENT), 0, 0),
        (item(Reason.ALREADY_AT_CORE, attempts=0, core_count=2), 0, 0),
        (item(Reason.MISSING_AT_CORE), 0, 1),
    ],
)
def test_duplicates_and_missing_ones_stay_red_until_a_person_has_decided(
    held: WorkItem, duplicates: int, missing: int
) -> None:
    one = balance_of([NOTHING], [held])
    assert (one.duplicates, one.missing) == (duplicates, missing)
    several = balance_of([NOTHING], [held, held, held])
    assert (several.duplicates, several.missing) == (3 * duplicates, 3 * missing)


# ---- the books of a run ------------------------------------------------------------------------------------------


def made(
    by: ByHand,
    *lanes: LaneNight,
    stops: list[str] | None = None,
    notices: list[str] | None = None,
    collected: bool = True,
) -> RunReport:
    return books(by.night, by.run_id, lanes, stops or [], notices if notices is not None else [], collected=collected)


def test_what_nobody_asked_to_leave_is_left_over() -> None:
    by = ByHand()
    assert made(by).exit_code == 1


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (RunOptions(), 1),
        (RunOptions(procedure="p"), 0),
        (RunOptions(limit=1), 0),
        (RunOptions(rehearse=True), 0),
    ],
)
def test_what_was_left_on_request_is_not_left_over(options: RunOptions, code: int) -> None:
    assert made(ByHand(options=options)).exit_code == code


def test_a_rehearsed_entry_that_is_not_ready_is_left_over() -> None:
    by = ByHand(options=RunOptions(rehearse=True))
    assert made(by, LaneNight(), LaneNight(not_ready=1)).exit_code == 1


def test_a_registration_that_the_source_has_not_been_told_is_said() -> None:
    by = registered()
    told = made(by)
    assert told.exit_code == 1
    assert ["1件" in notice and "報告" in notice for notice in told.notices] == [True]
    by.night = replace(by.night, options=RunOptions(rehearse=True))
    assert made(by).notices == []
    report(by.night)
    by.night = replace(by.night, options=RunOptions())
    assert (made(by).exit_code, made(by).notices) == (0, [])


def test_a_stopped_procedure_is_said_once_however_many_lanes_stopped_it() -> None:
    by = registered()
    report(by.night)
    told = made(by, LaneNight(), LaneNight(stopped_procedures={"p"}), LaneNight(stopped_procedures={"q"}))
    assert (told.exit_code, len(told.notices)) == (1, 1)
    assert "手続" in told.notices[0]
    assert made(by, LaneNight(), LaneNight()).notices == []


def test_an_early_end_is_the_exit_code_for_it() -> None:
    by = registered()
    report(by.night)
    assert made(by, stops=["止めました。"]).exit_code == 3


def test_a_sentence_for_a_person_is_the_exit_code_for_it() -> None:
    by = registered()
    report(by.night)
    assert made(by, notices=["確かめてください。"]).exit_code == 1


def test_entries_of_all_lanes_are_added_up_and_the_times_are_the_runs() -> None:
    by = registered()
    by.clock.wait(60)
    told = made(by, LaneNight(entered=2), LaneNight(entered=3))
    assert (told.run_id, told.entered) == (by.run_id, 5)
    assert (told.ended_at - told.started_at).total_seconds() == 60
    assert told.started_at == START


def test_what_could_not_be_collected_is_not_lost_but_not_yet_entered() -> None:
    by = ByHand(application(1), application(2))
    by.ledger.in_scope(by.run_id, [("minamo", "default", "R003")])
    assert made(by, collected=False).balance.lost == 0
    assert made(by, collected=False).balance.total("not_yet_entered") == 3
    assert made(by, collected=True).balance.lost == 1


def test_what_an_earlier_run_left_at_the_hold_desk_is_in_the_books_of_the_next() -> None:
    by = ByHand()
    by.ledger.hold(by.claim(), Reason.DUPLICATE_AT_CORE, "")
    by.run_id = by.ledger.start_run("run")
    told = made(by)
    assert (told.exit_code, told.balance.duplicates, told.balance.total("held")) == (4, 1, 1)


def test_the_kept_summary_has_every_column_and_sum() -> None:
    columns = {
        "registered": 2,
        "already_there": 3,
        "held": 4,
        "in_doubt": 5,
        "withdrawn": 6,
        "closed": 7,
        "not_yet_entered": 8,
    }
    one = Balance([replace(line(**columns), approved=36)], 9, 10)
    told = RunReport(1, START, START, one, 11, ["止めた"], ["知らせ"])
    assert summary_of(told) == columns | {
        "approved": 36,
        "duplicates": 9,
        "missing": 10,
        "lost": 1,
        "entered": 11,
        "stops": ["止めた"],
        "notices": ["知らせ"],
    }


# ---- telling the source ------------------------------------------------------------------------------------------


def refusing(by: ByHand, number: str, error: Exception) -> list[str]:
    told: list[str] = []

    def tell(receipt_no: str, core_receipt: str) -> None:
        told.append(receipt_no)
        if receipt_no == number:
            raise error

    by.town.source.report_linked = tell  # type: ignore[method-assign]
    return told


def three() -> ByHand:
    return registered(application(1), application(2), application(3))


def test_the_source_is_told_every_registration_with_the_cores_number() -> None:
    by = three()
    report(by.night)
    assert by.town.source.linked == {"R001": "K-0001", "R002": "K-0002", "R003": "K-0003"}
    assert {by.state_of(f"R00{n}") for n in (1, 2, 3)} == {(State.REPORTED, "")}
    assert by.ledger.outbox() == []


def test_what_cannot_be_told_now_stays_for_the_next_run_and_the_others_are_told() -> None:
    by = three()
    told = refusing(by, "R001", TransientError("つながりません。"))
    report(by.night)
    assert told == ["R001", "R002", "R003"]
    assert [left.receipt_no for left in by.ledger.outbox()] == ["R001"]
    assert by.state_of("R001") == (State.REGISTERED, "")


def test_a_source_that_is_down_is_not_asked_any_further() -> None:
    by = three()
    told = refusing(by, "R002", SystemDown("申請管理システムが応答しません。"))
    with pytest.raises(SystemDown):
        report(by.night)
    assert told == ["R001", "R002"]
    assert [left.receipt_no for left in by.ledger.outbox()] == ["R002", "R003"]


def test_what_the_source_refuses_goes_to_a_person_with_its_reason_and_the_others_are_told() -> None:
    by = three()
    refusing(by, "R001", BusinessError(Reason.WITHDRAWN_AFTER_ENTRY, "取下げ"))
    report(by.night)
    assert by.state_of("R001") == (State.HELD, Reason.WITHDRAWN_AFTER_ENTRY)
    assert by.note_of("R001") == "取下げ"
    assert by.state_of("R003") == (State.REPORTED, "")


@pytest.mark.parametrize(("method", "error"), [("reported", None), ("report_refused", Reason.WITHDRAWN_AFTER_ENTRY)])
def test_another_run_that_was_quicker_is_no_error(method: str, error: Reason | None) -> None:
    by = three()
    told = refusing(by, "R001" if error else "", BusinessError(error or Reason.WITHDRAWN_AFTER_ENTRY))

    def stale(line: Report, *_: Any) -> None:
        raise StaleClaim("引き継ぎ")

    setattr(by.ledger, method, stale)
    report(by.night)
    assert told == ["R001", "R002", "R003"]
