"""The management system's web screen as a Source: list, download, standing, 連携済. Knows no core and no ledger.

Downloaded ZIPs live in a private folder for as long as they are read, and no longer.
"""

from __future__ import annotations

import re
import shutil
import uuid
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

from loguru import logger

from bridge_agent.domain.application import Delivered, Listed, SourceState, Standing
from bridge_agent.domain.clock import Clock
from bridge_agent.domain.errors import BusinessError, SessionLost, SystemDown, TransientError
from bridge_agent.domain.plan import BoundField, Control, FieldClass
from bridge_agent.domain.ports import PageRequest, Pages, Screen, Wanted
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.source_profile import ScreenProfile
from bridge_agent.sources.archive import PackageDamaged
from bridge_agent.sources.gone import MOST_NOT_GIVEN, NOT_GIVEN, gone
from bridge_agent.sources.linking import is_linked
from bridge_agent.sources.list_page import answered, odd_screen, page_path, read_all, read_page
from bridge_agent.sources.package import KeptPapers, Origin, parse
from bridge_agent.sources.stopped import StoppedProcedures
from bridge_agent.steps.binding import bound_mark, bound_target

PAUSE_S = 3.0
"""Between the two tries when the system does not answer."""

_SWEEPS = 2  # what is downloaded may leave the list and move the rest to an earlier page
_TICKABLE = re.compile(r"[0-9A-Za-z_\-]{1,40}")
"""A 受付番号 becomes part of a selector only in this shape."""
Result = TypeVar("Result")


def work_folder(root: Path, pid: int) -> Path:
    """A folder for this process's downloads; its name tells whose it is."""
    return root / f"{pid}-{uuid.uuid4().hex}"


def sweep_abandoned(root: Path, alive: Callable[[int], bool]) -> int:
    """Delete what processes that were killed left behind; returns how many folders. Call it before a run."""
    swept = 0
    for folder in root.glob("*-*"):
        owner = folder.name.partition("-")[0]
        if owner.isdecimal() and folder.is_dir() and not folder.is_symlink() and not alive(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)
            swept += 1
    return swept


class ScreenSource:
    """Owns `pages` and `work`, a folder of this source alone; close() closes the one and deletes the other."""

    def __init__(
        self, profile: ScreenProfile, pages: Pages, work: Path, clock: Clock, papers: KeptPapers | None = None
    ) -> None:
        self._profile = profile
        self._pages = pages
        self._work = work
        self._clock = clock
        self._origin = Origin(profile.source, profile.scope, papers)
        self._started = False
        self._stopped = StoppedProcedures()
        self._not_given = 0

    @property
    def name(self) -> str:
        return self._profile.source

    @property
    def scope(self) -> str:
        return self._profile.scope

    def close(self) -> None:
        self._pages.close()
        shutil.rmtree(self._work, ignore_errors=True)

    def approved(self) -> Sequence[Listed]:
        return self._asked(lambda: read_all(self._pages, self._profile))

    def deliver(self, wanted: Sequence[Listed]) -> Iterator[Delivered]:
        """Page by page of the list; one that has left the list meanwhile comes with what the source says of it now."""
        self._work.mkdir(parents=True, exist_ok=True)
        self._work.chmod(0o700)
        remaining: dict[str, Listed] = {}
        for listed in wanted:
            if _TICKABLE.fullmatch(listed.receipt_no):
                remaining[listed.receipt_no] = listed
            else:
                yield Delivered(listed, None, Reason.PACKAGE_DAMAGED, "受付番号の形が決まりと違い、選択できません")
        for _ in range(_SWEEPS):
            for page, batch in self._batches(remaining):
                for delivered in self._fetched(page, batch):
                    del remaining[delivered.listed.receipt_no]
                    if delivered.form_changed:
                        listed = delivered.listed
                        self._stopped.stop(listed.procedure_code, delivered.note, listed.procedure_name)
                    yield delivered
        for listed in remaining.values():
            yield gone(listed, self.standing(listed.receipt_no))

    def put_away(self, receipt_numbers: Collection[str]) -> None:
        """Downloads are gone as soon as they have been read."""

    def remarks(self) -> Sequence[str]:
        return self._stopped.remarks()

    def changed_forms(self) -> Mapping[str, str]:
        return self._stopped.notes

    def ask_ahead(self, receipt_no: str) -> None:
        if not self._started:
            return
        with suppress(TransientError):  # the question itself will be asked again, with its tries
            self._pages.ahead(PageRequest(self._own_path(receipt_no)), self._standing_wanted())

    def standing(self, receipt_no: str) -> Standing:
        return self._asked(lambda: self._read_standing(receipt_no))

    def report_linked(self, receipt_no: str, core_receipt: str) -> None:
        """Raises BusinessError when the source will not have it: withdrawn, or linked with another number."""
        if not core_receipt:
            raise ValueError("core_receipt is empty")
        self._asked(lambda: self._link(receipt_no, core_receipt))

    # ---- asking ----

    def _asked(self, work: Callable[[], Result]) -> Result:
        """`work` must be safe to do again: logs in again once, tries twice, then SystemDown."""
        renewed = failed = doubtful = False
        while True:
            try:
                if not self._started:
                    self._pages.start()
                    self._started = True
                elif doubtful:
                    self._pages.renew()  # the browser itself may have gone
                return work()
            except SessionLost:
                if renewed:
                    raise SystemDown(f"{self._profile.name}にログインし直しても、ログイン画面に戻されます。") from None
                renewed = True
                self._pages.renew()
            except (TransientError, SystemDown) as error:
                if failed:
                    tried = (
                        "" if isinstance(error, SystemDown) else f"{self._profile.name}を2回試しましたが使えません。"
                    )
                    remedy = "システムの運用時間、ネットワーク、bridge.toml のアドレスを確かめてください。"
                    raise SystemDown(f"{tried}{error.message}{remedy}") from None
                failed = doubtful = True
                logger.warning("{}: 1回目は失敗しました。もう一度試します。", self._profile.name)
                self._clock.wait(PAUSE_S)

    def _standing_wanted(self) -> Wanted:
        page = self._profile.standing
        return Wanted(
            texts={
                "receipt_no": page.receipt_no,
                "state": page.state,
                "revision": page.revision,
                "core_number": page.core_number,
            }
        )

    def _read_standing(self, receipt_no: str) -> Standing:
        peeked = self._pages.peek(PageRequest(self._own_path(receipt_no)), self._standing_wanted())
        if peeked.status == 404:
            return Standing(SourceState.UNKNOWN, "")
        found = answered(peeked, self._profile).texts
        state, revision = found.get("state"), found.get("revision")
        if found.get("receipt_no") != receipt_no or state is None or revision is None:
            raise odd_screen(self._profile, "申請の画面の受付番号・状態・版")
        return Standing(self._profile.states.get(state, SourceState.UNKNOWN), revision, found.get("core_number") or "")

    def _own_path(self, receipt_no: str) -> str:
        return self._profile.standing.path.replace("{receipt_no}", quote(receipt_no, safe=""))

    # ---- downloading ----

    def _batches(self, remaining: dict[str, Listed]) -> Iterator[tuple[int, list[Listed]]]:
        """Page and which of `remaining` are on it now; `remaining` shrinks while this runs."""
        number, seen = 1, 0
        while remaining:
            page = self._asked(partial(read_page, self._pages, self._profile, number))
            batch = [remaining[row.receipt_no] for row in page.rows if row.receipt_no in remaining]
            if batch:
                yield number, batch
            seen += len(page.rows)
            if not page.rows or seen >= page.total:
                return
            number += 1

    def _fetched(self, page: int, batch: Sequence[Listed]) -> Iterator[Delivered]:
        """The whole batch; if the ZIP is damaged once more, or does not come; then one by one; then refused by name.

        Those that have left the page are left out.
        """
        alone = len(batch) == 1
        damaged: list[Listed] = []
        for last in (False, True):
            try:
                downloaded = self._asked(lambda: self._download(page, batch))
                self._not_given = 0
                for delivered in downloaded:
                    if delivered.refusal == Reason.PACKAGE_DAMAGED and not alone:
                        damaged.append(delivered.listed)
                    else:
                        yield delivered
                break
            except PackageDamaged as error:
                logger.warning("ダウンロードしたZIPが壊れています: {}", error.why)
                if last and alone:
                    yield Delivered(batch[0], None, Reason.PACKAGE_DAMAGED, error.why)
                elif last:
                    damaged = list(batch)
            except SystemDown as error:
                self._not_given += alone
                if self._not_given >= MOST_NOT_GIVEN:
                    raise
                self._asked(partial(read_page, self._pages, self._profile, page))  # raises when it is the system itself
                logger.warning("ダウンロードできない申請があります: {}", error.message)
                if alone:
                    yield Delivered(batch[0], None, Reason.PACKAGE_DAMAGED, NOT_GIVEN)
                else:
                    damaged = list(batch)
                break
        # None is handed on before the last has shown that it is not the system.
        yield from [delivered for listed in damaged for delivered in self._fetched(page, [listed])]

    def _download(self, page: int, batch: Sequence[Listed]) -> list[Delivered]:
        """Everything is read before anything is handed on, and the ZIP is gone by then."""
        file = self._work / f"{uuid.uuid4().hex}.zip"
        try:
            self._pages_download(page, batch, file)
            file.chmod(0o600)
            return list(parse(file, batch, self._profile.package, self._origin))
        except BusinessError:
            # A tick box that is not there: either the list has moved, or the screen has changed.
            here = {row.receipt_no for row in read_page(self._pages, self._profile, page).rows}
            still = [listed for listed in batch if listed.receipt_no in here]
            if len(still) == len(batch):
                raise odd_screen(self._profile, "一覧の選択またはダウンロード") from None
            return self._download(page, still) if still else []
        finally:
            file.unlink(missing_ok=True)

    def _pages_download(self, page: int, batch: Sequence[Listed], file: Path) -> None:
        shape = self._profile.list_page
        screen = self._opened(page_path(self._profile, page))
        screen.recognise([bound_mark(shape.ready, "list")])
        ticks = [
            BoundField(
                key=f"tick.{listed.receipt_no}",
                target=bound_target(
                    shape.tick.model_copy(update={"css": shape.tick.css.replace("{receipt_no}", listed.receipt_no)})
                ),
                control=Control.CHECK,
                value="1",
                field_class=FieldClass.PLAIN,
            )
            for listed in batch
        ]
        if any(reading.text != "1" for reading in screen.fill(ticks)):
            raise TransientError(f"{self._profile.name}の一覧で申請を選択できませんでした。")
        self._pages.download(bound_target(shape.download), file)

    def _opened(self, path: str) -> Screen:
        screen = self._pages.screen
        screen.begin(())
        screen.open(path)
        return screen

    # ---- reporting ----

    def _link(self, receipt_no: str, core_receipt: str) -> None:
        if self._linked(receipt_no, core_receipt):
            return
        shape = self._profile.link
        try:
            screen = self._opened(self._own_path(receipt_no))
            screen.recognise([bound_mark(shape.ready, "application")])
            number = BoundField(
                "core_number", bound_target(shape.core_number), Control.TEXT, core_receipt, FieldClass.PLAIN
            )
            if any(reading.text != core_receipt for reading in screen.fill([number])):
                raise TransientError(f"{self._profile.name}に基幹側受付番号を入力できませんでした。")
            screen.press(bound_target(shape.press))
            screen.recognise([bound_mark(shape.done, "done"), bound_mark(shape.refused, "refused")])
        except BusinessError:
            raise odd_screen(self._profile, "連携済にする画面") from None
        # What the message says does not count: the state does.
        if not self._linked(receipt_no, core_receipt):
            raise BusinessError(Reason.SOURCE_STATE_UNKNOWN, "連携済にする操作が断られました")

    def _linked(self, receipt_no: str, core_receipt: str) -> bool:
        """True when already reported with this number, False when it can be. Raises BusinessError otherwise."""
        return is_linked(self._read_standing(receipt_no), core_receipt)
