"""Applications whose entry waits for something: a number that the core has not given yet, an original on paper."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import pytest
from sqlalchemy import text

from bridge_agent.domain.application import Application
from bridge_agent.domain.errors import BusinessError, NotYet
from bridge_agent.domain.ledger_records import LedgerUnwritable
from bridge_agent.domain.plan import EntryPlan
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.work_item import State
from bridge_agent.pipeline.night import Night
from bridge_agent.pipeline.run import run
from tests.unit.pipeline.imitation import ImitatedRecipes, Town, application
from tests.unit.pipeline.test_night import columns, states

DAY_S = 86400.0
NUMBER = NotYet("新しい被保険者番号", again_days=2, most_days=10)


def waiting(*others: Application) -> Town:
    """A town in which R001 waits for its number."""
    town = Town([application(1), *others])
    town.core.screen_faults = {"R001": NUMBER}
    return town


def test_it_stays_pending_and_nobody_has_to_do_anything() -> None:
    town = waiting(application(2))
    report = run(town.night())
    assert states(town) == {"R001": (State.PENDING, Reason.PREREQUISITE), "R002": (State.REPORTED, "")}
    assert {name: count for name, count in columns(report).items() if count} == {
        "approved": 2,
        "registered": 1,
        "not_yet_entered": 1,
    }
    assert report.exit_code == 0
    assert ("R001", "前提待ち") in town.progress.outcomes


def test_it_is_asked_for_again_on_its_day_and_not_before() -> None:
    town = waiting()
    run(town.night())
    town.core.screen_faults = {}
    town.clock.seconds += 0.5 * DAY_S
    run(town.night())
    assert states(town)["R001"] == (State.PENDING, Reason.PREREQUISITE)
    assert len(town.sessions) == 1  # nothing to enter: no browser is opened for it
    town.clock.seconds += 1.5 * DAY_S
    assert run(town.night()).exit_code == 0
    assert states(town)["R001"] == (State.REPORTED, "")
    assert [row.reference for row in town.core.log] == ["R001"]


def test_after_its_days_a_person_is_asked() -> None:
    town = waiting()
    for _ in range(5):
        run(town.night())
        assert states(town)["R001"] == (State.PENDING, Reason.PREREQUISITE)
        town.clock.seconds += 2 * DAY_S
    report = run(town.night())
    assert states(town)["R001"] == (State.HELD, Reason.PREREQUISITE_MISSING)
    assert report.exit_code == 1


def test_waiting_does_not_count_as_failing() -> None:
    """Two technical failures hold an application; days of waiting are no failures."""
    town = waiting()
    for _ in range(3):
        run(town.night())
        town.clock.seconds += 2 * DAY_S
    assert states(town)["R001"] == (State.PENDING, Reason.PREREQUISITE)
    assert town.ledger.items()[0].note == "新しい被保険者番号"


def test_a_clock_that_was_set_back_keeps_only_the_waiting_ones() -> None:
    """An ordinary application is due whatever the clock says."""
    town = waiting()
    run(town.night())
    town.source.applications["R003"] = application(3)
    town.core.screen_faults = {}
    town.clock.seconds -= 30 * DAY_S
    run(town.night())
    assert states(town)["R003"] == (State.REPORTED, "")
    assert states(town)["R001"] == (State.PENDING, Reason.PREREQUISITE)


class Originals(ImitatedRecipes):
    """Every application needs an original that a person has to have in hand."""

    def plan(self, application: Application, waived: Collection[Reason] = ()) -> EntryPlan:
        if Reason.PAPER_AWAITED not in waived:
            raise BusinessError(Reason.PAPER_AWAITED, "領収書")
        return super().plan(application, waived)


def with_originals(town: Town) -> Night:
    return replace(town.night(), recipes=Originals())


def test_who_releases_it_answers_for_the_original() -> None:
    town = Town([application(1)])
    run(with_originals(town))
    assert states(town)["R001"] == (State.HELD, Reason.PAPER_AWAITED)
    town.ledger.release("R001", "職員")
    assert run(with_originals(town)).exit_code == 0
    assert states(town)["R001"] == (State.REPORTED, "")


def test_another_content_needs_its_own_original() -> None:
    town = Town([application(1)])
    run(with_originals(town))
    town.ledger.release("R001", "職員")
    town.source.applications["R001"] = application(1, "新しい", revision="2")
    run(with_originals(town))
    assert states(town)["R001"] == (State.HELD, Reason.PAPER_AWAITED)


@pytest.mark.parametrize("reason", [Reason.CODE_UNKNOWN, Reason.SIGNATURE_INVALID])
def test_nothing_but_papers_is_waived_by_a_release(reason: Reason) -> None:
    class Never(ImitatedRecipes):
        def plan(self, application: Application, waived: Collection[Reason] = ()) -> EntryPlan:
            if reason not in waived:
                raise BusinessError(reason)
            return super().plan(application, waived)

    town = Town([application(1)])
    run(replace(town.night(), recipes=Never()))
    town.ledger.release("R001", "職員")
    run(replace(town.night(), recipes=Never()))
    assert states(town)["R001"] == (State.HELD, reason)


def test_a_release_that_nobody_made_is_not_believed() -> None:
    town = Town([application(1)])
    run(with_originals(town))
    town.ledger.release("R001", "職員")
    with town.ledger.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER event_not_changed"))
        connection.execute(text("UPDATE event SET at = '2020-01-01T00:00:00.000000Z' WHERE kind = 'waived'"))
    report = run(with_originals(town))
    assert states(town)["R001"][0] is not State.REPORTED
    assert report.exit_code != 0
    with pytest.raises(LedgerUnwritable):
        town.ledger.claim("sogo-1", "sogo", None)
