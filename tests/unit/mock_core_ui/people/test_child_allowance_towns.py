"""What parents of the town write on the nine further forms of the child allowance, and what none of them writes."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from mock_core_ui.management.choices import meaning
from mock_core_ui.people import build_world, leak_needles
from mock_core_ui.people.forms.recipients import month, payment_month
from mock_core_ui.people.model import Application
from mock_core_ui.people.procedures import PROCEDURES

AMOUNT, NAMES, EXTINCTION = (
    "child_allowance_amount_change",
    "child_allowance_name_address_change",
    "child_allowance_extinction",
)
UNPAID, DONATION, DONATION_CHANGE = (
    "child_allowance_unpaid",
    "child_allowance_donation",
    "child_allowance_donation_change",
)
FEE, FEE_CHANGE, STATUS = (
    "child_allowance_school_fee",
    "child_allowance_school_fee_change",
    "child_allowance_status",
)


def plain(procedure: str, count: int = 150) -> tuple[Application, ...]:
    return build_world(9, count, [procedure], plain=True).applications


def text(application: Application, key: str) -> str:
    value = application.values[key]
    assert isinstance(value, str)
    return value


def rows(application: Application) -> list[dict[str, str]]:
    found = application.values["children"]
    assert isinstance(found, list)
    return found


def test_codes_of_the_nine() -> None:
    nine = (AMOUNT, NAMES, EXTINCTION, UNPAID, DONATION, DONATION_CHANGE, FEE, FEE_CHANGE, STATUS)
    codes = [PROCEDURES[procedure].code for procedure in nine]
    assert codes == ["J0002", "J0003", "J0004", "J0005", "J0006", "J0007", "J0008", "J0009", "J0010"]


def test_a_town_that_does_not_name_them_knows_nothing_of_them() -> None:
    town = build_world(3, 250)
    assert {each.procedure_code for each in town.applications if each.procedure_code.startswith("J")} == {"J0001"}


@pytest.mark.parametrize(
    ("day", "next_payment"),
    [
        (date(2026, 11, 30), "2026-12"),
        (date(2026, 12, 1), "2027-02"),
        (date(2026, 12, 31), "2027-02"),
        (date(2027, 1, 1), "2027-02"),
        (date(2027, 2, 28), "2027-04"),
    ],
)
def test_the_next_payment_is_in_the_next_even_month(day: date, next_payment: str) -> None:
    assert payment_month(day) == next_payment


def test_six_payments_make_a_year() -> None:
    assert payment_month(date(2026, 11, 5), 6) == "2027-12"
    assert month(date(2027, 1, 15), -1) == "2026-12"


def test_children_come_and_go_on_one_form() -> None:
    mixed = 0
    for application in plain(AMOUNT):
        changes = {row["child_change"] for row in rows(application)}
        mixed += len(changes) == 2
        assert text(application, "change_kind") == ("1" if "1" in changes else "2")
        for row in rows(application):
            coming = row["change_reason"] in {"1", "2", "3", "4", "5"}
            assert row["child_change"] == ("1" if coming else "2")
            assert row["change_reason"] != "11"
            assert row["change_date"] < text(application, "claim_date")
            if row["change_reason"] == "1":
                assert row["child_birth"] == row["change_date"]
    assert mixed > 10


def test_new_names_and_homes_are_those_of_the_register() -> None:
    world = build_world(9, 150, [NAMES], plain=True)
    register = {each.atena_no: each for each in world.residents}
    for application in world.applications:
        items = set(text(application, "change_item").split("|"))
        person = register[application.atena_no]
        assert items <= {"1", "2", "3"}
        assert text(application, "new_name") == (person.name if "1" in items else "")
        assert text(application, "new_address") == (person.address if "2" in items else "")
        assert bool(text(application, "new_pension")) == ("3" in items)
        assert text(application, "old_address") != person.address
        assert bool(rows(application)) == ("3" in text(application, "subject"))


def test_nobody_tells_of_their_own_death() -> None:
    told = Counter(text(each, "extinct_reason") for each in plain(EXTINCTION, 400))
    assert set(told) == {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "12"}
    for application in plain(EXTINCTION):
        reason = text(application, "extinct_reason")
        assert bool(text(application, "extinct_reason_text")) == (reason == "12")
        assert bool(text(application, "new_address")) == (reason == "1")
        assert bool(text(application, "employer")) == (reason == "3")
        assert text(application, "certificate_no").startswith("0")
        assert len(text(application, "certificate_no")) == 8


def test_the_child_claims_and_the_parent_is_the_one_who_died() -> None:
    world = build_world(9, 150, [UNPAID], plain=True)
    register = {each.atena_no: each for each in world.residents}
    apart = 0
    for application in world.applications:
        child = register[application.atena_no]
        assert (child.name, child.birth.isoformat()) == (
            text(application, "claimant_name"),
            text(application, "claimant_birth"),
        )
        assert child.birth.year >= 2009
        assert text(application, "payee_holder_kana") == child.kana
        assert text(application, "deceased_birth") < "1991"
        assert text(application, "deceased_birth") < text(application, "death_date") < text(application, "claim_date")
        names = {text(application, key) for key in ("claimant_name", "deceased_name", "guardian_name")}
        assert len(names) == 3
        apart += text(application, "deceased_address") != child.address
        until = text(application, "unpaid_to")
        assert until in {"", text(application, "death_date")[:7]}
        assert text(application, "unpaid_from") <= until
    assert 20 < apart < 70


def test_an_amount_stands_beside_a_part_only() -> None:
    for application in plain(DONATION):
        assert bool(text(application, "donation_amount")) == (text(application, "donation_scope") == "2")
        assert int(text(application, "start_ym")[-2:]) % 2 == 0
        assert text(application, "end_ym") == "" or text(application, "start_ym") < text(application, "end_ym")


def test_a_change_names_the_earlier_offer() -> None:
    kinds = Counter[str]()
    for application in plain(DONATION_CHANGE):
        kind, scope = text(application, "change_kind"), text(application, "new_scope")
        kinds[kind] += 1
        assert text(application, "original_date") < text(application, "notify_date")
        assert text(application, "certificate_no")
        assert bool(scope) == (kind == "1")
        assert bool(text(application, "new_amount")) == (scope == "2")
    assert min(kinds["1"], kinds["2"], kinds["3"]) > 20


@pytest.mark.parametrize("procedure", [FEE, FEE_CHANGE])
def test_a_line_for_each_child_and_fee(procedure: str) -> None:
    twice = 0
    for application in plain(procedure):
        lines = [(row["child_name"], row["child_birth"], row["fee_kind"]) for row in rows(application)]
        assert 1 <= len(lines) == len(set(lines)) <= 4
        twice += len({line[:2] for line in lines}) < len(lines)
        for row in rows(application):
            assert row["fee_kind"] in {"1", "2", "3", "4", "5"}
            assert bool(row["fee_limit"]) == (row["fee_scope"] == "2")
            if row["fee_kind"] == "3":
                assert "2014-04-02" <= row["child_birth"] <= "2020-04-01"
    assert twice > 5


def test_no_public_servant_reports_here() -> None:
    for application in plain(STATUS):
        assert text(application, "claimant_job") in {"1", "3"}
        with_spouse = text(application, "spouse_exists") == "1"
        assert bool(text(application, "spouse_name")) == with_spouse == bool(text(application, "spouse_job"))
        assert text(application, "spouse_jan1_area") in ({"1", "2", "3"} if with_spouse else {"1"})
        for row in rows(application):
            assert row["child_live"] == "2" or not row["study_abroad_ym"]


def test_persons_beside_the_applicant_must_not_leak() -> None:
    world = build_world(9, 60, [UNPAID, NAMES], plain=True)
    needles = set(leak_needles(world))
    for application in world.applications:
        for key in ("deceased_name", "guardian_name", "old_name", "new_name", "payee_account_no"):
            value = application.values.get(key, "")
            assert not value or value in needles


def test_the_same_key_means_different_words_on_different_forms() -> None:
    assert meaning("J0002", "change_kind", "2") == "減額（届出）"
    assert meaning("J0007", "change_kind", "2") == "寄附の撤回"
    assert meaning("J0009", "change_kind", "2") == "撤回"
    assert meaning("J0002", "change_reason", "4") == "監護の開始"
    assert meaning("J0003", "change_reason", "4") == "転居"
