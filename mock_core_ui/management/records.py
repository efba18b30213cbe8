"""What the management system keeps of one application, and the changes that reach it after it was approved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from mock_core_ui.management.states import State

Values: TypeAlias = dict[str, str | list[dict[str, str]]]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list of applications."""

    receipt_no: str
    procedure_code: str
    procedure_name: str
    received_at: str
    """ISO 8601 with +09:00, as are all times here."""
    applicant: str
    state: State
    revision: int
    updated_at: str
    core_number: str


@dataclass(frozen=True, slots=True)
class Record:
    """One whole application."""

    row: Row
    form_version: str
    atena_no: str
    signature_result: str
    values: Values
    attachments: tuple[str, ...]
    later: str
    """What still happens to it after a download: '', 'withdraw' or 'revise'."""
    broken: str
    """What is wrong with its folder in every download: '', 'column_missing', 'column_added', 'encoding' or 'conflict'."""


@dataclass(frozen=True, slots=True)
class Change:
    """One line of an application's history."""

    at: str
    operator: str
    before: State
    after: State
    revision: int
    core_number: str
    note: str


def revised(values: Values) -> Values:
    """The same answers with another telephone number, as after a correction by the applicant."""
    key = next((key for key in values if key.endswith("_tel") and values[key]), "")
    if not key:
        return {**values, "remarks": "訂正あり"}
    return {**values, key: "080-0099-0001" if values[key] != "080-0099-0001" else "080-0099-0002"}
