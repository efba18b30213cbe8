"""Words in which the mock cores describe their screens: fields, groups, rows, code lists. Data only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How a field is shown and what its server accepts."""

    TEXT = "text"
    """Any text that cp932 can hold."""
    KANA = "kana"
    """Full-width katakana only."""
    HALF_KANA = "half_kana"
    """Half-width katakana, half-width Latin letters and half-width spaces only."""
    ZENGIN = "zengin"
    """The characters of a bank transfer (全銀): half-width, large kana only, no 長音."""
    DIGITS = "digits"
    """Half-width digits; `exact` says whether all of `maximum` must be filled."""
    TEXTAREA = "textarea"
    SELECT = "select"
    RADIO = "radio"
    CHECK = "check"
    """One box; stored as '1' or ''."""
    CHECKS = "checks"
    """Several boxes of one name; stored as a list of codes."""
    DATE = "date"
    """和暦 in four controls: 元号 (select), 年, 月, 日 (text boxes, two digits)."""
    PHONE = "phone"
    """Three text boxes."""
    POSTAL = "postal"
    """Two text boxes, 3 + 4 digits."""
    YEAR_MONTH = "year_month"
    """和暦 in three controls: 元号 (select), 年, 月."""
    TIME = "time"
    """Two text boxes: 時, 分."""
    PICKER = "picker"
    """Code and name: two read-only boxes that a search window fills; in dialect D the code may be typed, in dialect C
    both come from a list that opens while one types."""
    FILES = "files"
    """Papers to be chosen from the desk's files (dialect C only); stored as a list of names."""


class Adding(StrEnum):
    """How the rows of a repeated group come to be on the page (dialect C only)."""

    ALL = "all"
    """All of them are there."""
    ADD = "add"
    """The first is there; a button puts the next one below."""
    EDITOR = "editor"
    """None is there; a button opens an editor for one row, another puts it into the table."""


@dataclass(frozen=True, slots=True)
class Choice:
    code: str
    label: str


@dataclass(frozen=True, slots=True)
class When:
    """A field is required only while another one (same row, else same screen) holds one of these codes."""

    key: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    key: str
    """Unique in its group; dialects A and D make control names of it."""
    label: str
    kind: Kind
    required: bool | When = False
    maximum: int = 0
    """Characters kept of a text box (cut without a word); for the parts of a split field see `PARTS`."""
    exact: bool = False
    choices: tuple[Choice, ...] = ()
    number: int = 0
    """Number of its first control in dialect B (TXT_0012), in a group of rows in the first one; further parts count
    on. 0 in the other dialects."""
    register: str = ""
    """Which item of the resident register a clerk would copy here (used for records made before the run)."""
    note: str = ""
    loose: bool = False
    """Whether its label stands before the control without belonging to it (dialect C only)."""
    either: bool = False
    """Whether it is a list of its choices for people of a district whose choices the core knows, a text box for the
    others (dialect C only); either way the text itself is stored."""
    widen: bool = False
    """Whether the box turns half-width letters, digits and kana to full width when it is left (desktop only)."""


@dataclass(frozen=True, slots=True)
class Group:
    key: str
    legend: str
    fields: tuple[Field, ...]
    rows: int = 0
    """0: not repeated. Otherwise so many rows, each with all fields; no row can be added."""
    row_title: str = ""
    """Heading of a row, with {n}."""
    first_rows_required: int = 0
    grid: bool = False
    """Rows are lines of one table, not boxes under each other."""
    page: int = 0
    """Which page of the wizard shows it (dialect C only); groups of one number stand together."""
    page_title: str = ""
    """Heading of that page, where the first group's legend is not it."""
    adding: Adding = Adding.ALL
    row_step: int = 0
    """Dialect B: how many numbers after those of the row before a row's controls are."""

    @property
    def row_numbers(self) -> range:
        """1.. for a repeated group, the single 0 for a plain one."""
        return range(1, self.rows + 1) if self.rows else range(1)


@dataclass(frozen=True, slots=True)
class Screen:
    procedure: str
    core: str
    """'sogo' (dialect A), 'nintei' (dialect B), 'wakaba', 'jidosha' (dialect C) or 'hibari' (dialect D)."""
    number: str
    """画面番号 shown in the corner."""
    title: str
    category: str
    """Heading under which the menu shows it."""
    prefix: str
    """First letters of the receipt numbers that this core gives."""
    application_date: str
    """group.key of the date that the record is filed under."""
    groups: tuple[Group, ...]
    reference: bool
    """Whether the screen has the 整理番号 field."""
    guide: str = ""
    """What a box says that stands over the first page until somebody shuts it (dialect C only)."""
    needs_insured_no: bool = False
    """Whether it opens only for residents who have a 被保険者番号 (dialect B only)."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A field at its place: in its group and, where the group is repeated, in a row; with its control names."""

    field: Field
    group: Group
    row: int
    names: tuple[str, ...]

    @property
    def title(self) -> str:
        """How errors and lists name it, for example 配偶者 氏名 or 児童2 氏名."""
        if self.row:
            return f"{self.group.row_title.format(n=self.row)} {self.field.label}"
        return f"{self.group.legend} {self.field.label}"


PARTS: dict[Kind, tuple[tuple[str, str, int], ...]] = {
    Kind.DATE: (("g", "元号", 0), ("y", "年", 2), ("m", "月", 2), ("d", "日", 2)),
    Kind.YEAR_MONTH: (("g", "元号", 0), ("y", "年", 2), ("m", "月", 2)),
    Kind.TIME: (("h", "時", 2), ("m", "分", 2)),
    Kind.PHONE: (("1", "市外局番", 5), ("2", "市内局番", 4), ("3", "加入者番号", 4)),
    Kind.POSTAL: (("1", "上3桁", 3), ("2", "下4桁", 4)),
    Kind.PICKER: (("cd", "コード", 10), ("nm", "名称", 40)),
}
"""Kind -> parts of a split field: suffix of the control's name in dialects A and D, label, maximum characters."""

REFERENCE_NAME = "seiri_no"
REFERENCE_MAXIMUM = 20
DELETE_KEY = "sakujo"
"""A row whose field of this key is checked is stored as if it were empty."""


def placed_fields(screen: Screen) -> Iterator[Placed]:
    """Every field of the screen in the order of the page, row by row."""
    for group in screen.groups:
        for row in group.row_numbers:
            for field in group.fields:
                yield Placed(field, group, row, control_names(screen, group, field, row))


def control_names(screen: Screen, group: Group, field: Field, row: int) -> tuple[str, ...]:
    """The names of a field's controls: of HTML, in dialect A also its ids, and of what dialect D's client sends."""
    if screen.core == "nintei":
        return _numbered_names(field, field.number + max(0, row - 1) * group.row_step)
    stem = f"{group.key}{row or ''}_{field.key}"
    parts = PARTS.get(field.kind)
    return tuple(f"{stem}_{suffix}" for suffix, _, _ in parts) if parts else (stem,)


def _numbered_names(field: Field, number: int) -> tuple[str, ...]:
    parts = PARTS.get(field.kind)
    if parts is None:
        return (f"{_PREFIXES.get(field.kind, 'TXT')}_{number:04d}",)
    first = "SEL" if field.kind in (Kind.DATE, Kind.YEAR_MONTH) else "TXT"
    return tuple(f"{first if at == 0 else 'TXT'}_{number + at:04d}" for at in range(len(parts)))


_PREFIXES = {Kind.SELECT: "SEL", Kind.RADIO: "RDO", Kind.CHECK: "CHK", Kind.CHECKS: "CHK"}
