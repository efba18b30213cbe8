"""A drop folder as a Source: packages and CSV files are taken, listed, and put away when the ledger has them.

A folder cannot be asked how an application stands now: what is assumed is said by the profile, and what lies in the
folder at that moment (a list of states, a newer package) is read right before entry. Knows no core and no ledger.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from loguru import logger

from bridge_agent.domain.application import Application, Delivered, Listed, SourceState, Standing
from bridge_agent.domain.clock import Clock
from bridge_agent.domain.errors import BusinessError, SystemDown
from bridge_agent.domain.folder_profile import FolderProfile
from bridge_agent.domain.reasons import Reason
from bridge_agent.sources.archive import PackageDamaged
from bridge_agent.sources.drop_folder import RESULTS, DropFolder, Look, Refusal
from bridge_agent.sources.package import RECEIPT_NO, Found, KeptPapers, Origin, Refused, inventory, parse
from bridge_agent.sources.plain_csv import Row, read_row, rows
from bridge_agent.sources.result_file import Results
from bridge_agent.sources.state_list import standing_in
from bridge_agent.sources.stopped import StoppedProcedures

_NUMBERED = re.compile(r"[0-9]{1,9}")
UNREADABLE_REVISION = "（読めない版）"


@dataclass(slots=True)
class Taken:
    """A file in `taking` and the applications in it that the ledger does not have yet."""

    look: Look
    waiting: set[str] = field(default_factory=set)
    refusals: list[Refusal] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Place:
    """Where one application's content lies."""

    taken: Taken
    found: Found
    row: Row | None
    """In a CSV file; None = in a ZIP."""


class FolderSource:
    """Owns nothing but its memory; the files stay where they are."""

    def __init__(self, profile: FolderProfile, root: Path, clock: Clock, papers: KeptPapers | None = None) -> None:
        self._profile = profile
        self._clock = clock
        self._drop = DropFolder(root, profile, clock)
        self._results = Results(root / RESULTS / profile.result.file, profile.result)
        self._origin = Origin(profile.source, profile.scope, papers)
        self._places: dict[str, tuple[Place, ...]] = {}
        self._indexed: set[str] = set()
        self._stopped = StoppedProcedures()
        self._locked = 0
        self._peeked: dict[Look, dict[str, str]] = {}

    @property
    def name(self) -> str:
        return self._profile.source

    @property
    def scope(self) -> str:
        return self._profile.scope

    def close(self) -> None:
        """Nothing is held open between two calls."""

    # ---- taking ----

    def approved(self) -> Sequence[Listed]:
        """Takes what is whole, and lists everything in `taking`: also what an earlier run left there."""
        with self._drop.reachable():
            self._drop.prepare()
            self._drop.forget_old(self._clock.now())
            self._drop.take()
            self._locked = 0
            for look in self._drop.taken():
                if look.name not in self._indexed:
                    self._index(look)
        return [self._listed(places) for places in self._places.values()]

    def deliver(self, wanted: Sequence[Listed]) -> Iterator[Delivered]:
        """An application that another run has put away meanwhile is in the ledger, and left out."""
        for listed in wanted:
            with self._drop.reachable():
                delivered = self._delivered(listed)
            if delivered is None:
                continue
            if delivered.application is None:
                refusal = Refusal(Reason(delivered.refusal), delivered.note, listed.receipt_no)
                for place in self._places.get(listed.receipt_no, ()):
                    if refusal not in place.taken.refusals:
                        place.taken.refusals.append(refusal)
            yield delivered

    def put_away(self, receipt_numbers: Collection[str]) -> None:
        """A file is moved when the ledger has all of its applications; a second time does nothing."""
        with self._drop.reachable():
            for number in receipt_numbers:
                for place in self._places.pop(number, ()):
                    place.taken.waiting.discard(number)
                    if not place.taken.waiting:
                        self._finish(place.taken)

    def remarks(self) -> Sequence[str]:
        said = list(self._stopped.remarks())
        with self._drop.reachable():
            unread, overdue = self._drop.unread(), self._drop.overdue()
        if unread:
            said.append(
                f"受け渡しフォルダーに、読めなかったファイルが{unread}件あります（failed）。理由のファイルを確かめ、"
                "出力し直してから、failed の中のファイルを片付けてください。"
            )
        if self._locked:
            said.append(
                f"受け渡しフォルダーの {self._locked} 件のファイルを読めません（taking）。ほかのプログラムで開いていないか、"
                "読み取りの権限があるかを確かめてください。次の実行でもう一度読みます。"
            )
        if overdue:
            said.append(
                f"受け渡しフォルダーに、書き込みの終わらないファイルが{overdue}件あります。出力が途中で止まっていないかを"
                "確かめてください。"
            )
        return said

    def changed_forms(self) -> Mapping[str, str]:
        return self._stopped.notes

    def _index(self, look: Look) -> None:
        """All of a file's applications, or none: a file with one that cannot be told is refused as a whole."""
        taken = Taken(look)
        try:
            # A row's number is known before the last row has shown that the file can be trusted.
            places = [Place(taken, found, row) for found, row in self._inventory(self._drop.path(look.name), look)]
        except FileNotFoundError:
            return  # another run has put it away
        except PermissionError:
            self._locked += 1  # it stays where it is, for the next run
            return
        except (PackageDamaged, Refused) as error:
            reason = error.reason if isinstance(error, Refused) else Reason.PACKAGE_DAMAGED
            note = error.note if isinstance(error, Refused) else error.why
            if reason is Reason.PACKAGE_COLUMN:
                self._stopped.stop(error.procedure_code if isinstance(error, Refused) else "", note)
            self._drop.failed(look.name, [Refusal(reason, note)])
            logger.warning("受け渡しフォルダーのファイルを1件、取り込めません: {}", note)
            return
        self._indexed.add(look.name)
        for place in places:
            number = place.found.listed.receipt_no
            taken.waiting.add(number)
            self._places[number] = (*self._places.get(number, ()), place)
            if place.found.refusal is Reason.PACKAGE_COLUMN:
                listed = place.found.listed
                self._stopped.stop(listed.procedure_code, place.found.note, listed.procedure_name)

    def _inventory(self, file: Path, look: Look) -> Iterator[tuple[Found, Row | None]]:
        shape, plain = self._profile.package, self._profile.csv
        if not look.plain:
            raise PackageDamaged("ファイルではありません（リンクなど）")
        ending = file.suffix.casefold()
        if ending == ".zip":
            pairs: Iterator[tuple[Found, Row | None]] = ((found, None) for found in inventory(file, shape))
        elif ending == ".csv" and plain is not None:
            pairs = ((row.found, row) for row in rows(file, plain.charset, shape))
        else:
            raise PackageDamaged("取り込める種類のファイルではありません")
        empty = True
        for found, row in pairs:
            empty = False
            if not RECEIPT_NO.fullmatch(found.listed.receipt_no):
                raise PackageDamaged("受付番号の形が決まりと違います")
            yield found, row
        if empty:
            raise PackageDamaged("申請が1件もありません")

    def _finish(self, taken: Taken) -> None:
        if taken.refusals:
            self._drop.failed(taken.look.name, taken.refusals)
        else:
            self._drop.done(taken.look.name)

    # ---- delivering ----

    def _listed(self, places: Sequence[Place]) -> Listed:
        """The latest revision; if which one that is cannot be told, the latest file's."""
        return _latest(places)[-1].found.listed

    def _delivered(self, listed: Listed) -> Delivered | None:
        places = self._places.get(listed.receipt_no, ())
        if not places:
            return None
        latest = _latest(places)
        stopped = self._stopped.refusal(listed)
        own = latest[-1].found
        if own.refusal is not None:
            return Delivered(listed, None, own.refusal, own.note, own.refusal is Reason.PACKAGE_COLUMN)
        if stopped is not None:
            return stopped
        if len({place.found.listed.revision for place in latest}) > 1:
            return Delivered(listed, None, Reason.RECEIPT_CONFLICT, "どの版が新しいか分かりません")
        try:
            contents = [self._content(place) for place in latest]
        except FileNotFoundError:
            return None
        except Refused as refused:
            return Delivered(listed, None, refused.reason, refused.note)
        except PackageDamaged as damaged:
            return Delivered(listed, None, Reason.PACKAGE_DAMAGED, damaged.why)
        if len({content.content_hash for content in contents}) > 1:
            return Delivered(listed, None, Reason.RECEIPT_CONFLICT, f"内容の違うものが{len(contents)}つあります")
        return Delivered(listed, contents[-1])

    def _content(self, place: Place) -> Application:
        file, shape = self._drop.path(place.taken.look.name), self._profile.package
        if place.row is not None:
            assert self._profile.csv is not None
            return read_row(file, self._profile.csv.charset, place.row, shape, self._origin)
        if not file.exists():
            raise FileNotFoundError(file)
        (delivered,) = parse(file, [place.found.listed], shape, self._origin)
        if delivered.application is None:
            raise Refused(Reason(delivered.refusal), delivered.note)
        return delivered.application

    # ---- how they stand ----

    def ask_ahead(self, receipt_no: str) -> None:
        """Reading takes no longer than asking for it."""

    def standing(self, receipt_no: str) -> Standing:
        with self._drop.reachable():
            told = self._told(receipt_no)
            waiting = self._waiting(receipt_no)
            linked = self._results.linked(receipt_no)
        if told is None:
            assumed = SourceState.APPROVED if self._profile.standing.assumed == "approved" else SourceState.UNKNOWN
            told = Standing(assumed, None)
        if told.state is SourceState.APPROVED and linked:
            return Standing(SourceState.LINKED, told.revision, linked)
        return told if waiting is None else Standing(told.state, waiting, told.core_receipt)

    def report_linked(self, receipt_no: str, core_receipt: str) -> None:
        """Raises BusinessError when the list says withdrawn, or another number was written before."""
        if not core_receipt:
            raise ValueError("core_receipt is empty")
        with self._drop.reachable():
            self._drop.prepare()
            told = self._told(receipt_no)
            match told.state if told else SourceState.APPROVED:
                case SourceState.WITHDRAWN | SourceState.SENT_BACK:
                    raise BusinessError(Reason.WITHDRAWN_AFTER_ENTRY, "連携結果のファイルには書いていません")
                case SourceState.LINKED if told and told.core_receipt not in ("", core_receipt):
                    raise BusinessError(Reason.OTHER_OPERATOR, "申請管理システムでは別の基幹側受付番号で連携済です")
                case SourceState.UNKNOWN:
                    raise BusinessError(Reason.SOURCE_STATE_UNKNOWN, "連携結果のファイルには書いていません")
                case SourceState.APPROVED | SourceState.LINKED:
                    self._results.add(receipt_no, core_receipt, self._clock.now())

    def _told(self, receipt_no: str) -> Standing | None:
        """What the list of states says of it now."""
        listed = self._profile.standing.listed
        if listed is None:
            return None
        try:
            if not self._drop.is_whole(listed.file):
                raise SystemDown(
                    f"{self._profile.name}の「{listed.file}」の書き込みが終わらず、取下げを確かめられません。"
                    "出力が途中で止まっていないかを確かめてください。"
                )
            return standing_in(self._drop.root / listed.file, listed, self._profile, receipt_no)
        except FileNotFoundError:
            if not listed.must_exist and self._drop.root.is_dir():
                return None
            raise SystemDown(
                f"{self._profile.name}の「{listed.file}」がなく、取下げを確かめられません。出力の設定を確かめてください。"
            ) from None

    def _waiting(self, receipt_no: str) -> str | None:
        """The revision in a whole file that nobody has taken yet: such an application has changed since it was."""
        looks = self._drop.whole_now()
        self._peeked = {look: self._peeked[look] for look in looks if look in self._peeked}
        for look in looks:
            if look not in self._peeked:
                with suppress(OSError):  # opened by another program, or taken just now: looked at again next time
                    self._peeked[look] = self._revisions(look)
        looks = [look for look in looks if look in self._peeked]
        found = [self._peeked[look][receipt_no] for look in looks if receipt_no in self._peeked[look]]
        return found[-1] if found else None

    def _revisions(self, look: Look) -> dict[str, str]:
        try:
            pairs = self._inventory(self._drop.root / look.name, look)
            return {
                found.listed.receipt_no: UNREADABLE_REVISION if found.refusal else found.listed.revision
                for found, _ in pairs
            }
        except (PackageDamaged, Refused):
            return {}  # told when it is taken


def _latest(places: Sequence[Place]) -> Sequence[Place]:
    """Those of the highest revision, in the order of their files; the last one alone when it is refused.

    Revisions that are no numbers cannot be ordered: then all are returned.
    """
    if len(places) == 1 or places[-1].found.refusal is not None:
        return places[-1:]
    good = [place for place in places if place.found.refusal is None]
    if not all(_NUMBERED.fullmatch(place.found.listed.revision) for place in good):
        return good
    highest = max(int(place.found.listed.revision) for place in good)
    return [place for place in good if int(place.found.listed.revision) == highest]
