"""Fills an empty core from the invented town: the resident register, and what clerks entered before the first run."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date

import jaconv

from mock_core_ui.core.catalogue import SCREENS
from mock_core_ui.core.catalogue.codes import ERA_NAMES
from mock_core_ui.core.catalogue.screen import REFERENCE_NAME, Kind, Placed, Screen, placed_fields
from mock_core_ui.core.eras import parts_of
from mock_core_ui.core.store import NewRecord, Store
from mock_core_ui.core.values import Values
from mock_core_ui.people.model import EarlierRecord, Resident, World

CLERK = "clerk01"
_DESK = {"受付区分": "1"}
"""What a clerk at the counter chooses."""
_SEX = {"1": "男", "2": "女"}
"""The register's code -> how the label of a choice begins: the only item with choices that clerks copy from there."""


def fill(store: Store, core: str, world: World) -> None:
    """Puts residents and this core's earlier records into an empty store."""
    store.add_residents(world.residents)
    residents = {resident.atena_no: resident for resident in world.residents}
    store.commit_all(
        _record(SCREENS[earlier.procedure_id], earlier, residents[earlier.atena_no])
        for earlier in sorted(world.earlier_records, key=lambda earlier: earlier.registered_at)
        if earlier.procedure_id in SCREENS and SCREENS[earlier.procedure_id].core == core
    )


def _record(screen: Screen, earlier: EarlierRecord, resident: Resident) -> NewRecord:
    values = _values(screen, earlier, resident)
    return NewRecord(
        prefix=screen.prefix,
        procedure=screen.procedure,
        atena_no=earlier.atena_no,
        reference=earlier.reference if screen.reference else "",
        application_date=earlier.application_date,
        operator=CLERK,
        registered_at=earlier.registered_at,
        values=values,
        request_id=uuid.uuid5(uuid.NAMESPACE_OID, f"{earlier.procedure_id} {earlier.atena_no}").hex,
        before_run=True,
    )


def _values(screen: Screen, earlier: EarlierRecord, resident: Resident) -> Values:
    """A counter entry as the register has the person; required lists hold their first code."""
    values: Values = {REFERENCE_NAME: earlier.reference} if screen.reference else {}
    for placed in placed_fields(screen):
        for name in placed.names:
            values[name] = [] if placed.field.kind is Kind.CHECKS else ""
        if placed.row:
            continue
        if f"{placed.group.key}.{placed.field.key}" == screen.application_date:
            _put_date(screen, placed, earlier.application_date, values)
        elif placed.field.register:
            _put(screen, placed, getattr(resident, placed.field.register), values)
        elif placed.field.required is True:
            _put_default(placed, values)
    return values


def _put(screen: Screen, placed: Placed, held: str | date, values: Values) -> None:
    if isinstance(held, date):
        _put_date(screen, placed, held, values)
        return
    split: dict[Kind, Callable[[str], list[str]]] = {
        Kind.PHONE: lambda text: text.split("-"),
        Kind.POSTAL: lambda text: [text[:3], text[3:]],
        Kind.HALF_KANA: lambda text: [jaconv.z2h(text).replace("\u3000", " ")],
    }
    field = placed.field
    if field.choices:
        held = next(choice.code for choice in field.choices if choice.label.startswith(_SEX[held]))
    elif field.widen:
        held = jaconv.h2z(held, kana=True, ascii=True, digit=True)
    parts = split[field.kind](held) if field.kind in split else [held]
    for name, part in zip(placed.names, parts, strict=False):
        values[name] = part


def _put_date(screen: Screen, placed: Placed, day: date, values: Values) -> None:
    era, year = parts_of(day)
    code = next(code for code, name in ERA_NAMES[screen.core].items() if name == era)
    for name, part in zip(placed.names, (code, str(year), str(day.month), str(day.day)), strict=True):
        values[name] = part


def _put_default(placed: Placed, values: Values) -> None:
    field = placed.field
    if field.kind is Kind.CHECKS:
        values[placed.names[0]] = [field.choices[0].code]
    elif field.choices:
        values[placed.names[0]] = _DESK.get(field.label, field.choices[0].code)
    elif field.kind is Kind.CHECK:
        values[placed.names[0]] = "1"
    elif field.kind is Kind.TEXT:
        values[placed.names[0]] = "（窓口受付分）"
