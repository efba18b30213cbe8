"""Where the one path meets the outside: sources, core screens, ledger, evidence. Protocols only."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol

from bridge_agent.domain.application import ApplicationKey, Attachment, Delivered, Listed, Standing
from bridge_agent.domain.plan import (
    BoundField,
    DialogRule,
    Mark,
    Picking,
    Reading,
    Target,
)
from bridge_agent.domain.result import Answer, CoreDetail, CoreRecord


class Papers(Protocol):
    """The attachments of one application, as they came."""

    def read(self, attachment: Attachment) -> bytes:
        """Raises BusinessError(ATTACHMENT_LOST) when the file is gone or is not the one that came."""
        ...


class PaperStore(Protocol):
    """Attachments on their way from the source to a core, sealed, an application each."""

    def keep(self, key: ApplicationKey, attachment: Attachment, content: bytes) -> None:
        """On the disk when this returns; the same once more changes nothing. Raises StopRunError when it cannot be."""
        ...

    def of(self, key: ApplicationKey) -> Papers: ...


class Screen(Protocol):
    """The screens of one logged-in account, whole screens at a time; browser and desktop implement it alike.

    Drivers do not know where the commit is: they raise, the entry module judges. What they raise:
    BusinessError (screen_changed, dialog_unknown, a hold that a dialog rule names), SessionLost, TransientError
    (time-out, connection), SystemDown. Texts of foreign exceptions never pass through.
    """

    def begin(self, dialogs: Sequence[DialogRule], papers: Papers | None = None) -> None:
        """A new application: forget what was collected, know these dialogs and these papers from now on."""
        ...

    def open(self, place: str) -> None:
        """Bring up a starting place: a path in the browser, a menu key on the desktop."""
        ...

    def recognise(self, marks: Sequence[Mark], timeout_s: float | None = None) -> Mark:
        """Wait until one of `marks` (or a mark of the profile: session lost, system down) is shown.

        Two marks at once, or none within the time limit, is BusinessError(screen_changed). Marks that mean
        SESSION_LOST or SYSTEM_DOWN raise; HOLD and GOES_ON marks are returned.
        """
        ...

    def fill(self, fields: Sequence[BoundField]) -> tuple[Reading, ...]:
        """Resolve every target (else nothing is typed), fill all, read all back. SHOWN fields are only read."""
        ...

    def press(self, target: Target, over: Target | None = None) -> None:
        """A harmless press: navigation, confirm. Never the register action (the fuse is shut).

        `over`: where the pointer has to rest for the target to appear (browser only).
        """
        ...

    def pick(self, picking: Picking) -> None: ...

    def attach(self, target: Target, attachments: Sequence[Attachment]) -> None:
        """Choose files in a file field, in the place of what was chosen before (browser only).

        Raises BusinessError(ATTACHMENT_LOST) when one of them cannot be had.
        """
        ...

    def read(self, targets: Sequence[Target]) -> tuple[str, ...]: ...

    def register(self, press: Target, endings: Sequence[Mark], timeout_s: float) -> Answer:
        """The one press that registers: the fuse lets one register request pass, then shuts for good.

        Returns after an ending was recognised, or with meaning None after `timeout_s`. Never presses twice.
        """
        ...

    def read_ending(self, receipt: Target | None, proofs: Sequence[BoundField]) -> tuple[str, bool]:
        """On the completion screen: the core's receipt number and whether all proofs are this application's."""
        ...

    def outline(self) -> str:
        """Masked outline of what is on the screen: structure, labels, lengths; no values."""
        ...

    def picture(self, masked: Sequence[Target]) -> bytes | None:
        """PNG with every input and every masked target covered; None when the driver cannot."""
        ...


@dataclass(frozen=True, slots=True)
class Search:
    procedure: str
    reference: str = ""
    atena_no: str = ""
    application_date: date | None = None


class LookUp(Protocol):
    """The core's own search screen, read-only. Raises LookUpUnreadable when a page is not as the profile says."""

    def ahead(self, query: Search, record_id: str = "") -> None:
        """This search (and this record's detail) follows soon: begin to ask without waiting. May do nothing."""
        ...

    def search(self, query: Search) -> tuple[CoreRecord, ...]:
        """All pages read; the number the core tells must equal the rows read."""
        ...

    def detail(self, record_id: str) -> CoreDetail: ...


class LookUpUnreadable(Exception):
    """A look-up page could not be made or read; `why` is a code, never a page's text."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Sender:
    """The browser process that can send: recorded before the first foreign action, killed by a taker."""

    pid: int
    started: float
    """Process start time as the operating system tells it (guards against re-used pids)."""
    host: str
    driver_pid: int = 0
    """The process that steers the browser and makes the register request (0 = none is known)."""
    driver_started: float = 0.0


class Watchdog(Protocol):
    """A process of its own that ends a sender in time, even while the process that armed it stands still."""

    def guard(self, sender: Sender | None, within_s: float) -> AbstractContextManager[None]:
        """Inside, the sender is killed from outside unless the block ends within `within_s` (its own clock).

        Also when the guarded process dies. Raises StopRunError when nobody watches: then nothing may be armed.
        """
        ...


@dataclass(frozen=True, slots=True)
class PageRequest:
    """A page of the system that is read beside the screen, with the browser's own cookies."""

    path: str
    form: Mapping[str, str] | None = None
    """None = GET; otherwise the fields of a POST."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to take from a page. All selectors are CSS."""

    rows: str = ""
    cells: str = "td,th"
    headings: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    """Our name -> CSS of the one element whose text (or, for a form control, value) is wanted."""


@dataclass(frozen=True, slots=True)
class Peeked:
    """Texts have their white space folded. A text whose element is not there is None."""

    status: int
    path: str
    """Path and query the answer came from, after redirects."""
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    texts: Mapping[str, str | None]


class Pages(Protocol):
    """What a web source needs beside a Screen: quiet reads and downloads."""

    @property
    def screen(self) -> Screen: ...

    def start(self) -> None: ...

    def renew(self) -> None: ...

    def ahead(self, request: PageRequest, wanted: Wanted) -> None:
        """The same peek follows soon: begin it without waiting. Never raises for the system's sake."""
        ...

    def peek(self, request: PageRequest, wanted: Wanted) -> Peeked:
        """Raises SessionLost when a session-lost mark of the profile is on the page, TransientError on no answer."""
        ...

    def download(self, press: Target, to: Path) -> None:
        """Press and save the download that follows to `to` (complete and fsynced before it gets its name)."""
        ...

    def close(self) -> None: ...


class CoreSession(Protocol):
    """One account of one core: log-in, entry screen, look-up. Owned by one thread; close() ends the browser."""

    @property
    def screen(self) -> Screen: ...

    @property
    def look_up(self) -> LookUp: ...

    @property
    def sender(self) -> Sender | None: ...

    @property
    def log_ins(self) -> int:
        """How often this session has logged in: a new log-in takes the screen away that was open."""
        ...

    def start(self) -> None:
        """Open the browser and log in. Raises LoginRefused (one try), SystemDown (two tries)."""
        ...

    def renew(self) -> None:
        """Throw the browser context away and log in again (after a fault, and before the look-up of a doubt)."""
        ...

    def stop_sender(self) -> None:
        """Kill the browser so that nothing more can be sent; it is proven dead when this returns.

        Raises StopRunError when it would not die. start() makes a new one.
        """
        ...

    def close(self) -> None: ...


class Source(Protocol):
    """A management system. Raises LoginRefused, SystemDown, TransientError."""

    @property
    def name(self) -> str: ...

    @property
    def scope(self) -> str:
        """Numbering scope of its 受付番号."""
        ...

    def approved(self) -> Sequence[Listed]:
        """All pages of the list of approved applications."""
        ...

    def deliver(self, wanted: Sequence[Listed]) -> Iterator[Delivered]:
        """Content of the listed applications; a refused package comes as Delivered with a refusal, never raises."""
        ...

    def put_away(self, receipt_numbers: Collection[str]) -> None:
        """The ledger has these: a source that was handed files may move them. A second time does nothing."""
        ...

    def remarks(self) -> Sequence[str]:
        """Japanese sentences: what a person should know of what was offered and is in no application's own line."""
        ...

    def changed_forms(self) -> Mapping[str, str]:
        """手続コード -> note for what waits of it, of the forms that came with other columns; '' = whose cannot be told."""
        ...

    def ask_ahead(self, receipt_no: str) -> None:
        """standing() of this number follows soon: begin to ask without waiting. May do nothing."""
        ...

    def standing(self, receipt_no: str) -> Standing: ...

    def report_linked(self, receipt_no: str, core_receipt: str) -> None:
        """連携済 with the core's number; the same number twice is no error."""
        ...

    def close(self) -> None: ...


class Sealer(Protocol):
    """Keyed fingerprints and sealed values; keys live in the operating system's key store."""

    def fingerprint(self, *parts: str) -> str:
        """HMAC-SHA256 over length-prefixed parts, hex."""
        ...

    def seal(self, plain: bytes, purpose: str) -> bytes: ...

    def unseal(self, sealed: bytes, purpose: str) -> bytes:
        """Raises ConfigError when the key or the purpose is another one."""
        ...


class Evidence(Protocol):
    """Masked proof of an attempt. Losing it never changes the truth, so nothing here raises."""

    def outline(self, receipt_no: str, moment: str, text: str) -> str:
        """Returns the SHA-256 of what was stored, '' when it could not be."""
        ...

    def picture(self, receipt_no: str, moment: str, png: bytes) -> str: ...


class Progress(Protocol):
    """What a person watching sees; called from the run's own thread."""

    def stage(self, title: str, total: int | None = None) -> None: ...

    def advance(self, receipt_no: str, outcome: str) -> None: ...

    def done(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Stopwatch:
    """Milliseconds a stage took, gathered for the bench."""

    marks: Mapping[str, float]


class Timer(Protocol):
    def measure(self, stage: str) -> AbstractContextManager[None]: ...
