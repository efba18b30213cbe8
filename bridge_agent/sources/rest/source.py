"""An interface as a Source: list, contents one by one, standing, 連携済. Knows no core and no ledger."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from loguru import logger

from bridge_agent.domain.application import Delivered, Listed, SourceState, Standing
from bridge_agent.domain.clock import Clock
from bridge_agent.domain.errors import BusinessError, StopRunError, SystemDown, TransientError
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.rest_profile import Call, RestProfile
from bridge_agent.sources.gone import MOST_NOT_GIVEN, NOT_GIVEN, gone
from bridge_agent.sources.linking import is_linked
from bridge_agent.sources.package import Refused
from bridge_agent.sources.rest.reading import read_application, read_page, read_standing
from bridge_agent.sources.rest.wire import PAUSE_S, Busy, NotThere, RefusedUpdate, Unreadable, Wire
from bridge_agent.sources.stopped import StoppedProcedures

_MOST_PAGES = 1000  # a list that never ends is a broken one

Result = TypeVar("Result")


class RestSource:
    """Owns `wire`; close() closes it."""

    def __init__(self, profile: RestProfile, wire: Wire, clock: Clock) -> None:
        self._profile = profile
        self._wire = wire
        self._clock = clock
        self._stopped = StoppedProcedures()
        self._not_given = 0

    @property
    def name(self) -> str:
        return self._profile.source

    @property
    def scope(self) -> str:
        return self._profile.scope

    def close(self) -> None:
        self._wire.close()

    def approved(self) -> Sequence[Listed]:
        return self._asked(self._all_pages)

    def deliver(self, wanted: Sequence[Listed]) -> Iterator[Delivered]:
        """All of `wanted` are read before the first is handed on: one that shows a changed form stops all of its kind."""
        found = [self._one(listed) for listed in wanted]
        for delivered in found:
            own = delivered.application is None
            yield delivered if own else self._stopped.refusal(delivered.listed) or delivered

    def put_away(self, receipt_numbers: Collection[str]) -> None:
        """Nothing was handed over that could be put away."""

    def remarks(self) -> Sequence[str]:
        return self._stopped.remarks()

    def changed_forms(self) -> Mapping[str, str]:
        return self._stopped.notes

    def ask_ahead(self, receipt_no: str) -> None:
        """The question itself is one request."""

    def standing(self, receipt_no: str) -> Standing:
        return self._asked(lambda: self._standing(receipt_no))

    def report_linked(self, receipt_no: str, core_receipt: str) -> None:
        """Raises BusinessError when the source will not have it: withdrawn, or linked with another number."""
        if not core_receipt:
            raise ValueError("core_receipt is empty")
        self._asked(lambda: self._link(receipt_no, core_receipt))

    # ---- asking ----

    def _asked(self, work: Callable[[], Result]) -> Result:
        """`work` must be safe to do again: tries twice, then SystemDown."""
        try:
            return work()
        except TransientError as error:
            wait_s = error.after_s if isinstance(error, Busy) else PAUSE_S
            if wait_s > self._profile.limits.retry_after_max_s:
                raise SystemDown(f"{error.message}{wait_s:.0f}秒後まで使えないとの応答です。") from None
        logger.warning("{}: 1回目は失敗しました。もう一度試します。", self._profile.name)
        self._clock.wait(wait_s)
        try:
            return work()
        except Unreadable:
            raise
        except TransientError as error:
            remedy = "システムの運用時間、ネットワーク、bridge.toml のアドレスを確かめてください。"
            raise SystemDown(f"{self._profile.name}を2回試しましたが使えません。{error.message}{remedy}") from None

    def _ask(self, call: Call, **words: str) -> Any:
        return self._wire.ask(call, words)

    # ---- the list ----

    def _all_pages(self) -> tuple[Listed, ...]:
        """Raises TransientError when the list moved under the reader: it is read again."""
        shape = self._profile.listing
        found: dict[str, Listed] = {}
        rows, total = 0, -1
        for number in range(shape.first_page, shape.first_page + _MOST_PAGES):
            page = read_page(self._ask(shape, page=str(number), size=str(shape.page_size)), self._profile)
            total = page.total if total < 0 else total
            rows += len(page.rows)
            found.update((listed.receipt_no, listed) for listed in page.rows)
            if page.total != total:
                break
            if rows >= total or not page.rows:
                if rows == len(found) == total:
                    return tuple(found.values())
                break
        raise TransientError(f"{self._profile.name}の一覧の件数（応答の件数と読んだ件数）が合いません。")

    # ---- contents ----

    def _one(self, listed: Listed) -> Delivered:
        try:
            answer = self._content(listed)
            if answer is None:
                return gone(listed, self.standing(listed.receipt_no))
            self._not_given = 0
            return Delivered(listed, read_application(answer, listed, self._profile))
        except Refused as refused:
            self._note(refused, listed)
            return Delivered(listed, None, refused.reason, refused.note, refused.reason is Reason.PACKAGE_COLUMN)
        except Unreadable:
            return Delivered(listed, None, Reason.PACKAGE_DAMAGED, "応答をJSONとして読めません")
        except StopRunError as error:
            self._not_given += 1
            if self._not_given >= MOST_NOT_GIVEN:
                raise
            self.standing(listed.receipt_no)  # raises when it is the system, and not this application
            logger.warning("受付番号 {}: {}", listed.receipt_no, error.message)
            return Delivered(listed, None, Reason.PACKAGE_DAMAGED, NOT_GIVEN)

    def _content(self, listed: Listed) -> Any | None:
        try:
            return self._asked(lambda: self._ask(self._profile.application, receipt_no=listed.receipt_no))
        except NotThere:
            return None

    def _note(self, refused: Refused, listed: Listed) -> None:
        if refused.reason is Reason.PACKAGE_COLUMN:
            self._stopped.stop(listed.procedure_code, refused.note, listed.procedure_name)

    # ---- standing and reporting ----

    def _standing(self, receipt_no: str) -> Standing:
        try:
            answer = self._ask(self._profile.state_list, receipt_no=receipt_no)
        except NotThere:
            return Standing(SourceState.UNKNOWN, "")
        return read_standing(answer, receipt_no, self._profile)

    def _link(self, receipt_no: str, core_receipt: str) -> None:
        if is_linked(self._standing(receipt_no), core_receipt):
            return
        try:
            self._ask(self._profile.link, receipt_no=receipt_no, core_number=core_receipt)
        except (RefusedUpdate, NotThere):
            logger.warning("{}: 連携済にする操作が断られました。", self._profile.name)
        # What the answer says does not count: the state does.
        if not is_linked(self._standing(receipt_no), core_receipt):
            raise BusinessError(Reason.SOURCE_STATE_UNKNOWN, "連携済にする操作が断られました")
