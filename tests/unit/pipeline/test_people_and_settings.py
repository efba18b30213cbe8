"""Nights with odd content, people, packages and settings: each once lost an application, or looked fine."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import pytest

from bridge_agent.domain.application import Application, Delivered, Listed, SourceState, Standing
from bridge_agent.domain.errors import BusinessError, ConfigError, SystemDown, TransientError
from bridge_agent.domain.plan import EntryPlan
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.work_item import State
from bridge_agent.ledger.store import SqlLedger
from bridge_agent.pipeline.night import CoreAccess, RunOptions
from bridge_agent.pipeline.run import RunReport, run
from tests.unit.pipeline.dying import Died, die_in_register
from tests.unit.pipeline.imitated_core import OPERATOR, ImitatedScreen, ImitatedSealer, ImitatedSession
from tests.unit.pipeline.imitation import ImitatedRecipes, Town, application, profile
from tests.unit.pipeline.test_night import columns, states

# ---- content, people, packages -----------------------------------------------------------------------------------


def test_content_changed_while_in_doubt_goes_to_a_person_once_settled() -> None:
    town = Town([application(1)])
    town.core.faults = {1: "interrupt"}
    with pytest.raises(KeyboardInterrupt):
        run(town.night())
    town.source.applications["R001"] = application(1, "新しい", revision="2")
    report = run(town.night())
    assert states(town) == {"R001": (State.HELD, Reason.CONTENT_CHANGED)}
    assert town.source.linked == {}
    assert not any("基幹システムに" in notice for notice in report.notices)  # its one record is no news
    assert report.exit_code == 1


def test_withdrawn_and_approved_again_is_not_passed_over_in_silence() -> None:
    town = Town([application(1)])
    town.source.standings = {"R001": Standing(SourceState.WITHDRAWN, "1")}
    run(town.night())
    town.source.standings = {}
    report = run(town.night())
    assert report.exit_code == 1
    assert "R001" in report.notices[0]


def test_a_new_revision_of_what_a_person_has_closed_is_not_passed_over_in_silence() -> None:
    town = Town([application(1, "bad"), application(2, "bad")])
    run(town.night())
    for number in ("R001", "R002"):
        town.ledger.close_held(number, Reason.DISMISSED, "職員")
    assert run(town.night()).notices == []
    town.source.applications["R001"] = application(1, revision="2")
    report = run(town.night())
    assert report.notices == [
        "受付番号 R001 は終了していますが、新しい版（2）が承認されています。手作業で処理してください。"
    ]
    assert report.exit_code == 1


def test_a_revision_that_is_approved_between_entry_and_report_is_not_reported_as_entered() -> None:
    """Once the source has it as 連携済, nobody would see the correction any more."""
    town = Town([application(1)])

    def corrected() -> None:
        town.source.applications["R001"] = application(1, "新しい", revision="2")

    town.core.at_register = corrected
    report = run(town.night())
    assert (town.source.linked, report.exit_code) == ({}, 1)
    assert states(town) == {"R001": (State.HELD, Reason.WITHDRAWN_AFTER_ENTRY)}


def refusing(town: Town, *numbers: str) -> None:
    plain = type(town.source).deliver

    def deliver(wanted: Sequence[Listed]) -> Iterator[Delivered]:
        for line in wanted:
            if line.receipt_no in numbers:
                yield Delivered(line, None, Reason.PACKAGE_DAMAGED, "x")
            else:
                yield from plain(town.source, [line])

    town.source.deliver = deliver  # type: ignore[method-assign]


def test_a_released_package_that_is_refused_again_comes_back_to_the_desk() -> None:
    town = Town([application(1)])
    refusing(town, "R001")
    run(town.night())
    town.ledger.release("R001", "職員")
    assert run(town.night()).exit_code == 1
    assert states(town) == {"R001": (State.HELD, Reason.PACKAGE_DAMAGED)}
    town.ledger.release("R001", "職員")
    refusing(town)
    assert run(town.night()).exit_code == 0
    assert states(town) == {"R001": (State.REPORTED, "")}


def test_an_unsound_signature_is_read_anew_every_night_until_a_person_has_decided() -> None:
    class Strict(ImitatedRecipes):
        def plan(self, application: Application, waived: Collection[Reason] = ()) -> EntryPlan:
            if application.signature_result != "1":
                raise BusinessError(Reason.SIGNATURE_INVALID)
            return super().plan(application, waived)

    town = Town([application(1, signature_result="正常")])
    run(replace(town.night(), recipes=Strict()))
    town.source.applications["R001"] = application(1)  # the profile's words were mended
    run(replace(town.night(), recipes=Strict()))
    assert states(town) == {"R001": (State.HELD, Reason.SIGNATURE_INVALID)}
    town.ledger.release("R001", "職員")
    assert run(replace(town.night(), recipes=Strict())).exit_code == 0
    assert states(town) == {"R001": (State.REPORTED, "")}


def test_a_released_application_whose_newer_revision_never_came_is_not_entered_with_the_former() -> None:
    """A drop folder offers a file once: the newer revision could not be read while a person had the application."""
    town = Town([application(1, "bad")])
    run(town.night())
    town.source.applications["R001"] = application(1, revision="2")
    refusing(town, "R001")
    run(town.night())
    town.source.applications = {"R002": application(2)}
    refusing(town)
    town.ledger.release("R001", "職員")
    run(town.night())
    assert states(town) == {"R001": (State.HELD, Reason.PACKAGE_ABSENT), "R002": (State.REPORTED, "")}


def test_the_same_person_is_noticed_when_a_refused_package_becomes_good() -> None:
    town = Town([application(1), application(2, atena_no="0000000001")])
    refusing(town, "R001")
    run(town.night())
    refusing(town)
    run(town.night())
    assert states(town) == {"R001": (State.HELD, Reason.SAME_PERSON_TWICE), "R002": (State.REPORTED, "")}


def test_a_released_application_finds_the_recipe_that_was_made_meanwhile() -> None:
    class Growing(ImitatedRecipes):
        known = False

        def home_of(self, procedure_code: str) -> tuple[str, str]:
            return ("p9", "sogo") if self.known and procedure_code == "K9" else super().home_of(procedure_code)

        def plan(self, application: Application, waived: Collection[Reason] = ()) -> EntryPlan:
            if not self.known:
                raise BusinessError(Reason.NO_RECIPE)
            return super().plan(application, waived)

    town, recipes = Town([application(1, procedure_code="K9")]), Growing()
    run(replace(town.night(), recipes=recipes))
    recipes.known = True
    town.ledger.release("R001", "職員")
    assert run(replace(town.night(), recipes=recipes)).exit_code == 0
    assert states(town) == {"R001": (State.REPORTED, "")}


def test_one_odd_application_does_not_stop_the_night() -> None:
    town = Town([application(1), application(2)])
    town.source.applications["R001"] = application(1, columns={})
    run(town.night())
    assert states(town) == {"R001": (State.HELD, Reason.VALUE_INVALID), "R002": (State.REPORTED, "")}


def test_one_application_that_brings_the_system_down_goes_behind_the_others() -> None:
    town = Town([application(1), application(2)])
    town.core.screen_faults = {"R001": SystemDown("この画面だけ 503")}
    run(town.night())
    run(town.night())
    assert states(town)["R002"] == (State.REPORTED, "")


def test_one_application_that_kills_the_process_goes_behind_the_others_and_ends_with_a_person() -> None:
    town = Town([application(1), application(2)])
    town.core.screen_faults = {"R001": Died()}  # type: ignore[dict-item]
    for _ in range(6):
        try:
            run(town.night())
        except Died:
            continue
    assert states(town) == {"R001": (State.HELD, Reason.TRIED_TOO_OFTEN), "R002": (State.REPORTED, "")}


# ---- settings and exit codes -------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", ["claimed", "armed", "in_doubt"])
def test_a_renamed_account_takes_over_what_the_old_lane_left(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    town = Town([application(1)])
    if fault == "armed":
        die_in_register(town, monkeypatch)
    elif fault == "in_doubt":
        town.core.faults = {1: "interrupt"}
        with pytest.raises(KeyboardInterrupt):
            run(town.night())
    else:
        town.core.screen_faults = {"R001": Died()}  # type: ignore[dict-item]
        with pytest.raises(Died):
            run(town.night())
        town.core.screen_faults = {}
    assert {state for state, _ in states(town).values()} == {State(fault)}
    town.access = lambda: CoreAccess("sogo-2", profile(), frozenset({OPERATOR}), town.session)  # type: ignore[method-assign]
    assert run(town.night()).exit_code == 0
    assert states(town) == {"R001": (State.REPORTED, "")}
    assert town.core.duplicates() == 0


def test_a_core_without_settings_is_said() -> None:
    town = Town([application(1)], options=RunOptions(rehearse=True))
    run(town.night())
    town.options = RunOptions()
    report = run(replace(town.night(), lanes=[]))
    assert report.exit_code == 3
    assert "sogo" in report.stops[0]


def test_a_download_that_breaks_off_loses_nothing() -> None:
    town = Town([application(n) for n in range(1, 4)])
    plain = type(town.source).deliver

    def deliver(wanted: Sequence[Listed]) -> Iterator[Delivered]:
        yield next(plain(town.source, wanted))
        raise SystemDown("申請管理システムが応答しません。")

    town.source.deliver = deliver  # type: ignore[method-assign]
    report = run(town.night())
    assert (report.exit_code, report.balance.lost) == (3, 0)
    assert columns(report) | {"approved": 3, "not_yet_entered": 3} == columns(report)


def stops_midway(town: Town, error: Exception) -> RunReport:
    """The second register request leaves a doubt, and the browser cannot be started again."""
    town.core.faults = {2: "after"}
    plain = town.session

    def session() -> ImitatedSession:
        made = plain()
        starts = iter([True])

        def start() -> None:
            if not next(starts, False):
                raise error

        made.start = start  # type: ignore[method-assign]
        return made

    town.session = session  # type: ignore[method-assign]
    return run(town.night())


@pytest.mark.parametrize("error", [ConfigError("ブラウザを起動できませんでした"), RuntimeError("氏名")])
def test_any_error_in_a_lane_leaves_books_and_reports(error: Exception) -> None:
    town = Town([application(n) for n in range(1, 4)])
    report = stops_midway(town, error)
    assert report.exit_code == 3
    assert "氏名" not in "".join(report.stops)
    assert town.source.linked == {"R001": "K-0001"}
    assert columns(report) | {"registered": 1, "in_doubt": 1, "not_yet_entered": 1} == columns(report)
    last = town.ledger.last_run()
    assert last is not None
    assert last["exit_code"] == 3


def test_an_outbox_that_was_not_emptied_is_said() -> None:
    town = Town([application(1)])

    def refuse(*_: object) -> None:
        raise TransientError("つながりません。")

    town.source.report_linked = refuse  # type: ignore[method-assign,assignment]
    report = run(town.night())
    assert report.exit_code == 1
    assert "報告" in report.notices[0]


def test_a_refused_report_is_in_the_books_of_the_run_that_heard_it() -> None:
    town = Town([application(1)])

    def down(*_: object) -> None:
        raise SystemDown("申請管理システムが応答しません。")

    def refuse(*_: object) -> None:
        raise BusinessError(Reason.WITHDRAWN_AFTER_ENTRY)

    town.source.report_linked = down  # type: ignore[method-assign,assignment]
    run(town.night())
    town.source.report_linked = refuse  # type: ignore[method-assign,assignment]
    town.source.approved = list  # type: ignore[method-assign]
    report = run(town.night())
    assert (report.exit_code, columns(report)["held"]) == (1, 1)


def test_a_rehearsal_in_which_something_is_not_ready_says_so() -> None:
    town = Town([application(1), application(2)], options=RunOptions(rehearse=True))
    assert run(town.night()).exit_code == 0
    town.core.screen_faults = {"R001": BusinessError(Reason.RESIDENT_NOT_FOUND)}
    assert run(town.night()).exit_code == 1


def test_a_second_run_does_not_take_the_stop_away_from_the_first() -> None:
    town = Town([application(1)])
    first = town.night()
    town.ledger.start_run("run")
    town.clock.wait(1)
    town.ledger.request_stop("職員")
    town.clock.wait(1)
    other_process = SqlLedger(town.ledger.engine, town.clock, ImitatedSealer(), town.ledger.owner)
    second = replace(town.night(), ledger=other_process)
    other_process.start_run("run")
    assert first.stopping()
    assert not second.stopping()


def test_two_runs_that_empty_one_outbox_do_not_stop_each_other() -> None:
    town = Town([application(1), application(2)])
    tell = town.source.report_linked

    def meanwhile(receipt_no: str, core_receipt: str) -> None:
        tell(receipt_no, core_receipt)
        for line in town.ledger.outbox():
            if line.receipt_no == receipt_no:
                town.ledger.reported(line)  # the other run was quicker

    town.source.report_linked = meanwhile  # type: ignore[method-assign]
    assert run(town.night()).exit_code == 0
    assert {state for state, _ in states(town).values()} == {State.REPORTED}


def test_a_lone_application_that_failed_is_not_tried_again_at_once() -> None:
    """A core that stumbles for a moment would use up every try within that moment."""
    town = Town([application(1)], profile_changes={"limits": {"settle_s": 10, "visibility_max_s": 2, "back_off_s": 4}})
    town.core.screen_faults["R001"] = TransientError("x")
    tried_at: list[float] = []
    typed = ImitatedScreen.typed

    def watched(screen: ImitatedScreen, *content: str) -> None:
        tried_at.append(town.clock.seconds)
        typed(screen, *content)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(ImitatedScreen, "typed", watched)
        run(town.night())
    assert [later - earlier for earlier, later in pairwise(tried_at)] == [4.0]
