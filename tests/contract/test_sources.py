"""The contract of sources: what a screen's, a folder's and an interface's must do alike, judged by the system's own store."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from bridge_agent.domain.application import Delivered, SourceState
from bridge_agent.domain.errors import BusinessError, LoginRefused, SystemDown
from bridge_agent.domain.ports import Source
from bridge_agent.domain.reasons import Reason
from bridge_agent.pipeline.collect import READ_AGAIN
from mock_core_ui.management import package, papers, vendor_columns
from mock_core_ui.management.states import State
from mock_core_ui.management.vendor_columns import TABLES
from mock_core_ui.management.vendor_columns.tables import Table
from tests.contract.source_stages import FolderStage, RestStage, ScreenStage, Stage, records

Make = Callable[..., Stage]
LOG_INS = ["rest", "screen"]
WAYS = ["folder", *LOG_INS]
BURDEN, CHILDREN = "K0020", "J0001"


def browser_of(request: pytest.FixtureRequest) -> Path:
    path: Path = request.getfixturevalue("browser_path")
    return path


@pytest.fixture
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Make]:
    made: list[Stage] = []

    def build(way: str, broken: Mapping[int, str] | None = None) -> Stage:
        match way:
            case "folder":
                made.append(FolderStage(tmp_path, broken or {}))
            case "rest":
                made.append(RestStage(tmp_path, broken or {}))
            case _:
                made.append(ScreenStage(tmp_path, broken or {}, browser_of(request)))
        return made[-1]

    yield build
    for stage in made:
        stage.close()


every_way = pytest.mark.parametrize(
    "way", [pytest.param(way, marks=pytest.mark.browser) if way == "screen" else way for way in WAYS]
)
every_log_in = pytest.mark.parametrize(
    "way", [pytest.param(way, marks=pytest.mark.browser) if way == "screen" else way for way in LOG_INS]
)


def collected(source: Source) -> dict[str, Delivered]:
    listed = source.approved()
    found = {delivered.listed.receipt_no: delivered for delivered in source.deliver(listed)}
    assert set(found) == {line.receipt_no for line in listed}
    return found


def first(source: Source) -> str:
    return source.approved()[0].receipt_no


# ---- list and contents ----


@every_way
def test_the_list_names_every_approved_application_once(make: Make, way: str) -> None:
    stage = make(way)
    listed = stage.source().approved()
    expected = {
        (row.receipt_no, row.procedure_code, row.procedure_name, str(row.revision))
        for row in stage.store.rows(State.APPROVED, "")
    }
    assert len(listed) == len(expected) == 8
    assert {(line.receipt_no, line.procedure_code, line.procedure_name, line.revision) for line in listed} == expected


@every_way
def test_contents_are_the_systems_own_texts(make: Make, way: str) -> None:
    stage = make(way)
    found = collected(stage.source())
    for record in records(stage.store):
        application = found[record.row.receipt_no].application
        assert application is not None
        assert dict(application.columns) == package.columns(record)
        assert list(application.columns) == list(package.columns(record))
        assert application.received_at.isoformat() == record.row.received_at
        assert (application.atena_no, application.signature_result) == (record.atena_no, record.signature_result)
        assert [(a.name, a.sha256, a.size) for a in application.attachments] == [
            (name, hashlib.sha256(raw).hexdigest(), len(raw))
            for position, name in enumerate(record.attachments, 1)
            for raw in [papers.attachment(record.row.receipt_no, position, name)]
        ]


@every_way
def test_whose_numbers_they_are_does_not_depend_on_the_way(make: Make, way: str) -> None:
    source = make(way).source()
    assert (source.name, source.scope) == ("minamo", "shiomihara")
    assert {found.application.key.source for found in collected(source).values() if found.application} == {"minamo"}


@every_way
def test_a_new_process_gets_what_was_not_put_away(make: Make, way: str) -> None:
    stage = make(way)
    before = set(collected(stage.source()))
    assert set(collected(stage.source())) == before


@every_way
def test_putting_away_twice_is_no_error(make: Make, way: str) -> None:
    stage = make(way)
    source = stage.source()
    numbers = list(collected(source))
    source.put_away(numbers[:2])
    source.put_away(numbers)
    source.put_away(numbers)
    assert source.remarks() == [] or source.remarks() == ()


# ---- what is refused ----


@every_way
def test_a_damaged_application_is_refused_by_itself(make: Make, way: str) -> None:
    stage = make(way, {1: "encoding"})
    damaged = records(stage.store)[1]
    found = collected(stage.source())
    refused = {number: delivered for number, delivered in found.items() if delivered.application is None}
    assert set(refused) == {damaged.row.receipt_no}
    assert refused[damaged.row.receipt_no].refusal in READ_AGAIN
    assert len(found) == 8


def renamed(table: Table) -> Table:
    return replace(table, columns={k: "交付方法" if k == "delivery" else v for k, v in table.columns.items()})


def added(table: Table) -> Table:
    return replace(table, columns={**table.columns, "new": "連絡希望時間帯"})


def moved(table: Table) -> Table:
    names = dict(reversed(list(table.columns.items())))
    return replace(table, columns=names)


@every_way
@pytest.mark.parametrize(
    ("change", "named"), [(renamed, "「交付方法」"), (added, "「連絡希望時間帯」"), (moved, "「交付方法区分」")]
)
def test_a_form_whose_columns_changed_is_refused_as_a_whole_and_the_column_is_named(
    make: Make, way: str, change: Callable[[Table], Table], named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(vendor_columns.TABLES, BURDEN, change(TABLES[BURDEN]))
    stage = make(way)
    source = stage.source()
    found = collected(source)
    (remark,) = source.remarks()
    assert BURDEN in remark
    assert named in remark
    changed = [delivered for delivered in found.values() if delivered.listed.procedure_code == BURDEN]
    assert len(changed) >= 2
    assert {delivered.refusal for delivered in changed} == {Reason.PACKAGE_COLUMN}
    assert all(named in delivered.note and delivered.form_changed for delivered in changed)
    others = [delivered for delivered in found.values() if delivered.listed.procedure_code == CHILDREN]
    assert others
    assert all(delivered.application for delivered in others)


# ---- how they stand ----


@every_way
def test_an_approved_application_stands_as_approved(make: Make, way: str) -> None:
    source = make(way).source()
    listed = source.approved()[0]
    source.ask_ahead(listed.receipt_no)
    standing = source.standing(listed.receipt_no)
    assert (standing.state, standing.core_receipt) == (SourceState.APPROVED, "")
    assert standing.revision in (None, listed.revision)


@every_way
def test_a_number_that_was_never_issued_is_not_approved(make: Make, way: str) -> None:
    assert make(way).source().standing("0209912310001").state is SourceState.UNKNOWN


@every_way
def test_a_correction_after_the_list_shows_in_its_revision(make: Make, way: str) -> None:
    stage = make(way)
    source = stage.source()
    listed = source.approved()[0]
    stage.store.revise(listed.receipt_no)
    stage.publish()
    assert source.standing(listed.receipt_no).revision == str(int(listed.revision) + 1)
    again = {line.receipt_no: line for line in stage.source().approved()}
    assert again[listed.receipt_no].revision == str(int(listed.revision) + 1)


@every_way
def test_a_withdrawal_after_the_list_shows_and_nothing_is_reported(make: Make, way: str) -> None:
    stage = make(way)
    source = stage.source()
    number = first(source)
    stage.store.withdraw(number)
    stage.publish()
    assert source.standing(number).state is SourceState.WITHDRAWN
    with pytest.raises(BusinessError) as refused:
        source.report_linked(number, "A-1")
    assert refused.value.reason is Reason.WITHDRAWN_AFTER_ENTRY


@every_way
def test_one_that_was_sent_back_shows_and_nothing_is_reported(make: Make, way: str) -> None:
    stage = make(way)
    source = stage.source()
    number = first(source)
    stage.store.send_back(number, "書類の不足", "clerk01")
    stage.publish()
    assert source.standing(number).state is SourceState.SENT_BACK
    with pytest.raises(BusinessError) as refused:
        source.report_linked(number, "A-1")
    assert refused.value.reason is Reason.WITHDRAWN_AFTER_ENTRY


# ---- reporting ----


@every_way
def test_the_same_number_may_be_reported_twice(make: Make, way: str) -> None:
    stage = make(way)
    source = stage.source()
    number = first(source)
    source.report_linked(number, "A-1")
    source.report_linked(number, "A-1")
    stage.source().report_linked(number, "A-1")
    standing = source.standing(number)
    assert (standing.state, standing.core_receipt) == (SourceState.LINKED, "A-1")


@every_way
def test_another_number_is_not_reported_over_the_first(make: Make, way: str) -> None:
    stage = make(way)
    source = stage.source()
    number = first(source)
    source.report_linked(number, "A-1")
    with pytest.raises(BusinessError) as refused:
        source.report_linked(number, "A-2")
    assert refused.value.reason is Reason.OTHER_OPERATOR
    assert stage.source().standing(number).core_receipt == "A-1"


@every_way
def test_an_empty_number_is_never_reported(make: Make, way: str) -> None:
    source = make(way).source()
    with pytest.raises(ValueError):
        source.report_linked(first(source), "")


# ---- trouble ----


@every_way
def test_a_system_that_is_away_is_said_to_be(make: Make, way: str) -> None:
    stage = make(way)
    source = stage.source()
    number = first(source)
    stage.go_down()
    with pytest.raises(SystemDown):
        source.approved()
    with pytest.raises(SystemDown):
        source.standing(number)
    with pytest.raises(SystemDown):
        source.report_linked(number, "A-1")


@every_log_in
def test_a_wrong_password_is_tried_once(make: Make, way: str) -> None:
    stage = make(way)
    source = stage.source("wrong")
    with pytest.raises(LoginRefused):
        source.approved()
    assert stage.log_ins() == 1
