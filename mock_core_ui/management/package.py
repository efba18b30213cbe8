"""The ZIP that operators download: one folder an application with its CSV, its form as PDF and its attachments."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from mock_core_ui.management import papers
from mock_core_ui.management.records import Record, revised
from mock_core_ui.management.vendor_columns import ENVELOPE, TABLES

CSV_NAME = "申請データ.csv"
FORM_NAME = "申請書.pdf"
ATTACHMENTS = "添付"
LOST = "〓"
"""What the vendor writes for a character that cp932 does not hold."""


def to_cp932(text: str) -> bytes:
    """Encode as the vendor does: 外字 (U+E000-E757) pass, everything else that cp932 lacks becomes 〓.

    A letter followed by a variation selector is one character, and is lost as one.
    """
    try:
        return text.encode("cp932")
    except UnicodeEncodeError:
        return "".join(_held(unit) for unit in _characters(text)).encode("cp932")


def _characters(text: str) -> list[str]:
    units: list[str] = []
    for letter in text:
        if units and ("\ufe00" <= letter <= "\ufe0f" or "\U000e0100" <= letter <= "\U000e01ef"):
            units[-1] += letter
        else:
            units.append(letter)
    return units


def _held(unit: str) -> str:
    try:
        unit.encode("cp932")
    except UnicodeEncodeError:
        return LOST
    return unit


def csv_text(lines: Iterable[Sequence[str]]) -> str:
    """Quoted, comma-separated lines ending in CRLF; line breaks inside values stay as they are."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(lines)
    return buffer.getvalue()


def columns(record: Record) -> dict[str, str]:
    """Column name -> text of one application, in the order of the file; unused rows of groups are empty."""
    row, table = record.row, TABLES[record.row.procedure_code]
    envelope = {
        "receipt_no": row.receipt_no,
        "procedure_code": row.procedure_code,
        "procedure_name": row.procedure_name,
        "form_version": record.form_version,
        "received_at": row.received_at,
        "atena_no": record.atena_no,
        "signature_result": record.signature_result,
        "revision": str(row.revision),
    }
    filled = {ENVELOPE[key]: text for key, text in envelope.items()}
    for item, column in table.columns.items():
        value = record.values.get(item, "")
        filled[column] = value if isinstance(value, str) else ""
    for key, group in table.groups.items():
        given = record.values.get(key, [])
        rows = given if isinstance(given, list) else []
        for number in range(1, group.rows + 1):
            answers = rows[number - 1] if number <= len(rows) else {}
            filled |= {group.column(number, item): answers.get(item, "") for item in group.columns}
    return filled


def application_csv(record: Record) -> bytes:
    """The CSV of one application: a header and exactly one line, spoiled if its folder is to be broken."""
    filled = columns(record)
    if record.broken == "column_missing":
        filled.pop(next(column for column in filled if column.endswith(("氏名", "氏名(漢字)"))))
    if record.broken == "column_added":
        filled["備考欄"] = ""
    text = csv_text((list(filled), list(filled.values())))
    return text.encode("utf-8") if record.broken == "encoding" else to_cp932(text)


def build(records: Sequence[Record], at: datetime) -> bytes:
    """The whole ZIP. Names inside are UTF-8; every entry carries the time of the download."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for record in records:
            _add_folder(archive, record.row.receipt_no, record, at)
            if record.broken == "conflict":
                again = replace(record, values=revised(record.values))
                _add_folder(archive, f"{record.row.receipt_no}_2", again, at)
    return buffer.getvalue()


def _add_folder(archive: zipfile.ZipFile, folder: str, record: Record, at: datetime) -> None:
    row = record.row
    form = papers.pdf(
        (
            "MOCK APPLICATION FORM - TRAINING ONLY",
            f"Receipt No. {row.receipt_no}",
            f"Procedure {row.procedure_code}  Revision {row.revision}",
            f"Received {row.received_at}",
        )
    )
    files = {CSV_NAME: application_csv(record), FORM_NAME: form}
    for position, name in enumerate(record.attachments, start=1):
        files[f"{ATTACHMENTS}/{name}"] = papers.attachment(row.receipt_no, position, name)
    for name, content in files.items():
        entry = zipfile.ZipInfo(f"{folder}/{name}", (at.year, at.month, at.day, at.hour, at.minute, at.second))
        entry.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(entry, content)
