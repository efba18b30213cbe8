"""What came of an entry, an answer screen or a look-up: closed sets, so that no outcome can be forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from bridge_agent.domain.plan import Meaning
from bridge_agent.domain.reasons import Reason

if TYPE_CHECKING:
    from bridge_agent.domain.ledger_records import Attempt


@dataclass(frozen=True, slots=True)
class Answer:
    """What the screen showed after the register press. A hint only: a look-up alone proves a registration."""

    meaning: Meaning | None
    """COMPLETED, REFUSED, SESSION_LOST; None when no known screen came in time."""
    mark: str = ""
    receipt: str = ""
    """The core's receipt number as shown, '' when none was shown."""
    proofs_equal: bool = False
    """Every proof on the completion screen was this application's."""
    sent: int | None = None
    """Register requests that the fuse let pass (0 or 1); None when the driver has no fuse."""
    blocked: int = 0
    """Further register requests that the fuse stopped."""
    dialogs: tuple[str, ...] = ()
    """Kinds of the unknown dialogs that came up."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The completion screen of this very application was seen; the look-up is still owed."""

    attempt: Attempt
    answer: Answer


@dataclass(frozen=True, slots=True)
class InDoubt:
    """Anything else after arming."""

    attempt: Attempt
    why: str


@dataclass(frozen=True, slots=True)
class NotSent:
    """Nothing effectful was sent."""

    reason: Reason | None
    """Why it is held; None when it goes back to pending or was closed."""
    note: str = ""


EntryResult: TypeAlias = Seen | InDoubt | NotSent


@dataclass(frozen=True, slots=True)
class CoreRecord:
    """A row of the core's look-up list. Texts as shown."""

    record_id: str
    """The core's receipt number: identifies the record in the look-up."""
    reference: str = ""
    atena_no: str = ""
    procedure: str = ""
    operator: str = ""
    registered_at: datetime | None = None
    date: str = ""


@dataclass(frozen=True, slots=True)
class CoreDetail:
    """A record's detail screen: label -> shown text (groups as 'group/label')."""

    record_id: str
    lines: Mapping[str, str] = field(default_factory=dict)


class Verdict(StrEnum):
    """What a trusted look-up says about one attempt (new = matches outside the frozen baseline)."""

    FOUND = "found"
    MISMATCH = "mismatch"
    OTHER_OPERATOR = "other_operator"
    DUPLICATE = "duplicate"
    ABSENT = "absent"
    UNREADABLE = "unreadable"
    UNTRUSTED = "untrusted"


@dataclass(frozen=True, slots=True)
class LookUpResult:
    verdict: Verdict
    records: tuple[CoreRecord, ...] = ()
    """The new ones."""
    differing: tuple[str, ...] = ()
    """Labels whose shown text differs; never values."""
    rows_read: int = 0
    compared: int = 0
