"""Nights in which several things go wrong at once: each of these once entered twice, lost one, or looked fine."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bridge_agent.domain.ports import LookUpUnreadable, Search, Sender
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.result import CoreRecord
from bridge_agent.domain.work_item import State
from bridge_agent.pipeline.night import CoreAccess
from bridge_agent.pipeline.run import run
from tests.unit.pipeline.dying import Died, die_in_register
from tests.unit.pipeline.imitated_core import ImitatedScreen, ImitatedSession
from tests.unit.pipeline.imitation import Town, application, profile
from tests.unit.pipeline.test_night import states

# ---- the sender and the clocks -----------------------------------------------------------------------------------


def test_a_registration_that_the_fuse_did_not_see_goes_to_a_person_and_stops_the_lane(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = Town([application(1), application(2)])
    plain = ImitatedScreen.register
    monkeypatch.setattr(ImitatedScreen, "register", lambda self, *given: replace(plain(self, *given), sent=0))
    report = run(town.night())
    assert report.exit_code == 3
    assert states(town)["R002"] == (State.PENDING, "")
    monkeypatch.undo()
    assert states(town)["R001"] == (State.HELD, Reason.ODD_ANSWER)  # settled, though nothing more is entered
    town.ledger.close_breaker("sogo-1", "clerk")
    run(town.night())
    assert states(town) == {"R001": (State.HELD, Reason.ODD_ANSWER), "R002": (State.REPORTED, "")}


def test_a_driver_without_a_fuse_is_no_silent_fuse(monkeypatch: pytest.MonkeyPatch) -> None:
    town = Town([application(1)])
    plain = ImitatedScreen.register
    monkeypatch.setattr(ImitatedScreen, "register", lambda self, *given: replace(plain(self, *given), sent=None))
    assert run(town.night()).exit_code == 0


def test_the_sender_on_record_is_the_browser_that_registers(monkeypatch: pytest.MonkeyPatch) -> None:
    town = Town([application(1)])
    plain = ImitatedScreen.begin

    def begin(self: ImitatedScreen, dialogs: object, papers: object = None) -> None:
        town.sessions[-1].sender = Sender(9999, 2.0, "host")  # the browser was recycled after the claim
        plain(self, ())

    monkeypatch.setattr(ImitatedScreen, "begin", begin)
    die_in_register(town, monkeypatch)
    assert [leftover.sender for leftover in town.ledger.leftovers("sogo-1", "sogo")] == [Sender(9999, 2.0, "host")]


def test_a_browser_that_would_not_die_is_not_declared_dead_by_another_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    town = Town([application(1), application(2)])
    die_in_register(town, monkeypatch, "before")
    plain_session = town.session

    def other_browser() -> ImitatedSession:
        session = plain_session()
        session.sender = Sender(5000, 3.0, "host")
        return session

    town.session = other_browser  # type: ignore[method-assign]
    town.core.faults = {town.core.requests + 1: "after"}
    looked: list[bool] = []
    plain = town.ledger.sender_stopped

    def stopped(lane: str, sender: Sender | None, settle_s: float) -> None:
        plain(lane, sender, settle_s)
        looked.extend(d.sender_dead for d in town.ledger.doubts(lane) if d.item.receipt_no == "R001")

    monkeypatch.setattr(town.ledger, "sender_stopped", stopped)
    run(replace(town.night(), kill_sender=lambda sender: False))
    assert looked == [False]


def test_a_stepped_clock_shortens_no_settle_time(monkeypatch: pytest.MonkeyPatch) -> None:
    town = Town([application(1)])
    plain_now, jump = town.clock.now, [0.0]
    town.core.faults = {1: "before"}
    monkeypatch.setattr(town.clock, "now", lambda: plain_now() + timedelta(seconds=jump[0]))
    for name in ("sender_stopped", "look_again"):
        plain = getattr(town.ledger, name)

        def step(*given: object, plain: object = plain, **named: object) -> None:
            assert callable(plain)
            plain(*given, **named)
            jump[0] += 3600

        monkeypatch.setattr(town.ledger, name, step)
    run(town.night())
    assert states(town) == {"R001": (State.HELD, Reason.ABSENT)}
    assert town.clock.seconds >= 20  # two settle times, whatever the wall clock said


# ---- what the look-up says ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("spelling", [str.lower, lambda text: text.replace("0", "０"), lambda text: "0" + text])
def test_a_key_in_another_spelling_is_unreadable_and_no_absence(spelling: object) -> None:
    town = Town([application(1)])
    town.core.commit("R001", "0000000001", "良い", "窓口 太郎")
    plain = town.session

    def session() -> ImitatedSession:
        made = plain()

        def search(query: Search) -> tuple[CoreRecord, ...]:
            assert callable(spelling)
            return tuple(
                CoreRecord(r.record_id, spelling(r.reference), r.atena_no, "", r.operator, r.at)
                for r in town.core.visible()
            )

        made.look_up.search = search  # type: ignore[method-assign]
        return made

    town.session = session  # type: ignore[method-assign]
    run(town.night())
    assert len(town.core.log) == 1


def test_a_completion_screen_that_no_look_up_confirms_twice_in_a_row_stops_the_lane() -> None:
    town = Town([application(n) for n in range(1, 13)])
    town.core.faults = dict.fromkeys(range(1, 99), "lie")
    assert run(town.night()).exit_code == 3
    assert town.core.requests == 2


def test_a_wrong_operator_in_the_settings_stops_the_lane_after_two() -> None:
    town = Town([application(n) for n in range(1, 13)])
    town.access = lambda: CoreAccess("sogo-1", profile(), frozenset({"別名"}), town.session)  # type: ignore[method-assign]
    assert run(town.night()).exit_code == 3
    assert town.core.requests == 2


def test_a_cancelled_own_record_does_not_stop_a_core_with_a_test_record() -> None:
    look_up = profile().model_dump(by_alias=True)["lookup"] | {"canary_atena_no": "0099999901"}
    town = Town([application(1)], profile_changes={"lookup": look_up})
    town.core.commit("", "0099999901", "研修", "窓口 太郎")
    run(town.night())
    del town.core.log[1]  # a clerk cancels our record, as is their right
    town.source.applications["R002"] = application(2)
    run(town.night())
    assert states(town)["R002"] == (State.REPORTED, "")


def test_reconciliation_believes_no_single_empty_look(monkeypatch: pytest.MonkeyPatch) -> None:
    look_up = profile().model_dump(by_alias=True)["lookup"] | {"canary_atena_no": "0099999901"}
    town = Town([application(n) for n in range(1, 4)], profile_changes={"lookup": look_up})
    town.core.commit("", "0099999901", "研修", "窓口 太郎")
    plain = town.ledger.registered_since

    def registered_since(core: str, since: datetime) -> object:
        town.core.blind = bool(plain(core, since))  # the core's night batch begins just then
        return plain(core, since)

    monkeypatch.setattr(town.ledger, "registered_since", registered_since)
    report = run(town.night())
    assert {state for state, _ in states(town).values()} == {State.REPORTED}
    assert report.balance.missing == 0
    assert report.exit_code == 3
    monkeypatch.undo()
    town.core.blind = False
    assert run(town.night()).exit_code == 0


def test_a_record_of_somebody_else_in_place_of_ours_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    town = Town([application(1)])
    plain = town.ledger.registered_since

    def registered_since(core: str, since: datetime) -> object:
        found = plain(core, since)
        if found and len(town.core.log) == 1:
            town.core.log[0].record_id = "K-7777"
        return found

    monkeypatch.setattr(town.ledger, "registered_since", registered_since)
    run(town.night())
    assert states(town) == {"R001": (State.HELD, Reason.MISSING_AT_CORE)}  # the record that was confirmed is gone


def test_a_run_that_died_is_reconciled_by_the_next_one(monkeypatch: pytest.MonkeyPatch) -> None:
    town = Town([application(1), application(2)])
    plain = town.ledger.claim

    def claim(*given: object, **named: object) -> object:
        if len(town.core.log) == 1:
            raise Died
        return plain(*given, **named)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(town.ledger, "claim", claim)
        with pytest.raises(Died):
            run(town.night())
    town.core.commit("R001", "0000000001", "良い")  # a second one shows up after the look-up
    report = run(town.night())
    assert states(town)["R001"] == (State.HELD, Reason.DUPLICATE_AT_CORE)
    assert report.exit_code == 4


def test_what_could_not_be_reconciled_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    town = Town([application(1)])
    from bridge_agent.pipeline import reconcile

    def unreadable(*_: object) -> None:
        raise LookUpUnreadable("x")

    monkeypatch.setattr(reconcile, "matches", unreadable)
    report = run(town.night())
    assert report.exit_code == 3
    assert "突き合わせ" in report.stops[0]
