"""What follows from an entry for its lane: look-up, a fresh browser, a stopped procedure, an open circuit breaker."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bridge_agent.domain.breaker import Breaker, BreakerOpened
from bridge_agent.domain.errors import BusinessError, StopRunError, TransientError
from bridge_agent.domain.plan import EntryPlan
from bridge_agent.domain.ports import Search
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.result import CoreRecord, NotSent
from bridge_agent.domain.work_item import State
from bridge_agent.pipeline import lane
from bridge_agent.pipeline.night import RunOptions
from tests.unit.pipeline.by_hand import LANE, SETTLE_S, ByHand, Step
from tests.unit.pipeline.imitated_core import CANARY_PERSON
from tests.unit.pipeline.imitation import application


class Watched(ByHand):
    """Notes in which order the session is renewed, stopped, started."""

    def __init__(self, *given: object, **of_town: object) -> None:
        super().__init__(*given, **of_town)  # type: ignore[arg-type]
        self.done: list[str] = []
        for name in ("renew", "stop_sender", "start"):
            setattr(self.session, name, self._noting(name))

    def _noting(self, name: str) -> Callable[[], None]:
        return lambda: self.done.append(name)

    def one(self) -> None:
        lane.one(self.night, self.access, self.session, self.state, self.claim())

    def enter_all(self) -> None:
        lane.enter_all(self.night, self.access, self.session, self.state)


def test_a_registration_is_counted_and_leaves_the_browser_as_it_is() -> None:
    by = Watched()
    by.state.open_in_a_row = 1
    by.one()
    assert (by.state.sent, by.state.entered, by.state.open_in_a_row) == (1, 1, 0)
    assert by.done == []
    assert by.state_of() == (State.REGISTERED, "")


def test_an_unconfirmed_completion_screen_stops_the_sender_and_counts_as_open() -> None:
    by = Watched()
    by.core.faults = {1: "lie"}
    by.one()
    assert (by.state.sent, by.state.entered, by.state.open_in_a_row) == (1, 0, 1)
    assert by.done == ["stop_sender", "start"]
    assert by.open_doubt().sender_dead
    assert by.state.not_before == {1: by.clock.monotonic() + SETTLE_S}


def test_a_held_completion_screen_counts_as_open_but_its_browser_may_go_on() -> None:
    by = Watched()
    by.core.faults = {1: "wrong"}
    by.one()
    assert (by.state.sent, by.state.entered, by.state.open_in_a_row) == (1, 0, 1)
    assert by.done == []
    assert by.state_of() == (State.HELD, Reason.MISMATCH)


def test_a_doubt_stops_the_sender_before_anything_else() -> None:
    by = Watched()
    by.core.faults = {1: "after"}
    by.one()
    assert (by.state.sent, by.state.entered, by.state.open_in_a_row) == (1, 0, 1)
    assert by.done == ["stop_sender", "start"]
    assert by.open_doubt().sender_dead
    assert by.state.not_before == {1: SETTLE_S}


def test_two_open_ones_in_a_row_are_settled_before_a_third_is_sent() -> None:
    by = Watched(application(1), application(2))
    by.core.faults = {1: "after", 2: "after"}
    by.one()
    by.one()
    assert by.ledger.doubts(LANE) == []
    assert by.state.open_in_a_row == 0
    assert by.state_of("R001") == by.state_of("R002") == (State.REGISTERED, "")


def test_two_in_a_row_that_no_look_up_confirms_open_the_breaker() -> None:
    by = Watched(application(1), application(2), application(3))
    by.core.faults = {1: "before", 2: "before"}
    by.one()
    with pytest.raises(BreakerOpened) as caught:
        by.one()
    assert (caught.value.why, caught.value.note) == (Breaker.UNCONFIRMED_IN_A_ROW, "2件")


def test_a_registration_past_the_fuse_opens_the_breaker_at_once_with_its_number() -> None:
    by = Watched()
    by.answers(sent=0, receipt="K-0001")
    with pytest.raises(BreakerOpened) as caught:
        by.one()
    assert (caught.value.why, caught.value.note) == (Breaker.FUSE_SILENT, "受付番号 R001")
    assert by.done == ["stop_sender", "start"]


def test_a_duplicate_opens_the_breaker_with_its_number() -> None:
    by = Watched()
    by.core.faults = {1: "double"}
    with pytest.raises(BreakerOpened) as caught:
        by.one()
    assert (caught.value.why, caught.value.note) == (Breaker.DUPLICATE, "受付番号 R001")


def test_the_log_tells_a_doubt_and_a_hold_in_a_clerk_s_words(log: list[str]) -> None:
    by = Watched(application(1), application(2))
    by.answers(meaning=None, mark="")
    by.one()
    after(by, NotSent(Reason.DUPLICATE_WARNING, "画面の知らせ"))
    told = "".join(log)
    assert "R001: 登録の結果が不明です（想定にない画面）。照会で確かめます。" in told
    assert "R002: 保留（基幹システムが「同一人の申請がある」と警告しました。） 画面の知らせ" in told


# ---- nothing was sent --------------------------------------------------------------------------------------------


def after(by: Watched, result: NotSent) -> None:
    lane.after(by.night, by.access, by.session, by.state, by.claim(), result)


@pytest.mark.parametrize(
    ("result", "renewed", "stopped"),
    [
        (NotSent(None, "TransientError"), ["renew"], set()),
        (NotSent(None, "withdrawn"), [], set()),
        (NotSent(Reason.TRIED_TOO_OFTEN, "TransientError"), ["renew"], set()),
        (NotSent(Reason.SCREEN_CHANGED, ""), ["renew"], {"p"}),
        (NotSent(Reason.DIALOG_UNKNOWN, ""), ["renew"], {"p"}),
        (NotSent(Reason.RESIDENT_DIFFERS, ""), [], set()),
        (NotSent(Reason.ALREADY_AT_CORE, ""), [], set()),
    ],
)
def test_a_screen_that_may_be_in_disorder_is_renewed_and_one_that_is_unknown_stops_its_procedure(
    result: NotSent, renewed: list[str], stopped: set[str]
) -> None:
    by = Watched()
    after(by, result)
    assert by.done == renewed
    assert by.state.stopped_procedures == stopped
    assert (by.state.sent, by.state.open_in_a_row) == (0, 0)


def test_a_late_record_opens_the_breaker_with_its_number() -> None:
    by = Watched()
    with pytest.raises(BreakerOpened) as caught:
        after(by, NotSent(Reason.LATE_RECORD, ""))
    assert (caught.value.why, caught.value.note) == (Breaker.LATE_RECORD, "受付番号 R001")
    assert by.state.stopped_procedures == set()


@pytest.mark.parametrize(
    ("result", "told"),
    [
        (NotSent(None, "TransientError"), "もう一度"),
        (NotSent(None, "withdrawn"), "取下げ"),
        (NotSent(Reason.RESIDENT_DIFFERS, ""), "保留 resident_differs"),
    ],
)
def test_a_person_watching_sees_what_became_of_each(result: NotSent, told: str) -> None:
    by = Watched()
    after(by, result)
    assert by.town.progress.outcomes[-1] == ("R001", told)


def test_other_procedures_go_on_when_one_has_been_stopped() -> None:
    by = Watched(application(1), application(2))
    by.state.stopped_procedures = {"p"}
    by.enter_all()
    assert by.core.requests == 0
    by.state.stopped_procedures = {"another"}
    by.enter_all()
    assert by.core.requests == 2


# ---- one after the other -----------------------------------------------------------------------------------------


def test_the_limit_counts_register_actions_and_not_what_was_held() -> None:
    by = Watched(*(application(n) for n in range(1, 6)), options=RunOptions(limit=2))
    by.core.screen_faults = {"R001": BusinessError(Reason.RESIDENT_DIFFERS), "R002": TransientError("時間切れ")}
    by.enter_all()
    assert (by.core.requests, by.state.sent) == (2, 2)


def test_a_stop_lets_the_entry_in_hand_end_and_begins_no_other() -> None:
    by = Watched(application(1), application(2))
    by.night = replace(by.night, stop_flag=lambda: by.core.requests >= 1)
    by.enter_all()
    assert by.state_of("R001") == (State.REGISTERED, "")
    assert by.state_of("R002") == (State.PENDING, "")


def test_a_rehearsed_entry_counts_and_is_passed_by_for_the_rest_of_the_run() -> None:
    by = Watched(*(application(n) for n in range(1, 5)), options=RunOptions(rehearse=True, limit=3))
    by.core.screen_faults = {"R002": BusinessError(Reason.RESIDENT_DIFFERS)}
    by.enter_all()
    assert (by.state.sent, by.state.not_ready, by.state.passed) == (3, 1, {1, 2, 3})
    assert by.core.requests == 0


def test_only_the_procedure_that_was_asked_for_is_entered() -> None:
    by = Watched(application(1), options=RunOptions(procedure="another"))
    by.enter_all()
    assert by.core.requests == 0


def test_a_doubt_whose_time_has_come_is_settled_between_two_entries_without_waiting() -> None:
    by = Watched(application(1), application(2), application(3))
    by.core.faults = {1: "after"}
    by.plans(acting_with_pause(by))
    by.enter_all()
    assert by.ledger.doubts(LANE) == []
    assert by.state_of("R001") == (State.REGISTERED, "")
    assert by.clock.seconds == 3 * 6


def acting_with_pause(by: ByHand) -> Callable[[EntryPlan], EntryPlan]:
    """Every entry takes six seconds: the settle time of the first doubt ends before the third."""

    def change(plan: EntryPlan) -> EntryPlan:
        return replace(plan, acts=(Step("press", lambda: by.clock.wait(6)), *plan.acts))

    return change


def test_nothing_personal_stays_known_to_the_log_after_an_application() -> None:
    by = Watched(application(1), application(2))
    protected: list[frozenset[str]] = []
    by.night = replace(by.night, protect=protected.append)
    by.enter_all()
    assert protected[-1] == frozenset()
    assert len(protected) == 4


# ---- the test of the look-up -------------------------------------------------------------------------------------


def canaries(by: ByHand) -> list[str]:
    asked: list[str] = []
    search = by.session.look_up.search

    def noted(query: Search) -> tuple[CoreRecord, ...]:
        if query.atena_no == CANARY_PERSON:
            asked.append(query.atena_no)
        return search(query)

    by.session.look_up.search = noted  # type: ignore[method-assign]
    return asked


@pytest.mark.parametrize(
    ("claimed", "known", "times"),
    [(0, None, 1), (0, True, 1), (1, True, 0), (49, True, 0), (50, True, 1), (7, None, 1)],
)
def test_the_look_up_is_tested_at_first_and_again_every_fifty_applications(
    claimed: int, known: bool | None, times: int
) -> None:
    by = Watched(profile_changes={"canary": True})
    asked = canaries(by)
    by.state.claimed, by.state.canary_ok = claimed, known
    lane.test_look_up(by.night, by.access, by.session, by.state)
    assert len(asked) == times
    assert by.state.canary_ok is True


def test_a_look_up_that_does_not_find_the_test_record_ends_the_lane_before_a_claim() -> None:
    by = Watched(profile_changes={"canary": True})
    by.core.blind = True
    with pytest.raises(StopRunError, match="あるはずの記録を返しません"):
        by.enter_all()
    assert by.state_of() == (State.PENDING, "")
    assert by.state.canary_ok is False


def test_every_claim_counts_towards_the_next_test_and_the_result_goes_on_the_attempt() -> None:
    by = Watched(application(1), application(2), profile_changes={"canary": True})
    asked = canaries(by)
    by.enter_all()
    assert (by.state.claimed, len(asked)) == (2, 1)
    assert by.rows("SELECT canary_ok FROM attempt") == [(1,), (1,)]
