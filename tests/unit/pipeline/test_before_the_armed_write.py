"""Before the armed write: what is asked, in which order, what is written down, and that every error sends nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from loguru import logger

from bridge_agent.domain.application import SourceState, Standing
from bridge_agent.domain.errors import BusinessError, SystemDown, TransientError
from bridge_agent.domain.ledger_records import AttemptFacts
from bridge_agent.domain.plan import ActReport, BoundField, Control, EntryPlan, FieldClass
from bridge_agent.domain.ports import Search
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.result import CoreRecord, NotSent, Seen
from bridge_agent.domain.work_item import State
from bridge_agent.pipeline.enter import enter, pre_check, prepare, secrets_of
from bridge_agent.pipeline.look_up import plan_to_bytes
from bridge_agent.pipeline.night import RunOptions
from tests.unit.pipeline.by_hand import SUBMIT_S, ByHand, Step, acting
from tests.unit.pipeline.imitated_core import BUTTON, ImitatedAct
from tests.unit.pipeline.imitation import ImitatedRecipes, application


def failing(error: Exception) -> Callable[[EntryPlan], EntryPlan]:
    def fail() -> None:
        raise error

    return acting(Step("fill", fail))


# ---- the order ---------------------------------------------------------------------------------------------------


def order_of(by: ByHand, *kinds: str) -> list[str]:
    """What was asked of whom while one application was prepared, in order."""
    events: list[str] = []
    standing, search = by.town.source.standing, by.session.look_up.search

    def stood(receipt_no: str) -> Standing:
        events.append("source")
        return standing(receipt_no)

    def searched(query: Search) -> tuple[CoreRecord, ...]:
        events.append("core")
        return search(query)

    by.session.screen.begin = lambda dialogs, papers=None: events.append("begin")  # type: ignore[method-assign]
    by.town.source.ask_ahead = lambda receipt_no: events.append("source ahead")  # type: ignore[method-assign]
    by.session.look_up.ahead = lambda query, record_id="": events.append("core ahead")  # type: ignore[method-assign]
    by.town.source.standing = stood  # type: ignore[method-assign]
    by.session.look_up.search = searched  # type: ignore[method-assign]

    def step(kind: str) -> Step:
        return Step(kind, lambda: events.append(kind))

    by.plans(acting(*(step(kind) for kind in kinds)))
    prepare(by.night, by.access, by.session, by.claim(), None)
    return events


ASKED = ["begin", "source ahead", "core ahead"]


def test_the_screen_is_opened_while_source_and_core_are_asked_and_filled_only_afterwards() -> None:
    assert order_of(ByHand(), "open", "fill", "press") == [*ASKED, "open", "source", "core", "fill", "press"]


def test_nothing_but_an_opening_comes_before_the_answers_of_source_and_core() -> None:
    assert order_of(ByHand(), "fill", "open") == [*ASKED, "source", "core", "fill", "open"]


def test_a_recipe_without_steps_asks_all_the_same() -> None:
    assert order_of(ByHand()) == [*ASKED, "source", "core"]


# ---- what is written down ----------------------------------------------------------------------------------------


def bound(key: str, value: str, field_class: FieldClass = FieldClass.PERSONAL) -> BoundField:
    return BoundField(key, BUTTON, Control.TEXT, value, field_class)


def test_the_facts_of_the_attempt_are_those_of_plan_source_and_screen() -> None:
    by = ByHand()

    def two_screens(plan: EntryPlan) -> EntryPlan:
        first = Step("fill", report=ActReport(2, 2))
        second = replace(ImitatedAct("R001", "0000000001", "良い"), fields=(bound("氏名", "見本"), bound("性別", "1")))
        return replace(plan, acts=(first, second))

    by.plans(two_screens)
    claim = by.claim()
    plan, facts = prepare(by.night, by.access, by.session, claim, True)
    assert facts == AttemptFacts(
        recipe_digest="digest",
        content_hash=claim.application.content_hash,
        plan=plan_to_bytes(plan.look_up),
        baseline=(),
        canary_ok=True,
        fields_read=3,
        fields_equal=3,
        readback_fingerprint="readback|氏名=見本|性別=1",
        evidence_sha256="",
        submit_timeout_s=SUBMIT_S,
        sender=by.session.sender,
    )


def test_the_log_protects_every_personal_text_of_the_plan_before_anything_is_typed() -> None:
    by = ByHand()
    protected: list[frozenset[str]] = []

    class Fields(Step):
        def __init__(self, *fields: BoundField) -> None:
            super().__init__("fill", lambda: protected.append(frozenset({"typed"})))
            self.fields = fields

    by.plans(
        acting(
            Fields(bound("氏名", "見本 花子"), bound("区分", "01", FieldClass.PLAIN)),
            Step("press"),
            Fields(bound("個人番号", "123456789018", FieldClass.MYNUMBER)),
        )
    )
    by.night = replace(by.night, protect=protected.append)
    plan, _ = prepare(by.night, by.access, by.session, by.claim(), None)
    assert secrets_of(plan) == {"見本 花子", "123456789018"}
    assert protected[0] == {"見本 花子", "123456789018"}


class Camera:
    """Stands in for screen and evidence; notes what was pictured when."""

    def __init__(self, by: ByHand, picture: Callable[[], bytes | None]) -> None:
        self.kept: list[tuple[str, str, bytes]] = []
        self.asked = 0
        self._picture = picture
        by.session.screen.picture = self._take  # type: ignore[method-assign]
        by.night.evidence.picture = self._keep  # type: ignore[method-assign]

    def _take(self, masked: object) -> bytes | None:
        self.asked += 1
        return self._picture()

    def _keep(self, receipt_no: str, moment: str, png: bytes) -> str:
        self.kept.append((receipt_no, moment, png))
        return f"sha of {moment}"


def test_pictures_are_taken_before_and_after_the_register_action_where_the_site_wants_them() -> None:
    by = ByHand(options=RunOptions(pictures=True))
    camera = Camera(by, lambda: b"png")
    by.seen()
    assert camera.kept == [("R001", "before", b"png"), ("R001", "after", b"png")]
    assert by.rows("SELECT evidence_before FROM attempt") == [("sha of before",)]


def test_no_picture_is_taken_where_the_site_has_not_asked_for_it() -> None:
    by = ByHand()
    camera = Camera(by, lambda: b"png")
    by.seen()
    assert camera.asked == 0
    assert by.rows("SELECT evidence_before FROM attempt") == [("",)]


def no_picture() -> bytes | None:
    return None


def broken_picture() -> bytes | None:
    raise TransientError("画面がありません。")


@pytest.mark.parametrize("picture", [no_picture, broken_picture])
def test_a_picture_that_cannot_be_taken_changes_no_outcome(picture: Callable[[], bytes | None]) -> None:
    by = ByHand(options=RunOptions(pictures=True))
    camera = Camera(by, picture)
    by.seen()
    assert (camera.asked, camera.kept) == (2, [])
    assert by.state_of() == (State.SEEN, "")
    assert by.rows("SELECT evidence_before FROM attempt") == [("",)]


# ---- errors ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("error", [TransientError("時間切れ"), RuntimeError("見本 花子")])
def test_a_technical_error_is_tried_once_more_and_then_goes_to_a_person(error: Exception) -> None:
    by = ByHand()
    by.plans(failing(error))
    kind = type(error).__name__
    assert by.enter() == NotSent(None, kind)
    assert by.state_of() == (State.PENDING, "")
    assert by.enter() == NotSent(Reason.TRIED_TOO_OFTEN, kind)
    assert by.state_of() == (State.HELD, Reason.TRIED_TOO_OFTEN)
    assert (by.note_of(), by.core.requests) == (kind, 0)


@pytest.mark.parametrize(("error", "logged"), [(TransientError("時間切れ"), False), (RuntimeError("見本 花子"), True)])
def test_an_unexpected_error_is_logged_by_kind_and_number_never_by_its_text(error: Exception, logged: bool) -> None:
    by = ByHand()
    by.plans(failing(error))
    lines: list[str] = []
    sink = logger.add(lines.append, level="ERROR", format="{message}")
    try:
        by.enter()
    finally:
        logger.remove(sink)
    told = "".join(lines)
    if logged:
        assert "RuntimeError" in told
        assert "R001" in told
        assert "見本" not in told
    else:
        assert told == ""


def test_an_error_that_ends_the_run_puts_the_application_back_behind_the_others() -> None:
    by = ByHand(application(1), application(2))
    by.plans(failing(SystemDown("基幹システムが応答しません。")))
    with pytest.raises(SystemDown):
        by.enter()
    assert by.state_of() == (State.PENDING, "")
    assert by.claim().item.receipt_no == "R002"


def test_an_application_that_was_in_hand_at_five_deaths_is_not_taken_in_hand_again() -> None:
    by = ByHand()
    claim = by.claim()
    assert isinstance(enter(by.night, by.access, by.session, replace(claim, crashes=4), None), Seen)
    by = ByHand()
    claim = by.claim()
    tried = enter(by.night, by.access, by.session, replace(claim, crashes=5), None)
    assert tried == NotSent(Reason.TRIED_TOO_OFTEN, "crashes")
    assert by.state_of() == (State.HELD, Reason.TRIED_TOO_OFTEN)
    assert by.core.requests == 0


def test_a_field_that_reads_back_differently_sends_nothing() -> None:
    by = ByHand()
    by.plans(acting(Step("fill", report=ActReport(2, 2)), Step("fill", report=ActReport(3, 2))))
    assert by.enter() == NotSent(Reason.READBACK_DIFFERS, "")
    assert by.state_of() == (State.HELD, Reason.READBACK_DIFFERS)
    assert by.core.requests == 0


def test_a_hold_before_arming_keeps_reason_and_note() -> None:
    by = ByHand()
    by.plans(failing(BusinessError(Reason.RESIDENT_DIFFERS, "生年月日")))
    assert by.enter() == NotSent(Reason.RESIDENT_DIFFERS, "生年月日")
    assert by.note_of() == "生年月日"


# ---- what the source and the core say just before ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("standing", "reason"),
    [
        (Standing(SourceState.LINKED, "1"), Reason.ALREADY_AT_CORE),
        (Standing(SourceState.SENT_BACK, "1"), Reason.CONTENT_CHANGED),
        (Standing(SourceState.UNKNOWN, "1"), Reason.SOURCE_STATE_UNKNOWN),
        (Standing(SourceState.APPROVED, "2"), Reason.CONTENT_CHANGED),
        (Standing(SourceState.WITHDRAWN, "1"), None),
    ],
)
def test_what_the_source_no_longer_wants_is_neither_filled_nor_sent(standing: Standing, reason: Reason | None) -> None:
    by = ByHand()
    filled: list[bool] = []
    by.plans(acting(Step("fill", lambda: filled.append(True))))
    by.town.source.standings = {"R001": standing}
    result = by.enter()
    assert isinstance(result, NotSent)
    assert result.reason is reason
    assert (filled, by.core.requests) == ([], 0)
    assert by.state_of() == ((State.HELD, reason) if reason else (State.CLOSED, Reason.WITHDRAWN))


def test_a_look_up_that_cannot_be_read_before_entry_is_a_technical_error() -> None:
    by = ByHand()
    by.cannot_read()
    assert by.enter() == NotSent(None, "TransientError")
    assert by.core.requests == 0


def test_a_log_in_by_the_look_up_means_that_the_screen_is_lost_and_nothing_is_filled() -> None:
    by = ByHand()
    filled: list[bool] = []
    by.plans(acting(Step("open"), Step("fill", lambda: filled.append(True))))
    search = by.session.look_up.search

    def ended(query: Search) -> tuple[CoreRecord, ...]:
        by.session.log_ins += 1
        return search(query)

    by.session.look_up.search = ended  # type: ignore[method-assign]
    assert by.enter() == NotSent(None, "SessionLost")
    assert (filled, by.core.requests) == ([], 0)


def test_at_the_first_attempt_any_record_is_somebodys_entry() -> None:
    by = ByHand()
    by.core.commit("R001", "0000000001", "良い", "窓口 太郎")
    assert by.enter() == NotSent(Reason.ALREADY_AT_CORE, "基幹側 K-0001")


def test_at_a_later_attempt_only_a_record_outside_the_frozen_baseline_is_late() -> None:
    by = ByHand()
    plan = ImitatedRecipes().plan(application(1))
    claim = by.claim()
    by.core.commit("R001", "0000000001", "良い")
    assert pre_check(by.session, plan, replace(claim, baseline=("K-0001", "K-0099"))) == ("K-0001", "K-0099")
    by.core.commit("R001", "0000000001", "良い")
    with pytest.raises(BusinessError) as caught:
        pre_check(by.session, plan, replace(claim, baseline=("K-0001",)))
    assert (caught.value.reason, caught.value.note) == (Reason.LATE_RECORD, "基幹側 K-0002")
