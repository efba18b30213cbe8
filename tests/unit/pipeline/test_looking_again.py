"""Reconciliation at the end of a run: registered and held applications are looked up again, differences are said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bridge_agent.domain.errors import BusinessError
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.work_item import State
from bridge_agent.pipeline.run import RunReport, lanes_with_work, run
from tests.unit.pipeline.imitated_core import OPERATOR
from tests.unit.pipeline.imitation import Town, application

A_DAY_S = 24 * 3600.0


def states(town: Town) -> dict[str, tuple[State, str]]:
    return {i.receipt_no: (i.state, i.reason) for i in town.ledger.items()}


def next_night(town: Town) -> RunReport:
    town.clock.wait(A_DAY_S)
    return run(town.night())


def test_a_second_record_that_turns_up_after_the_report_is_found_the_next_night() -> None:
    town = Town([application(1)])
    assert run(town.night()).exit_code == 0
    town.core.commit("R001", f"{1:010}", "良い")
    report = next_night(town)
    assert states(town) == {"R001": (State.HELD, Reason.DUPLICATE_AT_CORE)}
    assert (report.exit_code, report.balance.duplicates) == (4, 1)


def test_a_record_that_was_taken_away_is_found_the_next_night() -> None:
    town = Town([application(1), application(2)])
    run(town.night())
    del town.core.log[0]  # the other one shows that the look-up works
    report = next_night(town)
    assert states(town) == {"R001": (State.HELD, Reason.MISSING_AT_CORE), "R002": (State.REPORTED, "")}
    assert (report.exit_code, report.balance.missing) == (4, 1)


def test_what_was_registered_long_ago_is_not_looked_up_for_ever() -> None:
    town = Town([application(1)])
    run(town.night())
    for _ in range(4):
        next_night(town)
    town.core.log.clear()
    assert next_night(town).exit_code == 0


def test_a_record_that_somebody_corrected_is_said_and_not_held() -> None:
    town = Town([application(1)])
    run(town.night())
    town.core.log[0].value = "訂正後"
    report = next_night(town)
    assert states(town) == {"R001": (State.REPORTED, "")}
    assert report.exit_code == 1
    assert any("R001" in sentence and "値" in sentence for sentence in report.notices)


def test_a_held_application_that_is_at_the_core_after_all_is_counted_and_said() -> None:
    """Believed absent; then its commit turns up: assumption A2 was broken, and the morning's sheet says so."""
    town = Town([application(1)])
    town.core.faults = {1: "before"}
    run(town.night())
    assert states(town) == {"R001": (State.HELD, Reason.ABSENT)}
    assert town.ledger.items()[0].core_count == 0
    town.core.commit("R001", f"{1:010}", "良い")
    report = next_night(town)
    assert town.ledger.items()[0].core_count == 1
    assert any("R001" in sentence and "1件" in sentence for sentence in report.notices)
    assert report.exit_code == 1


def test_a_held_application_with_two_records_makes_the_run_red() -> None:
    town = Town([application(1)])
    town.core.faults = {1: "before"}
    run(town.night())
    for _ in range(2):
        town.core.commit("R001", f"{1:010}", "良い")
    report = next_night(town)
    assert (report.exit_code, report.balance.duplicates) == (4, 1)
    assert next_night(town).exit_code == 4  # red until a person has decided


def test_a_clerks_own_entry_of_a_held_application_is_counted() -> None:
    town = Town([application(1)])
    town.core.screen_faults = {"R001": BusinessError(Reason.RESIDENT_DIFFERS)}
    run(town.night())
    assert states(town) == {"R001": (State.HELD, Reason.RESIDENT_DIFFERS)}
    town.core.commit("R001", f"{1:010}", "良い", operator="職員")
    report = next_night(town)
    assert town.ledger.items()[0].core_count == 1
    assert report.balance.duplicates == 0
    assert any("R001" in sentence for sentence in report.notices)


def test_what_cannot_be_planned_is_not_counted() -> None:
    town = Town([application(1, "bad")])
    report = run(town.night())
    assert town.ledger.items()[0].core_count is None
    assert report.notices == []


def test_the_count_known_already_is_no_news() -> None:
    town = Town([application(1), application(2)])
    town.core.commit("R001", f"{1:010}", "良い", OPERATOR)
    first = run(town.night())
    assert states(town)["R001"] == (State.HELD, Reason.ALREADY_AT_CORE)
    assert first.notices == []
    assert next_night(town).notices == []


def test_a_corrected_record_is_registered_when_a_person_asks_for_another_look() -> None:
    town = Town([application(1)])
    town.core.faults[1] = "wrong"
    run(town.night())
    assert states(town) == {"R001": (State.HELD, Reason.MISMATCH)}
    town.core.log[0].value = "良い"
    town.ledger.ask_again("R001", "職員")
    assert next_night(town).exit_code == 0
    assert states(town) == {"R001": (State.REPORTED, "")}
    assert len(town.core.log) == 1


def test_another_look_that_finds_nothing_enters_nothing() -> None:
    town = Town([application(1)])
    town.core.faults[1] = "before"
    run(town.night())
    assert states(town) == {"R001": (State.HELD, Reason.ABSENT)}
    town.ledger.ask_again("R001", "職員")
    next_night(town)
    assert states(town) == {"R001": (State.HELD, Reason.ABSENT)}
    assert town.core.requests == 1


def test_a_lane_with_doubts_is_worked_before_one_with_entries_only() -> None:
    """Else its doubts would wait until the other core's whole night is over."""
    town = Town([application(1)])
    town.core.faults[1] = "interrupt"
    with pytest.raises(KeyboardInterrupt):
        run(town.night())
    night = town.night()
    other = replace(town.access(), lane="sogo-0")
    lanes = lanes_with_work(replace(night, lanes=[other, town.access()]), [])
    assert [access.lane for access in lanes] == ["sogo-1", "sogo-0"]
