"""Towns that apply for what the child rearing core and the prefecture's vehicle core do: codes, variety, sense."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from bridge_agent.domain.application import Application as Read
from bridge_agent.domain.application import ApplicationKey, Attachment
from bridge_agent.mapping.planner import choose, plan
from bridge_agent.mapping.recipe_files import load_recipes, load_variants
from mock_core_ui.core.wizard.facilities import FACILITIES
from mock_core_ui.management.choices import meaning
from mock_core_ui.management.package import columns
from mock_core_ui.management.records import Record, Row
from mock_core_ui.management.states import State
from mock_core_ui.management.vendor_columns import TABLES
from mock_core_ui.people import build_world
from mock_core_ui.people.canary import TRAINING_RESIDENT
from mock_core_ui.people.model import Application
from mock_core_ui.people.numbers import is_valid_mynumber

RECIPES = Path(__file__).parents[4] / "recipes"
CODES = {
    "pregnancy_notification": "J0015",
    "childcare_certification": "J0011",
    "nursery_application": "J0012",
    "nursery_status": "J0013",
    "child_rearing_allowance_status": "J0014",
    "vehicle_env_tax": "V0028",
    "vehicle_tax_report": "V0029",
    "vehicle_tax_address_change": "V0030",
    "parking_space_certificate": "V0031",
}
NURSERY_FORMS = ("childcare_certification", "nursery_application", "nursery_status")
DECLARATIONS = ("vehicle_env_tax", "vehicle_tax_report")
EVERY = pytest.mark.parametrize("procedure", CODES)


def plain(procedure: str, count: int = 150) -> tuple[Application, ...]:
    return build_world(6, count, [procedure], plain=True).applications


def text(application: Application, key: str) -> str:
    value = application.values[key]
    assert isinstance(value, str)
    return value


def rows(application: Application, key: str) -> list[dict[str, str]]:
    value = application.values[key]
    assert isinstance(value, list)
    return value


def as_downloaded(application: Application) -> Read:
    """The application as the agent reads it from its CSV."""
    arrived = application.received_at.isoformat()
    row = Row(
        receipt_no=application.receipt_no,
        procedure_code=application.procedure_code,
        procedure_name=application.procedure_name,
        received_at=arrived,
        applicant="",
        state=State.APPROVED,
        revision=0,
        updated_at=arrived,
        core_number="",
    )
    record = Record(
        row, application.form_version, application.atena_no, "1", application.values, application.attachments, "", ""
    )
    return Read(
        key=ApplicationKey("minamo", "shiomihara", application.receipt_no),
        procedure_code=application.procedure_code,
        procedure_name=application.procedure_name,
        form_version=application.form_version,
        revision="0",
        received_at=application.received_at,
        atena_no=application.atena_no,
        signature_result="1",
        columns=columns(record),
        attachments=tuple(Attachment(name, "", 0) for name in application.attachments),
    )


@EVERY
def test_items_codes_and_columns(procedure: str) -> None:
    [application] = plain(procedure, 1)
    assert application.procedure_code == CODES[procedure]
    table = TABLES[application.procedure_code]
    assert {*table.columns, *table.groups} == set(application.values)


@EVERY
def test_nobody_fills_in_what_a_recipe_must_hold(procedure: str) -> None:
    loaded, variants = load_recipes(RECIPES), load_variants(RECIPES)
    for application in plain(procedure):
        read = as_downloaded(application)
        made = plan(read, choose(loaded, read), variants)  # raises where a person would have to look
        assert made.procedure == procedure


@EVERY
def test_optional_items_are_sometimes_there(procedure: str) -> None:
    never = {"label_no", "mother_kana"}  # 標章 were abolished; no mother is without a name
    empty, given = set[str](), set[str]()
    for application in plain(procedure):
        for key, value in application.values.items():
            (given if value else empty).add(key)
    assert empty - given <= never


@EVERY
def test_every_core_that_is_there_has_its_training_record(procedure: str) -> None:
    world = build_world(1, 2, [procedure])
    mine = [each.procedure_id for each in world.earlier_records if each.atena_no == TRAINING_RESIDENT.atena_no]
    core = "vehicle_tax_address_change" if CODES[procedure][0] == "V" else "pregnancy_notification"
    assert core in mine
    assert mine.count(core) == 1


@pytest.mark.parametrize("procedure", NURSERY_FORMS)
def test_a_nursery_form_is_about_a_small_child_of_the_applicant(procedure: str) -> None:
    lonely = Counter[bool]()
    for application in plain(procedure):
        assert date.fromisoformat(text(application, "child_birth")) >= date(2020, 4, 2)
        names = {text(application, "father_name"), text(application, "mother_name")}
        assert text(application, "guardian_name") in names
        lonely["" in names] += 1
        members = rows(application, "members")
        assert 1 <= len(members) <= 6
        assert {member["member_name"] for member in members} >= names - {""}
        assert text(application, "child_birth") not in {member["member_birth"] for member in members}
        for parent in ("father", "mother"):
            there = bool(text(application, f"{parent}_name"))
            assert there == bool(text(application, f"{parent}_reason")) == bool(text(application, f"{parent}_kana"))
            assert bool(text(application, f"{parent}_employer")) == (text(application, f"{parent}_reason") == "1")
    assert min(lonely.values()) > 10


def test_wishes_are_known_facilities_in_their_order() -> None:
    names = {facility.number: facility.name for facility in FACILITIES}
    counts = Counter[int]()
    for application in plain("nursery_application"):
        wishes = rows(application, "wishes")
        counts[len(wishes)] += 1
        assert [wish["wish_order"] for wish in wishes] == [str(at) for at in range(1, len(wishes) + 1)]
        assert all(names[wish["wish_facility_code"]] == wish["wish_facility"] for wish in wishes)
        assert len({wish["wish_facility_code"] for wish in wishes}) == len(wishes)
        assert bool(text(application, "sibling_policy")) == (text(application, "sibling_apply") == "1")
    assert set(counts) == {1, 2, 3, 4, 5}


def test_a_namesake_across_the_border_is_wished_for_now_and_then() -> None:
    codes = [wish["wish_facility_code"] for each in plain("nursery_application") for wish in rows(each, "wishes")]
    assert codes.count("0399001") > 5
    assert codes.count("0301004") > 5


def test_a_single_parents_form() -> None:
    for application in plain("child_rearing_allowance_status"):
        assert 1 <= len(rows(application, "children")) <= 5
        assert text(application, "dependents") == str(len(rows(application, "children")))
        assert bool(text(application, "pension_kind")) == (text(application, "pension") == "2")
        supporters = rows(application, "supporters")
        assert len(supporters) <= 2
        assert all(is_valid_mynumber(one["supporter_mynumber"]) for one in supporters if one["supporter_mynumber"])


def test_amounts_of_a_declaration_add_up() -> None:
    rates = Counter[str]()
    for application in plain("vehicle_env_tax"):
        own, yearly, total = (int(text(application, key) or 0) for key in ("env_tax", "type_tax", "total_tax"))
        assert own + yearly == total
        rates[text(application, "tax_rate")] += 1
        assert (own == 0) == (text(application, "tax_rate") == "0")
    assert set(rates) == {"0", "10", "20", "30"}


def test_the_former_owner_is_named_where_a_vehicle_changes_hands() -> None:
    kinds = Counter[str]()
    for application in plain("vehicle_tax_report"):
        kind, former = text(application, "report_kind"), text(application, "old_owner_name")
        kinds[kind] += 1
        assert bool(former) == bool(text(application, "old_owner_address")) == (kind == "3")
        assert former != text(application, "owner_name")
    assert len(kinds) > 3


@pytest.mark.parametrize("procedure", [*DECLARATIONS, "vehicle_tax_address_change"])
def test_chassis_numbers_have_letters_beside_the_digits_they_look_like(procedure: str) -> None:
    numbers = "".join(text(application, "chassis_no") for application in plain(procedure))
    assert all(pair in numbers for pair in ("1O1", "1I0", "OO0", "IO0"))


@pytest.mark.parametrize("procedure", DECLARATIONS)
def test_displacements_keep_their_decimals(procedure: str) -> None:
    found = {text(application, "displacement") for application in plain(procedure)}
    assert {"0.658", "1.98", "85"} <= found


def test_the_new_address_is_the_registers_and_the_old_one_is_not() -> None:
    world = build_world(6, 60, ["vehicle_tax_address_change"], plain=True)
    homes = {resident.atena_no: resident.address for resident in world.residents}
    for application in world.applications:
        assert text(application, "new_address") == homes[application.atena_no]
        assert text(application, "old_address") != homes[application.atena_no]


@pytest.mark.parametrize(
    ("code", "item", "given", "words"),
    [
        ("J0012", "current_care", "4", "一時預かり"),
        ("J0011", "apply_kind", "3", "再交付"),
        ("J0013", "mother_reason", "9", "育児休業中の継続利用"),
        ("J0014", "child_reason", "8", "未婚"),
        ("J0015", "multiple", "2", "双胎"),
        ("V0028", "tax_rate", "20", "2%"),
        ("V0029", "report_kind", "3", "移転登録"),
        ("V0030", "reg_plan", "2", "予定あり"),
        ("V0031", "apply_kind", "2", "代替"),
        ("K0016", "apply_kind", "1", "新規"),
    ],
)
def test_codes_are_told_in_words_on_the_applications_page(code: str, item: str, given: str, words: str) -> None:
    assert meaning(code, item, given) == words
