"""Pre-flight through a seam: what Xvfb cannot show, a locked session or an input method, is told by an imagined desk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

import pytest

from bridge_agent.domain.core_profile import DesktopProgram
from bridge_agent.drivers.desktop.desk import Box, Desk, DeskState, Window
from bridge_agent.drivers.desktop.preflight import (
    SENTENCES,
    Unfit,
    UnfitDesk,
    check_clipboard,
    check_desk,
    check_window,
)

PROFILE = DesktopProgram(main="窓口 メニュー*", version="Ver.3.2", width=1280, height=800, scaling=(100, 125))
FIT = DeskState(1920, 1080, 100, unlocked=True, input_method_on=False, caps_lock_on=False)
MENU = Window(7, 70, "窓口 メニュー Ver.3.2 [bridge01]", "Client", Box(40, 30, 600, 400))
NOTEPAD = Window(9, 90, "メモ帳", "Notepad", Box(100, 100, 300, 200))


@dataclass
class ImaginedDesk:
    """Shows what a test says; `activate` does what `on_activate` says."""

    told: DeskState = FIT
    stack: list[Window] = field(default_factory=lambda: [MENU])
    on_activate: Callable[[ImaginedDesk], None] = lambda desk: None

    def state(self) -> DeskState:
        return self.told

    def windows(self) -> Sequence[Window]:
        return self.stack

    def activate(self, handle: int) -> None:
        assert handle == MENU.handle
        self.on_activate(self)


def as_desk(imagined: ImaginedDesk) -> Desk:
    return cast(Desk, imagined)


def code_of(check: Callable[[], None]) -> Unfit:
    with pytest.raises(UnfitDesk) as raised:
        check()
    code = raised.value.code
    assert raised.value.message == f"{SENTENCES[code]}（{code.value}）"
    return code


def test_a_fit_desk_passes() -> None:
    check_desk(as_desk(ImaginedDesk()), PROFILE)
    check_window(as_desk(ImaginedDesk()), PROFILE, MENU)
    check_clipboard("bridge01")


def test_what_a_system_cannot_tell_is_not_held_against_it() -> None:
    silent = DeskState(1280, 800, None, unlocked=None, input_method_on=None, caps_lock_on=None)
    check_desk(as_desk(ImaginedDesk(silent)), PROFILE)


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (replace(FIT, unlocked=False), Unfit.SESSION_LOCKED),
        (replace(FIT, width=1279), Unfit.RESOLUTION_DIFFERS),
        (replace(FIT, height=799), Unfit.RESOLUTION_DIFFERS),
        (replace(FIT, scaling=150), Unfit.SCALING_DIFFERS),
        (replace(FIT, input_method_on=True), Unfit.INPUT_METHOD_ON),
        (replace(FIT, caps_lock_on=True), Unfit.CAPS_LOCK_ON),
    ],
)
def test_each_trouble_of_the_desk_has_its_code(state: DeskState, code: Unfit) -> None:
    assert code_of(lambda: check_desk(as_desk(ImaginedDesk(state)), PROFILE)) is code


@pytest.mark.parametrize(
    ("window", "code"),
    [
        (replace(MENU, title="窓口 メニュー Ver.3.3 [bridge01]"), Unfit.CLIENT_VERSION),
        (replace(MENU, box=Box(-1, 30, 600, 400)), Unfit.WRONG_MONITOR),
        (replace(MENU, box=Box(40, -1, 600, 400)), Unfit.WRONG_MONITOR),
        (replace(MENU, box=Box(1921, 30, 600, 400)), Unfit.WRONG_MONITOR),
        (replace(MENU, box=Box(40, 681, 600, 400)), Unfit.WRONG_MONITOR),
    ],
)
def test_each_trouble_of_the_clients_window_has_its_code(window: Window, code: Unfit) -> None:
    desk = ImaginedDesk(stack=[window])
    assert code_of(lambda: check_window(as_desk(desk), PROFILE, window)) is code


def test_another_programs_window_above_the_clients_is_refused() -> None:
    above = ImaginedDesk(stack=[MENU, NOTEPAD])
    assert code_of(lambda: check_window(as_desk(above), PROFILE, MENU)) is Unfit.WINDOW_ON_TOP


@pytest.mark.parametrize(
    "stack",
    [
        [NOTEPAD, MENU],
        [MENU, replace(NOTEPAD, box=Box(700, 500, 100, 100))],
        [MENU, replace(NOTEPAD, owner=MENU.owner)],
    ],
    ids=["below", "beside", "the client's own"],
)
def test_a_window_that_covers_nothing_is_none_of_our_business(stack: list[Window]) -> None:
    check_window(as_desk(ImaginedDesk(stack=stack)), PROFILE, MENU)


def test_a_window_above_has_a_moment_to_go_away() -> None:
    def goes(desk: ImaginedDesk) -> None:
        desk.stack = [NOTEPAD, MENU]

    desk = ImaginedDesk(stack=[MENU, NOTEPAD], on_activate=goes)
    check_window(as_desk(desk), PROFILE, MENU, patience_s=5.0)


def test_a_clipboard_that_gives_nothing_back_is_refused() -> None:
    assert code_of(lambda: check_clipboard("")) is Unfit.CLIPBOARD_UNUSABLE


def test_every_code_has_its_own_sentence() -> None:
    assert set(SENTENCES) == set(Unfit)
    assert len(set(SENTENCES.values())) == len(Unfit)
    assert all(sentence.endswith("。") for sentence in SENTENCES.values())
