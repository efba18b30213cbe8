"""The management system's export into a drop folder: packages as ZIP, plain CSV files, and the list of states."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby, islice
from pathlib import Path

from mock_core_ui.management import package
from mock_core_ui.management.records import Record, Row
from mock_core_ui.management.states import State
from mock_core_ui.management.store import Store

STATE_LIST = "状態一覧.csv"
STATE_HEADER = ("受付番号", "手続コード", "手続名", "申請日時", "状態", "版", "更新日時", "基幹側受付番号")


def export_packages(store: Store, folder: Path, at: datetime, *, per_file: int = 1) -> list[Path]:
    """Every approved application, `per_file` in a ZIP, in the order of 受付番号."""
    numbers = iter([row.receipt_no for row in store.rows(State.APPROVED, "")])
    written = []
    for number, batch in enumerate(_batches(numbers, per_file), 1):
        records = store.records(batch)
        to = folder / f"申請データ_{at:%Y%m%d%H%M%S}_{number:05}.zip"
        written.append(put(to, package.build(records, at)))
    return written


def export_csv(store: Store, folder: Path, at: datetime) -> list[Path]:
    """Every approved application that is not spoiled: one CSV a procedure, a row each, no attachments."""
    records = store.records([row.receipt_no for row in store.rows(State.APPROVED, "")])
    good = sorted((record for record in records if not record.broken), key=_code)
    return [
        put(folder / f"申請一覧_{code}_{at:%Y%m%d%H%M%S}.csv", rows_as_csv(list(group)))
        for code, group in groupby(good, key=_code)
    ]


def rows_as_csv(records: Sequence[Record]) -> bytes:
    """Applications of one procedure in one table."""
    lines = [package.columns(record) for record in records]
    return package.to_cp932(package.csv_text([list(lines[0]), *(list(line.values()) for line in lines)]))


def export_states(store: Store, folder: Path) -> Path:
    """How every application stands, as the list of states is downloaded from the screen."""
    lines = [STATE_HEADER, *(state_line(row) for row in store.rows(None, ""))]
    return put(folder / STATE_LIST, package.to_cp932(package.csv_text(lines)))


def state_line(row: Row) -> tuple[str, ...]:
    return (
        row.receipt_no,
        row.procedure_code,
        row.procedure_name,
        row.received_at,
        row.state.label,
        str(row.revision),
        row.updated_at,
        row.core_number,
    )


def put(to: Path, content: bytes) -> Path:
    """Whole under its name, or not at all."""
    part = to.with_name(to.name + ".part")
    part.write_bytes(content)
    return part.replace(to)


def _code(record: Record) -> str:
    return record.row.procedure_code


def _batches(numbers: Iterator[str], size: int) -> Iterator[list[str]]:
    while batch := list(islice(numbers, size)):
        yield batch
