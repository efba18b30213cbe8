"""What the morning sheet shows, as plain data: counts, 受付番号, codes and times. Personal data has no place in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from bridge_agent.domain.ledger_records import ProcedureBalance
from bridge_agent.domain.reasons import EXPLANATIONS, Explanation, Reason

COLUMN_TITLES: dict[str, str] = {
    "approved": "承認済",
    "registered": "登録確認済",
    "already_there": "登録済だった",
    "held": "保留",
    "in_doubt": "結果不明",
    "withdrawn": "取下げ",
    "closed": "職員が終了",
    "not_yet_entered": "未入力",
}
"""Column of the balance -> its heading. `approved` must equal the sum of all others."""

_UNKNOWN = Explanation("理由のコードが一覧にありません。", "情報担当者に確かめてもらってください。")


@dataclass(frozen=True, slots=True)
class HeldLine:
    """An application that waits for a person."""

    receipt_no: str
    procedure_name: str
    reason: str
    """A Reason code."""
    note: str = ""
    """Field, row or code point; never a value."""
    receipt_at_core: str = ""
    sent_before: bool = False
    """A register action was made for it: look at the core before anything is entered by hand."""
    at_core: int | None = None
    """How many records the core had of it at the last look-up; None = it was not looked up."""

    @property
    def explanation(self) -> Explanation:
        return EXPLANATIONS[Reason(self.reason)] if self.reason in set(Reason) else _UNKNOWN


@dataclass(frozen=True, slots=True)
class DoubtLine:
    """An application whose register action may have reached the core: nobody enters it before it is settled."""

    receipt_no: str
    procedure_name: str
    since: datetime
    look_up_after: datetime | None = None
    """From when on a look-up can settle it."""


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """An application whose entry needs something that is not at the core yet; tried again by itself."""

    receipt_no: str
    procedure_name: str
    what: str
    again: datetime
    """From when on it is tried again."""


@dataclass(frozen=True, slots=True)
class RegisteredLine:
    receipt_no: str
    procedure_name: str
    receipt_at_core: str
    at: datetime
    """When the look-up proved it."""
    reported: bool
    """The source has been told (連携済)."""
    ends_at: str = ""
    """What the office calls it now, where the entry is not the end (面談待ち)."""


@dataclass(frozen=True, slots=True)
class RemarkLine:
    """An application that was sent with something a person should see: characters typed instead of others."""

    receipt_no: str
    procedure_name: str
    receipt_at_core: str
    remarks: tuple[str, ...]
    """Columns and code points; never a value."""


@dataclass(frozen=True, slots=True)
class RecipeUsed:
    procedure: str
    procedure_name: str
    digest: str


@dataclass(frozen=True, slots=True)
class RunInfo:
    run_id: str
    site: str
    """Name of the municipality."""
    started_at: datetime
    ended_at: datetime
    agent_version: str
    accounts: tuple[tuple[str, str], ...]
    """System's name -> account that the agent used there."""
    started_by: str = ""
    recipes: tuple[RecipeUsed, ...] = ()
    stops: tuple[str, ...] = ()
    """Japanese sentences: what ended early."""
    notices: tuple[str, ...] = ()
    """Japanese sentences: what a person should look at although nothing ended early."""


@dataclass(frozen=True, slots=True)
class SheetData:
    run: RunInfo
    balance: tuple[ProcedureBalance, ...]
    held: tuple[HeldLine, ...] = ()
    """Held ones, and those already at the core (held(already_at_core)), which have a column of their own."""
    doubts: tuple[DoubtLine, ...] = ()
    waiting: tuple[WaitingLine, ...] = ()
    registered: tuple[RegisteredLine, ...] = ()
    duplicates: tuple[str, ...] = field(default=())
    """受付番号 of which the core has two records."""
    missing: tuple[str, ...] = ()
    """受付番号 that the ledger calls registered and the core does not have."""
    lost: tuple[str, ...] = ()
    """受付番号 in no column, as far as they can be named; the differences count them all."""
    remarks: tuple[RemarkLine, ...] = ()
    """Entered, and to be looked at all the same; no difference of the balance."""

    def total(self, column: str) -> int:
        return sum(getattr(line, column) for line in self.balance)

    @property
    def difference(self) -> int:
        """Differences of opposite sign in two procedures must not cancel out."""
        return sum(abs(line.difference) for line in self.balance)

    @property
    def balanced(self) -> bool:
        return not (self.difference or self.duplicates or self.missing or self.lost)

    @property
    def waiting_for_people(self) -> int:
        return len(self.held) + len(self.doubts)
