"""An empty core is filled from the invented town."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from mock_core_ui.core.catalogue import SCREENS
from mock_core_ui.core.display import blocks
from mock_core_ui.core.seeding import fill
from mock_core_ui.core.store import Search, Store
from mock_core_ui.people import build_world
from tests.unit.mock_core_ui.core.samples import NOW


@pytest.mark.parametrize(
    ("core", "procedures"),
    [
        ("sogo", None),
        ("nintei", None),
        ("hibari", ("ltci_renewal", "ltci_care_plan_request", "ltci_insured_card_reissue")),
        ("wakaba", ("nursery_application", "child_rearing_allowance_status")),
        ("jidosha", ("vehicle_env_tax", "parking_space_certificate")),
    ],
)
def test_fills_residents_and_this_cores_earlier_records(
    core: str, procedures: tuple[str, ...] | None, tmp_path: Path
) -> None:
    world = build_world(5, 60, procedures)
    expected = sorted(
        (record.procedure_id, record.atena_no, record.application_date.isoformat())
        for record in world.earlier_records
        if record.procedure_id in SCREENS and SCREENS[record.procedure_id].core == core
    )
    store = Store(tmp_path / "core.sqlite")
    try:
        fill(store, core, world)
        assert all(store.resident(resident.atena_no) for resident in world.residents)
        records, total = store.search(Search(), NOW, 1, 1000)
    finally:
        store.close()
    assert expected
    assert total == len(expected)
    for record in records:
        assert record.operator == "clerk01"
        assert any(line.text for block in blocks(SCREENS[record.procedure], record.values) for line in block.lines)
    with closing(sqlite3.connect(store.path)) as other:
        lines = other.execute("SELECT procedure, atena_no, application_date FROM commit_log WHERE before_run = 1")
        assert sorted(lines) == expected
