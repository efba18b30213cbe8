"""Nights on which a form comes with other columns: nothing of its procedure is entered, wherever it waited."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from bridge_agent.domain.application import Delivered, Listed
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.work_item import State
from bridge_agent.pipeline import collect
from bridge_agent.pipeline.night import CoreAccess, RunOptions
from bridge_agent.pipeline.run import run
from tests.unit.pipeline.dying import Died, die_in_register
from tests.unit.pipeline.imitation import RESENDS, Town, application
from tests.unit.pipeline.test_night import states

HELD = (State.HELD, Reason.PACKAGE_COLUMN)
NOTE = "列「甲」が増えています"


def show_change(town: Town, *numbers: str) -> None:
    """From now on these come with a column that the form did not have; without `numbers` none does."""
    plain = type(town.source).deliver
    shown: dict[str, str] = {}

    def deliver(wanted: Sequence[Listed]) -> Iterator[Delivered]:
        for line in wanted:
            if line.receipt_no in numbers:
                shown[line.procedure_code] = NOTE
                yield Delivered(line, None, Reason.PACKAGE_COLUMN, NOTE, form_changed=True)
            else:
                yield from plain(town.source, [line])

    town.source.deliver = deliver  # type: ignore[method-assign]
    town.source.changed = shown


def only_listed(town: Town, *numbers: str) -> None:
    """As a drop folder does it: a file is offered once."""
    town.source.approved = lambda: [  # type: ignore[method-assign]
        line for line in type(town.source).approved(town.source) if line.receipt_no in numbers
    ]


def test_a_changed_form_stops_what_waits_of_its_procedure_until_it_is_handled() -> None:
    """What was entered before stays entered; what a person releases meanwhile waits again, every night."""
    town = Town([application(1)])
    assert run(town.night()).exit_code == 0
    town.source.applications |= {f"R00{n}": application(n) for n in (2, 3)}
    show_change(town, "R003")
    first = {"R001": (State.REPORTED, "")}
    for _ in range(2):
        assert run(town.night()).exit_code == 1
        assert states(town) == first | {"R002": HELD, "R003": HELD}
        town.ledger.release("R002", "職員")
    town.ledger.close_held("R003", Reason.DISMISSED, "職員")
    show_change(town)
    assert run(town.night()).exit_code == 0
    assert states(town) == first | {"R002": (State.REPORTED, ""), "R003": (State.CLOSED, Reason.DISMISSED)}


def test_what_an_earlier_night_left_waiting_is_stopped_though_the_source_lists_it_no_more() -> None:
    town = Town([application(n) for n in (1, 2, 3)])
    only_listed(town, "R001", "R002")
    run(replace(town.night(), options=RunOptions(limit=1)))
    only_listed(town, "R003")
    show_change(town, "R003")
    report = run(town.night())
    assert states(town) == {"R001": (State.REPORTED, ""), "R002": HELD, "R003": HELD}
    assert report.exit_code == 1


def test_a_kill_after_the_file_that_showed_it_was_put_away_forgets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is put away is not offered a second time, and shows nothing any more."""
    monkeypatch.setattr(collect, "BATCH", 1)
    town = Town([application(n) for n in (1, 2, 3)])
    only_listed(town, "R001", "R002")
    show_change(town, "R001")
    changed = town.source.deliver

    def killed(wanted: Sequence[Listed]) -> Iterator[Delivered]:
        if wanted[0].receipt_no == "R002":
            raise Died
        yield from changed(wanted)

    town.source.deliver = killed  # type: ignore[method-assign]
    with pytest.raises(Died):
        run(town.night())
    only_listed(town, "R002")
    show_change(town)
    assert run(town.night()).exit_code == 1
    assert states(town) == {"R001": HELD, "R002": HELD}
    only_listed(town, "R003")
    assert run(town.night()).entered == 1


def test_what_a_killed_run_had_in_hand_is_not_entered_either() -> None:
    town = Town([application(1), application(2)])
    only_listed(town, "R001")
    run(replace(town.night(), options=RunOptions(rehearse=True)))
    with town.ledger.lane("sogo-1"):
        assert town.ledger.claim("sogo-1", "sogo", None) is not None
    only_listed(town, "R002")
    show_change(town, "R002")
    assert run(town.night()).exit_code == 1
    assert states(town) == {"R001": (State.PENDING, ""), "R002": HELD}
    assert town.core.log == []


def test_a_doubt_that_proves_absent_waits_as_well_and_is_entered_when_the_form_is_as_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It has an attempt: held, no person could release or close it any more."""
    town = Town([application(1), application(2)], profile_changes=RESENDS)
    only_listed(town, "R001")
    die_in_register(town, monkeypatch, "before")
    only_listed(town, "R001", "R002")
    show_change(town, "R002")
    for _ in range(2):
        assert run(town.night()).exit_code == 1
        assert states(town) == {"R001": (State.PENDING, ""), "R002": HELD}
    town.ledger.close_held("R002", Reason.DISMISSED, "職員")
    show_change(town)
    assert run(town.night()).exit_code == 0
    assert states(town) == {"R001": (State.REPORTED, ""), "R002": (State.CLOSED, Reason.DISMISSED)}
    assert town.core.duplicates() == 0


def test_what_a_person_releases_during_the_run_is_not_entered_in_it() -> None:
    town = Town([application(n, procedure_code="K1") for n in (1, 2)])
    show_change(town, "R002")
    night = town.night()

    def released() -> CoreAccess:
        return replace(town.access(), open_session=lambda: (town.ledger.release("R001", "職員"), town.session())[1])

    run(replace(night, lanes=[released()]))
    assert states(town)["R001"] in (HELD, (State.PENDING, ""))
    assert town.core.log == []
