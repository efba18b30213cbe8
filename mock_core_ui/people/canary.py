"""The training resident that every core holds: one fixed person with one fixed record a core, for testing look-ups.

Town halls keep such a record in their cores; whoever asks the look-up for it must find it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, date, datetime

from mock_core_ui.people.model import EarlierRecord, Resident, World
from mock_core_ui.people.procedures import (
    BURDEN_RATIO_REISSUE,
    CHILDCARE,
    DESKTOP_ROUND,
    LTCI_CERTIFICATION,
    LTCI_RENEWAL,
    NURSERY,
    NURSERY_STATUS,
    PARKING,
    PREGNANCY,
    REARING_STATUS,
    VEHICLE_ADDRESS,
    VEHICLE_ENV_TAX,
    VEHICLE_REPORT,
)

TRAINING_RESIDENT = Resident(
    atena_no="0099999901",
    name="研修　太郎",
    kana="ケンシュウ　タロウ",
    birth=date(1950, 4, 1),
    sex="1",
    postal="0000001",
    address="汐見原市中央一丁目１番１号",
    katagaki="",
    tel="0000-00-0000",
    mynumber="999999999902",
    insured_no="0099999901",
    household_no="0099999901",
)


def _record(procedure: str) -> EarlierRecord:
    return EarlierRecord(
        procedure_id=procedure,
        atena_no=TRAINING_RESIDENT.atena_no,
        application_date=date(2026, 4, 1),
        reference="",
        registered_at=datetime(2026, 4, 1, 1, 0, tzinfo=UTC),
        values={},
    )


TRAINING_RECORDS = tuple(_record(procedure) for procedure in (BURDEN_RATIO_REISSUE, LTCI_CERTIFICATION))
DESKTOP_TRAINING_RECORD = _record(LTCI_RENEWAL)
"""The one of the desktop core, which not every town has."""


_FURTHER = (
    (DESKTOP_ROUND, DESKTOP_TRAINING_RECORD),
    ((PREGNANCY, NURSERY, CHILDCARE, NURSERY_STATUS, REARING_STATUS), _record(PREGNANCY)),
    ((VEHICLE_ADDRESS, VEHICLE_ENV_TAX, VEHICLE_REPORT, PARKING), _record(VEHICLE_ADDRESS)),
)
"""Procedures of a core that not every town has, and that core's record."""


def training_records(procedures: Collection[str]) -> tuple[EarlierRecord, ...]:
    """Those of a town in which these procedures are applied for."""
    asked = set(procedures)
    return (*TRAINING_RECORDS, *(record for known, record in _FURTHER if asked & set(known)))


def with_desktop_training(world: World) -> World:
    """The town with the desktop core's training record too, where nobody applies for what that core does."""
    if DESKTOP_TRAINING_RECORD in world.earlier_records:
        return world
    return replace(world, earlier_records=(*world.earlier_records, DESKTOP_TRAINING_RECORD))
