"""The store: receipt numbers, the append-only oracle, searching and hiding."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from mock_core_ui.core.store import NewRecord, Search, Store
from tests.unit.mock_core_ui.core.samples import HANA, NOW, TARO

NEW = NewRecord("KF", "p", HANA.atena_no, "R-1", date(2026, 11, 5), "bridge01", NOW, {"a": "x", "b": ["1"]}, "q1")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "core.sqlite")
    store.add_residents((HANA, TARO))
    yield store
    store.close()


def _numbers(store: Store, search: Search, page: int = 1, size: int = 10) -> tuple[list[str], int]:
    records, total = store.search(search, NOW + timedelta(days=1), page, size)
    return [record.core_receipt_no for record in records], total


def test_receipt_numbers_go_up_and_carry_the_year_of_tokyo(store: Store) -> None:
    assert store.commit(NEW) == "KF-2026-000001"
    last_second = datetime(2026, 12, 31, 15, 0, tzinfo=UTC)
    assert store.commit(replace(NEW, prefix="JT", registered_at=last_second)) == "JT-2027-000002"


def test_commit_writes_the_oracle_in_the_same_breath(store: Store) -> None:
    store.commit(NEW)
    with closing(sqlite3.connect(store.path)) as other:
        other.row_factory = sqlite3.Row
        line = other.execute("SELECT * FROM commit_log").fetchone()
    assert json.loads(line["values_json"]) == NEW.values
    assert (line["operator"], line["atena_no"], line["reference"]) == ("bridge01", HANA.atena_no, "R-1")
    assert (line["core_receipt_no"], line["request_id"], line["before_run"]) == ("KF-2026-000001", "q1", 0)
    assert datetime.fromisoformat(line["time"]) == NOW


@pytest.mark.parametrize("statement", ["UPDATE commit_log SET operator = 'x'", "DELETE FROM commit_log"])
def test_oracle_cannot_be_changed(store: Store, statement: str) -> None:
    store.commit(NEW)
    with closing(sqlite3.connect(store.path)) as other, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        other.execute(statement)


def test_record_has_the_registers_name(store: Store) -> None:
    record = store.record(store.commit(NEW), NOW)
    assert record is not None
    assert record.name == HANA.name
    assert record.registered_at.isoformat() == "2026-11-23T12:04:05+09:00"
    assert record.values == NEW.values


def test_search_by_each_condition(store: Store) -> None:
    store.commit(NEW)
    store.commit(replace(NEW, reference="R-2", procedure="q"))
    store.commit(replace(NEW, reference="R-3", atena_no=TARO.atena_no, application_date=date(2026, 11, 9)))
    assert _numbers(store, Search(reference="R-2")) == (["KF-2026-000002"], 1)
    assert _numbers(store, Search(reference="R")) == ([], 0)
    assert _numbers(store, Search(atena_no=TARO.atena_no)) == (["KF-2026-000003"], 1)
    assert _numbers(store, Search(procedure="q")) == (["KF-2026-000002"], 1)
    assert _numbers(store, Search(applied_from=date(2026, 11, 6)))[1] == 1
    assert _numbers(store, Search(applied_to=date(2026, 11, 5)))[1] == 2


def test_days_of_registration_are_those_of_tokyo(store: Store) -> None:
    store.commit(replace(NEW, registered_at=datetime(2026, 11, 22, 15, 0, tzinfo=UTC)))
    day = date(2026, 11, 23)
    assert _numbers(store, Search(registered_from=day, registered_to=day))[1] == 1
    assert _numbers(store, Search(registered_to=date(2026, 11, 22)))[1] == 0


def test_pages_newest_first(store: Store) -> None:
    store.commit_all(replace(NEW, registered_at=NOW + timedelta(seconds=at)) for at in range(5))
    assert _numbers(store, Search(), page=1, size=2) == (["KF-2026-000005", "KF-2026-000004"], 5)
    assert _numbers(store, Search(), page=3, size=2) == (["KF-2026-000001"], 5)


def test_hidden_record_appears_at_its_time(store: Store) -> None:
    receipt = store.commit(NEW)
    store.hide_until(receipt, NOW + timedelta(seconds=10))
    assert store.record(receipt, NOW + timedelta(seconds=9)) is None
    assert store.record(receipt, NOW + timedelta(seconds=10)) is not None


def test_nearness_of_application_dates(store: Store) -> None:
    store.commit(NEW)
    assert store.has_near("p", HANA.atena_no, date(2026, 12, 5), 30)
    assert not store.has_near("p", HANA.atena_no, date(2026, 12, 6), 30)
    assert not store.has_near("q", HANA.atena_no, date(2026, 11, 5), 30)
    assert not store.has_near("p", TARO.atena_no, date(2026, 11, 5), 30)


def test_failed_commit_leaves_nothing(store: Store) -> None:
    with pytest.raises(TypeError):
        store.commit(replace(NEW, values={"a": b"bytes"}))  # type: ignore[dict-item]
    assert _numbers(store, Search()) == ([], 0)


def test_register_has_no_individual_number(store: Store) -> None:
    found = store.resident(HANA.atena_no)
    assert found == HANA
    assert store.resident("0") is None
    assert not store.is_empty()
