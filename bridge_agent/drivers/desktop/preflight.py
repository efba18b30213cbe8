"""Before the first entry: is this desk fit to be worked at without a person? Each answer has its code and its sentence."""

from __future__ import annotations

import time
from enum import StrEnum

from bridge_agent.domain.core_profile import DesktopProgram
from bridge_agent.domain.errors import StopRunError
from bridge_agent.drivers.desktop.desk import Desk, Window

_LOOK_S = 0.05


class Unfit(StrEnum):
    """Codes on the sheet and in the log; the sentences say what to do."""

    NO_DISPLAY = "no_display"
    SESSION_LOCKED = "session_locked"
    RESOLUTION_DIFFERS = "resolution_differs"
    SCALING_DIFFERS = "scaling_differs"
    WRONG_MONITOR = "wrong_monitor"
    INPUT_METHOD_ON = "input_method_on"
    CAPS_LOCK_ON = "caps_lock_on"
    WINDOW_ON_TOP = "window_on_top"
    CLIPBOARD_UNUSABLE = "clipboard_unusable"
    CLIENT_VERSION = "client_version"
    ALREADY_RUNNING = "already_running"
    DESK_TAKEN = "desk_taken"


SENTENCES = {
    Unfit.NO_DISPLAY: "画面（ディスプレイ）がないため、クライアントを操作できません。ログオンした端末で実行してください。",
    Unfit.SESSION_LOCKED: "端末がロックされているか、リモートデスクトップが切断されています。ロックを解除してから実行してください。",
    Unfit.RESOLUTION_DIFFERS: "画面の解像度が、基幹システム定義（desktop の width・height）より小さいため、止めました。",
    Unfit.SCALING_DIFFERS: "画面の拡大率が、基幹システム定義（desktop の scaling）にない値のため、止めました。",
    Unfit.WRONG_MONITOR: "クライアントの画面が、主モニターの外にはみ出しています。主モニターに移してから実行してください。",
    Unfit.INPUT_METHOD_ON: "日本語入力（IME）が入っています。切ってから実行してください。",
    Unfit.CAPS_LOCK_ON: "Caps Lock が入っています。切ってから実行してください。",
    Unfit.WINDOW_ON_TOP: "別のウィンドウがクライアントの画面の前に出ています。閉じるか、最小化してください。",
    Unfit.CLIPBOARD_UNUSABLE: "クリップボードを使えません。クリップボードを使う別のソフトを終了してください。",
    Unfit.CLIENT_VERSION: "クライアントの版が、基幹システム定義（desktop の version）と違います。画面が変わっていないか確かめてください。",
    Unfit.ALREADY_RUNNING: "クライアントがすでに起動しています。終了してから実行してください。",
    Unfit.DESK_TAKEN: "この端末の画面では、別の自動入力が実行中です。終わってから実行してください。",
}


class UnfitDesk(StopRunError):
    """Nothing was typed. `code` is one of Unfit."""

    def __init__(self, code: Unfit) -> None:
        super().__init__(f"{SENTENCES[code]}（{code.value}）")
        self.code = code


def check_desk(desk: Desk, profile: DesktopProgram) -> None:
    """Before the client is started. What the window system cannot tell is not asked. Raises UnfitDesk."""
    state = desk.state()
    if state.unlocked is False:
        raise UnfitDesk(Unfit.SESSION_LOCKED)
    if state.width < profile.width or state.height < profile.height:
        raise UnfitDesk(Unfit.RESOLUTION_DIFFERS)
    if state.scaling is not None and state.scaling not in profile.scaling:
        raise UnfitDesk(Unfit.SCALING_DIFFERS)
    if state.input_method_on:
        raise UnfitDesk(Unfit.INPUT_METHOD_ON)
    if state.caps_lock_on:
        raise UnfitDesk(Unfit.CAPS_LOCK_ON)


def check_window(desk: Desk, profile: DesktopProgram, window: Window, patience_s: float = 0.0) -> None:
    """When its main window is there. What stands above it has `patience_s` to go away. Raises UnfitDesk."""
    state, box = desk.state(), window.box
    if profile.version and profile.version not in window.title:
        raise UnfitDesk(Unfit.CLIENT_VERSION)
    if box.left < 0 or box.top < 0 or box.left + box.width > state.width or box.top + box.height > state.height:
        raise UnfitDesk(Unfit.WRONG_MONITOR)
    end = time.monotonic() + patience_s
    while _covered(desk, window):
        if time.monotonic() >= end:
            raise UnfitDesk(Unfit.WINDOW_ON_TOP)
        desk.activate(window.handle)
        time.sleep(_LOOK_S)


def _covered(desk: Desk, window: Window) -> bool:
    stack = list(desk.windows())
    above = stack[[w.handle for w in stack].index(window.handle) + 1 :] if window in stack else stack
    return any(other.owner != window.owner and other.box.overlaps(window.box) for other in above)


def check_clipboard(copied: str) -> None:
    """`copied`: what came back of a text that was pasted into a window just now. Raises UnfitDesk when nothing did."""
    if not copied:
        raise UnfitDesk(Unfit.CLIPBOARD_UNUSABLE)
