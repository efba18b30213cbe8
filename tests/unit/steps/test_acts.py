"""Step kinds against a screen of memory: what each asks of it, and what it raises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from bridge_agent.domain.application import Attachment
from bridge_agent.domain.comparison import NO_VARIANTS, VariantTable
from bridge_agent.domain.core_profile import DialogText, MarkText, SignText, TargetText
from bridge_agent.domain.errors import BusinessError, SessionLost
from bridge_agent.domain.plan import (
    ActReport,
    BoundField,
    Comparison,
    Control,
    DialogAnswer,
    FieldClass,
    How,
    Mark,
    Meaning,
    Picking,
    Reading,
    Rung,
    Sign,
    Target,
)
from bridge_agent.domain.ports import Papers
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.result import Answer
from bridge_agent.steps.binding import bound_dialog, bound_mark, bound_target
from bridge_agent.steps.expect import ExpectAct
from bridge_agent.steps.fill import FillAct
from bridge_agent.steps.kinds import KINDS
from bridge_agent.steps.open import OpenAct
from bridge_agent.steps.pick import PickAct
from bridge_agent.steps.press import PressAct
from bridge_agent.steps.shown import ShownAct

HERE = Target((Rung(How.NAME, "here"),))


@dataclass
class PaperScreen:
    """Shows `marks` in turn and answers `fill` with what was typed, or with `shows` where a key stands there."""

    seen: Mark | None = None
    shows: dict[str, str | None] = field(default_factory=dict)
    done: list[object] = field(default_factory=list)

    def begin(self, dialogs: Sequence[object], papers: Papers | None = None) -> None:
        self.done.append("begin")

    def open(self, place: str) -> None:
        self.done.append(("open", place))

    def recognise(self, marks: Sequence[Mark], timeout_s: float | None = None) -> Mark:
        self.done.append(("recognise", tuple(mark.name for mark in marks), timeout_s))
        if self.seen is None:
            raise SessionLost("ログインが切れました。")
        return self.seen

    def fill(self, fields: Sequence[BoundField]) -> tuple[Reading, ...]:
        self.done.append(("fill", tuple(bound.key for bound in fields)))
        readings = []
        for bound in fields:
            text = self.shows.get(bound.key, bound.value)
            if bound.key != "unread":
                readings.append(Reading(bound.key, text or "", found=text is not None))
        return tuple(readings)

    def press(self, target: Target, over: Target | None = None) -> None:
        self.done.append(("press", target) if over is None else ("press", target, over))

    def pick(self, picking: Picking) -> None:
        self.done.append(("pick", picking))

    def attach(self, target: Target, attachments: Sequence[Attachment]) -> None:
        self.done.append(("attach", target, tuple(attachment.name for attachment in attachments)))

    def read(self, targets: Sequence[Target]) -> tuple[str, ...]:
        return ()

    def register(self, press: Target, endings: Sequence[Mark], timeout_s: float) -> Answer:
        raise AssertionError("a step never registers")

    def read_ending(self, receipt: Target | None, proofs: Sequence[BoundField]) -> tuple[str, bool]:
        raise AssertionError("a step never registers")

    def outline(self) -> str:
        return ""

    def picture(self, masked: Sequence[Target]) -> bytes | None:
        return None


def bound(key: str, value: str, comparison: Comparison = Comparison.EXACT) -> BoundField:
    return BoundField(key, HERE, Control.TEXT, value, FieldClass.PERSONAL, comparison)


def test_open_and_press() -> None:
    screen = PaperScreen()
    assert OpenAct("/entry").perform(screen) == ActReport()
    assert PressAct(HERE).perform(screen) == ActReport()
    assert screen.done == [("open", "/entry"), ("press", HERE)]


def test_expect_goes_on_holds_or_passes_the_drivers_error() -> None:
    wanted = Mark("expected", (Sign("入力"),))
    other = Mark("instead.1", (Sign("なし"),), Meaning.HOLD, Reason.RESIDENT_NOT_FOUND.value)
    act = ExpectAct((wanted, other), 3.0)
    screen = PaperScreen(seen=wanted)
    assert act.perform(screen) == ActReport()
    assert screen.done == [("recognise", ("expected", "instead.1"), 3.0)]
    with pytest.raises(BusinessError) as held:
        act.perform(PaperScreen(seen=other))
    assert held.value.reason is Reason.RESIDENT_NOT_FOUND
    with pytest.raises(SessionLost):
        act.perform(PaperScreen())


def test_fill_counts_what_was_read_back_equal() -> None:
    act = FillAct((bound("name", "髙橋"), bound("range", "１〜３")), NO_VARIANTS)
    assert act.perform(PaperScreen(shows={"range": "１～３"})) == ActReport(2, 2)
    assert FillAct((), NO_VARIANTS).perform(PaperScreen()) == ActReport()


@pytest.mark.parametrize("shows", [{"name": "髙"}, {"name": "高橋"}, {"name": ""}, {"name": None}])
def test_fill_holds_what_differs_and_tells_keys_only(shows: dict[str, str | None]) -> None:
    act = FillAct((bound("name", "髙橋"), bound("kana", "ﾀｶﾊｼ")), NO_VARIANTS)
    with pytest.raises(BusinessError) as held:
        act.perform(PaperScreen(shows=shows))
    assert (held.value.reason, held.value.note) == (Reason.READBACK_DIFFERS, "name")
    assert "髙橋" not in held.value.message


def test_fill_tells_a_clerk_the_items_name_once() -> None:
    era, year = (replace(bound(f"birth.{part}", "8"), title="請求者_生年月日") for part in ("era", "year"))
    with pytest.raises(BusinessError) as held:
        FillAct((era, year, bound("kana", "ﾀｶ")), NO_VARIANTS).perform(
            PaperScreen(shows=dict.fromkeys((era.key, year.key, "kana"), ""))
        )
    assert held.value.note == "請求者_生年月日、kana"


def test_a_field_without_a_reading_is_not_equal() -> None:
    with pytest.raises(BusinessError, match="unread"):
        FillAct((bound("unread", ""),), NO_VARIANTS).perform(PaperScreen())


def test_fills_of_one_screen_become_one() -> None:
    one, other = FillAct((bound("a", "1"),), NO_VARIANTS), FillAct((bound("b", "2"),), NO_VARIANTS)
    screen = PaperScreen()
    one.with_more(other).perform(screen)
    assert screen.done == [("fill", ("a", "b"))]


@pytest.mark.parametrize("reason", [Reason.RESIDENT_DIFFERS, Reason.READBACK_DIFFERS])
def test_shown_texts_are_compared_with_the_approved_variants(reason: Reason) -> None:
    fields = (bound("name", "高橋", Comparison.NAME), bound("birth", "1989-01-08", Comparison.DATE))
    shows: dict[str, str | None] = {"name": "髙橋", "birth": "平成元年1月8日"}
    act = ShownAct(fields, VariantTable.of(["高髙"]), reason, "resident")
    assert act.perform(PaperScreen(shows=shows)) == ActReport(2, 2)
    with pytest.raises(BusinessError) as held:
        replace(act, variants=NO_VARIANTS).perform(PaperScreen(shows=shows))
    assert (held.value.reason, held.value.note) == (reason, "name")


def test_pick_hands_the_whole_search_over() -> None:
    picking = Picking(HERE, (bound("office", "01"),), HERE, "01")
    screen = PaperScreen()
    act = PickAct(picking)
    assert act.perform(screen) == ActReport(1, 1)
    assert act.fields == picking.search_fields
    assert screen.done == [("pick", picking)]


def test_the_ladder_keeps_its_order_and_rows_their_number() -> None:
    text = TargetText(
        css="#a{n}", text="甲", near="乙{n}", name="c", role="button|丁", label="戊", within="行{n}", frame="f"
    )
    target = bound_target(text, 3)
    assert [rung.how for rung in target.ladder] == [How.LABEL, How.ROLE, How.NAME, How.NEAR, How.TEXT, How.CSS]
    assert target.ladder[3].text == "乙3"
    assert target.ladder[5].text == "#a3"
    assert (target.within, target.frame, target.row) == ("行3", "f", 0)
    assert bound_target(TargetText(name="x", row=2)) == Target((Rung(How.NAME, "x"),), row=2)


def test_marks_and_dialogs() -> None:
    mark = bound_mark(MarkText(shows=(SignText(text="a"), SignText(css="#b")), frame="f"), "m", Meaning.HOLD, "r")
    assert mark == Mark("m", (Sign("a"), Sign(css="#b")), Meaning.HOLD, "r", "f")
    rule = bound_dialog(DialogText(kind="confirm", text="よいか", answer="dismiss", hold="duplicate_warning"))
    assert (rule.kind, rule.answer, rule.hold) == ("confirm", DialogAnswer.DISMISS, "duplicate_warning")


def test_every_kind_explains_itself_and_names_its_shorthand() -> None:
    for kind in KINDS.values():
        assert not kind.shorthand or kind.shorthand in kind.model_fields
