"""The management system: its list, its packages, how applications stand, and what becomes of them while the agent works."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from greenlet import getcurrent, greenlet

from bridge_agent.domain.application import Application, Delivered, Listed, SourceState, Standing
from bridge_agent.domain.errors import BusinessError, SystemDown, TransientError
from bridge_agent.domain.reasons import Reason

if TYPE_CHECKING:
    from tests.fault.simulation.world import World

CHANGED = "列「備考」が増えています"


class Source:
    """The management system."""

    name = "minamo"
    scope = "default"

    def __init__(self, world: World) -> None:
        self.world = world
        self.kinds: dict[str, str] = {}
        self.states: dict[str, SourceState] = {}
        self.linked: dict[str, str] = {}
        self.recalled: set[str] = set()
        self.shown: set[greenlet] = set()
        """Processes whose run was shown a changed form."""
        self.mended: set[str] = set()

    def _down(self) -> bool:
        w = self.world
        w.spend(0.05)
        return not w.calm and w.schedule.happens(w.schedule.source_fault)

    def approved(self) -> Sequence[Listed]:
        if self._down():
            raise SystemDown("申請管理システムが応答しません。")
        return [
            Listed(n, a.procedure_code, a.procedure_name, a.revision)
            for n, a in self.world.applications.items()
            if (n not in self.linked or n in self.recalled)
            and self.states.get(n, SourceState.APPROVED) is SourceState.APPROVED
        ]

    def deliver(self, wanted: Sequence[Listed]) -> Iterator[Delivered]:
        for line in wanted:
            if self._down():
                raise TransientError("ダウンロードできません。")
            kind = self.kinds[line.receipt_no]
            if self._form_changed() and getcurrent() not in self.shown:
                self.shown.add(getcurrent())
                yield Delivered(line, None, Reason.PACKAGE_COLUMN, CHANGED, form_changed=True)
            elif kind == "refused" and line.receipt_no not in self.mended:
                yield Delivered(line, None, Reason.PACKAGE_DAMAGED, "content.csv")
            elif kind == "withdrawn":
                yield Delivered(line, None, Reason.WITHDRAWN)
            else:
                yield Delivered(line, self.world.applications[line.receipt_no])

    def put_away(self, receipt_numbers: Collection[str]) -> None:
        """Nothing was handed over that could be put away."""

    def remarks(self) -> Sequence[str]:
        return ()

    def changed_forms(self) -> Mapping[str, str]:
        return {"K1": CHANGED} if getcurrent() in self.shown else {}

    def _form_changed(self) -> bool:
        w = self.world
        return not w.calm and any(begin <= w.now < end for begin, end in w.schedule.forms)

    def ask_ahead(self, receipt_no: str) -> None: ...

    def standing(self, receipt_no: str) -> Standing:
        if self._down():
            raise TransientError("申請管理システムが応答しません。")
        state = self.states.get(receipt_no, SourceState.APPROVED)
        return Standing(state, self.world.applications[receipt_no].revision)

    def report_linked(self, receipt_no: str, core_receipt: str) -> None:
        if self._down():
            raise TransientError("報告できません。")
        if self.states.get(receipt_no) in (SourceState.WITHDRAWN, SourceState.SENT_BACK):
            raise BusinessError(Reason.WITHDRAWN_AFTER_ENTRY, "取下げ")
        self.linked[receipt_no] = core_receipt

    def close(self) -> None: ...

    def change(self, number: int, what: str) -> None:
        """The applicant or the approver does something while the agent works."""
        receipts = sorted(self.world.applications)
        receipt_no = receipts[number % len(receipts)]
        old = self.world.applications[receipt_no]
        if what in ("revision", "recall"):
            if what == "recall" and receipt_no in self.linked:
                self.recalled.add(receipt_no)
            self.recalled.add(receipt_no)
            revision = str(int(old.revision) + 1)
            columns = {"値": f"版{revision}"}
            self.world.applications[receipt_no] = application(receipt_no, old, revision, columns)
        else:
            words: Mapping[str, SourceState] = {s.value: s for s in SourceState}
            self.states[receipt_no] = words[what]
            if what == "linked":
                self.linked.setdefault(receipt_no, "")

    def heal(self) -> None:
        """What the source cannot say now it can say in the end."""
        self.mended.update(self.kinds)
        for receipt_no, state in list(self.states.items()):
            if state is SourceState.UNKNOWN:
                del self.states[receipt_no]


def application(receipt_no: str, old: Application, revision: str, columns: Mapping[str, str]) -> Application:
    return Application(
        old.key,
        old.procedure_code,
        old.procedure_name,
        old.form_version,
        revision,
        old.received_at,
        old.atena_no,
        old.signature_result,
        columns,
    )
