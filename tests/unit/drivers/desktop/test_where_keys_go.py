"""No key goes to a window that is not meant, and what a disturbance left half done is done again from a stop that is known."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bridge_agent.domain.errors import BusinessError, StopRunError, TransientError
from bridge_agent.domain.plan import (
    BoundField,
    Comparison,
    Control,
    DialogAnswer,
    DialogRule,
    FieldClass,
    How,
    Mark,
    Rung,
    Sign,
    Target,
)
from bridge_agent.domain.reasons import Reason

pytest.importorskip("cv2")

from bridge_agent.drivers.desktop import program
from bridge_agent.drivers.desktop.desk import Window
from bridge_agent.drivers.desktop.program import ProgramGone
from tests.unit.drivers.desktop.imagined import (
    BOX,
    BOX_CLASS,
    FORM,
    NOTEPAD,
    OTHER,
    STRANGER,
    ImaginedDesk,
    program_of,
    screen_of,
    window,
)

FORM_MARK = Mark("form", (Sign(title="窓口 入力"),))
VALUES = ["髙橋", "ﾀｶﾊｼ", "1-2", "123"]


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """The imagined desk does not come back by itself: it is asked at once."""
    monkeypatch.setattr(program, "AWAY_S", 0.01)


def fields(values: list[str] = VALUES) -> list[BoundField]:
    return [
        BoundField(
            f"f{number}",
            Target((Rung(How.TAB, f"ctrl+1|{number}/{len(values)}"),)),
            Control.TEXT,
            value,
            FieldClass.PERSONAL,
            Comparison.EXACT,
        )
        for number, value in enumerate(values, start=1)
    ]


def stranger_comes(desk: ImaginedDesk) -> None:
    desk.show(window(NOTEPAD, "メモ帳", "Notepad", STRANGER))


def box_comes(text: str) -> ImaginedDesk:
    desk = ImaginedDesk(box_text=text)
    desk.show(window(BOX, "確認", BOX_CLASS))
    return desk


def keys_needed() -> int:
    """Keys of an undisturbed fill with its read-back."""
    desk = ImaginedDesk()
    screen = screen_of(desk)
    screen.recognise([FORM_MARK])
    screen.fill(fields())
    assert desk.fields == VALUES
    return len(desk.sent)


NEEDED = keys_needed()


@pytest.mark.parametrize("count", range(1, NEEDED + 1))
def test_a_window_that_takes_the_focus_at_any_key_gets_none_and_the_screen_is_right_in_the_end(count: int) -> None:
    desk = ImaginedDesk(at_key={count: stranger_comes})
    screen = screen_of(desk)
    screen.recognise([FORM_MARK])
    readings = screen.fill(fields())
    assert {handle for handle, _ in desk.sent} == {FORM}
    assert [reading.text for reading in readings] == VALUES
    assert desk.fields == VALUES
    assert desk.activated == [FORM]  # it did not go by itself


@pytest.mark.parametrize("count", range(1, NEEDED + 1))
def test_a_window_of_the_clients_own_at_any_key_stops_the_typing(count: int) -> None:
    desk = ImaginedDesk(at_key={count: lambda desk: desk.show(window(OTHER, "お知らせ"))})
    screen = screen_of(desk)
    screen.recognise([FORM_MARK])
    with pytest.raises(BusinessError, match="想定外のウィンドウ") as raised:
        screen.fill(fields())
    assert raised.value.reason is Reason.SCREEN_CHANGED
    assert len(desk.sent) == count - 1


@pytest.mark.parametrize("more", [1, 2, 5])
def test_a_field_too_many_on_the_screen_never_passes_for_the_right_one(more: int) -> None:
    desk = ImaginedDesk(fields=[""] * (len(VALUES) + more))
    screen = screen_of(desk)
    screen.recognise([FORM_MARK])
    assert [reading.text for reading in screen.fill(fields())] != VALUES


def test_a_field_too_few_never_passes_for_the_right_one() -> None:
    desk = ImaginedDesk(fields=[""] * (len(VALUES) - 1))
    screen = screen_of(desk)
    screen.recognise([FORM_MARK])
    assert [reading.text for reading in screen.fill(fields())] != VALUES


def test_a_value_that_the_field_changes_is_read_as_it_stands_there() -> None:
    desk = ImaginedDesk(keeps=lambda stop, text: text[:1] if stop == 0 else text)
    screen = screen_of(desk)
    screen.recognise([FORM_MARK])
    assert [reading.text for reading in screen.fill(fields())] == ["髙", *VALUES[1:]]


def test_ascii_that_a_paste_spoils_is_struck_key_by_key_once() -> None:
    desk = ImaginedDesk(keeps=lambda stop, text: "" if stop == 3 else text)
    screen = screen_of(desk)
    screen.recognise([FORM_MARK])
    assert [reading.text for reading in screen.fill(fields())] == VALUES
    assert "".join(key for key in desk.pressed() if key.isdigit()) == "123"


def test_nothing_is_pressed_before_a_screen_was_recognised_or_after_it_went() -> None:
    desk = ImaginedDesk()
    screen = screen_of(desk)
    with pytest.raises(BusinessError) as raised:
        screen.fill(fields())
    assert raised.value.reason is Reason.SCREEN_CHANGED
    screen.recognise([FORM_MARK])
    desk.show(window(OTHER, "次の画面"))
    with pytest.raises(BusinessError):
        screen.press(Target((Rung(How.KEY, "f12"),)))
    assert desk.sent == []


def test_a_window_that_stands_above_without_the_focus_stops_the_typing_too() -> None:
    desk = ImaginedDesk()
    screen = screen_of(desk)
    screen.recognise([FORM_MARK])
    desk.stack.append(window(OTHER, "お知らせ"))
    with pytest.raises(BusinessError, match="想定外のウィンドウ"):
        screen.fill(fields())
    assert desk.sent == []


def test_two_windows_of_the_same_title_are_no_screen() -> None:
    desk = ImaginedDesk(stack=[window(FORM, "窓口 入力"), window(OTHER, "窓口 入力")], focus=OTHER)
    with pytest.raises(BusinessError, match="2つ以上"):
        screen_of(desk).recognise([FORM_MARK])


def test_a_window_of_another_program_is_never_the_screen() -> None:
    desk = ImaginedDesk(stack=[window(OTHER, "窓口"), window(NOTEPAD, "窓口 入力", "Notepad", STRANGER)], focus=NOTEPAD)
    with pytest.raises(BusinessError):
        screen_of(desk).recognise([FORM_MARK], timeout_s=0.05)


def test_a_box_is_answered_by_its_rule_and_an_unknown_one_is_left_standing() -> None:
    known = box_comes("入力内容を破棄します")
    program_of(known, [DialogRule("confirm", "破棄", DialogAnswer.ACCEPT, key="y")]).answer_boxes()
    assert known.pressed() == ["ctrl+c", "y"]
    unknown = box_comes("用紙がありません")
    with pytest.raises(BusinessError) as raised:
        program_of(unknown, [DialogRule("confirm", "破棄", DialogAnswer.ACCEPT)]).answer_boxes()
    assert raised.value.reason is Reason.DIALOG_UNKNOWN
    assert unknown.pressed() == ["ctrl+c"]
    assert "用紙" not in raised.value.message + raised.value.note


def test_a_rule_that_holds_answers_first() -> None:
    desk = box_comes("同一人の申請があります")
    rule = DialogRule("confirm", "同一人", DialogAnswer.DISMISS, hold="duplicate_warning", key="n")
    with pytest.raises(BusinessError) as raised:
        program_of(desk, [rule]).answer_boxes()
    assert raised.value.reason is Reason.DUPLICATE_WARNING
    assert desk.pressed() == ["ctrl+c", "n"]


def test_the_register_key_is_sent_once_whatever_follows() -> None:
    desk = ImaginedDesk()
    screen = screen_of(desk)
    screen.recognise([FORM_MARK])
    answer = screen.register(Target((Rung(How.KEY, "f12"),)), [Mark("done", (Sign(title="完了"),))], 0.2)
    assert (answer.meaning, answer.dialogs) == (None, ())
    assert desk.pressed() == ["f12"]


def test_an_unknown_box_after_the_register_key_is_told_and_left_standing() -> None:
    desk = ImaginedDesk(box_text="印刷できません")
    screen = screen_of(desk)
    screen.recognise([FORM_MARK])
    desk.on_key = lambda key: desk.show(window(BOX, "警告", BOX_CLASS)) if key == "f12" else None
    answer = screen.register(Target((Rung(How.KEY, "f12"),)), [Mark("done", (Sign(title="完了"),))], 0.2)
    assert answer.dialogs == ("message",)
    assert desk.pressed() == ["f12", "ctrl+c"]


def test_the_corner_of_the_screen_stops_everything() -> None:
    desk = ImaginedDesk()
    screen = screen_of(desk)
    screen.recognise([FORM_MARK])
    desk.at_key[3] = lambda desk: setattr(desk, "place", (0, 0))
    with pytest.raises(StopRunError, match="隅"):
        screen.fill(fields())
    assert len(desk.sent) == 2


def test_a_key_that_no_keyboard_has_is_the_recipes_mistake() -> None:
    with pytest.raises(BusinessError, match="f99"):
        program_of(ImaginedDesk()).keys(FORM, ["f99"])


def test_a_client_that_went_away_is_a_passing_trouble() -> None:
    desk = ImaginedDesk()
    screen = screen_of(desk)
    screen.recognise([FORM_MARK])
    desk.at_key[2] = lambda desk: desk.hide(FORM)
    with pytest.raises(ProgramGone):
        screen.fill(fields())


def test_a_focus_that_never_comes_back_is_a_passing_trouble() -> None:
    desk = ImaginedDesk()
    desk.activate = lambda handle: None  # type: ignore[method-assign]  # a system that does not let go
    screen = screen_of(desk)
    screen.recognise([FORM_MARK])
    desk.at_key[2] = stranger_comes
    with pytest.raises(TransientError, match="前面"):
        screen.fill(fields())
    assert len(desk.sent) == 1


def test_a_moved_mouse_makes_the_screen_begin_anew_after_a_rest() -> None:
    desk = ImaginedDesk()
    told: list[str] = []
    client = program_of(desk)
    client.person.tell = told.append
    desk.place = (900, 100)
    with pytest.raises(TransientError, match="やり直します"):
        client.keys(FORM, ["tab"])
    assert desk.sent == []
    assert len(told) == 1
    client.keys(FORM, ["tab"])  # it has been left alone
    assert desk.pressed() == ["tab"]


def test_a_person_who_goes_on_working_ends_the_run() -> None:
    desk = ImaginedDesk()
    client = program_of(desk, quiet_s=30)
    desk.place = (900, 100)
    with pytest.raises(StopRunError, match="操作され続けて"):
        client.keys(FORM, ["tab"])


def test_a_window_that_stands_still_is_not_taken_for_an_empty_field() -> None:
    desk = ImaginedDesk(lives=False)
    screen = screen_of(desk)
    screen.recognise([FORM_MARK])
    with pytest.raises(TransientError, match="応答しません"):
        screen.read([fields()[0].target])
    desk.lives = True
    assert screen.read([fields()[0].target]) == ("",)


def test_a_message_that_comes_up_between_two_looks_is_still_a_message() -> None:
    """Not a screen that has changed: that would stop the whole procedure."""
    desk = ImaginedDesk(box_text="用紙がありません。")
    screen = screen_of(desk)
    screen.recognise([FORM_MARK])
    looked = desk.windows

    def windows() -> Sequence[Window]:
        shown = looked()
        desk.show(window(BOX, "システムメッセージ", BOX_CLASS))
        desk.windows = looked  # type: ignore[method-assign]
        return shown

    desk.windows = windows  # type: ignore[method-assign]
    with pytest.raises(BusinessError) as raised:
        screen.fill(fields())
    assert raised.value.reason is Reason.DIALOG_UNKNOWN
    assert {key for _, key in desk.sent} == {"ctrl+c"}


def test_a_message_that_has_its_answer_and_never_goes_ends_the_entry_and_gets_no_key() -> None:
    desk = ImaginedDesk(box_text="登録しますか。")
    screen = screen_of(desk)
    screen.recognise([FORM_MARK])
    desk.show(window(BOX, "確認", BOX_CLASS))
    screen.program.answered = BOX
    with pytest.raises(BusinessError) as raised:
        screen.fill(fields())
    assert raised.value.reason is Reason.SCREEN_CHANGED
    assert desk.sent == []


def test_a_message_that_has_its_answer_is_given_the_time_to_go() -> None:
    desk = ImaginedDesk(box_text="登録しますか。")
    screen = screen_of(desk)
    screen.recognise([FORM_MARK])
    desk.show(window(BOX, "確認", BOX_CLASS))
    screen.program.answered = BOX
    looked = desk.windows
    looks: list[int] = []

    def windows() -> Sequence[Window]:
        looks.append(1)
        if len(looks) == 5:
            desk.hide(BOX)
        return looked()

    desk.windows = windows  # type: ignore[method-assign]
    screen.fill(fields())
    assert desk.fields[0] == fields()[0].value
