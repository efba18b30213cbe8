"""The invented town as a whole: follows from the seed, carries every hazard, and has no accidental trouble."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from subprocess import run
from sys import executable

import pytest

from mock_core_ui.people import build_world, leak_needles
from mock_core_ui.people.canary import TRAINING_RECORDS, TRAINING_RESIDENT
from mock_core_ui.people.forms import FORMS
from mock_core_ui.people.model import Application, World
from mock_core_ui.people.names import VARIANTS, as_typed
from mock_core_ui.people.numbers import is_valid_mynumber
from mock_core_ui.people.procedures import PROCEDURES

ROOT = Path(__file__).parents[4]

EXPECTED = {
    "no_recipe": ("held", "no_recipe"),
    "recipe_not_valid": ("held", "recipe_not_valid"),
    "required_missing": ("held", "required_missing"),
    "code_unknown": ("held", "code_unknown"),
    "private_area": ("held", "character_unencodable"),
    "variation_sequence": ("held", "character_lost"),
    "beyond_bmp": ("held", "character_lost"),
    "too_long": ("held", "too_long"),
    "too_many_rows": ("held", "too_many_rows"),
    "resident_not_found": ("held", "resident_not_found"),
    "resident_differs": ("held", "resident_differs"),
    "duplicate_warning": ("held", "duplicate_warning"),
    "already_by_reference": ("already_there", "already_at_core"),
    "already_by_day": ("already_there", "already_at_core"),
    "withdrawn_later": ("withdrawn", "withdrawn"),
    "revised_later": ("held", "content_changed"),
    "column_missing": ("held", "package_column"),
    "encoding": ("held", "package_encoding"),
    "conflict": ("held", "receipt_conflict"),
    "date_invalid": ("held", "date_invalid"),
    "number_invalid": ("held", "number_invalid"),
    "signature_invalid": ("held", "signature_invalid"),
    "same_person_twice": ("held", "same_person_twice"),
    "two_procedures": ("registered", ""),
}


@pytest.fixture(scope="module")
def world() -> World:
    return build_world(7)


def texts(application: Application) -> Iterator[tuple[str, str]]:
    """Every item of an application, those of repeat groups one by one."""
    for key, value in application.values.items():
        if isinstance(value, str):
            yield key, value
        else:
            for row in value:
                yield from row.items()


def text(application: Application, key: str) -> str:
    value = application.values[key]
    assert isinstance(value, str)
    return value


def only(world: World, hazard: str) -> Application:
    found = [application for application in world.applications if application.hazard == hazard]
    assert len(found) == 1, hazard
    return found[0]


def applicant_name(application: Application) -> str:
    return text(application, f"{FORMS[application.procedure_id].person}_name")


def test_same_seed_same_world_other_seed_other_world() -> None:
    assert build_world(11) == build_world(11)
    assert build_world(11).applications != build_world(12).applications


def test_world_does_not_depend_on_the_hash_seed() -> None:
    code = "from mock_core_ui.people import build_world; print(repr(build_world(5, 20)))"
    outputs = {
        run(
            [executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            check=True,
        ).stdout
        for hash_seed in ("1", "2")
    }
    assert len(outputs) == 1


@pytest.mark.parametrize("count", [40, 60, 150])
def test_every_hazard_is_there_from_forty_applications_on(count: int) -> None:
    applications = build_world(3, count).applications
    assert len(applications) == count
    assert {each.hazard for each in applications} - {"", "name_variant"} == set(EXPECTED)


@pytest.mark.parametrize("count", [0, 1, 2, 8, 20, 39])
def test_small_worlds_have_at_most_a_third_of_trouble(count: int) -> None:
    applications = build_world(3, count).applications
    assert len(applications) == count
    assert sum(each.hazard in EXPECTED for each in applications) <= count / 3


@pytest.mark.parametrize("seed", range(4))
def test_expectations(seed: int) -> None:
    for application in build_world(seed, 250).applications:
        expected = EXPECTED.get(application.hazard, ("registered", ""))
        assert (application.expected.column, application.expected.reason) == expected


def test_residents_are_unique_and_enough() -> None:
    world = build_world(9, 400)
    residents = world.residents
    assert len(residents) >= 400 * 1.5 + 40
    for numbers in ([each.atena_no for each in residents], [each.mynumber for each in residents]):
        assert len(set(numbers)) == len(residents)
    insured = [each.insured_no for each in residents if each.insured_no]
    assert len(set(insured)) == len(insured)
    assert all(is_valid_mynumber(each.mynumber) for each in residents)


def test_nobody_else_applies_twice() -> None:
    applications = [each for each in build_world(4, 500).applications if each.hazard != "same_person_twice"]
    assert max(Counter((each.procedure_id, each.atena_no) for each in applications).values()) == 1
    ordinary = [each.atena_no for each in applications if each.hazard != "two_procedures"]
    assert len(set(ordinary)) == len(ordinary)


def test_receipt_numbers_are_unique_and_in_order_of_arrival(world: World) -> None:
    numbers = [each.receipt_no for each in world.applications]
    assert numbers == sorted(set(numbers))
    assert all(number.startswith("0") for number in numbers)
    arrivals = [each.received_at for each in world.applications]
    assert arrivals == sorted(arrivals)


@pytest.mark.parametrize("seed", range(3))
def test_arrivals_spread_over_days_nights_and_weekends(seed: int) -> None:
    arrivals = [each.received_at for each in build_world(seed, 200).applications]
    assert max(arrivals) < datetime.fromisoformat("2026-11-20T20:31:00+09:00")
    assert any(each.time() >= time(23, 50) for each in arrivals)
    assert any(each.time() < time(0, 10) for each in arrivals)
    assert any(each.weekday() >= 5 for each in arrivals)
    assert all(each.isoformat().endswith("+09:00") for each in arrivals)


def test_application_date_is_the_day_of_arrival(world: World) -> None:
    for application in world.applications:
        date_key = FORMS[application.procedure_id].date_key
        assert application.values[date_key] == application.received_at.date().isoformat()


def test_good_applications_are_named_as_registered_or_by_an_approved_variant() -> None:
    world = build_world(8, 600)
    register = {each.atena_no: each for each in world.residents}
    variants = 0
    for application in world.applications:
        if application.expected.column != "registered":
            continue
        registered = register[application.atena_no].name
        if application.hazard == "name_variant":
            variants += 1
            assert applicant_name(application) != registered
        assert applicant_name(application) in {registered, as_typed(registered)}
    assert variants >= 10
    assert all(len(old) == len(new) == 1 for old, new in VARIANTS.items())


def test_good_applications_fit_cp932_and_hold_no_private_characters() -> None:
    for application in build_world(8, 600).applications:
        if application.expected.column == "registered":
            for key, value in texts(application):
                assert value.encode("cp932").decode("cp932") == value, key
                assert not any("\ue000" <= letter <= "\uf8ff" for letter in value), key


def test_register_itself_fits_cp932(world: World) -> None:
    for resident in world.residents:
        line = resident.name + resident.kana + resident.address + resident.katagaki
        assert line.encode("cp932").decode("cp932") == line


def test_plain_world_has_no_trouble_but_keeps_zeros_and_old_forms() -> None:
    world = build_world(2, 200, plain=True)
    assert {each.hazard for each in world.applications} == {""}
    assert {(each.expected.column, each.later, each.broken) for each in world.applications} == {("registered", "", "")}
    register = {each.atena_no: each.name for each in world.residents}
    assert all(applicant_name(each) == register[each.atena_no] for each in world.applications)
    assert any("髙" in applicant_name(each) for each in world.applications)
    assert all(each.atena_no.startswith("00") for each in world.applications)


def test_shares_of_the_procedures() -> None:
    shares = Counter(each.procedure_id for each in build_world(2, 100, plain=True).applications)
    assert sorted(shares.values()) == [20, 20, 20, 40]
    assert shares["ltci_burden_ratio_reissue"] == 40


def test_choice_of_procedures() -> None:
    world = build_world(2, 60, ["ltci_certification"])
    known = {"ltci_certification", "ltci_domicile_exception"}
    assert {each.procedure_id for each in world.applications} == known
    assert len(world.applications) == 60
    others = [each for each in world.earlier_records if each.atena_no != TRAINING_RESIDENT.atena_no]
    assert {each.procedure_id for each in others} == {"ltci_certification"}


def test_the_training_resident_is_in_every_world() -> None:
    for world in (build_world(1, 4, ["ltci_certification"]), build_world(2, 60, plain=True)):
        assert TRAINING_RESIDENT in world.residents
        assert world.earlier_records[:2] == TRAINING_RECORDS


@pytest.mark.parametrize("procedures", [[], ["ltci_certificatoin"]])
def test_unknown_procedures_are_refused(procedures: list[str]) -> None:
    with pytest.raises(ValueError, match="procedures must be some of"):
        build_world(1, 5, procedures)


def test_insured_persons_are_sixty_five_and_of_all_eras() -> None:
    world = build_world(6, 300)
    register = {each.atena_no: each for each in world.residents}
    births = [
        register[each.atena_no].birth
        for each in world.applications
        if each.procedure_id.startswith("ltci") and each.hazard != "resident_not_found"
    ]
    assert max(births) <= date(1960, 12, 31)
    assert min(births) < date(1926, 12, 25)
    assert any(date(1926, 12, 25) <= birth <= date(1926, 12, 31) for birth in births)


def test_children_and_parents() -> None:
    children = []
    parents = []
    for application in build_world(6, 400, ["child_allowance_certification"], plain=True).applications:
        rows = application.values["children"]
        assert isinstance(rows, list)
        assert 1 <= len(rows) <= 5
        births = [date.fromisoformat(row["child_birth"]) for row in rows]
        assert births == sorted(births)
        parent = date.fromisoformat(text(application, "claimant_birth"))
        assert all(birth.year - parent.year >= 18 for birth in births)
        children += births
        parents.append(parent)
    assert date(2019, 5, 1) in children
    assert date(2019, 4, 30) in children
    assert date(1989, 1, 8) in parents
    assert date(1989, 1, 7) in parents


def test_accounts_are_given_as_the_form_asks() -> None:
    kinds = Counter[str]()
    for application in build_world(6, 200, ["child_allowance_certification"], plain=True).applications:
        public, kind = text(application, "payee_use_public_account"), text(application, "payee_bank_kind")
        account, bangou = text(application, "payee_account_no"), text(application, "payee_yucho_bangou")
        assert (public == "1") == (kind == "")
        assert bool(account) == (kind == "1")
        assert bool(bangou) == (kind == "2")
        kinds[kind] += 1
    assert min(kinds[""], kinds["1"], kinds["2"]) > 20


def test_who_files_is_named_unless_it_is_the_person() -> None:
    kinds = Counter[str]()
    for application in build_world(6, 200, ["ltci_certification"], plain=True).applications:
        kind = text(application, "applicant_kind")
        kinds[kind] += 1
        assert bool(text(application, "applicant_name")) == (kind != "1")
        assert bool(text(application, "agent_office_no")) == (kind == "4")
    assert min(kinds["1"], kinds["2"], kinds["4"]) > 20


def test_damage_is_told_in_several_lines_with_wide_marks() -> None:
    applications = build_world(6, 60, ["disaster_victim_certificate"], plain=True).applications
    details = "".join(text(each, "damage_detail") for each in applications)
    assert {"\n", "～", "－", "①"} <= set(details)
    assert all(len(text(each, "damage_detail")) <= 400 for each in applications)


def test_what_is_wrong_with_the_troubled_ones(world: World) -> None:
    atena_numbers = {each.atena_no for each in world.residents}
    assert only(world, "resident_not_found").atena_no not in atena_numbers
    assert only(world, "recipe_not_valid").received_at.date() == date(2026, 3, 20)
    assert only(world, "recipe_not_valid").form_version == "2025-10"
    assert len(text(only(world, "too_long"), "insured_katagaki")) == 55
    assert len(only(world, "too_many_rows").values["children"]) == 7
    assert "\ue000" in applicant_name(only(world, "private_area"))
    assert "\U000e0100" in applicant_name(only(world, "variation_sequence"))
    assert "\U00020bb7" in applicant_name(only(world, "beyond_bmp"))
    assert "2026-02-30" in dict(texts(only(world, "date_invalid"))).values()
    assert not is_valid_mynumber(text(only(world, "number_invalid"), "insured_mynumber"))
    assert only(world, "signature_invalid").signature_result == "2"
    assert only(world, "no_recipe").procedure_code == "K0099"
    register = {each.atena_no: each.name for each in world.residents}
    differs = only(world, "resident_differs")
    assert applicant_name(differs) != register[differs.atena_no]


def test_earlier_records(world: World) -> None:
    by_person = {(each.procedure_id, each.atena_no): each for each in world.earlier_records}
    assert len(by_person) == len(world.earlier_records) == 15

    def record_of(application: Application) -> tuple[date, str]:
        record = by_person[application.procedure_id, application.atena_no]
        return record.application_date, record.reference

    same_reference = only(world, "already_by_reference")
    assert record_of(same_reference) == (same_reference.received_at.date(), same_reference.receipt_no)
    same_day = only(world, "already_by_day")
    assert same_day.procedure_id == "ltci_certification"
    assert record_of(same_day) == (same_day.received_at.date(), "")
    other_day = only(world, "duplicate_warning")
    assert record_of(other_day)[0] < other_day.received_at.date()
    assert record_of(other_day)[1] == ""
    applicants = {each.atena_no for each in world.applications}
    assert sum(each.atena_no not in applicants for each in world.earlier_records) == 10 + len(TRAINING_RECORDS)


def test_two_applications_of_one_person(world: World) -> None:
    twice = [each for each in world.applications if each.hazard == "same_person_twice"]
    assert len({(each.procedure_id, each.atena_no) for each in twice}) == 1
    both = [each for each in world.applications if each.hazard == "two_procedures"]
    assert {each.procedure_id for each in both} == {"ltci_burden_ratio_reissue", "ltci_certification"}
    assert len({each.atena_no for each in both}) == 1


def test_procedure_codes_and_names_come_from_the_table(world: World) -> None:
    for application in world.applications:
        procedure = PROCEDURES[application.procedure_id]
        assert (application.procedure_code, application.procedure_name) == (procedure.code, procedure.name)


def test_leak_needles_cover_numbers_names_and_accounts(world: World) -> None:
    needles = set(leak_needles(world))
    assert {each.mynumber for each in world.residents} <= needles
    assert {each.name for each in world.residents} <= needles
    for application in world.applications:
        for key, value in texts(application):
            if value and key.endswith(("_mynumber", "account_no", "yucho_bangou", "child_name", "spouse_name")):
                assert value in needles
        assert applicant_name(application) in needles
    assert "" not in needles
    assert "汐見原銀行" not in needles
