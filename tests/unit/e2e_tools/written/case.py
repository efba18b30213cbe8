"""What one hand-written expectation consists of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone

from mock_core_ui.people.model import Application, Resident
from mock_core_ui.people.procedures import PROCEDURES
from tests.e2e.inverse import CommitRow

Items = dict[str, str | list[dict[str, str]]]
Stored = dict[str, object]

JAPAN = timezone(timedelta(hours=9))


@dataclass(frozen=True, slots=True)
class Case:
    """An application, the resident it is about, and what the core must store for it."""

    about: str
    """What is special about it, in a few words."""
    application: Application
    resident: Resident
    stored: Stored
    """Every control of the screen."""
    reads_as: Items = field(default_factory=dict)
    """Items that come back otherwise than they were applied for, because the screen keeps another form of them."""

    @property
    def row(self) -> CommitRow:
        """The commit log's row of a right registration."""
        application = self.application
        return CommitRow(
            procedure=application.procedure_id,
            atena_no=application.atena_no,
            reference=str(self.stored.get("seiri_no", "")),
            application_date=application.received_at.date(),
            core_receipt_no="XX-2026-000001",
            values=self.stored,
            before_run=False,
        )


_DECLARATION = "別居監護申立書.pdf"
PAPERS: Mapping[str, tuple[str, ...]] = {
    "child_allowance_certification": (
        "口座が分かるもの.pdf",
        _DECLARATION,
        "監護相当・生計費の負担についての確認書.pdf",
    ),
    "child_allowance_amount_change": (_DECLARATION,),
    "child_allowance_name_address_change": (_DECLARATION,),
    "child_allowance_status": (_DECLARATION, "海外留学の証明書.pdf"),
    "child_allowance_unpaid": ("戸籍の写し.pdf", "口座が分かるもの.pdf"),
    "disaster_victim_certificate": ("被害状況の写真.jpg",),
    "ltci_burden_limit": ("通帳の写し.pdf", "配偶者の通帳の写し.pdf"),
    "ltci_home_renovation": ("理由書.pdf", "改修前の写真.jpg", "工事内訳書.pdf", "改修後の写真.jpg"),
    "nursery_status": ("父の就労証明書.pdf", "母の就労証明書.pdf"),
}
"""What the office asks for beside the form; an application that lacks it is held."""


def application(procedure_id: str, receipt_no: str, received: str, atena_no: str, values: Items) -> Application:
    """A plain application; `received` is the time of arrival in Japan."""
    procedure = PROCEDURES[procedure_id]
    return Application(
        receipt_no=receipt_no,
        procedure_id=procedure_id,
        procedure_code=procedure.code,
        procedure_name=procedure.name,
        form_version="2026-04",
        received_at=datetime.fromisoformat(received).replace(tzinfo=JAPAN),
        atena_no=atena_no,
        signature_result="1",
        values=values,
        attachments=PAPERS.get(procedure_id, ()),
    )


def resident(
    about: Application, prefix: str, sex: str, registered_name: str = "", birth: str = "1980-01-01"
) -> Resident:
    """The resident register's entry of the person whose items begin with `prefix`.

    `registered_name` is given where the register writes the name otherwise than the applicant, `birth` is taken where
    the form does not ask for it.
    """

    def said(item: str) -> str:
        found = about.values.get(f"{prefix}_{item}", "")
        assert isinstance(found, str)
        return found

    return Resident(
        atena_no=about.atena_no,
        name=registered_name or said("name"),
        kana=said("kana"),
        birth=date.fromisoformat(said("birth") or birth),
        sex=sex,
        postal=said("postal"),
        address=said("address"),
        katagaki=said("katagaki"),
        tel=said("tel"),
        mynumber=said("mynumber"),
        insured_no=said("no"),
        household_no=f"7{about.atena_no[1:]}",
    )


def written(
    procedure_id: str,
    about: str,
    received: str,
    keys: tuple[str, str],
    person: tuple[str, str],
    values: Items,
    stored: Stored,
    *,
    reads_as: Items | None = None,
    attachments: tuple[str, ...] | None = None,
) -> Case:
    """A case of a later procedure. `keys`: 受付番号 and 宛名番号; `person`: prefix of the items, and sex."""
    made = application(procedure_id, keys[0], received, keys[1], values)
    if attachments is not None:
        made = replace(made, attachments=attachments)
    return Case(about, made, resident(made, *person), stored, reads_as or {})


def blank(controls: str) -> Stored:
    """These controls with nothing in them."""
    return dict.fromkeys(controls.split(), "")


def numbered_rows(controls: str, rows: int) -> Stored:
    """Blank controls of a group of rows; {} in each stands for the number of the row."""
    return {control.format(row): "" for row in range(1, rows + 1) for control in controls.split()}


def split(stem: str, parts: str, held: str) -> Stored:
    """A field of several boxes on one line: `held` box by box, with spaces between, `parts` the ends of their names."""
    return dict(zip((f"{stem}_{part}" for part in parts), held.split(), strict=True))


def day(stem: str, held: str) -> Stored:
    """元号, 年, 月, 日."""
    return split(stem, "gymd", held)


def three(stem: str, held: str) -> Stored:
    """A telephone number."""
    return split(stem, "123", held)


def two(stem: str, held: str) -> Stored:
    """A postal code."""
    return split(stem, "12", held)


def from_number(number: int, held: str, first: str = "TXT") -> Stored:
    """Boxes of the 介護認定システム that count on from `number`; `first` says what the first one is."""
    boxes = held.split()
    return {f"{first if at == 0 else 'TXT'}_{number + at:04d}": one for at, one in enumerate(boxes)}


def unlike(written: Mapping[str, object], stored: Mapping[str, object]) -> list[str]:
    """Controls whose stored value is not the written one. Digits of a date may carry a zero in front, boxes any order."""
    return sorted(
        control
        for control in written.keys() | stored.keys()
        if _plain(control, written.get(control)) != _plain(control, stored.get(control))
    )


_DATE_DIGITS_OF_NINTEI = frozenset(
    f"TXT_{number:04d}" for first in (15, 31, 58, 73) for number in range(first + 1, first + 4)
)


def _plain(control: str, held: object) -> object:
    if isinstance(held, list):
        return sorted(held)
    is_part_of_date = control.endswith(("_y", "_m", "_d")) or control in _DATE_DIGITS_OF_NINTEI
    if isinstance(held, str) and is_part_of_date:
        return held.removeprefix("0")
    return held
