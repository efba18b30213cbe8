"""What one hand-written expectation consists of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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
    )


def resident(about: Application, prefix: str, sex: str, registered_name: str = "") -> Resident:
    """The resident register's entry of the person whose items begin with `prefix`.

    `registered_name` is given where the register writes the name otherwise than the applicant.
    """

    def said(item: str) -> str:
        found = about.values.get(f"{prefix}_{item}", "")
        assert isinstance(found, str)
        return found

    return Resident(
        atena_no=about.atena_no,
        name=registered_name or said("name"),
        kana=said("kana"),
        birth=date.fromisoformat(said("birth")),
        sex=sex,
        postal=said("postal"),
        address=said("address"),
        katagaki=said("katagaki"),
        tel=said("tel"),
        mynumber=said("mynumber"),
        insured_no=said("no"),
        household_no=f"7{about.atena_no[1:]}",
    )


def blank(controls: str) -> Stored:
    """These controls with nothing in them."""
    return dict.fromkeys(controls.split(), "")


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
