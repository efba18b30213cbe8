"""Compares what a core stored with what the application said, item by item and control by control."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta, timezone

from mock_core_ui.people.model import Application
from tests.e2e.inverse.commit_log import CommitRow
from tests.e2e.inverse.places import Place, Rows, Sheet
from tests.e2e.inverse.reading import SHEETS, read_back

_JAPAN = timezone(timedelta(hours=9))

_ENVELOPE = {
    "procedure_code": "chooses the screen",
    "procedure_name": "the screen has a title of its own",
    "form_version": "chooses the recipe",
    "signature_result": "judged before approval; a bad one is never entered",
}
_NO_FILES = {"attachments": "stay in the management system; this screen has no place for files"}
_NO_REFERENCE = {"receipt_no": "this core has no 整理番号; person and day identify the record"}


def _not_on(sheet: Sheet) -> Mapping[str, str]:
    """Every item of the forms has a place on its screen; only of the envelope something has not."""
    return _ENVELOPE | ({} if sheet.papers else _NO_FILES) | ({} if sheet.has_reference else _NO_REFERENCE)


NOT_ON_SCREEN: Mapping[str, Mapping[str, str]] = {procedure: _not_on(sheet) for procedure, sheet in SHEETS.items()}
"""Procedure id -> what an application carries and the core's screen cannot take, with the reason."""


def differences(application: Application, row: CommitRow) -> list[str]:
    """Names of the items whose stored value is not what the application said, and of controls filled without reason.

    Empty when the registration is right. Values never appear in the names. Names of persons are compared as applied
    for, variants included; only the cp932 twins are one character.
    """
    if row.procedure != application.procedure_id:
        return ["procedure_id"]
    sheet = SHEETS[row.procedure]
    return [
        *_filed_wrongly(application, row, sheet),
        *_wrong_items(application, row, sheet),
        *_wrong_papers(application, row.values, sheet),
        *_without_place(application, row.procedure, sheet),
        *_without_item(row.values, sheet),
    ]


def _arrival(application: Application) -> date:
    return application.received_at.astimezone(_JAPAN).date()


def _filed_wrongly(application: Application, row: CommitRow, sheet: Sheet) -> Iterator[str]:
    """What the core keeps beside the values: person, reference and date."""
    if row.atena_no != application.atena_no:
        yield "atena_no"
    if row.reference != (application.receipt_no if sheet.has_reference else ""):
        yield "reference"
    if row.application_date != _arrival(application):
        yield "application_date"


def _wrong_items(application: Application, row: CommitRow, sheet: Sheet) -> Iterator[str]:
    entered = read_back(row.procedure, row.values)
    said = dict(application.values)
    said["receipt_no"] = application.receipt_no
    said[sheet.date_item] = _arrival(application).isoformat()
    for place in sheet.places:
        if not _same(place, entered.get(place.item), said.get(place.item, "")):
            yield place.item
    for rows in sheet.rows:
        yield from _wrong_rows(rows, entered[rows.item], said.get(rows.item, []))


def _same(place: Place, entered: object, said: object) -> bool:
    return isinstance(entered, str) and isinstance(said, str) and place.fold(entered) == place.fold(said)


def _wrong_rows(rows: Rows, entered: object, said: object) -> Iterator[str]:
    if not isinstance(entered, list) or not isinstance(said, list) or len(entered) != len(said):
        yield rows.item
        return
    for number, (row_entered, row_said) in enumerate(zip(entered, said, strict=True), start=1):
        for place in rows.places(number):
            if not _same(place, row_entered.get(place.item), row_said.get(place.item, "")):
                yield f"{rows.item}[{number}].{place.item}"


def _wrong_papers(application: Application, values: Mapping[str, object], sheet: Sheet) -> Iterator[str]:
    """The office may leave the files in the management system; if it takes them up, then each once and no other.

    In which order says nothing.
    """
    if not sheet.papers:
        return
    held = values.get(sheet.papers)
    if not isinstance(held, list) or (held and sorted(map(str, held)) != sorted(application.attachments)):
        yield "attachments"


def _without_place(application: Application, procedure: str, sheet: Sheet) -> Iterator[str]:
    """Items that the tables here do not know: a new item must not be forgotten silently."""
    known = {place.item for place in sheet.places} | {rows.item for rows in sheet.rows} | set(NOT_ON_SCREEN[procedure])
    yield from (item for item in application.values if item not in known)
    for rows in sheet.rows:
        columns = {place.item for place in rows.places(1)}
        found = application.values.get(rows.item)
        for row in found if isinstance(found, list) else []:
            yield from (f"{rows.item}.{item}" for item in row if item not in columns)


def _without_item(values: Mapping[str, object], sheet: Sheet) -> Iterator[str]:
    """Controls that hold something although no item belongs there, and choices that are not the operator's."""
    placed = {control for place in sheet.places for control in place.controls}
    for rows in sheet.rows:
        for row in range(1, rows.count + 1):
            placed |= {control for place in rows.places(row) for control in place.controls}
    placed.add(sheet.papers)
    for control, chosen in sheet.chosen.items():
        if values.get(control) != chosen:
            yield control
    yield from (
        control for control, held in values.items() if held and control not in placed and control not in sheet.chosen
    )
