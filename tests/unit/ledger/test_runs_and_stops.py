"""A run: what is in its scope, what the chain says of it, and whom a stop is meant for."""

from __future__ import annotations

import json
from datetime import timedelta

from bridge_agent.domain.reasons import Reason
from bridge_agent.ledger.store import SqlLedger
from bridge_agent.ledger.tables import control, run, run_item
from bridge_agent.ledger.writing import Owner
from tests.unit.ledger.steps import (
    ABSENT,
    armed,
    claim,
    doubtful,
    last_event,
    offer,
    refused_package,
    registered,
    reported,
    rows,
    seen,
    take,
)
from tests.unit.pipeline.imitated_core import ImitatedClock, ImitatedSealer

SECOND = timedelta(seconds=1)


def another_process(ledger: SqlLedger) -> SqlLedger:
    return SqlLedger(ledger.engine, ledger.clock, ImitatedSealer(), Owner(2, 2.0, "host", "boot"))


def scope(ledger: SqlLedger, run_id: int) -> list[str]:
    return sorted(row.receipt_no for row in rows(ledger, run_item) if row.run_id == run_id)


# ---- beginning and end ----------------------------------------------------------------------------------------


def test_a_run_is_in_the_chain_from_its_beginning_to_its_end(ledger: SqlLedger, clock: ImitatedClock) -> None:
    first = ledger.start_run("rehearse")
    assert last_event(ledger) == ("run_started", None, f'{{"kind":"rehearse","run":{first}}}')
    second = ledger.start_run("run")
    doubtful(ledger)
    clock.wait(60)
    ledger.end_run(second, 3, {"entered": 1, "系": "住民"})
    open_one, ended = rows(ledger, run)
    assert (open_one.run_id, open_one.ended_at, open_one.exit_code) == (first, None, None)
    assert (ended.run_id, ended.kind, ended.exit_code, ended.ended_at) == (second, "run", 3, ledger.now())
    assert json.loads(ended.summary) == {"entered": 1, "系": "住民"}
    kind, _, body = last_event(ledger)
    assert kind == "run_ended"
    assert json.loads(body) == {
        "run": second,
        "exit_code": 3,
        "rows": {"item": 1, "attempt": 1, "lookup": 0, "outbox": 0},
    }


# ---- scope ----------------------------------------------------------------------------------------------------


def listed(*numbers: str) -> list[tuple[str, str, str]]:
    return [("minamo", "default", number) for number in numbers]


def test_in_scope_is_what_the_source_lists_and_what_the_ledger_still_owes(ledger: SqlLedger) -> None:
    reported(ledger, 1)
    registered(ledger, 2)  # still to be told
    doubtful(ledger, 3)
    seen(ledger, 4)
    offer(ledger, refused_package(5, Reason.PACKAGE_DAMAGED))
    offer(ledger, refused_package(6, Reason.WITHDRAWN))
    take(ledger, 7)
    armed(ledger, 8)
    take(ledger, 9)
    claim(ledger, "second")
    run_id = ledger.start_run("run")
    assert ledger.in_scope(run_id, listed("R900", "R003")) == 8
    owed = ["R002", "R003", "R004", "R005", "R007", "R008", "R009"]
    assert scope(ledger, run_id) == [*owed, "R900"]


def test_a_scope_grows_and_every_run_has_its_own(ledger: SqlLedger) -> None:
    first, second = ledger.start_run("run"), ledger.start_run("run")
    assert ledger.in_scope(first, []) == 0
    assert ledger.in_scope(first, listed("R001", "R002")) == 2
    assert ledger.in_scope(first, listed("R002", "R003")) == 3
    assert ledger.in_scope(first, listed("R001")) == 3
    assert ledger.in_scope(second, listed("R001")) == 1
    assert scope(ledger, first) == ["R001", "R002", "R003"]
    assert scope(ledger, second) == ["R001"]


# ---- whom a stop is meant for ---------------------------------------------------------------------------------


def test_a_stop_is_in_the_chain_with_who_asked(ledger: SqlLedger) -> None:
    ledger.request_stop("職員")
    assert last_event(ledger) == ("stop_requested", None, '{"who":"職員"}')


def test_nobody_asked(ledger: SqlLedger, clock: ImitatedClock) -> None:
    assert not ledger.stop_requested(clock.now())
    ledger.start_run("run")
    assert not ledger.stop_requested(clock.now() - SECOND)


def test_a_stop_is_for_the_run_that_began_before_it(ledger: SqlLedger, clock: ImitatedClock) -> None:
    ledger.start_run("run")
    started = clock.now()
    another_process(ledger).request_stop("職員")
    assert ledger.stop_requested(started)
    ledger.start_run("run")
    assert not ledger.stop_requested(started)  # the next run was not meant
    another_process(ledger).request_stop("職員")
    assert ledger.stop_requested(started)


def test_a_process_that_began_no_run_hears_a_stop_by_its_time(ledger: SqlLedger, clock: ImitatedClock) -> None:
    clock.wait(60)
    another_process(ledger).request_stop("職員")
    assert ledger.stop_requested(clock.now())
    assert ledger.stop_requested(clock.now() - SECOND)
    assert not ledger.stop_requested(clock.now() + SECOND)


def test_a_stop_of_an_earlier_version_is_heard_by_its_time(ledger: SqlLedger, clock: ImitatedClock) -> None:
    """It wrote a time and no place in the chain."""
    ledger.start_run("run")
    ledger.request_stop("職員")
    with ledger.engine.begin() as connection:
        connection.execute(control.delete().where(control.c.key == "stop_event"))
    assert ledger.stop_requested(clock.now())
    assert not ledger.stop_requested(clock.now() + SECOND)


def test_a_later_stop_takes_the_place_of_the_former(ledger: SqlLedger, clock: ImitatedClock) -> None:
    ledger.reconciled("sogo", clock.now())
    for _ in range(2):
        clock.wait(1)
        ledger.request_stop("職員")
    values = {row.key: row.value for row in rows(ledger, control)}
    assert values["stop"] == ledger.now()
    assert ledger.reconciled_until("sogo") is not None  # what else is noted there stays


def test_what_was_tried_is_still_in_scope_after_it_was_held(ledger: SqlLedger) -> None:
    tried = doubtful(ledger)
    ledger.hold_after_attempt(tried, Reason.ABSENT, "", ABSENT, "doubt")
    assert ledger.in_scope(ledger.start_run("run"), []) == 1
