"""A management system in memory behind the Pages port: pages by path, tick boxes, downloads, and trouble on order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from bridge_agent.domain.application import Attachment
from bridge_agent.domain.errors import BridgeError, BusinessError, TransientError
from bridge_agent.domain.plan import BoundField, DialogRule, Mark, Picking, Reading, Target
from bridge_agent.domain.ports import PageRequest, Papers, Peeked, Wanted
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.result import Answer
from tests.unit.sources.packages import folder, zipped

HEADINGS = ("", "受付番号", "手続", "状態", "版")


@dataclass
class Entry:
    state: str = "承認済"
    revision: str = "1"
    core_number: str = ""


@dataclass
class FakeSystem:
    """What the pages show. `trouble` is raised by the next accesses, one each."""

    entries: dict[str, Entry]
    page_size: int = 2
    trouble: list[BridgeError] = field(default_factory=list)
    damaged: int = 0
    """So many next downloads are cut."""
    always_damaged: frozenset[str] = frozenset()
    """A download that holds one of these is cut, always."""
    never_given: frozenset[str] = frozenset()
    """A download that holds one of these does not begin, ever."""
    withdrawn_by_download: frozenset[str] = frozenset()
    total_shown: str = ""
    headings: tuple[str, ...] = HEADINGS
    statuses: list[int] = field(default_factory=list)
    lists_everything: bool = False
    refuses_links: bool = False

    def approved(self) -> list[str]:
        return [n for n, entry in self.entries.items() if self.lists_everything or entry.state == "承認済"]

    def page(self, number: int) -> list[str]:
        start = (number - 1) * self.page_size
        return self.approved()[start : start + self.page_size]


class FakePages:
    """Pages and Screen in one."""

    def __init__(self, system: FakeSystem) -> None:
        self.system = system
        self.log: list[str] = []
        self.downloads: list[list[str]] = []
        self.files: list[Path] = []
        self.modes: list[int] = []
        self._path = ""
        self._ticked: list[str] = []
        self._typed = ""
        self._message = ""

    @property
    def screen(self) -> FakePages:
        return self

    def start(self) -> None:
        self.log.append("start")

    def renew(self) -> None:
        self.log.append("renew")

    def close(self) -> None:
        self.log.append("close")

    def ahead(self, request: PageRequest, wanted: Wanted) -> None:
        self.log.append(f"ahead {request.path}")

    def peek(self, request: PageRequest, wanted: Wanted) -> Peeked:
        self._stumble()
        self.log.append(f"peek {request.path}")
        status = self.system.statuses.pop(0) if self.system.statuses else 200
        if "page=" in request.path:
            rows = tuple(
                ("", n, "K0020負担割合証の再交付", self.system.entries[n].state, self.system.entries[n].revision)
                for n in self.system.page(int(request.path.rpartition("=")[2]))
            )
            total = self.system.total_shown or str(len(self.system.approved()))
            return Peeked(status, request.path, self.system.headings, rows, {"total": total})
        number = unquote(request.path.rpartition("/")[2])
        entry = self.system.entries.get(number)
        if entry is None:
            return Peeked(404, request.path, (), (), dict.fromkeys(wanted.texts))
        shown = {
            "receipt_no": number,
            "state": entry.state,
            "revision": entry.revision,
            "core_number": entry.core_number,
        }
        return Peeked(status, request.path, (), (), shown)

    def download(self, press: Target, to: Path) -> None:
        self._stumble()
        assert press.ladder[0].text == "#download"
        system, ticked = self.system, list(self._ticked)
        self.downloads.append(ticked)
        if system.never_given & set(ticked):
            raise TransientError("ダウンロードが始まりませんでした。")
        self.files.append(to)
        zipped(to, {name: raw for number in ticked for name, raw in folder(number).items()})
        self.modes.append(to.parent.stat().st_mode & 0o777)
        if system.damaged or system.always_damaged & set(ticked):
            system.damaged = max(0, system.damaged - 1)
            to.write_bytes(to.read_bytes()[:-30])
        for number in system.withdrawn_by_download & set(ticked):
            system.entries[number].state = "取下げ"

    # ---- Screen ----

    def begin(self, dialogs: Sequence[DialogRule], papers: Papers | None = None) -> None:
        self._ticked, self._message = [], ""

    def open(self, place: str) -> None:
        self._stumble()
        self.log.append(f"open {place}")
        self._path = place

    def recognise(self, marks: Sequence[Mark], timeout_s: float | None = None) -> Mark:
        if not self._message:
            return marks[0]
        return next(mark for mark in marks if mark.name == self._message)

    def fill(self, fields: Sequence[BoundField]) -> tuple[Reading, ...]:
        if fields[0].key == "core_number":
            self._typed = fields[0].value
            return (Reading("core_number", self._typed),)
        here = self.system.page(int(self._path.rpartition("=")[2]))
        for each in fields:
            number = each.target.ladder[0].text.removeprefix("input[value='").removesuffix("']")
            if number not in here:
                raise BusinessError(Reason.SCREEN_CHANGED)
            self._ticked.append(number)
        return tuple(Reading(each.key, "1") for each in fields)

    def press(self, target: Target, over: Target | None = None) -> None:
        self._stumble()
        entry = self.system.entries[self._path.rpartition("/")[2]]
        self.log.append("press")
        self._message = "refused" if self.system.refuses_links else "done"
        if not self.system.refuses_links:
            entry.state, entry.core_number = "連携済", self._typed

    def _stumble(self) -> None:
        if self.system.trouble:
            raise self.system.trouble.pop(0)

    def attach(self, target: Target, attachments: Sequence[Attachment]) -> None:
        raise AssertionError("a source attaches nothing")

    def pick(self, picking: Picking) -> None:
        raise NotImplementedError

    def read(self, targets: Sequence[Target]) -> tuple[str, ...]:
        raise NotImplementedError

    def register(self, press: Target, endings: Sequence[Mark], timeout_s: float) -> Answer:
        raise AssertionError("a source registers nothing")

    def read_ending(self, receipt: Target | None, proofs: Sequence[BoundField]) -> tuple[str, bool]:
        raise NotImplementedError

    def outline(self) -> str:
        return ""

    def picture(self, masked: Sequence[Target]) -> bytes | None:
        return None
