"""An entry plan: a recipe applied to one application, as plain data that a driver can carry out.

Nothing here knows YAML, a browser or a desktop. Values are final: a driver types exactly `value` and nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from bridge_agent.domain.substitution import Substituted

if TYPE_CHECKING:
    from bridge_agent.domain.ports import Screen


class FieldClass(StrEnum):
    """One declaration that masks logs, pictures, reports and the console."""

    MYNUMBER = "mynumber"
    PERSONAL = "personal"
    ACCOUNT = "account"
    PLAIN = "plain"


class How(StrEnum):
    """A rung of a locator ladder; each must match exactly one visible element."""

    LABEL = "label"
    ROLE = "role"
    """`text` is 'role|accessible name', for instance 'button|登録する'."""
    NAME = "name"
    """The control's name attribute (TXT_0012)."""
    NEAR = "near"
    """The next visible control after the text `text` (labels without for=, table cells to the right)."""
    TEXT = "text"
    """The element whose own text is exactly `text`."""
    CSS = "css"
    # On the desktop, where nothing but keys, pictures and the clipboard reaches a window:
    TAB = "tab"
    """'ctrl+1|3/16': the key that brings the focus to a page's first stop, the stop (from 1), the page's number of stops."""
    IMAGE = "image"
    """'name.png|80,0': the middle of the one place that looks like the picture, and pixels from there at 100 %."""
    KEY = "key"
    """'f12', 'alt+y': pressed in the window, or, beside a tab or image rung, there."""


@dataclass(frozen=True, slots=True)
class Rung:
    how: How
    text: str


@dataclass(frozen=True, slots=True)
class Target:
    """Where on a screen: the first rung that matches exactly once wins; a rung that matches twice is an error."""

    ladder: tuple[Rung, ...]
    within: str = ""
    """Heading, legend or caption of the group the target stands in; '' = the whole screen."""
    row: int = 0
    """1-based row of a repeated group inside `within`; 0 = not repeated."""
    frame: str = ""
    """Frame name; '' = every frame is searched."""


class Control(StrEnum):
    TEXT = "text"
    SELECT = "select"
    """`value` is the option's value attribute."""
    TEXT_OR_SELECT = "text_or_select"
    """A text box or a list, whichever the screen has for this person (browser only); in a list the option that shows
    exactly `value`."""
    RADIO = "radio"
    """`target` finds the group by its name or any member; `value` is the member's value attribute."""
    CHECK = "check"
    """`value` is '1' or '0'."""
    LIST = "list"
    """A text box that offers lines while one types (browser only): `typed` goes in, the one line that shows exactly
    `value` is chosen, and the box then holds `kept`."""
    SHOWN = "shown"
    """Not typed: text the screen shows, compared with `value`."""


class Comparison(StrEnum):
    """How a value read from the core is compared with the intended one; for comparing only, never for writing."""

    EXACT = "exact"
    """Equal after folding the cp932 twins (〜/～, −/－ …), no-break spaces and line ends."""
    WIDTH = "width"
    """EXACT, and full and half width of letters, digits, kana and spaces are one."""
    KANA = "kana"
    """WIDTH, and a hyphen after a kana is the long-vowel mark."""
    NAME = "name"
    """EXACT, or equal under the municipality's approved variant table (髙/高 …)."""
    ADDRESS = "address"
    """WIDTH, and 1-2-3, 1丁目2番3号 and 一丁目2番地の3 are one."""
    DATE = "date"
    """The same day, however it is written (2026-11-05, 令和8年11月5日, R08.11.05)."""
    DIGITS = "digits"
    """The same digits; hyphens and spaces do not count."""


@dataclass(frozen=True, slots=True)
class BoundField:
    key: str
    """Name for messages and evidence (claimant_birth.year, children.2.child_name); never a value."""
    target: Target
    control: Control
    value: str
    field_class: FieldClass
    comparison: Comparison = Comparison.EXACT
    by_keys: bool = False
    """True: real key strokes and a Tab, for fields whose page scripts listen to keys."""
    title: str = ""
    """The item's name as the clerk knows it (the source's column); '' = the key must do."""
    decided_by: str = ""
    """For a fixed text: the item (in the clerk's words) whose value has it typed."""
    typed: str = ""
    """LIST only: what is searched for."""
    kept: str | None = None
    """LIST only: what the box holds after the choice."""
    more: Target | None = None
    """LIST only: the line that brings the rest of the lines, pressed once when the wanted one is not among the first."""

    @property
    def read_back(self) -> str:
        """What must stand there afterwards."""
        return self.value if self.kept is None else self.kept


@dataclass(frozen=True, slots=True)
class Reading:
    """What stood in a field after filling."""

    key: str
    text: str
    found: bool = True


class Meaning(StrEnum):
    """What it means when a mark is recognised."""

    GOES_ON = "goes_on"
    HOLD = "hold"
    WAIT = "wait"
    """Something that the entry needs is not there yet."""
    SESSION_LOST = "session_lost"
    SYSTEM_DOWN = "system_down"
    COMPLETED = "completed"
    """The completion screen of a registration."""
    REFUSED = "refused"
    """A refusal screen after the register press; counts only together with a look-up that shows absence."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing a screen shows: a text (whole text of an element, white space folded) or an element by CSS."""

    text: str = ""
    css: str = ""
    """When both are given, the element found by `css` must contain `text`."""
    title: str = ""
    """Desktop: the whole title of the window in front; '*' stands for any characters."""
    image: str = ""
    """Desktop: a picture that is found exactly once in the window."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How a screen is recognised: all signs are there, in one frame."""

    name: str
    signs: tuple[Sign, ...]
    meaning: Meaning = Meaning.GOES_ON
    reason: str = ""
    """Reason code when meaning is HOLD."""
    frame: str = ""
    stays_s: float = 0.0
    """It counts only after it was shown alone for so long: something may still come over it."""


class DialogAnswer(StrEnum):
    ACCEPT = "accept"
    DISMISS = "dismiss"


@dataclass(frozen=True, slots=True)
class DialogRule:
    """A dialog the recipe knows: type (alert, confirm, prompt, beforeunload) and a part of its text."""

    kind: str
    text: str
    answer: DialogAnswer
    hold: str = ""
    """Reason code if this dialog means that the application is held; '' = go on."""
    key: str = ""
    """Desktop: the key that answers; '' = the usual one."""


@dataclass(frozen=True, slots=True)
class Picking:
    """A pop-up picker: press the opener, fill the search fields, press search, choose the one row with the exact text."""

    opener: Target
    search_fields: tuple[BoundField, ...]
    search: Target | None
    row_text: str
    """Full text of the cell that identifies the row; no match or two matches = nothing is chosen."""
    choose: Target | None = None
    """What to press in the row; None = the row's first link or button, else the row itself."""
    window: str = ""
    """Part of the pop-up's title, checked before anything is typed."""


class Act(Protocol):
    """A bound step that has no effect at the core: navigation, filling, checking."""

    @property
    def kind(self) -> str: ...

    def perform(self, screen: Screen) -> ActReport:
        """Raises BusinessError to hold, TransientError to try again."""
        ...


@dataclass(frozen=True, slots=True)
class ActReport:
    """What an act can prove afterwards: counts only."""

    fields: int = 0
    equal: int = 0


@dataclass(frozen=True, slots=True)
class Commit:
    """The one register action of a plan."""

    press: Target
    endings: tuple[Mark, ...]
    """At least one COMPLETED mark, the listed REFUSED ones, and session_lost ones."""
    receipt: Target | None
    """Where the completion screen shows the core's receipt number; None when it shows none."""
    proofs: tuple[BoundField, ...] = ()
    """SHOWN fields on the completion screen that prove it is this application's."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A line of the detail screen that must show the entered value."""

    label: str
    value: str
    comparison: Comparison
    field_class: FieldClass


@dataclass(frozen=True, slots=True)
class LookUpPlan:
    """How this application's record is told from all others."""

    procedure: str
    """The procedure's name or code as the core's look-up expects it."""
    reference: str
    """Our 受付番号 in the core's reference field; '' when the core has none and the natural key must do."""
    atena_no: str
    application_date: date
    compare: tuple[Compared, ...]
    remarks: str = ""
    """What a person is to see about how it was entered, one line each: columns and code points, never a value."""
    ends_at: str = ""
    """What the office calls it after the entry, where that is not the end."""


@dataclass(frozen=True, slots=True)
class EntryPlan:
    receipt_no: str
    procedure: str
    core: str
    recipe_digest: str
    acts: tuple[Act, ...]
    """Everything up to, and not including, the commit."""
    commit: Commit
    look_up: LookUpPlan
    dialogs: tuple[DialogRule, ...]
    substitutions: tuple[Substituted, ...] = ()
    """Where another character is typed than was applied for; told by `look_up.remarks` as well, which the ledger keeps."""

    @property
    def field_count(self) -> int:
        return sum(len(getattr(act, "fields", ())) for act in self.acts)


def personal_texts(fields: Sequence[BoundField]) -> frozenset[str]:
    """The texts that must never reach a log: every value of a class other than plain, two characters or longer."""
    hidden = (f for f in fields if f.field_class is not FieldClass.PLAIN)
    return frozenset(text for f in hidden for text in (f.value, f.typed, f.read_back) if len(text) > 1)
