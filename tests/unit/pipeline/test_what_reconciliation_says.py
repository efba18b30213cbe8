"""Reconciliation: exactly the confirmed record is there, or a person is told; a look-up that says nothing proves nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from loguru import logger

from bridge_agent.domain.application import Application
from bridge_agent.domain.errors import BusinessError
from bridge_agent.domain.plan import EntryPlan
from bridge_agent.domain.ports import LookUpUnreadable, Search
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.result import CoreRecord
from bridge_agent.domain.work_item import State
from bridge_agent.pipeline.night import RunOptions
from bridge_agent.pipeline.reconcile import FROM_THE_FIRST, Reconciled, reconcile_core, since_last_time
from bridge_agent.pipeline.settle import after_entry, resolve
from tests.unit.pipeline.by_hand import CORE, LANE, VISIBLE_S, ByHand
from tests.unit.pipeline.imitated_core import OPERATOR, START
from tests.unit.pipeline.imitation import RESENDS, ImitatedRecipes, application

DAY = timedelta(days=1)


def registered(*applications: Application, **of_town: object) -> ByHand:
    by = ByHand(*applications, **of_town)
    for _ in applications or [None]:
        after_entry(by.night, by.access, by.session, by.seen(), "")
    return by


def held(fault: str) -> ByHand:
    """Held after a completion screen whose look-up showed something else."""
    by = ByHand()
    attempt = by.seen(fault)
    after_entry(by.night, by.access, by.session, attempt, attempt.core_record)
    return by


def absent() -> ByHand:
    """Held, for two look-ups showed nothing."""
    by = ByHand()
    by.doubt()
    for _ in range(2):
        resolve(by.night, by.access, by.session, by.open_doubt())
    assert by.state_of() == (State.HELD, Reason.ABSENT)
    return by


def held_before_arming(reason: Reason = Reason.RESIDENT_DIFFERS) -> ByHand:
    by = ByHand()
    by.ledger.hold(by.claim(), reason, "")
    return by


def reconciled(by: ByHand, since: datetime = FROM_THE_FIRST, sums: Reconciled | None = None) -> Reconciled:
    sums = sums or Reconciled()
    reconcile_core(by.night, by.access, by.session, since, sums)
    return sums


# ---- registered ones ---------------------------------------------------------------------------------------------


def test_the_confirmed_record_alone_and_unchanged_is_no_news() -> None:
    by = registered()
    assert reconciled(by) == Reconciled(checked=1)
    assert by.state_of() == (State.REGISTERED, "")
    assert by.town.progress.outcomes[-1] == ("R001", "一致")
    assert by.clock.seconds == 0


def test_a_second_record_is_a_duplicate_for_a_person_with_both_numbers() -> None:
    by = registered(application(1), application(2))
    by.core.commit("R001", "0000000001", "良い")
    sums = reconciled(by)
    assert sums == Reconciled(checked=2, duplicates=1)
    assert by.state_of("R001") == (State.HELD, Reason.DUPLICATE_AT_CORE)
    assert by.note_of("R001") == "K-0001・K-0003"
    assert by.state_of("R002") == (State.REGISTERED, "")
    assert by.rows("SELECT verdict, rows_read FROM lookup WHERE kind = 'reconcile'") == [("duplicate", 2)]


def test_a_record_that_is_gone_is_missing_only_after_a_second_look() -> None:
    by = registered()
    by.core.log.clear()
    looks = counted_searches(by)
    sums = reconciled(by)
    assert sums == Reconciled(checked=1, missing=1)
    assert by.state_of() == (State.HELD, Reason.MISSING_AT_CORE)
    assert (len(looks), by.clock.seconds) == (2, VISIBLE_S)
    assert by.town.progress.outcomes[-1] == ("R001", "不一致")


def counted_searches(by: ByHand, at: Callable[[int], None] = lambda number: None) -> list[str]:
    looks: list[str] = []
    search = by.session.look_up.search

    def noted(query: Search) -> tuple[CoreRecord, ...]:
        if query.reference:
            looks.append(query.reference)
            at(len(looks))
        return search(query)

    by.session.look_up.search = noted  # type: ignore[method-assign]
    return looks


def test_a_record_that_shows_again_at_the_second_look_was_never_missing() -> None:
    by = registered()
    gone = list(by.core.log)
    by.core.log.clear()
    counted_searches(by, lambda number: by.core.log.extend(gone) if number == 2 else None)
    assert reconciled(by) == Reconciled(checked=1)
    assert by.state_of() == (State.REGISTERED, "")


def test_a_second_record_that_shows_only_at_the_second_look_is_a_duplicate() -> None:
    by = registered()
    gone = list(by.core.log)
    by.core.log.clear()

    def both(number: int) -> None:
        if number == 2:
            by.core.log.extend(gone)
            by.core.commit("R001", "0000000001", "良い")

    counted_searches(by, both)
    assert reconciled(by).duplicates == 1


def test_another_record_in_the_place_of_the_confirmed_one_is_missing_and_named() -> None:
    by = registered()
    by.core.log[0].record_id = "K-7777"
    assert reconciled(by) == Reconciled(checked=1, missing=1)
    assert (by.state_of(), by.note_of()) == ((State.HELD, Reason.MISSING_AT_CORE), "K-7777")


def test_a_correction_since_is_said_with_the_labels_and_not_held() -> None:
    by = registered()
    by.core.log[0].value = "訂正後"
    sums = reconciled(by)
    assert (sums.missing, sums.duplicates, sums.unreadable) == (0, 0, 0)
    (notice,) = sums.notices
    assert "R001" in notice
    assert "値" in notice
    assert "訂正後" not in notice
    assert by.state_of() == (State.REGISTERED, "")


def test_an_empty_look_without_the_test_record_is_unreadable_and_nothing_is_held() -> None:
    by = registered(profile_changes=RESENDS)
    by.core.blind = True
    assert reconciled(by) == Reconciled(checked=1, unreadable=1)
    assert by.state_of() == (State.REGISTERED, "")
    assert by.clock.seconds == 0
    assert by.ledger.reconciled_until(CORE) is None


def test_an_empty_look_while_the_test_record_is_found_is_missing() -> None:
    by = registered(profile_changes=RESENDS)
    by.core.log.clear()
    assert reconciled(by).missing == 1


# ---- held ones ---------------------------------------------------------------------------------------------------


def count_of(by: ByHand) -> int | None:
    return by.ledger.items()[0].core_count


def test_a_held_one_that_is_as_expected_is_counted_and_no_news() -> None:
    by = absent()
    assert reconciled(by) == Reconciled(checked=1)
    assert count_of(by) == 0
    by = held("wrong")
    assert reconciled(by) == Reconciled(checked=1)
    assert count_of(by) == 1
    assert by.town.progress.outcomes[-1] == ("R001", "保留 1件")


@pytest.mark.parametrize(
    ("reason", "records", "news"),
    [
        (Reason.RESIDENT_DIFFERS, 0, False),
        (Reason.RESIDENT_DIFFERS, 1, True),
        (Reason.ALREADY_AT_CORE, 1, False),
        (Reason.ALREADY_AT_CORE, 0, True),
        (Reason.LATE_RECORD, 1, False),
        (Reason.CONTENT_CHANGED, 0, False),
        (Reason.CONTENT_CHANGED, 1, True),
        (Reason.ODD_ANSWER, 1, False),
        (Reason.SECOND_DOUBT, 1, False),
        (Reason.OTHER_OPERATOR, 1, False),
        (Reason.MISMATCH, 1, False),
        (Reason.WITHDRAWN_AFTER_ENTRY, 1, False),
        (Reason.DUPLICATE_AT_CORE, 2, False),
    ],
)
def test_another_number_of_records_than_the_reason_says_is_said(reason: Reason, records: int, news: bool) -> None:
    by = held_before_arming(reason)
    for _ in range(records):
        by.core.commit("R001", "0000000001", "良い", "窓口 太郎")
    sums = reconciled(by)
    assert bool(sums.notices) is news
    assert all("R001" in notice and f"{records}件" in notice for notice in sums.notices)
    assert (count_of(by), sums.duplicates) == (records, 0)  # without an attempt none of them can be ours


def test_a_number_that_is_known_already_is_no_news_and_another_one_is() -> None:
    by = absent()
    by.core.commit("R001", "0000000001", "良い")
    assert len(reconciled(by).notices) == 1
    assert reconciled(by).notices == []
    by.core.log.clear()
    assert len(reconciled(by).notices) == 1


@pytest.mark.parametrize(("records", "duplicates"), [(1, 0), (2, 1)])
def test_two_records_of_one_that_was_sent_are_a_duplicate(records: int, duplicates: int) -> None:
    by = absent()
    for _ in range(records):
        by.core.commit("R001", "0000000001", "良い")
    assert reconciled(by).duplicates == duplicates


def test_a_duplicate_that_a_person_was_told_of_is_not_counted_twice() -> None:
    by = held("double")
    assert by.state_of() == (State.HELD, Reason.DUPLICATE_AT_CORE)
    assert reconciled(by) == Reconciled(checked=1)
    assert count_of(by) == 2
    by.core.commit("R001", "0000000001", "良い")
    assert reconciled(by).notices == []


def test_records_of_the_frozen_baseline_are_not_counted() -> None:
    by = absent()
    by.core.commit("R001", "0000000001", "良い", OPERATOR)
    plain = by.ledger.held_since

    def with_baseline(core: str, since: datetime) -> object:
        return [
            replace(one, attempt=one.attempt and replace(one.attempt, baseline=("K-0001",)))
            for one in plain(core, since)
        ]

    by.ledger.held_since = with_baseline  # type: ignore[method-assign, assignment]
    assert reconciled(by) == Reconciled(checked=1)
    assert count_of(by) == 0


def test_a_held_one_whose_look_up_cannot_be_read_is_not_counted_and_said_as_unreadable() -> None:
    by = absent()
    by.cannot_read()
    assert reconciled(by) == Reconciled(checked=1, unreadable=1)
    assert count_of(by) is None
    assert by.ledger.reconciled_until(CORE) is None


class Unplannable(ImitatedRecipes):
    def __init__(self, error: Exception) -> None:
        self._error = error

    def plan(self, application: Application, waived: Collection[Reason] = ()) -> EntryPlan:
        raise self._error


@pytest.mark.parametrize("error", [BusinessError(Reason.CODE_UNKNOWN), RuntimeError("見本 花子")])
def test_a_held_one_that_cannot_be_planned_is_passed_over_and_the_others_are_counted(error: Exception) -> None:
    by = held_before_arming()
    by.night = replace(by.night, recipes=Unplannable(error))
    lines: list[str] = []
    sink = logger.add(lines.append, level="ERROR", format="{message}")
    try:
        assert reconciled(by) == Reconciled(checked=1)
    finally:
        logger.remove(sink)
    assert count_of(by) is None
    assert "見本" not in "".join(lines)
    assert bool(lines) is isinstance(error, RuntimeError)
    assert by.town.progress.outcomes[-1] == ("R001", "照会できない保留")


def test_a_held_one_that_was_sent_is_asked_for_by_what_was_sent_even_if_it_can_no_longer_be_planned() -> None:
    by = absent()
    by.night = replace(by.night, recipes=Unplannable(BusinessError(Reason.NO_RECIPE)))
    by.core.commit("R001", "0000000001", "良い")
    reconciled(by)
    assert count_of(by) == 1


def test_a_held_one_without_content_cannot_be_asked_for_and_that_is_no_error() -> None:
    by = held_before_arming()
    plain = by.ledger.held_since
    by.ledger.held_since = lambda core, since: [replace(one, application=None) for one in plain(core, since)]  # type: ignore[method-assign]
    lines: list[str] = []
    sink = logger.add(lines.append, level="ERROR", format="{message}")
    try:
        assert reconciled(by) == Reconciled(checked=1)
    finally:
        logger.remove(sink)
    assert count_of(by) is None
    assert lines == []


# ---- how far it has come -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", [registered, absent])
def test_reconciling_is_a_sign_of_life(what: Callable[[], ByHand]) -> None:
    by = what()
    by.clock.wait(170)
    reconciled(by)
    owner = by.ledger.lane_owner(LANE)
    assert owner is not None
    by.clock.wait(30)
    owner = by.ledger.lane_owner(LANE)
    assert owner is not None
    assert not owner.lease_over


def test_the_first_reconciliation_begins_with_the_first_registration() -> None:
    by = ByHand()
    assert since_last_time(by.night, by.access, START) == FROM_THE_FIRST
    assert FROM_THE_FIRST < START - 365 * DAY


def test_a_later_one_looks_back_some_days_and_further_where_no_run_has_looked() -> None:
    by = ByHand(options=RunOptions(look_back_days=3))
    by.ledger.reconciled(CORE, START)
    assert since_last_time(by.night, by.access, START + DAY) == START - 2 * DAY
    assert since_last_time(by.night, by.access, START + 9 * DAY) == START


def test_what_was_looked_at_counts_up_to_the_moment_at_which_it_was_begun() -> None:
    by = registered()
    by.core.log.clear()  # the second look takes time
    by.clock.wait(100)
    reconciled(by)
    assert by.ledger.reconciled_until(CORE) == START + timedelta(seconds=100)


@pytest.mark.parametrize(
    ("until", "since", "counts"),
    [
        (None, FROM_THE_FIRST, True),
        (None, START, False),
        (START, START - DAY, True),
        (START, START, True),
        (START, START + timedelta(seconds=1), False),
    ],
)
def test_it_counts_only_where_it_joins_what_was_looked_at_before(
    until: datetime | None, since: datetime, counts: bool
) -> None:
    by = ByHand()
    if until is not None:
        by.ledger.reconciled(CORE, until)
    by.clock.wait(3600)
    reconciled(by, since)
    assert by.ledger.reconciled_until(CORE) == (by.clock.now() if counts else until)


def test_what_another_core_could_not_show_does_not_hold_this_one_up() -> None:
    by = registered()
    reconciled(by, sums=Reconciled(unreadable=3))
    assert by.ledger.reconciled_until(CORE) == by.clock.now()


def test_one_that_cannot_be_read_does_not_keep_the_others_from_being_looked_at() -> None:
    by = registered(application(1), application(2))
    search = by.session.look_up.search

    def first_unreadable(query: Search) -> tuple[CoreRecord, ...]:
        if query.reference == "R001":
            raise LookUpUnreadable("x")
        return search(query)

    by.session.look_up.search = first_unreadable  # type: ignore[method-assign]
    by.core.commit("R002", "0000000002", "良い")
    assert reconciled(by) == Reconciled(checked=2, duplicates=1, unreadable=1)
