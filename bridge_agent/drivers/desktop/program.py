"""The client program's windows, and its keys: nothing is sent to any other window, and nothing to a window that is not expected."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bridge_agent.domain.core_profile import DesktopProgram, Limits
from bridge_agent.domain.errors import BusinessError, StopRunError, TransientError
from bridge_agent.domain.plan import DialogAnswer, DialogRule
from bridge_agent.domain.reasons import Reason
from bridge_agent.drivers.desktop.desk import CornerTouched, Desk, FocusLost, KeyUnknown, Window
from bridge_agent.drivers.desktop.person import Person
from bridge_agent.drivers.faults import screen_changed

LOOK_S = 0.01
"""Between two looks at the windows while one is waited for."""
COPY_S = 3.0
"""So long a copy may take where it is not known whether there is anything to copy; where a text must stand, a screen's time."""
REST_S = 0.05
"""A program's windows are at rest when the focus has stayed on the uppermost one for so long."""
AWAY_S = 0.5
"""For so long the focus may be elsewhere before the program's window is brought to the front again."""
_ACCEPT, _DISMISS = "enter", "escape"
_CORNER = "マウスが画面の隅に置かれたため、入力を止めました。もう一度 run を実行すると続きから再開します。"


class ProgramGone(TransientError):
    """The client program has no window any more."""


class Disturbed(Exception):
    """Keys were stopped because the focus was away; the page has to be gone through again from its first stop."""


@dataclass(frozen=True, slots=True)
class Copy:
    text: str
    took_s: float
    late: bool
    """Another text had been put on the clipboard unnoticed before."""


@dataclass(slots=True)
class Program:
    """One running client. `owner` is 0 until its first window has been seen."""

    desk: Desk
    profile: DesktopProgram
    limits: Limits
    person: Person
    always: Sequence[DialogRule] = ()
    owner: int = 0
    rules: Sequence[DialogRule] = ()
    alive: Callable[[], bool] = lambda: True
    answered: int = 0
    """The message box in which a recipe's own key was pressed: never answered once more while it closes."""
    strange: list[str] = field(default_factory=list)
    """Message boxes that no rule knows, since a register press began; only kinds, never texts."""

    def begin(self, rules: Sequence[DialogRule]) -> None:
        self.rules = (*rules, *self.always)
        self.strange.clear()
        self.answered = 0

    # ---- windows -----------------------------------------------------------------------------------------------

    def windows(self) -> list[Window]:
        """The program's own, the lowest first."""
        return [window for window in self.desk.windows() if window.owner == self.owner]

    def top(self) -> Window:
        """The program's uppermost window. Raises ProgramGone."""
        own = self.windows()
        if not own:
            raise ProgramGone("基幹システムの画面（クライアント）が終了しています。")
        return own[-1]

    def called(self, title: str) -> list[Window]:
        """The program's windows whose whole title is this; '*' stands for any characters."""
        return [window for window in self.windows() if fits(title, window.title)]

    def await_window(self, title: str, timeout_s: float | None = None) -> Window:
        """The one window of this title, in front. Raises BusinessError(screen_changed), or what a message box says."""
        end = time.monotonic() + (self.limits.page_s if timeout_s is None else timeout_s)
        while True:
            self.answer_boxes()
            found = self.called(title)
            if len(found) > 1:
                raise screen_changed(f"「{title}」のウィンドウが2つ以上あります")
            if found and self.windows()[-1].handle == found[0].handle:
                return found[0]
            if time.monotonic() >= end:
                raise screen_changed(f"「{title}」のウィンドウが{'前面に出ません' if found else '開きません'}")
            time.sleep(LOOK_S)

    def await_rest(self) -> None:
        """Until the program has made up its mind who has the focus: the same window for a moment.

        A program that opens or closes a window hands the focus on a little later than the window system does.
        """
        end = time.monotonic() + self.limits.page_s
        since, seen = time.monotonic(), 0
        while (now := time.monotonic()) < end:
            focused = self.desk.focused()
            own = self.windows()
            if focused != seen or not own or focused != own[-1].handle:
                since, seen = now, focused
            if now - since >= REST_S:
                return
            time.sleep(LOOK_S)

    def bring_up(self, handle: int) -> None:
        """Put this window of the program above its others, and wait until it has the focus."""
        end = time.monotonic() + self.limits.page_s
        asked = 0.0
        while self.top().handle != handle or self.desk.focused() != handle:
            self.answer_boxes()
            now = time.monotonic()
            if now >= end:
                raise screen_changed("元のウィンドウに戻れません")
            if now - asked > AWAY_S:
                asked = now
                self.desk.activate(handle)
            time.sleep(LOOK_S)

    def await_closed(self, handle: int) -> None:
        end = time.monotonic() + self.limits.page_s
        while any(window.handle == handle for window in self.windows()):
            self.answer_boxes()
            if time.monotonic() >= end:
                raise screen_changed("ウィンドウが閉じません")
            time.sleep(LOOK_S)

    def is_box(self, window: Window) -> bool:
        return window.kind == self.profile.message

    # ---- message boxes -----------------------------------------------------------------------------------------

    def answer_boxes(self, known: Callable[[Window, str], bool] = lambda box, text: False) -> None:
        """Answer every message box on top that a rule knows. Leaves one that `known` says is waited for.

        Raises BusinessError: the hold that the rule names, or dialog_unknown; then the box is left as it is.
        """
        while True:
            own = self.windows()
            if not own or not self.is_box(own[-1]):
                return
            box = own[-1]
            if box.handle == self.answered:
                return  # it has its answer and is about to close
            text = self.text_of_box(box)
            if known(box, text):
                return
            rule = self.rule_for(box, text)
            if rule is None:
                raise BusinessError(Reason.DIALOG_UNKNOWN, "想定外のメッセージ")
            self.answer(box, rule)
            if rule.hold:
                raise BusinessError(Reason(rule.hold))

    def rule_for(self, box: Window, text: str) -> DialogRule | None:
        return next((rule for rule in (*self.rules, *self.always) if rule.text in f"{box.title}\n{text}"), None)

    def answer(self, box: Window, rule: DialogRule) -> None:
        usual = _ACCEPT if rule.answer is DialogAnswer.ACCEPT else _DISMISS
        self.keys(box.handle, [rule.key or usual])
        end = time.monotonic() + self.limits.page_s
        while any(window.handle == box.handle for window in self.windows()):
            if time.monotonic() >= end:
                raise BusinessError(Reason.DIALOG_UNKNOWN, "メッセージが閉じません")
            time.sleep(LOOK_S)

    def text_of_box(self, box: Window) -> str:
        """As the system copies it: title, text and buttons between lines of hyphens; '' when it cannot be copied."""
        return self.copied(box.handle, ["ctrl+c"])

    # ---- keys --------------------------------------------------------------------------------------------------

    def keys(self, handle: int, keys: Sequence[str]) -> None:
        """Press these in this window, each once; waits while the focus is away. Raises Disturbed if it was away between two.

        Also TransientError when it does not come back, BusinessError for a box of the program's own that stands above.
        """
        waiting = list(keys)
        while waiting:
            self.person.look()
            try:
                self._press(handle, waiting[:1])
            except FocusLost:
                self.regain(handle)
                if len(waiting) < len(keys):
                    raise Disturbed from None
                continue
            waiting.pop(0)

    def _press(self, handle: int, keys: Sequence[str]) -> None:
        try:
            self.desk.press(handle, keys)
        except CornerTouched:
            raise StopRunError(_CORNER) from None
        except KeyUnknown as error:
            raise screen_changed(f"キー「{error}」はありません。レシピか基幹システム定義を確かめてください") from None

    def click(self, handle: int, x: int, y: int) -> None:
        """One click in this window. Raises Disturbed when another one is in front there."""
        self.person.look()
        try:
            self.desk.click(handle, x, y)
        except CornerTouched:
            raise StopRunError(_CORNER) from None
        except FocusLost:
            self.desk.activate(handle)
            self.regain(handle)
            raise Disturbed from None
        finally:
            self.person.forget()

    def regain(self, handle: int) -> None:
        """Wait until this window has the focus again; after a moment ask for it."""
        began = time.monotonic()
        asked = began
        while self.desk.focused() != handle:
            own = self.windows()
            if not any(window.handle == handle for window in own):
                raise (
                    screen_changed("入力していたウィンドウが閉じました")
                    if own
                    else ProgramGone("基幹システムの画面（クライアント）が終了しています。")
                )
            if own[-1].handle != handle and self.desk.focused() == own[-1].handle:
                self._another_on_top(own[-1])
                continue
            now = time.monotonic()
            if now - began > self.limits.page_s:
                raise TransientError("別のウィンドウが前面に出たままのため、入力を止めました。")
            if now - asked > AWAY_S:
                asked = now
                self.desk.activate(handle)
            time.sleep(LOOK_S)

    def _another_on_top(self, window: Window) -> None:
        if not self.is_box(window):
            raise screen_changed("想定外のウィンドウが開きました")
        self.answer_boxes()

    def copied(self, handle: int, keys: Sequence[str], silent_s: float = COPY_S) -> str:
        """The text that these keys put on the clipboard; '' when none was copied for `silent_s`."""
        return self.copy(handle, keys, silent_s).text

    def copy(self, handle: int, keys: Sequence[str], silent_s: float) -> Copy:
        """Raises TransientError when the program stands still."""
        late = self.desk.offer("")
        began = time.monotonic()
        self.keys(handle, keys)
        text = "" if self.silent(handle, silent_s) else self.desk.taken_text()
        return Copy(text, time.monotonic() - began, late)

    def silent(self, handle: int, silent_s: float) -> bool:
        """True: nothing was copied since the last offer, nor for so long. Raises TransientError when the program stands still."""
        answers = self.desk.answers(handle, self.limits.page_s)
        taken = self.desk.taken(silent_s if answers else 0.0)
        if not answers and not taken:
            raise TransientError("画面が応答しません。")
        return not taken


def fits(pattern: str, title: str) -> bool:
    """'*' stands for any characters; everything else is exact."""
    return re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), title) is not None
