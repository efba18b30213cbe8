"""What others do to the records of a core beside the registration at hand: correct, cancel, share a name."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta

from mock_core_ui.core.catalogue.screen import Kind, Screen, placed_fields
from mock_core_ui.core.store import NewRecord, Record, Search, Store, insert, log, moment_text, next_receipt
from mock_core_ui.core.values import Values
from mock_core_ui.people.model import Resident

CLERK = "clerk01"
_NAMESAKE_PREFIX = "98"
"""First digits of the 宛名番号 of a made-up namesake: no resident of the invented town has such a one."""


def unused_receipt(store: Store, prefix: str, at: datetime) -> str:
    """A receipt number that no record has."""
    with store.transaction() as connection:
        return next_receipt(connection, prefix, at)


def correct(store: Store, receipt: str, values: Values, operator: str, at: datetime) -> None:
    """Changes a record's values; with an operator, who and when as shown too. The commit log keeps what it had."""
    with store.transaction() as connection:
        text = json.dumps(values, ensure_ascii=False)
        connection.execute("UPDATE records SET values_json = ? WHERE core_receipt_no = ?", (text, receipt))
        if operator:
            connection.execute(
                "UPDATE records SET operator = ?, registered_at = ? WHERE core_receipt_no = ?",
                (operator, moment_text(at), receipt),
            )


def give_number_away(store: Store, receipt: str, other: NewRecord) -> None:
    """Cancels a record and gives its number to another one, which gets its line of the commit log."""
    with store.transaction() as connection:
        connection.execute(
            "UPDATE records SET procedure = ?, atena_no = ?, reference = ?, application_date = ?, operator = ?,"
            " registered_at = ?, values_json = ? WHERE core_receipt_no = ?",
            (
                other.procedure,
                other.atena_no,
                other.reference,
                other.application_date.isoformat(),
                other.operator,
                moment_text(other.registered_at),
                json.dumps(other.values, ensure_ascii=False),
                receipt,
            ),
        )
        log(connection, other, receipt)


def another_resident(store: Store, atena_no: str) -> Resident:
    """Somebody else of the register."""
    row = store.connection().execute(
        "SELECT atena_no FROM residents WHERE atena_no <> ? ORDER BY atena_no LIMIT 1", (atena_no,)
    )
    found = store.resident(row.fetchone()["atena_no"])
    if found is None:
        raise LookupError("the register has nobody else")
    return found


def record_of_another(store: Store, atena_no: str, now: datetime) -> Record | None:
    """The latest record of anybody else."""
    row = (
        store.connection()
        .execute("SELECT core_receipt_no FROM records WHERE atena_no <> ? ORDER BY id DESC LIMIT 1", (atena_no,))
        .fetchone()
    )
    return None if row is None else store.record(row["core_receipt_no"], now)


def namesake_record(store: Store, resident: Resident, screen: Screen, like: Record | None, now: datetime) -> Record:
    """A record of a person with the same name, made on the first call: like `like`, else empty and filed today."""
    namesake = _namesake(store, resident)
    found, _ = store.window(Search(atena_no=namesake.atena_no, procedure=screen.procedure), now, 0, 1)
    if found:
        return found[0]
    today = now.date()
    new = NewRecord(
        prefix=screen.prefix,
        procedure=screen.procedure,
        atena_no=namesake.atena_no,
        reference="",
        application_date=like.application_date if like else today,
        operator=CLERK,
        registered_at=(like.registered_at if like else now) - timedelta(minutes=1),
        values=like.values if like else blank(screen),
        request_id="",
        before_run=True,
    )
    with store.transaction() as connection:
        receipt = insert(connection, new)
    made = store.record(receipt, now)
    if made is None:
        raise LookupError(receipt)
    return made


def blank(screen: Screen) -> Values:
    """Nothing in any control."""
    return {
        name: [] if placed.field.kind is Kind.CHECKS else ""
        for placed in placed_fields(screen)
        for name in placed.names
    }


def _namesake(store: Store, resident: Resident) -> Resident:
    number = _NAMESAKE_PREFIX + resident.atena_no[len(_NAMESAKE_PREFIX) :]
    found = store.resident(number)
    if found is None:
        found = replace(resident, atena_no=number, birth=date(1961, 7, 7), household_no=number, insured_no="")
        store.add_residents([found])
    return found
