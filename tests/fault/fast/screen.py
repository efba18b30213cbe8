"""The Screen port over parsed pages. Judges as the browser's screen does; it never waits for what cannot come by itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from bridge_agent.domain.application import Attachment
from bridge_agent.domain.core_profile import Limits
from bridge_agent.domain.errors import BusinessError, TransientError
from bridge_agent.domain.plan import BoundField, DialogRule, Mark, Meaning, Picking, Reading, Target
from bridge_agent.domain.ports import Papers
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.result import Answer
from bridge_agent.drivers.browser.options import Equal
from bridge_agent.drivers.browser.screen import raise_lost
from bridge_agent.drivers.browser.translate import NoAnswer
from bridge_agent.drivers.faults import called, fault, screen_changed
from tests.fault.fast import forms
from tests.fault.fast.controls import is_pressable, kind_of, shown_text, value_of
from tests.fault.fast.forms import Ask
from tests.fault.fast.pages import Page, shows_sign
from tests.fault.fast.places import PRESS, SHOWN, resolve
from tests.fault.fast.texts import El, fold, fold_value, plain, raw_text
from tests.fault.fast.windows import Browsing, Window

_OUTLINED = frozenset(("h1", "h2", "h3", "legend", "caption", "th", "label", "button"))
_MOST_LINES = 600


class FastScreen:
    """Lives as long as its session; each log-in gives it other windows."""

    def __init__(
        self, limits: Limits, profile_marks: Sequence[Mark], equal: Equal, on_begin: Callable[[], None]
    ) -> None:
        self.limits = limits
        self._profile_marks = tuple(profile_marks)
        self._equal = equal
        self._on_begin = on_begin
        self._browsing: Browsing | None = None

    def sit(self, browsing: Browsing | None) -> None:
        self._browsing = browsing

    @property
    def browsing(self) -> Browsing:
        if self._browsing is None:
            raise NoAnswer("送信側が動いていません。")
        return self._browsing

    # ---- the port ----

    def begin(self, dialogs: Sequence[DialogRule], papers: Papers | None = None) -> None:
        self._on_begin()
        traffic = self.browsing.traffic
        traffic.watch.begin(dialogs)
        if traffic.fuse is not None:
            traffic.fuse.take_strays()

    def open(self, place: str) -> None:
        self.check()
        browsing = self.browsing
        path = place.removeprefix(browsing.traffic.origin)
        browsing.popup = None
        browsing.go(browsing.top, Ask("GET", f"/{path.lstrip('/')}", None), self.limits.page_s)
        top = browsing.top
        if top.failure and top.page is None:
            raise NoAnswer(
                "画面が時間内に応答しませんでした。" if top.failure == "timeout" else "システムに接続できませんでした。"
            )
        if top.page is not None and top.page.status >= 500:
            raise NoAnswer(f"システムがエラー {top.page.status} を返しました。")
        self.check()

    def recognise(self, marks: Sequence[Mark], timeout_s: float | None = None) -> Mark:
        self.check()
        wanted = self._with_profile(marks)
        hits = self.marks_shown(wanted)
        if not hits and self.is_error_page():
            raise NoAnswer("システムがエラーの画面を返しました。")
        raise_lost(hits)
        if not hits:
            raise screen_changed("待っていた画面になりません: " + "、".join(mark.name for mark in marks))
        if len(hits) > 1 and any(mark.meaning is not Meaning.HOLD for mark in hits):
            raise screen_changed("2つの画面の特徴が同時にあります: " + "、".join(mark.name for mark in hits))
        return hits[0]

    def fill(self, fields: Sequence[BoundField]) -> tuple[Reading, ...]:
        texts = self.fill_window(self.browsing.top, fields)
        return tuple(Reading(field.key, text) for field, text in zip(fields, texts, strict=True))

    def press(self, target: Target, over: Target | None = None) -> None:
        self.press_in(self.browsing.top, target, self.limits.page_s)
        self.check()

    def pick(self, picking: Picking) -> None:
        self.check()
        browsing = self.browsing
        browsing.popup = None
        self.press_in(browsing.top, picking.opener, self.limits.page_s)
        popup: Window | None = browsing.popup
        if popup is None:
            raise screen_changed(f"{called(picking.opener)}: 選択画面が開きません")
        try:
            self._choose(popup, picking)
        finally:
            browsing.popup = None
        self.check()

    def attach(self, target: Target, attachments: Sequence[Attachment]) -> None:
        raise screen_changed("ファイルの添付はスクリプトが受け取る")

    def read(self, targets: Sequence[Target]) -> tuple[str, ...]:
        texts = self._shown(targets)
        for target, text in zip(targets, texts, strict=True):
            if text is None:
                raise fault(called(target), "not_found")
        return tuple(text or "" for text in texts)

    def register(self, press: Target, endings: Sequence[Mark], timeout_s: float) -> Answer:
        """Raises only when nothing was pressed."""
        self.check()
        traffic = self.browsing.traffic
        fuse, watch = traffic.fuse, traffic.watch
        page, el, window = self._found(self.browsing.top, press)
        mark: Mark | None = None
        with watch.registering():
            try:
                if fuse is not None:
                    with fuse.window(timeout_s):
                        self.browsing.press(window, el, timeout_s)
                else:
                    self.browsing.press(window, el, timeout_s)
                mark = self._ending(page, window, endings)
            except TransientError:
                mark = None  # the sending process went away: what the core did is unknown
        if watch.strays:
            mark = None
        return Answer(
            meaning=mark.meaning if mark is not None else None,
            mark=mark.name if mark is not None else "",
            sent=fuse.sent if fuse is not None else None,
            blocked=fuse.blocked if fuse is not None else 0,
            dialogs=tuple(watch.dialogs),
        )

    def read_ending(self, receipt: Target | None, proofs: Sequence[BoundField]) -> tuple[str, bool]:
        targets = [proof.target for proof in proofs] + ([receipt] if receipt is not None else [])
        if not targets:
            return "", True
        texts = self._shown(targets)
        number = (texts[-1] or "") if receipt is not None else ""
        same = [text is not None and self._same(proof, text) for proof, text in zip(proofs, texts, strict=False)]
        return number, all(same)

    def outline(self) -> str:
        """Structure, labels and lengths; no values."""
        lines: list[str] = []
        for window in self.browsing.top.walk():
            if window.page is not None:
                lines.append(f"# {window.name or 'top'} status={window.page.status}")
                lines += [line for el in window.page.all if (line := _described(window.page, el))]
        return "\n".join(lines[:_MOST_LINES])

    def picture(self, masked: Sequence[Target]) -> bytes | None:
        return None

    # ---- shared with the session ----

    def check(self) -> None:
        """Raise what the pages did of themselves since the last call."""
        traffic = self.browsing.traffic
        traffic.watch.check()
        if traffic.fuse is not None and traffic.fuse.take_strays():
            raise screen_changed("登録操作の前に登録要求が出たため、止めました")

    def marks_shown(self, marks: Sequence[Mark]) -> list[Mark]:
        top = self.browsing.top
        return [mark for mark in marks if any(_shows(page, mark) for page in top.pages(mark.frame))]

    def fill_window(self, window: Window, fields: Sequence[BoundField]) -> list[str]:
        self.check()
        texts = forms.fill(window.pages, fields)
        self.check()
        return texts

    def press_in(self, window: Window, target: Target, timeout_s: float) -> None:
        _, el, within = self._found(window, target)
        self.browsing.press(within, el, timeout_s)

    # ---- inside ----

    def _found(self, window: Window, target: Target) -> tuple[Page, El, Window]:
        found = resolve(window.pages(target.frame), target, PRESS)
        if found.why or found.page is None:
            raise fault(called(target), found.why or "not_found")
        return found.page, found.el, next(w for w in window.walk() if w.page is found.page)

    def _ending(self, before: Page, window: Window, endings: Sequence[Mark]) -> Mark | None:
        """None at once where a browser would wait in vain: nothing changes by itself here."""
        if window.page is before and not window.failure:
            return None  # the press led nowhere
        hits = self.marks_shown(self._with_profile(endings))
        return hits[0] if len(hits) == 1 else None

    def is_error_page(self) -> bool:
        top = self.browsing.top
        gone = top.page is None and top.failure not in ("timeout",)
        return gone or (top.failed and top.page is not None) or top.worst_status >= 500

    def _with_profile(self, marks: Sequence[Mark]) -> tuple[Mark, ...]:
        known = {(mark.signs, mark.frame) for mark in marks}
        return (*marks, *(mark for mark in self._profile_marks if (mark.signs, mark.frame) not in known))

    def _same(self, field: BoundField, text: str) -> bool:
        return text == field.value or self._equal(field.value, text, field.comparison)

    def _shown(self, targets: Sequence[Target]) -> list[str | None]:
        self.check()
        texts: list[str | None] = []
        for target in targets:
            found = resolve(self.browsing.top.pages(target.frame), target, SHOWN)
            if found.why == "several":
                raise fault(called(target), found.why)
            texts.append(None if found.why else shown_text(found.el))
        return texts

    def _choose(self, popup: Window, picking: Picking) -> None:
        """Nothing is chosen unless exactly one row matches."""
        if popup.page is None or picking.window not in popup.page.title:
            raise screen_changed("選択画面の題名が違います" if popup.page else "選択画面が表示されません")
        if picking.search_fields:
            self.fill_window(popup, picking.search_fields)
        if picking.search is not None:
            self.press_in(popup, picking.search, self.limits.page_s)
        lines = list(dict.fromkeys(_line(el) for page in popup.pages("") for el in _cells(page, picking.row_text)))
        if len(lines) != 1:
            note = "一致する行が2つ以上あります" if lines else "一致する行がありません"
            raise BusinessError(Reason.VALUE_INVALID, f"{called(picking.opener)}: {note}")
        line = lines[0]
        pressed = next((el for el in line.iterdescendants() if isinstance(el.tag, str) and is_pressable(el)), line)
        self.browsing.press(popup, pressed, self.limits.page_s)
        if not popup.closed:
            raise screen_changed("選択画面が閉じません")


def _shows(page: Page, mark: Mark) -> bool:
    return all(shows_sign(page, sign.text, sign.css, live=True) for sign in mark.signs)


def _cells(page: Page, text: str) -> list[El]:
    return [el for el in page.all if el.tag in ("td", "th", "li", "option") and fold_value(raw_text(el)) == text]


def _line(el: El) -> El:
    return next(el.iterancestors("tr", "li"), el)


def _described(page: Page, el: El) -> str:
    kind = kind_of(el)
    if kind and page.visible(el):
        held = (
            ("on" if el.get("checked") is not None else "off")
            if kind in ("radio", "check")
            else f"len={len(value_of(el))}"
        )
        return f"[{kind}] name={el.get('name') or '-'} {held}"
    if el.tag in _OUTLINED:
        return f"<{el.tag}> {re.sub(r'[0-9０-９]{3,}', '#', fold(plain(el)))[:60]}"
    return ""
