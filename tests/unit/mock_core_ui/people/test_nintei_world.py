"""Towns with the further procedures of the 介護認定システム: only when they are named, and filled in with sense."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from mock_core_ui.management.choices import meaning
from mock_core_ui.management.vendor_columns import TABLES, all_columns
from mock_core_ui.people import build_world
from mock_core_ui.people.model import Application

CODES = {
    "ltci_category_change": "K0021",
    "ltci_high_cost": "K0022",
    "ltci_burden_limit": "K0023",
    "ltci_equipment": "K0024",
    "ltci_home_renovation": "K0025",
    "ltci_after_move": "K0026",
}
EVERY_PROCEDURE = pytest.mark.parametrize("procedure", CODES)


def plain(procedure: str, count: int = 200) -> tuple[Application, ...]:
    return build_world(6, count, [procedure], plain=True).applications


def text(application: Application, key: str) -> str:
    value = application.values[key]
    assert isinstance(value, str)
    return value


def day(application: Application, key: str) -> date:
    return date.fromisoformat(text(application, key))


def test_a_town_without_them_knows_nothing_of_them() -> None:
    town = build_world(3, 250)
    assert not {each.procedure_id for each in town.applications} & set(CODES)
    assert not {each.procedure_id for each in town.earlier_records} & set(CODES)


@EVERY_PROCEDURE
def test_code_and_items_of_the_form(procedure: str) -> None:
    application = plain(procedure, 1)[0]
    assert application.procedure_code == CODES[procedure]
    table = TABLES[application.procedure_code]
    single = [item for item, value in application.values.items() if isinstance(value, str)]
    assert single == list(table.columns)
    assert set(application.values) == {*table.columns, *table.groups}
    columns = [column for column, _ in all_columns(table)]
    assert len(set(columns)) == len(columns)


@EVERY_PROCEDURE
def test_mixes_with_the_first_screen_of_its_core(procedure: str) -> None:
    applications = build_world(2, 40, [procedure, "ltci_certification"], plain=True).applications
    assert {each.procedure_id for each in applications} == {procedure, "ltci_certification"}


def test_a_change_of_class_is_asked_for_within_the_term_and_explained_in_few_words() -> None:
    reasons = Counter[str]()
    lines = set()
    for application in plain("ltci_category_change"):
        begins, ends = day(application, "prev_from"), day(application, "prev_to")
        assert begins <= day(application, "apply_date") <= ends
        assert begins.day == (ends + timedelta(days=1)).day == 1
        assert meaning("K0021", "prev_class", text(application, "prev_class"))
        reasons[meaning("K0021", "change_reason", text(application, "change_reason"))] += 1
        words = text(application, "change_reason_text")
        assert 0 < len(words) <= 250
        assert words.encode("cp932").decode("cp932") == words
        lines.add(words.count("\n"))
    assert min(reasons["状態が著しく悪化"], reasons["状態が著しく改善"], reasons["その他"]) > 20
    assert {0, 4} <= lines


def rows_of(application: Application, key: str) -> list[dict[str, str]]:
    value = application.values[key]
    assert isinstance(value, list)
    return value


def test_high_cost_names_everybody_who_lives_with_the_person_and_a_month_that_is_over() -> None:
    counts = Counter[int]()
    accounts = Counter[str]()
    for application in plain("ltci_high_cost"):
        members = rows_of(application, "members")
        counts[len(members)] += 1
        family = text(application, "insured_name").partition("\u3000")[0]
        assert all(member["member_name"].startswith(f"{family}\u3000") for member in members)
        assert len(members) < 2 or members[0]["member_insured_no"]  # wife or husband
        assert text(application, "service_ym") < text(application, "apply_date")[:7]
        accounts[text(application, "payee_bank_kind")] += 1
    assert set(counts) == {0, 1, 2}
    assert min(accounts["1"], accounts["2"], accounts[""]) > 20


def test_burden_limit_tells_of_husband_or_wife_and_of_a_facility_unless_it_is_a_short_stay() -> None:
    kinds = Counter[str]()
    married = Counter[str]()
    for application in plain("ltci_burden_limit"):
        kind = text(application, "facility_kind")
        kinds[kind] += 1
        assert bool(text(application, "facility_name")) == bool(text(application, "admit_date")) == (kind in "123")
        exists = text(application, "spouse_exists")
        married[exists] += 1
        for item in ("name", "kana", "birth", "tax"):
            assert bool(text(application, f"spouse_{item}")) == (exists == "1")
        assert bool(text(application, "pension_payer")) == bool(text(application, "nontax_pension"))
        assert len(application.attachments) == 1 + int(exists)  # a bankbook each
        assert int(text(application, "asset_deposit")) < 10**9
    assert set(kinds) == {"1", "2", "3", "5", "6"}
    assert min(married["0"], married["1"]) > 40


def test_what_was_bought_adds_up_and_stays_within_a_years_allowance() -> None:
    counts = Counter[int]()
    for application in plain("ltci_equipment"):
        items = rows_of(application, "items")
        counts[len(items)] += 1
        total = sum(int(item["item_price"]) for item in items)
        assert text(application, "total_price") == str(total)
        assert 0 < total <= 100_000
        assert all(date.fromisoformat(item["item_date"]) < day(application, "apply_date") for item in items)
        assert all(meaning("K0024", "item_kind", item["item_kind"]) for item in items)
        assert bool(text(application, "repurchase_reason")) == (text(application, "past_purchase") == "1")
        assert len(text(application, "need_reason")) <= 200
    assert set(counts) == {1, 2, 3, 4}


def test_works_are_planned_before_and_finished_after_and_only_then_have_an_end() -> None:
    stages = Counter[str]()
    counts = set()
    for application in plain("ltci_home_renovation"):
        stage = text(application, "stage")
        stages[stage] += 1
        applied = day(application, "apply_date")
        if stage == "1":
            assert text(application, "end_date") == ""
            assert day(application, "start_date") > applied
        else:
            assert day(application, "start_date") <= day(application, "end_date") < applied
        assert 0 < int(text(application, "target_cost")) <= min(200_000, int(text(application, "total_cost")))
        counts.add(len(rows_of(application, "works")))
    assert min(stages["1"], stages["2"]) > 60
    assert counts == {1, 2, 3, 4, 6}


def test_who_moved_in_applies_within_fourteen_days_and_tells_what_the_other_town_certified() -> None:
    certificates = Counter[str]()
    filers = Counter[str]()
    for application in plain("ltci_after_move"):
        applied = day(application, "apply_date")
        assert 0 <= (applied - day(application, "move_in_date")).days < 14
        assert day(application, "prev_from") <= applied <= day(application, "prev_to")
        assert not text(application, "prev_address").startswith("汐見原市")
        assert len(text(application, "prev_insurer_no")) in (0, 6)
        certificates[text(application, "cert_no")] += 1
        assert bool(application.attachments) == (text(application, "cert_no") == "1")
        filers[text(application, "applicant_kind")] += 1
        assert bool(text(application, "agent_office_no")) == (text(application, "applicant_kind") == "4")
    assert min(certificates["0"], certificates["1"]) > 10
    assert min(filers["1"], filers["2"], filers["4"]) > 20
