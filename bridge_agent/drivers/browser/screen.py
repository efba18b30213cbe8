"""The Screen of a browser: whole screens at a time, each with one call into the page."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page

from bridge_agent.domain.application import Attachment
from bridge_agent.domain.core_profile import Limits
from bridge_agent.domain.errors import BusinessError, SessionLost, SystemDown
from bridge_agent.domain.plan import (
    BoundField,
    Control,
    DialogRule,
    Mark,
    Meaning,
    Picking,
    Reading,
    Target,
    personal_texts,
)
from bridge_agent.domain.ports import Papers
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.result import Answer
from bridge_agent.drivers.browser import keys, listed, masking, picker, pointer, registering, uploading
from bridge_agent.drivers.browser.fuse import SubmitFuse
from bridge_agent.drivers.browser.going import go_to
from bridge_agent.drivers.browser.options import BrowserOptions
from bridge_agent.drivers.browser.overdue import LONGEST_CALL_S, OPENING_S, limited
from bridge_agent.drivers.browser.page_script import ask
from bridge_agent.drivers.browser.translate import NoAnswer, own, page_left
from bridge_agent.drivers.browser.waiting import SLICE_S, TWO_MARKS_S, Patience, is_error_page
from bridge_agent.drivers.browser.watch import Watch
from bridge_agent.drivers.browser.wording import PRESS, SHOWN, Json, field_json, marks_json, place_json
from bridge_agent.drivers.faults import called, fault, field_fault, screen_changed


@dataclass(slots=True)
class Seat:
    """What a screen works on until the session is renewed."""

    page: Page
    watch: Watch
    fuse: SubmitFuse | None
    origin: str


class BrowserScreen:
    """Lives as long as its session; each renewal gives it another seat.

    `profile_marks` are looked for beside every other mark. `on_begin` is called at each new application.
    """

    def __init__(
        self,
        limits: Limits,
        profile_marks: Sequence[Mark],
        options: BrowserOptions,
        on_begin: Callable[[], None] | None = None,
    ) -> None:
        self.limits = limits
        self.options = options
        self._profile_marks = tuple(profile_marks)
        self._on_begin = on_begin
        self._seat: Seat | None = None
        self._secrets: set[str] = set()
        self._papers: Papers | None = None

    # ---- what the session does with it ----

    def sit(self, seat: Seat | None) -> None:
        self._seat = seat

    @property
    def seat(self) -> Seat:
        if self._seat is None:
            raise NoAnswer("ブラウザが動いていません。")
        return self._seat

    # ---- the port ----

    def begin(self, dialogs: Sequence[DialogRule], papers: Papers | None = None) -> None:
        if self._on_begin is not None:
            self._on_begin()
        self._papers = papers
        self._secrets.clear()
        with limited(self.seat.page, OPENING_S):
            self.seat.watch.begin(dialogs)
        if self.seat.fuse is not None:
            self.seat.fuse.take_strays()

    def open(self, place: str) -> None:
        self.check()
        seat = self.seat
        seat.watch.cut = False
        url = place if place.startswith(seat.origin) else f"{seat.origin}/{place.lstrip('/')}"
        with seat.watch.leaving():
            answer = go_to(seat.page, url, until="commit", timeout_s=self.limits.page_s)
        if answer is not None and answer.status >= 500:
            raise NoAnswer(f"システムがエラー {answer.status} を返しました。")
        self.check()

    def recognise(self, marks: Sequence[Mark], timeout_s: float | None = None) -> Mark:
        wanted = self._with_profile(marks)
        hits = self.await_marks(wanted, self.limits.page_s if timeout_s is None else timeout_s)
        raise_lost(hits)
        if not hits:
            raise self.changed(screen_changed("待っていた画面になりません: " + "、".join(mark.name for mark in marks)))
        if len(hits) > 1 and any(mark.meaning is not Meaning.HOLD for mark in hits):
            raise screen_changed("2つの画面の特徴が同時にあります: " + "、".join(mark.name for mark in hits))
        return hits[0]  # several reasons to hold may be shown at once: the recipe's order says which one counts

    def fill(self, fields: Sequence[BoundField]) -> tuple[Reading, ...]:
        self._secrets |= personal_texts(fields)
        texts = self.fill_page(self.seat.page, fields)
        return tuple(
            Reading(field.key, text or "", text is not None) for field, text in zip(fields, texts, strict=True)
        )

    def press(self, target: Target, over: Target | None = None) -> None:
        if over is not None:
            pointer.rest_on(self, over)
        told = self.asked("press", field=place_json(target, PRESS), patience=self.options.patience_s * 1000, lost={})
        if "why" in told:
            raise self.changed(fault(called(target), told["why"]))
        self.check()

    def pick(self, picking: Picking) -> None:
        self.check()
        self._secrets.add(picking.row_text)
        longest_s = 5 * self.limits.page_s + OPENING_S  # each of its waits has a limit, closing has none
        with limited(self.seat.page, longest_s):
            picker.pick(self, picking)
        self.check()

    def attach(self, target: Target, attachments: Sequence[Attachment]) -> None:
        if self._papers is None:
            raise BusinessError(Reason.ATTACHMENT_LOST, called(target))
        self.check()
        uploading.attach(self, target, [(one.name, self._papers.read(one)) for one in attachments])
        self.check()

    def read(self, targets: Sequence[Target]) -> tuple[str, ...]:
        texts = self._shown(targets)
        for target, text in zip(targets, texts, strict=True):
            if text is None:
                raise self.changed(fault(called(target), "not_found"))
        return tuple(text or "" for text in texts)

    def register(self, press: Target, endings: Sequence[Mark], timeout_s: float) -> Answer:
        return registering.register(self, press, self._with_profile(endings), timeout_s)

    def read_ending(self, receipt: Target | None, proofs: Sequence[BoundField]) -> tuple[str, bool]:
        targets = [proof.target for proof in proofs] + ([receipt] if receipt is not None else [])
        if not targets:
            return "", True
        texts = self._shown(targets)
        number = (texts[-1] or "") if receipt is not None else ""
        same = [text is not None and self._same(proof, text) for proof, text in zip(proofs, texts, strict=False)]
        return number, all(same)

    def outline(self) -> str:
        return masking.outline(self.seat.page, self._secrets)

    def picture(self, masked: Sequence[Target]) -> bytes | None:
        return masking.picture(self.seat.page, masked)

    # ---- shared by the parts of this driver ----

    def changed(self, error: BusinessError) -> BusinessError | NoAnswer:
        """A screen that broke off on its way has not changed: it is asked for again."""
        if error.reason is Reason.SCREEN_CHANGED and self.seat.watch.cut:
            return NoAnswer("画面が途中で切れました。")
        return error

    def check(self) -> None:
        """Raise what the page did of itself since the last call."""
        seat = self.seat
        seat.watch.check()
        if seat.fuse is not None and seat.fuse.take_strays():
            raise screen_changed("登録操作の前に登録要求が出たため、止めました")

    def asked(
        self,
        name: str,
        page: Page | None = None,
        lost: Json | None = None,
        limit_s: float = LONGEST_CALL_S,
        **given: object,
    ) -> Json:
        """Ask the page script. `lost` is the answer when the page went away under the question; None = an error."""
        fault_found: Exception
        try:
            told: Json = ask(page or self.seat.page, name, given, limit_s)
            return told
        except PlaywrightError as error:
            if lost is not None and page_left(error):
                return lost
            fault_found = own(error)
        raise fault_found

    def fill_page(self, page: Page, fields: Sequence[BoundField]) -> list[str | None]:
        """Fill a window and read it back; what differs, or must be typed, is typed with real keys and read again."""
        self.check()
        shaped = [field_json(field) for field in fields]
        settle = self.options.settle_s * 1000
        told = self.asked("fill", page, fields=shaped, patience=self.options.patience_s * 1000, settle=settle)
        texts = self._texts(told, fields)
        again = [at for at, field in enumerate(fields) if self._needs_keys(field, texts[at])]
        if again:
            for at in again:
                if fields[at].control is Control.LIST:
                    listed.choose(self, page, fields[at])
                else:
                    keys.type_in(self, page, fields[at])
            texts = self._texts(self.asked("readBack", page, fields=shaped, settle=settle), fields)
        self.check()
        return texts

    def await_marks(self, marks: Sequence[Mark], timeout_s: float) -> list[Mark]:
        """The marks shown; none after the time limit. Raises NoAnswer when an error page stays."""
        end = time.monotonic() + timeout_s
        patience = Patience()
        while True:
            self.check()
            remaining = end - time.monotonic()
            found = self.look(marks, min(max(remaining, 0.0), SLICE_S))
            hits = [marks[at] for at in found.get("hits", ())]
            if len(hits) == 1 and hits[0].stays_s and not self._stays(hits[0], marks):
                continue
            if len(hits) == 1 or any(m.meaning in (Meaning.SESSION_LOST, Meaning.SYSTEM_DOWN) for m in hits):
                self.check()
                return hits
            if hits and patience.over("two", TWO_MARKS_S):
                return hits
            if not hits and is_error_page(found, patience):
                raise NoAnswer("システムがエラーの画面を返しました。")
            if remaining <= 0 and not hits:
                return []

    def _stays(self, mark: Mark, marks: Sequence[Mark]) -> bool:
        """Whether nothing else comes while the mark is shown for as long as it has to be."""
        others = [other for other in marks if other is not mark]
        end = time.monotonic() + mark.stays_s
        while (remaining := end - time.monotonic()) > 0:
            if self.look(others, min(remaining, SLICE_S)).get("hits"):
                return False
            self.check()
        return bool(self.look([mark], 0).get("hits"))

    def raise_if_lost(self) -> None:
        """Raise SessionLost or SystemDown when that is what the screen shows now."""
        found = self.look(self._profile_marks, 0)
        raise_lost(self._profile_marks[at] for at in found.get("hits", ()))

    def look(self, marks: Sequence[Mark], wait_s: float) -> Json:
        """One look of at most `wait_s`; {} when the page was just changing."""
        watch = self.seat.watch
        stay, watch.stayed = watch.stayed, False
        return self.asked("recognise", marks=marks_json(marks), wait=wait_s * 1000, stay=stay, lost={})

    # ---- inside ----

    def _with_profile(self, marks: Sequence[Mark]) -> tuple[Mark, ...]:
        known = {(mark.signs, mark.frame) for mark in marks}
        return (*marks, *(mark for mark in self._profile_marks if (mark.signs, mark.frame) not in known))

    def _same(self, field: BoundField, text: str) -> bool:
        return text == field.value or self.options.equal(field.value, text, field.comparison)

    def _needs_keys(self, field: BoundField, text: str | None) -> bool:
        if field.control is Control.SHOWN:
            return False
        return field.by_keys or field.control is Control.LIST or text is None or not self._same(field, text)

    def _texts(self, told: Mapping[str, Any], fields: Sequence[BoundField]) -> list[str | None]:
        if "why" in told:
            raise self.changed(field_fault(fields[told["at"]], told["why"]))
        return list(told["texts"])

    def _shown(self, targets: Sequence[Target]) -> list[str | None]:
        self.check()
        shaped = [place_json(target, SHOWN) for target in targets]
        told = self.asked("read", fields=shaped, patience=self.options.patience_s * 1000)
        if "why" in told:
            raise fault(called(targets[told["at"]]), told["why"])
        return list(told["texts"])


def raise_lost(hits: Iterable[Mark]) -> None:
    for mark in hits:
        if mark.meaning is Meaning.SESSION_LOST:
            raise SessionLost("ログインが切れました。")
        if mark.meaning is Meaning.SYSTEM_DOWN:
            raise SystemDown("システムが停止中の画面を出しています。")
