"""The training resident that every core holds: one fixed person with one fixed record a core, for testing look-ups.

Town halls keep such a record in their cores; whoever asks the look-up for it must find it.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from mock_core_ui.people.model import EarlierRecord, Resident

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

TRAINING_RECORDS = tuple(
    EarlierRecord(
        procedure_id=procedure,
        atena_no=TRAINING_RESIDENT.atena_no,
        application_date=date(2026, 4, 1),
        reference="",
        registered_at=datetime(2026, 4, 1, 1, 0, tzinfo=UTC),
        values={},
    )
    for procedure in ("ltci_burden_ratio_reissue", "ltci_certification")
)
