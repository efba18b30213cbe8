"""The Screen of a client program: the same port as the browser's, with keys, clipboard and pictures behind it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence

from bridge_agent.domain.application import Attachment
from bridge_agent.domain.errors import BusinessError, SessionLost, SystemDown, TransientError
from bridge_agent.domain.plan import BoundField, DialogRule, Mark, Meaning, Picking, Reading, Sign, Target
from bridge_agent.domain.ports import Papers
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.result import Answer
from bridge_agent.drivers.desktop.desk import Window
from bridge_agent.drivers.desktop.options import DesktopOptions
from bridge_agent.drivers.desktop.pictures import Pictures
from bridge_agent.drivers.desktop.program import LOOK_S, Disturbed, Program, fits
from bridge_agent.drivers.desktop.typing_in import Typist, placed
from bridge_agent.drivers.faults import called, screen_changed
from bridge_agent.steps.places import Place, Stop

_OUTLINE_LETTERS = re.compile(r"[^\W\d_]|\d")
STAYS_S = 0.5
"""A window that a key was pressed in looks the same until the program has handled it: so long it is no news."""
LAST_LOOK_S = 0.2
"""What the window of the register key itself shows counts only so shortly before the time is over."""
FOREGROUND_S = 1.0
"""A window that should be in front and is not is brought there after so long."""


class DesktopScreen:
    """Lives as long as its session; `sit` gives it the running program. Every key goes to the window recognised last."""

    def __init__(
        self,
        profile_marks: Sequence[Mark],
        options: DesktopOptions,
        pictures: Pictures,
        on_begin: Callable[[], None] | None = None,
    ) -> None:
        self.options = options
        self.pictures = pictures
        self.profile_marks = tuple(profile_marks)
        self._on_begin = on_begin
        self._program: Program | None = None
        self._typist: Typist | None = None
        self._pressed = (0, 0.0)
        """The window that the last key was pressed in, and until when it says nothing new."""

    # ---- what the session does with it ----

    def sit(self, program: Program | None) -> None:
        self._program = program
        self._typist = None

    @property
    def program(self) -> Program:
        if self._program is None:
            raise TransientError("基幹システムのクライアントが動いていません。")
        return self._program

    # ---- the port ----

    def begin(self, dialogs: Sequence[DialogRule], papers: Papers | None = None) -> None:
        if self._on_begin is not None:
            self._on_begin()
        self.program.begin(dialogs)

    def open(self, place: str) -> None:
        """Close whatever is open, then press the menu's key."""
        self.close_all()
        menu = self.program.await_window(self.program.profile.main)
        self.program.bring_up(menu.handle)
        self._whole(menu.handle, [place])
        self._typist = None
        self._await_change(menu, time.monotonic() + self.program.limits.page_s)
        self.program.await_rest()

    def recognise(self, marks: Sequence[Mark], timeout_s: float | None = None) -> Mark:
        return self.await_mark(self._with_profile(marks), timeout_s)

    def await_mark(self, marks: Sequence[Mark], timeout_s: float | None = None) -> Mark:
        """`recognise` for these marks alone, without the profile's."""
        program = self.program
        end = time.monotonic() + (program.limits.page_s if timeout_s is None else timeout_s)
        away = time.monotonic()
        while True:
            hits = self._news(self._hits(marks))
            if len(hits) > 1 and any(mark.meaning is not Meaning.HOLD for mark, _ in hits):
                raise screen_changed("2つの画面の特徴が同時にあります: " + "、".join(mark.name for mark, _ in hits))
            if hits:
                mark, window = hits[0]
                _raise_lost(mark)
                self._take_seat(window)
                return mark
            if time.monotonic() >= end:
                raise screen_changed(
                    "待っていた画面になりません: " + "、".join(m.name for m in marks if m not in self.profile_marks)
                )
            if time.monotonic() - away > FOREGROUND_S:
                away = time.monotonic()
                program.desk.activate(program.top().handle)
            time.sleep(LOOK_S)

    def fill(self, fields: Sequence[BoundField]) -> tuple[Reading, ...]:
        texts = self._typist_here().fill(fields, self._same)
        return tuple(Reading(field.key, text) for field, text in zip(fields, texts, strict=True))

    def press(self, target: Target, over: Target | None = None) -> None:
        if over is not None:
            raise screen_changed(f"{called(target)}: over は desktop の画面では使えません")
        typist = self._typist_here()
        self._press(typist, placed(target), target)

    def pick(self, picking: Picking) -> None:
        typist = self._typist_here()
        program = self.program
        self._press(typist, placed(picking.opener), picking.opener)
        popup = program.await_window(f"*{picking.window}*")
        try:
            self._choose(picking, popup)
        except BusinessError:
            self._whole(popup.handle, [program.profile.close])
            program.await_closed(popup.handle)
            raise
        program.await_closed(popup.handle)
        typist.at = 0

    def attach(self, target: Target, attachments: Sequence[Attachment]) -> None:
        raise screen_changed(f"{called(target)}: ファイルの添付は desktop の画面では使えません")

    def read(self, targets: Sequence[Target]) -> tuple[str, ...]:
        return tuple(self._typist_here().read(targets))

    def register(self, press: Target, endings: Sequence[Mark], timeout_s: float) -> Answer:
        """The keys are sent once, to the window recognised last; before they are, the focus may be waited for."""
        program, typist = self.program, self._typist_here()
        end = time.monotonic() + timeout_s
        place = placed(press)
        if place.at is not None or not place.key:
            raise screen_changed(f"{called(press)}: 登録の操作は key だけで書いてください")
        program.strange.clear()
        self._leave(typist.window)
        program.keys(typist.window.handle, [place.key])
        self._pressed = (typist.window.handle, end - LAST_LOOK_S)
        mark = self._await_ending(self._with_profile(endings), end)
        return Answer(
            meaning=mark.meaning if mark is not None else None,
            mark=mark.name if mark is not None else "",
            sent=None,
            dialogs=tuple(program.strange),
        )

    def read_ending(self, receipt: Target | None, proofs: Sequence[BoundField]) -> tuple[str, bool]:
        targets = [proof.target for proof in proofs] + ([receipt] if receipt is not None else [])
        if not targets:
            return "", True
        texts = self._typist_here().read(targets)
        number = texts[-1] if receipt is not None else ""
        return number, all(self._same(proof, text) for proof, text in zip(proofs, texts, strict=False))

    def outline(self) -> str:
        """Windows from the lowest, with kinds and sizes; a title's letters are masked unless the profile knows it."""
        program = self.program
        known = (program.profile.main,)
        lines = []
        for window in program.windows():
            plain = any(fits(title, window.title) for title in known)
            title = window.title if plain else _OUTLINE_LETTERS.sub("x", window.title)
            lines.append(f"{window.kind} {window.box.width}x{window.box.height} {title}")
        return "\n".join(lines)

    def picture(self, masked: Sequence[Target]) -> bytes | None:
        return None  # where the values stand on a foreign window is not known, so nothing could be covered for certain

    # ---- shared with the session and the look-up ----

    def close_all(self) -> None:
        """Close every window but the main one, the uppermost first."""
        program = self.program
        end = time.monotonic() + program.limits.page_s
        while True:
            program.answer_boxes()
            top = program.top()
            if fits(program.profile.main, top.title) and len(program.windows()) == 1:
                return
            if fits(program.profile.main, top.title):
                top = program.windows()[-2]
                program.desk.activate(top.handle)
            if time.monotonic() >= end:
                raise TransientError("開いている画面を閉じられません。")
            try:
                self._whole(top.handle, [program.profile.close])
            except BusinessError:
                if any(window.handle == top.handle for window in program.windows()):
                    raise
                continue  # it was just closing by itself
            self._await_change(top, end)
            program.await_rest()

    def _await_change(self, window: Window, end: float) -> None:
        """Until the window has gone or another one stands above it."""
        while time.monotonic() < end:
            own = self.program.windows()
            if not own or own[-1].handle != window.handle:
                return
            time.sleep(LOOK_S)

    # ---- inside ----

    def _take_seat(self, window: Window) -> None:
        """Work in this window from now on. A window is shown a moment before it has the keys."""
        if self._typist is None or self._typist.window.handle != window.handle:
            self.program.await_rest()
        self._typist = Typist(self.program, window, self.pictures)

    def _typist_here(self) -> Typist:
        """Raises when no screen was recognised, or what was has not stayed in front."""
        typist = self._typist
        if typist is None:
            raise screen_changed("画面を確かめる前に入力しようとしました（expect がありません）")
        program = self.program
        end = time.monotonic() + program.limits.page_s
        while True:
            program.answer_boxes(lambda box, _: box.handle == typist.window.handle)
            top = program.top()
            if top.handle == typist.window.handle:
                return typist
            if not program.is_box(top) or time.monotonic() >= end:
                raise screen_changed("想定外のウィンドウが開きました")
            # a message box that came up between the two looks, or that has its answer and is about to close
            time.sleep(LOOK_S)

    def _press(self, typist: Typist, place: Place, target: Target) -> None:
        """A key at its place. The focus being away before the key is waited for; the place is then gone to again."""
        if not place.key:
            raise screen_changed(f"{called(target)}: 押すキー（key）がありません")
        while True:
            try:
                typist.go(place)
                self._leave(typist.window)
                self.program.keys(typist.window.handle, [place.key])
                self._pressed = (typist.window.handle, time.monotonic() + STAYS_S)
            except Disturbed:
                typist.at = 0
                continue
            if isinstance(place.at, Stop):
                typist.at = 0
            return

    def _leave(self, window: Window) -> None:
        if self.program.is_box(window):
            self.program.answered = window.handle

    def _whole(self, handle: int, keys: Sequence[str]) -> None:
        for key in keys:
            self.program.keys(handle, [key])

    def _choose(self, picking: Picking, popup: Window) -> None:
        program = self.program
        typist = Typist(program, popup, self.pictures)
        typist.fill(picking.search_fields, self._same)
        if picking.search is not None:
            self._press(typist, placed(picking.search), picking.search)
        copy = program.profile.copy_list
        if not copy:
            raise screen_changed("選択画面の一覧を写し取るキー（desktop.copy_list）が基幹システム定義にありません")
        rows = [line.split("\t") for line in program.copied(popup.handle, [copy]).splitlines()[1:]]
        at = [n for n, cells in enumerate(rows) if picking.row_text in cells]
        if len(at) != 1:
            why = "一致する行が2つ以上あります" if at else "一致する行がありません"
            raise BusinessError(Reason.VALUE_INVALID, f"{called(picking.opener)}: {why}")
        choose = placed(picking.choose).key if picking.choose is not None else "enter"
        self._whole(popup.handle, ["home", *["down"] * at[0], choose])

    def _await_ending(self, marks: Sequence[Mark], end: float) -> Mark | None:
        """What the program shows after the register key; an unknown message box is left standing and told."""
        program = self.program
        while time.monotonic() < end:
            own = program.windows()
            if not own:
                return None
            try:
                hits = self._news(self._hits(marks))
            except BusinessError:
                program.strange.append("message")
                return None
            except (TransientError, Disturbed):
                return None
            if len(hits) == 1:
                mark, window = hits[0]
                self._take_seat(window)
                return mark
            if hits:
                return None
            time.sleep(LOOK_S)
        return None

    def _hits(self, marks: Sequence[Mark]) -> list[tuple[Mark, Window]]:
        """Marks that the program's uppermost window shows. Boxes that are nobody's mark are answered by the rules."""
        program = self.program
        found: list[tuple[Mark, Window]] = []

        def known(box: Window, text: str) -> bool:
            found.extend((mark, box) for mark in marks if self._shows(mark, box, text))
            return bool(found)

        program.answer_boxes(known)
        if found:
            return found
        top = program.top()
        if program.is_box(top):
            return []  # it came up this moment
        if program.desk.focused() != top.handle:
            return []
        hits = [(mark, top) for mark in marks if self._shows(mark, top, "")]
        if hits and len(program.called(top.title)) > 1:
            raise screen_changed("同じ題名のウィンドウが2つ以上あります")
        return hits

    def _news(self, hits: list[tuple[Mark, Window]]) -> list[tuple[Mark, Window]]:
        handle, until = self._pressed
        return [hit for hit in hits if hit[1].handle != handle or time.monotonic() >= until]

    def _shows(self, mark: Mark, window: Window, text: str) -> bool:
        return all(self._sign(sign, window, text) for sign in mark.signs)

    def _sign(self, sign: Sign, window: Window, text: str) -> bool:
        """A text can only be told of a message box: the only window that copies itself."""
        if sign.css:
            raise screen_changed("css は desktop の画面では使えません")
        if sign.title and not fits(sign.title, window.title):
            return False
        if sign.text and sign.text not in text:
            return False
        return not sign.image or self.pictures.shows(self.program.desk, window, sign.image)

    def _with_profile(self, marks: Sequence[Mark]) -> tuple[Mark, ...]:
        known = {(mark.signs, mark.frame) for mark in marks}
        return (*marks, *(mark for mark in self.profile_marks if (mark.signs, mark.frame) not in known))

    def _same(self, field: BoundField, text: str) -> bool:
        return text == field.value or self.options.equal(field.value, text, field.comparison)


def _raise_lost(mark: Mark) -> None:
    if mark.meaning is Meaning.SESSION_LOST:
        raise SessionLost("ログインが切れました。")
    if mark.meaning is Meaning.SYSTEM_DOWN:
        raise SystemDown("システムが停止中の画面を出しています。")
