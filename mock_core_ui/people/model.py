"""What the invented town knows: residents, applications, and the records the cores hold before the first run.

Both mocks are filled from one `World`; it holds data only, no I/O. Everything in it is made up and follows from the
seed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Resident:
    """A resident as the cores' resident register (住民記録) knows them."""

    atena_no: str
    """宛名番号, 10 digits, leading zeros significant."""
    name: str
    """氏名 as registered, family and given name divided by one full-width space."""
    kana: str
    birth: date
    sex: str
    """'1' male, '2' female."""
    postal: str
    """7 digits, no hyphen."""
    address: str
    katagaki: str
    """方書 (building, room); empty when there is none."""
    tel: str
    mynumber: str
    """12 digits with a valid check digit; exists nowhere outside this project."""
    insured_no: str
    """介護被保険者番号, 10 digits, or '' when not insured."""
    household_no: str


@dataclass(frozen=True, slots=True)
class Application:
    """An application as it reached the management system. `values` uses the item keys of the national forms."""

    receipt_no: str
    procedure_id: str
    procedure_code: str
    procedure_name: str
    form_version: str
    received_at: datetime
    """到達日時, aware, +09:00."""
    atena_no: str
    signature_result: str
    """'1' 正常 '2' 失効 '3' 検証不能 '4' 署名なし."""
    values: dict[str, str | list[dict[str, str]]]
    """Item key -> text; a repeat group's key -> list of rows, each item key -> text."""
    attachments: tuple[str, ...] = ()
    """File names; their (small, made-up) contents are produced by the management system."""
    hazard: str = ""
    """Which hazard this application carries, '' for a plain one."""
    later: str = ""
    """What happens at the management system right after the first download: '', 'withdraw' or 'revise'."""
    broken: str = ""
    """What is wrong with its folder in the downloaded ZIP: '', 'column_missing', 'column_added', 'encoding' or 'conflict'
    ('conflict': the folder is there twice with different content under the same 受付番号)."""
    expected: Expectation = field(default_factory=lambda: Expectation("registered"))


@dataclass(frozen=True, slots=True)
class Expectation:
    """Where an application must stand after a correct night: column of the balance, and the reason code if held."""

    column: str
    """registered | already_there | held | withdrawn | not_yet_entered (it waits for a prerequisite)."""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class EarlierRecord:
    """A record that a clerk entered at the counter before the run."""

    procedure_id: str
    atena_no: str
    application_date: date
    reference: str
    """整理番号 the clerk typed (the 受付番号 of an application), or ''."""
    registered_at: datetime
    values: dict[str, str | list[dict[str, str]]]


@dataclass(frozen=True, slots=True)
class World:
    seed: int
    residents: tuple[Resident, ...]
    applications: tuple[Application, ...]
    earlier_records: tuple[EarlierRecord, ...]
