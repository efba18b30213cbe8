"""A run from the top: which lanes are worked, that one that breaks stops no other, and that the books are always made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from loguru import logger

from bridge_agent.domain.errors import SystemDown, sentence_of
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.work_item import State
from bridge_agent.pipeline.doubts import LaneNight
from bridge_agent.pipeline.night import CoreAccess, Night, RunOptions
from bridge_agent.pipeline.reconcile import FROM_THE_FIRST, Reconciled, reconcile_core
from bridge_agent.pipeline.run import in_turn, lane_night, lanes_with_work, run, stage, unreconciled
from tests.unit.pipeline.by_hand import CORE, ByHand
from tests.unit.pipeline.imitated_core import START
from tests.unit.pipeline.imitation import Town, application
from tests.unit.pipeline.test_what_reconciliation_says import held_before_arming, registered

DOWN = SystemDown("基幹システムが応答しません。")


def lanes(by: ByHand, *names: str, core: str = CORE) -> list[CoreAccess]:
    profile = by.access.profile.model_copy(update={"core": core})
    return [replace(by.access, lane=name, profile=profile) for name in names]


def worked(by: ByHand) -> tuple[list[str], list[str]]:
    stops: list[str] = []
    return [access.lane for access in lanes_with_work(by.night, stops)], stops


# ---- which lanes -------------------------------------------------------------------------------------------------


def test_lanes_of_cores_with_work_are_worked_in_the_order_of_their_names() -> None:
    by = ByHand()
    by.night = replace(by.night, lanes=[*lanes(by, "c", "a"), *lanes(by, "b", core="another")])
    assert worked(by) == (["a", "c"], [])


def in_doubt(by: ByHand) -> None:
    by.doubt()


def left_in_hand(by: ByHand) -> None:
    by.claim()


@pytest.mark.parametrize("leave", [in_doubt, left_in_hand])
def test_a_lane_with_something_unsettled_goes_before_the_entries_of_the_others(leave: Callable[[ByHand], None]) -> None:
    by = ByHand()
    by.night = replace(by.night, lanes=lanes(by, "a", "sogo-1", "z"))
    assert worked(by)[0] == ["a", "sogo-1", "z"]
    leave(by)
    assert worked(by)[0] == ["sogo-1", "a", "z"]


def test_a_core_with_work_but_without_an_account_is_said_and_the_others_are_worked() -> None:
    by = ByHand()
    by.night = replace(by.night, lanes=lanes(by, "b", core="another"))
    names, stops = worked(by)
    assert names == []
    assert ["sogo" in stop for stop in stops] == [True]


def test_a_core_with_nothing_to_enter_is_visited_as_long_as_something_is_to_be_looked_up_again() -> None:
    by = registered()
    assert unreconciled(by.night, by.access)
    assert worked(by) == (["sogo-1"], [])
    by.night = replace(by.night, options=RunOptions(rehearse=True))
    assert worked(by) == ([], [])


def test_a_held_application_alone_is_looked_up_again() -> None:
    by = held_before_arming(Reason.RESIDENT_DIFFERS)
    assert unreconciled(by.night, by.access)
    assert worked(by) == (["sogo-1"], [])


def test_a_core_with_nothing_at_all_is_not_visited() -> None:
    by = registered()
    by.clock.wait(1)
    reconcile_core(by.night, by.access, by.session, FROM_THE_FIRST, Reconciled())
    by.night = replace(by.night, started=START + timedelta(days=9))
    assert not unreconciled(by.night, by.access)
    assert worked(by) == ([], [])


# ---- one that breaks ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("error", [DOWN, RuntimeError("見本 花子")])
def test_whatever_ends_a_lane_is_a_sentence_and_no_end_of_the_run(error: Exception) -> None:
    by = ByHand()

    def broken() -> None:
        raise error

    by.access = replace(by.access, open_session=broken)  # type: ignore[arg-type]
    assert lane_night(by.night, by.access, None).stopped == sentence_of(error)
    assert "見本" not in sentence_of(error)


def test_why_a_lane_ended_early_is_in_the_log_and_an_ordinary_end_is_not() -> None:
    def logged(by: ByHand) -> list[str]:
        lines: list[str] = []
        sink = logger.add(lines.append, level="ERROR", format="{message}")
        try:
            lane_night(by.night, by.access, None)
        finally:
            logger.remove(sink)
        return lines

    assert logged(ByHand()) == []
    by = ByHand()
    by.core.down = True
    assert logged(by) == [f"{DOWN.message}\n"]


def test_lanes_in_turn_each_give_their_part() -> None:
    by = ByHand(application(1), application(2))

    def broken() -> None:
        raise DOWN

    first, second = lanes(by, "a", "b")
    parts = in_turn(by.night, [replace(first, open_session=broken), second], Reconciled())  # type: ignore[arg-type]
    assert [(part.stopped, part.entered) for part in parts] == [(DOWN.message, 0), ("", 2)]


def test_a_stage_that_breaks_is_a_sentence_and_the_next_one_is_told() -> None:
    stops: list[str] = []

    def broken() -> None:
        raise DOWN

    assert stage(stops, broken) is False
    assert stage(stops, lambda: None) is True
    assert stops == [DOWN.message]


# ---- the run -----------------------------------------------------------------------------------------------------


class Workers:
    """Lanes that are worked elsewhere."""

    def __init__(self, *parts: LaneNight, sums: Reconciled | None = None) -> None:
        self.parts = parts
        self.asked: list[list[str]] = []
        self._sums = sums or Reconciled()

    def __call__(self, night: Night, lanes: Sequence[CoreAccess], sums: Reconciled) -> Sequence[LaneNight]:
        self.asked.append([access.lane for access in lanes])
        sums.unreadable, sums.notices = self._sums.unreadable, self._sums.notices
        return self.parts


def test_the_lanes_may_be_worked_elsewhere_and_their_parts_are_in_the_report() -> None:
    town = Town([application(1)])
    workers = Workers(LaneNight(entered=2, stopped="止めました。"), LaneNight(entered=3))
    report = run(town.night(), workers)
    assert workers.asked == [["sogo-1"]]
    assert (report.entered, report.stops, report.exit_code) == (5, ["止めました。"], 3)


def test_what_reconciliation_has_to_say_is_in_the_report() -> None:
    town = Town([application(1)], options=RunOptions(limit=1))
    report = run(town.night(), Workers(sums=Reconciled(notices=["確かめてください。"])))
    assert (report.notices, report.stops, report.exit_code) == (["確かめてください。"], [], 1)
    report = run(town.night(), Workers(sums=Reconciled(unreadable=2)))
    assert ["2件" in stop for stop in report.stops] == [True]
    assert report.exit_code == 3


def test_without_the_sources_list_nothing_is_entered_but_the_outbox_is_emptied_and_the_books_are_made() -> None:
    town = Town([application(1)])
    tell = town.source.report_linked

    def not_now(*_: object) -> None:
        raise DOWN

    town.source.report_linked = not_now  # type: ignore[method-assign, assignment]
    run(town.night())
    town.source.report_linked = tell  # type: ignore[method-assign]
    town.source.approved = not_now  # type: ignore[method-assign, assignment]
    workers = Workers()
    report = run(town.night(), workers)
    assert workers.asked == []
    assert town.source.linked == {"R001": "K-0001"}
    assert (report.stops, report.exit_code) == ([DOWN.message], 3)
    last = town.ledger.last_run()
    assert last is not None
    assert last["exit_code"] == 3


def test_a_rehearsal_tells_the_source_nothing_and_is_kept_as_one() -> None:
    town = Town([application(1)])

    def not_now(*_: object) -> None:
        raise DOWN

    tell = town.source.report_linked
    town.source.report_linked = not_now  # type: ignore[method-assign, assignment]
    run(town.night())
    town.source.report_linked = tell  # type: ignore[method-assign]
    town.options = RunOptions(rehearse=True)
    report = run(town.night())
    assert town.source.linked == {}
    assert {i.state for i in town.ledger.items()} == {State.REGISTERED}
    assert (report.exit_code, report.notices) == (0, [])
    with town.ledger.engine.connect() as connection:
        kinds = [row[0] for row in connection.exec_driver_sql("SELECT kind FROM run ORDER BY run_id")]
    assert kinds == ["run", "rehearsal"]


def test_a_stop_is_said_and_makes_the_run_resumable() -> None:
    town = Town([application(1)], stop=lambda: True)
    report = run(town.night())
    assert ["停止の指示" in stop for stop in report.stops] == [True]
    assert report.exit_code == 3


def test_the_end_of_the_run_is_kept_with_its_summary() -> None:
    town = Town([application(1)])
    report = run(town.night())
    last = town.ledger.last_run()
    assert last is not None
    assert (last["run_id"], last["exit_code"]) == (report.run_id, 0)
    assert last["summary"]["registered"] == 1
