"""The inverse reading against applications and stored values that were both written by hand."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path

import pytest

from mock_core_ui.core.catalogue import SCREENS
from mock_core_ui.core.store import NewRecord, Store
from mock_core_ui.core.values import Values, application_date, errors_in
from mock_core_ui.people.numbers import is_valid_mynumber
from tests.e2e.inverse import SHEETS, committed, differences, read_back
from tests.e2e.inverse.characters import full_width, transfer_kana, without_twins
from tests.e2e.inverse.places import UNREADABLE
from tests.unit.e2e_tools.screens import controls_of
from tests.unit.e2e_tools.written import CASES, FURTHER_CASES, Case, unlike, world
from tests.unit.e2e_tools.written.case import Items

ALL_CASES = (*CASES, *FURTHER_CASES)
every_case = pytest.mark.parametrize("case", ALL_CASES, ids=lambda case: case.application.receipt_no)


def stored_of(case: Case) -> Values:
    """The case's stored values in the mock core's own type."""
    values: Values = {}
    for control, held in case.stored.items():
        assert isinstance(held, str | list)
        values[control] = held
    return values


def first_case(procedure: str, about: str = "") -> Case:
    return next(case for case in ALL_CASES if case.application.procedure_id == procedure and about in case.about)


@every_case
def test_a_right_registration_has_no_differences(case: Case) -> None:
    assert differences(case.application, case.row) == []


@every_case
def test_stored_values_read_back_to_the_application(case: Case) -> None:
    said = dict(case.application.values)
    if "seiri_no" in case.stored:
        said["receipt_no"] = case.application.receipt_no
    if said.get("payee_holder_kana"):
        said["payee_holder_kana"] = transfer_kana(str(said["payee_holder_kana"]))
    if "purpose" in said:
        said["purpose"] = "|".join(sorted(str(said["purpose"]).split("|")))
    said |= case.reads_as
    assert read_back(case.application.procedure_id, case.stored) == said


@every_case
def test_the_core_would_store_the_written_values(case: Case) -> None:
    screen = SCREENS[case.application.procedure_id]
    values = stored_of(case)
    assert values.keys() == controls_of(screen.procedure)
    assert errors_in(screen, values) == []
    assert application_date(screen, values) == case.application.received_at.date()


@every_case
def test_every_changed_control_is_noticed(case: Case) -> None:
    for control, held in case.stored.items():
        for changed in changes_of(held):
            if control == SHEETS[case.row.procedure].papers and changed == []:
                continue  # Files may stay in the management system.
            row = replace(case.row, values={**case.stored, control: changed})
            assert differences(case.application, row), f"{control}: {held!r} -> {changed!r}"


def changes_of(held: object) -> list[object]:
    """Other values that could stand in a control: more, less, something else, nothing."""
    if isinstance(held, list):
        return [changed for changed in (held[:-1], [*held, "98"], ["98"], []) if changed != held]
    if held == "":
        return ["1", "変"]
    text = str(held)
    return ["", f"{text}1", text[:-1], "変" + text[1:]]


@every_case
def test_every_missing_control_is_noticed(case: Case) -> None:
    placed = {control for place in SHEETS[case.row.procedure].places for control in place.controls}
    for control in placed:
        rest = {name: held for name, held in case.stored.items() if name != control}
        assert differences(case.application, replace(case.row, values=rest)), control


@every_case
def test_every_changed_item_is_noticed(case: Case) -> None:
    """The other way round: no item is left out of the comparison."""
    for item, said in case.application.values.items():
        if item == SHEETS[case.application.procedure_id].date_item:
            continue  # The day of arrival decides, not what was typed.
        for changed in changed_items(said):
            application = replace(case.application, values={**case.application.values, item: changed})
            found = differences(application, case.row)
            assert [name.split("[")[0] for name in found] == [item], item


def changed_items(said: str | list[dict[str, str]]) -> list[str | list[dict[str, str]]]:
    if isinstance(said, str):
        return [f"{said}9"]
    changed: list[str | list[dict[str, str]]] = [[*said, {}]]
    for at, row in enumerate(said):
        changed += [[*said[:at], {**row, item: f"{text}9"}, *said[at + 1 :]] for item, text in row.items()]
    return changed


@every_case
def test_the_record_must_be_filed_under_the_right_person_number_and_day(case: Case) -> None:
    row = case.row
    assert differences(case.application, replace(row, atena_no="0009999999")) == ["atena_no"]
    assert differences(case.application, replace(row, reference="x")) == ["reference"]
    later = row.application_date + timedelta(days=1)
    assert differences(case.application, replace(row, application_date=later)) == ["application_date"]
    assert differences(case.application, replace(row, procedure="another")) == ["procedure_id"]


def test_the_day_of_arrival_is_that_of_japan_and_not_what_was_typed() -> None:
    case = first_case("ltci_burden_ratio_reissue", "just after midnight")
    values: Items = {**case.application.values, "apply_date": "2026-11-08"}
    application = replace(case.application, received_at=case.application.received_at.astimezone(UTC), values=values)
    assert differences(application, case.row) == []
    day_before = {**case.stored, "uketsuke_shinseibi_d": "8"}
    assert differences(application, replace(case.row, values=day_before)) == ["apply_date"]


def test_an_item_without_a_place_is_reported() -> None:
    case = first_case("disaster_victim_certificate", "rented room")
    values: Items = {**case.application.values, "new_item": ""}
    assert differences(replace(case.application, values=values), case.row) == ["new_item"]
    members = case.application.values["members"]
    assert isinstance(members, list)
    values = {**case.application.values, "members": [{**row, "member_sex": ""} for row in members]}
    found = differences(replace(case.application, values=values), case.row)
    assert set(found) == {"members.member_sex"}


def test_rows_must_stand_in_order_and_without_gaps() -> None:
    case = first_case("disaster_victim_certificate", "rented room")
    moved = {
        control.replace("setaiin3", "setaiin4") if "setaiin3" in control else control: held
        for control, held in case.stored.items()
        if "setaiin4" not in control
    }
    moved |= {control: "" for control in case.stored if "setaiin3" in control}
    assert differences(case.application, replace(case.row, values=moved)) == ["members"]
    swapped = {
        control.replace("setaiin1", "x").replace("setaiin2", "setaiin1").replace("x", "setaiin2"): held
        for control, held in case.stored.items()
    }
    assert "members[1].member_name" in differences(case.application, replace(case.row, values=swapped))


def test_names_are_compared_as_applied_but_for_the_twins() -> None:
    case = first_case("ltci_burden_ratio_reissue", "everyday form")
    registered = {**case.stored, "hihokensha_shimei": case.resident.name}
    assert differences(case.application, replace(case.row, values=registered)) == ["insured_name"]
    case = first_case("ltci_burden_ratio_reissue", "wave dash")
    other_twin = {**case.stored, "saikofu_riyu_text": str(case.stored["saikofu_riyu_text"]).replace("～", "〜")}
    assert differences(case.application, replace(case.row, values=other_twin)) == []


def test_a_value_that_means_nothing_never_equals_an_application() -> None:
    case = first_case("ltci_certification")
    strange: Mapping[str, object] = {
        "SEL_0015": "Q", "TXT_0026": "", "SEL_0035": "20", "CHK_0081": ["1"],
    }  # fmt: skip
    items = read_back("ltci_certification", {**case.stored, **strange})
    for item in ("insured_birth", "insured_tel", "apply_kind", "consent"):
        assert str(items[item]).startswith(UNREADABLE), item


@pytest.mark.parametrize(
    ("era", "year", "month", "day", "meant"),
    [
        ("5", "1", "5", "1", "2019-05-01"),
        ("5", "01", "05", "01", "2019-05-01"),
        ("4", "31", "4", "30", "2019-04-30"),
        ("4", "1", "1", "8", "1989-01-08"),
        ("3", "64", "1", "7", "1989-01-07"),
        ("3", "1", "12", "25", "1926-12-25"),
        ("2", "15", "12", "24", "1926-12-24"),
        ("2", "1", "7", "30", "1912-07-30"),
        ("1", "45", "7", "29", "1912-07-29"),
        ("4", "31", "5", "1", None),
        ("5", "1", "4", "30", None),
        ("3", "64", "1", "8", None),
        ("5", "0", "5", "1", None),
        ("5", "8", "2", "29", None),
        ("", "8", "2", "2", None),
        ("5", "", "2", "2", None),
        ("5", "八", "2", "2", None),
    ],
)
def test_eras(era: str, year: str, month: str, day: str, meant: str | None) -> None:
    stem = "hihokensha_birth"
    stored = {f"{stem}_g": era, f"{stem}_y": year, f"{stem}_m": month, f"{stem}_d": day}
    read = read_back("ltci_burden_ratio_reissue", stored)["insured_birth"]
    assert read == meant if meant else str(read).startswith(UNREADABLE)


def test_kana() -> None:
    assert full_width("ﾊﾟｰﾃｨ ｳﾞｧﾝ･ｦ KIM") == "パーティ　ヴァン・ヲ　ＫＩＭ"
    assert full_width("㈱ｶ") == "㈱カ"
    # The transfer form's known pairs.
    for applied, transferred in (
        ("ワタナベ　ショウコ", "ﾜﾀﾅﾍﾞ ｼﾖｳｺ"),
        ("スズキ　ケーキ", "ｽｽﾞｷ ｹ-ｷ"),
        ("ヴァン", "ｳﾞｱﾝ"),
        ("カ）ホクト", "ｶ)ﾎｸﾄ"),
    ):
        assert transfer_kana(applied) == transfer_kana(transferred)
    assert transfer_kana("ｽｽｷ") != transfer_kana("スズキ")
    assert without_twins("〜−") == "～－"


def test_the_commit_log_is_read_while_the_core_is_open(tmp_path: Path) -> None:
    case = first_case("child_allowance_certification")
    application = case.application
    store = Store(tmp_path / "core 台帳.sqlite")
    try:
        receipt = store.commit(
            NewRecord(
                prefix="JT",
                procedure=application.procedure_id,
                atena_no=application.atena_no,
                reference=application.receipt_no,
                application_date=application.received_at.date(),
                operator="bridge01",
                registered_at=application.received_at,
                values=stored_of(case),
                request_id="r",
            )
        )
        rows = committed(store.path)
    finally:
        store.close()
    assert [row.core_receipt_no for row in rows] == [receipt]
    assert differences(application, rows[0]) == []
    assert not rows[0].before_run


def test_reading_the_commit_log_makes_no_database(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError):
        committed(tmp_path / "missing.sqlite")
    assert list(tmp_path.iterdir()) == []


def test_written_applications_could_be_real_ones() -> None:
    town = world()
    keys = [application.receipt_no for application in town.applications]
    assert len(set(keys)) == len(CASES) == 16
    assert len({resident.atena_no for resident in town.residents}) == 17  # with the training resident
    for application in town.applications:
        numbers = [text for item, text in texts(application.values) if item.endswith("_mynumber") and text]
        assert all(is_valid_mynumber(number) for number in numbers)


def texts(values: Items) -> list[tuple[str, str]]:
    flat = [(item, text) for item, text in values.items() if isinstance(text, str)]
    for rows in values.values():
        if isinstance(rows, list):
            flat += [pair for row in rows for pair in row.items()]
    return flat


def test_unlike_names_the_controls_that_are_not_as_written() -> None:
    case = first_case("disaster_victim_certificate")
    padded = {**case.stored, "uketsuke_shinseibi_d": "05", "shomei_mokuteki": ["02", "01"]}
    assert unlike(case.stored, padded) == []
    assert unlike(case.stored, {**padded, "shomei_maisu": "02"}) == ["shomei_maisu"]
    assert unlike(case.stored, {**padded, "more": ""}) == ["more"]
