"""The circuit breaker of a lane: what opens it, that it stays open over runs, and what an open lane still does."""

from __future__ import annotations

import pytest

from bridge_agent.domain.breaker import Breaker, breaker_sentence
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.work_item import State
from bridge_agent.pipeline.run import run
from tests.unit.pipeline.imitation import RESENDS, Town, application

LANE = "sogo-1"


def states(town: Town) -> dict[str, tuple[State, str]]:
    return {i.receipt_no: (i.state, i.reason) for i in town.ledger.items()}


def opened_by(faults: dict[int, str], applications: int = 4) -> Town:
    town = Town([application(n) for n in range(1, applications + 1)])
    town.core.faults = faults
    report = run(town.night())
    assert report.exit_code in (3, 4)
    assert f"bridge-agent lane restart {LANE}" in report.stops[0]
    return town


@pytest.mark.parametrize(
    ("faults", "why"),
    [
        ({1: "before", 2: "before"}, Breaker.UNCONFIRMED_IN_A_ROW),
        ({1: "double"}, Breaker.DUPLICATE),
    ],
)
def test_what_opens_the_breaker_keeps_the_lane_stopped_over_runs(faults: dict[int, str], why: Breaker) -> None:
    town = opened_by(faults)
    opened = town.ledger.breaker(LANE)
    assert opened is not None
    assert opened.why is why
    requests = town.core.requests
    again = run(town.night())
    assert again.exit_code in (3, 4)
    assert again.stops[0] == breaker_sentence(why, "総合行政システム", LANE, opened.note)
    assert town.core.requests == requests


def test_a_person_restarts_the_lane_and_it_enters_again() -> None:
    town = opened_by({1: "before", 2: "before"})
    assert town.ledger.close_breaker(LANE, "clerk") is True
    assert town.ledger.close_breaker(LANE, "clerk") is False
    run(town.night())
    assert [state for state, _ in states(town).values()].count(State.REPORTED) == 2


def test_two_open_ones_in_a_row_that_are_found_do_not_open_it() -> None:
    town = Town([application(n) for n in range(1, 5)])
    town.core.faults = {1: "after", 2: "after", 3: "after"}
    assert run(town.night()).exit_code == 0
    assert town.ledger.breakers() == []


def test_a_stop_while_two_open_ones_are_waited_for_opens_nothing() -> None:
    """Nothing has been looked up by then: the next run finds both, and no person has to restart the lane."""
    town = Town([application(n) for n in range(1, 5)])
    town.core.faults = {1: "after", 2: "after"}
    town.stop = lambda: town.clock.seconds > 3
    run(town.night())
    assert town.ledger.breakers() == []
    assert town.core.requests == 2
    town.stop = lambda: False
    assert run(town.night()).exit_code == 0
    assert {state for state, _ in states(town).values()} == {State.REPORTED}


def test_an_open_lane_still_settles_what_was_sent() -> None:
    town = Town([application(n) for n in range(1, 5)])
    town.core.faults = {1: "after", 2: "double"}
    run(town.night())
    assert states(town)["R001"] == (State.REPORTED, "")
    assert states(town)["R002"] == (State.HELD, Reason.DUPLICATE_AT_CORE)
    assert states(town)["R003"] == (State.PENDING, "")
    opened = town.ledger.breaker(LANE)
    assert opened is not None
    assert opened.note == "受付番号 R002"


def test_a_late_record_opens_it_and_is_not_entered_again(monkeypatch: pytest.MonkeyPatch) -> None:
    town = Town([application(0), application(1)], profile_changes=RESENDS)
    town.core.faults = {2: "late"}
    plain = town.ledger.try_again

    def shown_now(*given: object) -> State:
        """The commit that two look-ups did not show turns up just before the second attempt."""
        town.core.log[-1].visible_at = town.clock.now()
        return plain(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(town.ledger, "try_again", shown_now)
    report = run(town.night())
    opened = town.ledger.breaker(LANE)
    assert opened is not None
    assert opened.why is Breaker.LATE_RECORD
    assert states(town)["R001"] == (State.HELD, Reason.LATE_RECORD)
    assert (town.core.requests, town.core.duplicates(), report.exit_code) == (2, 0, 3)


@pytest.mark.parametrize("why", list(Breaker))
def test_every_reason_says_what_happened_and_what_to_do(why: Breaker) -> None:
    sentence = breaker_sentence(why, "総合行政システム", LANE, "受付番号 R001")
    assert sentence.startswith("総合行政システムで")
    assert "入力を止めています" in sentence
    assert sentence.endswith(f"bridge-agent lane restart {LANE} で再開してください。")
