"""Towns with the desktop core's procedures: only when they are named, with their own round, hazards and forms."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from mock_core_ui.management.choices import meaning
from mock_core_ui.management.vendor_columns import TABLES, all_columns
from mock_core_ui.people import build_world
from mock_core_ui.people.canary import TRAINING_RESIDENT, with_desktop_training
from mock_core_ui.people.hazards import HAZARDS
from mock_core_ui.people.model import Application, World
from mock_core_ui.people.places import CARE_OFFICES

RENEWAL, CARE_PLAN, CARD = "ltci_renewal", "ltci_care_plan_request", "ltci_insured_card_reissue"
DESKTOP = (RENEWAL, CARE_PLAN, CARD)


@pytest.fixture(scope="module")
def world() -> World:
    return build_world(7, 60, DESKTOP)


def plain(procedure: str, count: int = 200) -> tuple[Application, ...]:
    return build_world(6, count, [procedure], plain=True).applications


def text(application: Application, key: str) -> str:
    value = application.values[key]
    assert isinstance(value, str)
    return value


def test_a_town_without_them_knows_nothing_of_them() -> None:
    town = build_world(3, 250)
    assert not {each.procedure_id for each in town.applications} & set(DESKTOP)
    assert not {each.procedure_id for each in town.earlier_records} & set(DESKTOP)
    web = ("ltci_burden_ratio_reissue", "child_allowance_certification", "disaster_victim_certificate")
    for hazard in HAZARDS:
        assert not set(hazard.procedures_within(web)) & set(DESKTOP)


def test_codes_and_shares_of_the_three() -> None:
    applications = build_world(2, 100, DESKTOP, plain=True).applications
    codes = {each.procedure_id: each.procedure_code for each in applications}
    assert codes == {RENEWAL: "K0017", CARE_PLAN: "K0018", CARD: "K0019"}
    assert Counter(each.procedure_id for each in applications) == {CARD: 50, RENEWAL: 25, CARE_PLAN: 25}


def test_they_mix_with_the_others() -> None:
    applications = build_world(2, 40, [CARD, "ltci_certification"], plain=True).applications
    assert {each.procedure_id for each in applications} == {CARD, "ltci_certification"}


def test_they_carry_every_hazard_that_a_core_with_references_and_short_tables_can_have(world: World) -> None:
    elsewhere = {"too_many_rows", "already_by_day", "number_awaited", "receipt_by_post"}
    hazards = {each.hazard for each in world.applications} - {"", "name_variant"}
    assert hazards == {hazard.name for hazard in HAZARDS} - elsewhere


@pytest.mark.parametrize("procedure", DESKTOP)
def test_what_is_wrong_with_a_troubled_one(procedure: str) -> None:
    by_hazard = {each.hazard: each for each in build_world(5, 60, [procedure]).applications}
    coded = {RENEWAL: "stay", CARE_PLAN: "plan_kind", CARD: "delivery"}[procedure]
    assert meaning(by_hazard["code_unknown"].procedure_code, coded, text(by_hazard["code_unknown"], coded)) == ""
    assert text(by_hazard["required_missing"], "insured_tel") == ""
    assert "2026-02-30" in by_hazard["date_invalid"].values.values()
    earlier = by_hazard["already_by_reference"]
    references = {record.reference for record in build_world(5, 60, [procedure]).earlier_records}
    assert earlier.receipt_no in references


def test_one_person_files_a_renewal_and_a_care_plan(world: World) -> None:
    both = [each for each in world.applications if each.hazard == "two_procedures"]
    assert sorted(each.procedure_id for each in both) == sorted((RENEWAL, CARE_PLAN))
    assert len({each.atena_no for each in both}) == 1


def test_registered_names_have_characters_that_only_windows_writes() -> None:
    names = "".join(text(each, "insured_name") for each in build_world(2, 100, DESKTOP, plain=True).applications)
    assert {"髙", "﨑"} <= set(names)
    with pytest.raises(UnicodeEncodeError):
        "髙﨑".encode("shift_jis")


@pytest.mark.parametrize("procedure", DESKTOP)
def test_every_item_has_its_column_and_every_column_its_item(procedure: str) -> None:
    application = plain(procedure, 1)[0]
    assert [item for _, item in all_columns(TABLES[application.procedure_code])] == list(application.values)


def test_a_renewal_comes_in_the_sixty_days_before_the_term_ends() -> None:
    for application in plain(RENEWAL):
        applied, begins, ends = (
            date.fromisoformat(text(application, key)) for key in ("apply_date", "prev_from", "prev_to")
        )
        assert 0 < (ends - applied).days <= 60
        assert begins.day == 1
        assert (ends + timedelta(days=1)).day == 1
        assert ends.year - begins.year in (0, 1, 2, 3)
        assert meaning("K0017", "prev_class", text(application, "prev_class"))


def test_a_change_of_office_is_explained_and_a_first_request_is_not() -> None:
    kinds = Counter[str]()
    offices = {office.number: office for office in CARE_OFFICES}
    for application in plain(CARE_PLAN):
        kind = text(application, "kind")
        kinds[kind] += 1
        assert bool(text(application, "change_date")) == bool(text(application, "change_reason")) == (kind == "2")
        office = offices[text(application, "office_no")]
        assert text(application, "office_name") == office.name
        # 介護予防 is planned by the 地域包括支援センター, 居宅 by the others.
        assert (text(application, "plan_kind") == "1") == (office.kind == "2")
        assert bool(text(application, "same_month_service")) == (text(application, "same_month_use") == "1")
    assert min(kinds["1"], kinds["2"]) > 40


def test_cards_are_one_to_five_known_ones() -> None:
    counts = set()
    for application in plain(CARD):
        cards = text(application, "cards").split("|")
        counts.add(len(cards))
        assert set(cards) <= set("12345")
        assert len(set(cards)) == len(cards)
        assert bool(text(application, "reason_text")) == (text(application, "reason") == "3")
        assert meaning("K0019", "delivery", text(application, "delivery")) in ("郵送", "窓口")
    assert counts == {1, 2, 3, 5}


def test_delivery_keeps_its_meaning_on_the_other_form() -> None:
    assert meaning("K0020", "delivery", "3") == "窓口"


def test_the_training_resident_has_a_record_at_the_desktop_core_of_every_town_that_has_one(world: World) -> None:
    def desktop_records(town: World) -> list[str]:
        mine = [each for each in town.earlier_records if each.atena_no == TRAINING_RESIDENT.atena_no]
        return [each.procedure_id for each in mine if each.procedure_id in DESKTOP]

    default = build_world(1, 4)
    assert desktop_records(default) == []
    assert desktop_records(build_world(1, 4, [CARD])) == desktop_records(world) == [RENEWAL]
    asked_for = with_desktop_training(default)
    assert desktop_records(asked_for) == [RENEWAL]
    assert with_desktop_training(world) is world
