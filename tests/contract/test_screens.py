"""The contract of screens: what a browser's and a client program's must do alike, each judged by the system's own word."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bridge_agent.domain.errors import BusinessError, SessionLost, SystemDown, TransientError
from bridge_agent.domain.plan import Control, DialogAnswer, DialogRule, Meaning
from bridge_agent.domain.reasons import Reason
from tests.contract.conftest import STAGES
from tests.contract.stage import KANA_LENGTH, RECEIPT, RESIDENT, Stage, State, field
from tests.desktop.x11 import until

pytestmark = pytest.mark.browser

NAME = "髙橋　﨑子"


def filled(stage: Stage, **values: str) -> tuple[str, ...]:
    controls = {"kind": Control.SELECT, "shown": Control.SHOWN}
    fields = [
        field(stage.target(name), value, controls.get(name, Control.TEXT), key=name) for name, value in values.items()
    ]
    readings = stage.screen.fill(fields)
    assert [reading.key for reading in readings] == list(values)
    return tuple(reading.text for reading in readings)


def looked(stage: Stage) -> State:
    """The state after the driver has looked at the screen once more: a dialog may come up a moment after the press."""
    stage.screen.recognise([stage.mark("form")])
    return stage.state()


def test_a_screen_is_filled_and_read_back_in_the_order_that_was_asked_for(stage: Stage) -> None:
    wanted = {"note": "一、二", "name": NAME, "kind": "女", "kana": "ﾀｶﾊｼ"}
    assert filled(stage, **wanted) == tuple(wanted.values())
    assert stage.state().held == wanted


def test_an_empty_value_clears_what_stood_there(stage: Stage) -> None:
    filled(stage, name="前", kind="男", note="残る")
    assert filled(stage, name="", kind="") == ("", "")
    assert stage.state().held == {"name": "", "kana": "", "kind": "", "note": "残る"}


def test_what_is_only_shown_is_only_read(stage: Stage) -> None:
    assert filled(stage, shown="0000000009", name="新") == (RESIDENT, "新")
    assert stage.screen.read([stage.target("shown"), stage.target("name")]) == (RESIDENT, "新")


def test_what_the_system_cuts_is_read_as_it_stands_there(stage: Stage) -> None:
    assert filled(stage, kana="ﾀｶﾊｼｻｷｺ") == ("ﾀｶﾊｼｻｷｺ"[:KANA_LENGTH],)


def test_nothing_is_typed_when_one_place_is_not_there(stage: Stage) -> None:
    bad = field(stage.absent(), "0312345678", key="tel")
    with pytest.raises(BusinessError) as raised:
        stage.screen.fill([field(stage.target("name"), NAME, key="name"), bad])
    assert raised.value.reason is Reason.SCREEN_CHANGED
    assert "0312345678" not in raised.value.message + raised.value.note
    assert stage.state().held == {"name": "", "kana": "", "kind": "", "note": ""}


def test_two_fields_at_one_place_are_refused(stage: Stage) -> None:
    with pytest.raises(BusinessError) as raised:
        stage.screen.fill([field(stage.target("name"), "甲", key="a"), field(stage.target("name"), "乙", key="b")])
    assert raised.value.reason is Reason.SCREEN_CHANGED
    assert stage.state().held["name"] == ""


def test_a_choice_that_is_not_there_is_refused(stage: Stage) -> None:
    with pytest.raises(BusinessError) as raised:
        filled(stage, kind="その他")
    assert raised.value.reason is Reason.SCREEN_CHANGED
    assert "その他" not in raised.value.message + raised.value.note


def test_a_screen_that_does_not_come_is_named_and_two_at_once_are_none(stage: Stage) -> None:
    with pytest.raises(BusinessError, match="nowhere") as raised:
        stage.screen.recognise([stage.mark("nowhere")], timeout_s=0.3)
    assert raised.value.reason is Reason.SCREEN_CHANGED
    form = stage.mark("form")
    other = type(form)("other", form.signs)
    with pytest.raises(BusinessError) as raised:
        stage.screen.recognise([form, other], timeout_s=0.3)
    assert raised.value.reason is Reason.SCREEN_CHANGED


@pytest.mark.parametrize(("meaning", "error"), [(Meaning.SESSION_LOST, SessionLost), (Meaning.SYSTEM_DOWN, SystemDown)])
def test_screens_that_end_the_session_raise(stage: Stage, meaning: Meaning, error: type[Exception]) -> None:
    with pytest.raises(error):
        stage.screen.recognise([stage.mark("form", meaning), stage.mark("next")])


def test_a_press_leads_on_and_the_screen_before_is_left(stage: Stage) -> None:
    stage.screen.press(stage.target("next"))
    following = stage.mark("next")
    assert stage.screen.recognise([stage.mark("form"), following]) is following
    stage.bring_form()  # from wherever the account stands
    assert stage.state().held["name"] == ""


@pytest.mark.parametrize(("answer", "told"), [(DialogAnswer.ACCEPT, "yes"), (DialogAnswer.DISMISS, "no")])
def test_a_known_dialog_is_answered_as_the_rule_says(stage: Stage, answer: DialogAnswer, told: str) -> None:
    stage.screen.begin([DialogRule("confirm", "よろしいですか", answer)])
    stage.screen.press(stage.target("ask"))
    until("it is answered", lambda: looked(stage).answered == told)


def test_a_dialog_whose_rule_holds_holds_for_that_reason(stage: Stage) -> None:
    stage.screen.begin([DialogRule("confirm", "よろしい", DialogAnswer.DISMISS, hold="duplicate_warning")])
    with pytest.raises(BusinessError) as raised:
        stage.screen.press(stage.target("ask"))
        until("the dialog is met", lambda: bool(looked(stage).answered))
    assert raised.value.reason is Reason.DUPLICATE_WARNING
    assert stage.state().answered == "no"


def test_an_unknown_dialog_holds_and_rules_end_with_their_application(stage: Stage) -> None:
    stage.screen.begin([DialogRule("alert", "用紙", DialogAnswer.ACCEPT)])
    stage.screen.begin(())
    with pytest.raises(BusinessError) as raised:
        stage.screen.press(stage.target("odd"))
        until("the dialog is met", lambda: bool(looked(stage).answered))
    assert raised.value.reason is Reason.DIALOG_UNKNOWN
    stage.screen.begin([DialogRule("alert", "用紙", DialogAnswer.ACCEPT)])
    stage.bring_form()  # what may still stand there is answered now


def test_registering_is_one_press_and_its_completion_is_read(stage: Stage) -> None:
    before = stage.state().registered
    filled(stage, name=NAME)
    done = stage.mark("done", Meaning.COMPLETED)
    answer = stage.screen.register(stage.target("register"), [done], 5.0)
    assert (answer.meaning, answer.mark, answer.dialogs) == (Meaning.COMPLETED, "done", ())
    assert stage.state().registered == before + 1
    proof = field(stage.target("done_name"), NAME)
    assert stage.screen.read_ending(stage.target("receipt"), [proof]) == (RECEIPT, True)
    other = field(stage.target("done_name"), "高橋　崎子")
    assert stage.screen.read_ending(stage.target("receipt"), [proof, other])[1] is False


def test_the_screen_of_the_press_is_no_ending_while_another_may_come(stage: Stage) -> None:
    filled(stage, name=NAME)
    endings = [stage.mark("form", Meaning.HOLD), stage.mark("done", Meaning.COMPLETED)]
    assert stage.screen.register(stage.target("register"), endings, 5.0).meaning is Meaning.COMPLETED


def test_no_answer_to_the_register_press_is_no_meaning_and_no_second_press(stage: Stage) -> None:
    before = stage.state().registered
    stage.fall_silent()
    answer = stage.screen.register(stage.target("register"), [stage.mark("done", Meaning.COMPLETED)], 0.8)
    assert answer.meaning is None
    assert stage.state().registered == before


def test_an_outline_tells_nothing_of_what_was_typed(stage: Stage) -> None:
    filled(stage, name=NAME, note="秘密")
    outline = stage.screen.outline()
    assert outline
    assert not {"髙", "﨑", "秘密", RESIDENT} & {
        outline[n : n + size] for n in range(len(outline)) for size in (1, 2, 10)
    }


@pytest.fixture(params=sorted(STAGES))
def doomed(request: pytest.FixtureRequest) -> Iterator[Stage]:
    made = STAGES[request.param](request)
    made.screen.begin(())
    made.bring_form()
    yield made
    made.close()


def test_a_system_that_is_gone_is_a_passing_trouble(doomed: Stage) -> None:
    doomed.end_system()
    with pytest.raises((TransientError, SystemDown)):
        doomed.screen.fill([field(doomed.target("name"), NAME)])
