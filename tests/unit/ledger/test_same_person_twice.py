"""Two applications of one person for one procedure: all that still wait are held together, whatever the order of arrival."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bridge_agent.domain.ledger_records import IntakeRecord
from bridge_agent.domain.reasons import EXPLANATIONS, Reason
from bridge_agent.domain.result import Answer
from bridge_agent.domain.work_item import State
from bridge_agent.ledger.intake import pair_note
from bridge_agent.ledger.store import SqlLedger
from tests.unit.ledger.steps import FACTS, claim, found, item_row, offer, record_for, state, take
from tests.unit.pipeline.imitated_core import START
from tests.unit.pipeline.imitation import application

TWICE = Reason.SAME_PERSON_TWICE
WEEK = timedelta(days=7)
FIRST_RECEIVED = application(1).received_at
SECOND = timedelta(seconds=1)
HELD_FOR_IT = (State.HELD, TWICE)
WAITING = (State.PENDING, "")


def of_person(number: int, person: str = "P1", **changes: object) -> IntakeRecord:
    return record_for(number, person=person, window=WEEK, **changes)  # type: ignore[arg-type]


def states(ledger: SqlLedger) -> list[tuple[State, str]]:
    return [state(ledger, number) for number in range(1, len(ledger.items()) + 1)]


def test_both_are_held_and_so_is_the_third(ledger: SqlLedger) -> None:
    for number in (1, 2, 3):
        offer(ledger, of_person(number))
    assert states(ledger) == [HELD_FOR_IT] * 3


@pytest.mark.parametrize(
    "other",
    [
        of_person(2, "P2"),
        of_person(2, procedure="q"),
        of_person(2, ""),
        record_for(2, person="P1", window=timedelta(0), received_at=FIRST_RECEIVED),
    ],
)
def test_another_person_another_procedure_or_no_rule_is_no_second_one(ledger: SqlLedger, other: IntakeRecord) -> None:
    offer(ledger, of_person(1))
    offer(ledger, other)
    assert states(ledger) == [WAITING] * 2


def test_two_without_a_known_person_are_not_one_person(ledger: SqlLedger) -> None:
    for number in (1, 2):
        offer(ledger, of_person(number, ""))
    assert states(ledger) == [WAITING] * 2


@pytest.mark.parametrize("way", [-1, 1])
@pytest.mark.parametrize(("apart", "held"), [(WEEK, True), (WEEK + SECOND, False)])
def test_only_within_the_window_before_or_after(ledger: SqlLedger, way: int, apart: timedelta, held: bool) -> None:
    offer(ledger, of_person(1, received_at=START))
    offer(ledger, of_person(2, received_at=START + way * apart))
    assert states(ledger) == [HELD_FOR_IT if held else WAITING] * 2


def test_a_closed_one_is_no_other_one(ledger: SqlLedger) -> None:
    offer(ledger, of_person(1))
    ledger.close_withdrawn(claim(ledger))
    offer(ledger, of_person(2))
    assert state(ledger, 2) == WAITING


@pytest.mark.parametrize("bring", ["claimed", "registered"])
def test_one_that_is_in_hand_or_entered_stays_and_the_new_one_is_held(ledger: SqlLedger, bring: str) -> None:
    offer(ledger, of_person(1))
    claimed = claim(ledger)
    if bring == "registered":
        ledger.put_back(claimed, "", after_s=0)
        enter_first(ledger)
    before = state(ledger, 1)
    offer(ledger, of_person(2))
    assert states(ledger) == [before, HELD_FOR_IT]


def enter_first(ledger: SqlLedger) -> None:
    tried = ledger.arm(claim(ledger), FACTS)
    ledger.seen(tried, Answer(None), "")
    ledger.registered(tried, found(), "after_entry")


def test_one_that_is_held_for_another_reason_keeps_it(ledger: SqlLedger) -> None:
    offer(ledger, of_person(1, hold=Reason.CODE_UNKNOWN))
    offer(ledger, of_person(2))
    assert states(ledger) == [(State.HELD, Reason.CODE_UNKNOWN), HELD_FOR_IT]


def test_one_that_cannot_be_entered_itself_is_a_second_one_all_the_same(ledger: SqlLedger) -> None:
    """Else the first would be entered tonight, and the second when somebody has mended it and knows of no other."""
    offer(ledger, of_person(1))
    offer(ledger, of_person(2, hold=Reason.CODE_UNKNOWN))
    assert states(ledger) == [HELD_FOR_IT] * 2


def test_two_that_cannot_be_entered_do_not_slip_through_one_after_the_other(ledger: SqlLedger) -> None:
    for number in (1, 2):
        offer(ledger, of_person(number, hold=Reason.CODE_UNKNOWN))
    assert states(ledger) == [(State.HELD, Reason.CODE_UNKNOWN), HELD_FOR_IT]


def test_the_clerk_is_told_which_others_there_are_and_what_else_is_the_matter(ledger: SqlLedger) -> None:
    offer(ledger, of_person(1))
    offer(ledger, of_person(2, hold=Reason.CODE_UNKNOWN, note="区分"))
    offer(ledger, of_person(3))
    assert [item_row(ledger, number).note for number in (1, 2, 3)] == [
        "同じ人の申請: R002、R003",
        "同じ人の申請: R001、R003。この申請を保留する理由がほかにもあります: "
        f"{EXPLANATIONS[Reason.CODE_UNKNOWN].sentence.rstrip('。')}（区分）",
        "同じ人の申請: R001、R002",
    ]


def test_new_content_changes_what_the_clerk_is_told(ledger: SqlLedger) -> None:
    """What was the matter with the former content is no reason any more."""
    offer(ledger, of_person(1))
    offer(ledger, of_person(2, hold=Reason.CODE_UNKNOWN, note="区分"))
    offer(ledger, of_person(2, value="新しい", revision="2"))
    assert item_row(ledger, 2).note == "同じ人の申請: R001"
    assert item_row(ledger, 1).note == "同じ人の申請: R002"


def test_one_that_a_clerk_has_chosen_waits_for_its_entry(ledger: SqlLedger) -> None:
    for number in (1, 2):
        offer(ledger, of_person(number))
    ledger.release("R001", "clerk")
    offer(ledger, of_person(1))
    offer(ledger, of_person(2))
    assert states(ledger) == [WAITING, HELD_FOR_IT]


def test_the_person_turns_out_with_new_content(ledger: SqlLedger) -> None:
    offer(ledger, of_person(1))
    offer(ledger, of_person(2, "P2"))
    offer(ledger, of_person(2, value="新しい", revision="2"))
    assert states(ledger) == [HELD_FOR_IT] * 2


def test_new_content_of_a_held_one_tells_the_clerk_of_the_other(ledger: SqlLedger) -> None:
    """Who releases it must know that there are two."""
    offer(ledger, of_person(1))
    offer(ledger, of_person(2, "P2", hold=Reason.CODE_UNKNOWN))
    offer(ledger, of_person(3, "P3", hold=Reason.CODE_UNKNOWN))
    offer(ledger, of_person(2, value="新しい", revision="2"))
    assert states(ledger) == [HELD_FOR_IT, HELD_FOR_IT, (State.HELD, Reason.CODE_UNKNOWN)]


def test_a_released_one_stays_released_until_something_new_comes(ledger: SqlLedger) -> None:
    one, other = application(1), application(2)
    for number in (1, 2):
        offer(ledger, of_person(number))
    ledger.release(one.key.receipt_no, "職員")
    for number in (1, 2):
        offer(ledger, of_person(number))
    assert states(ledger) == [WAITING, HELD_FOR_IT]
    ledger.release(other.key.receipt_no, "職員")
    assert states(ledger) == [WAITING] * 2
    offer(ledger, of_person(3))
    assert states(ledger) == [HELD_FOR_IT] * 3


def test_new_content_that_cannot_be_entered_is_a_second_one_as_well(ledger: SqlLedger) -> None:
    for number in (1, 2):
        offer(ledger, of_person(number, f"P{number}"))
    offer(ledger, of_person(2, "P1", value="新しい", revision="2", hold=Reason.CODE_UNKNOWN))
    assert states(ledger) == [HELD_FOR_IT] * 2


def test_the_rule_holds_when_the_core_is_found_later(ledger: SqlLedger) -> None:
    offer(ledger, of_person(1))
    take(ledger, 2, core="")
    ledger.rehome(2, of_person(2))
    assert states(ledger) == [HELD_FOR_IT] * 2


def test_the_rule_holds_for_one_that_is_looked_up_first_after_a_restore(ledger: SqlLedger) -> None:
    for number in (1, 2):
        take(ledger, number, core="")
    ledger.restored(2, START - timedelta(days=3), "担当")
    later = START + timedelta(days=2)  # nobody can have entered it before the restore
    offer(ledger, of_person(3, received_at=later))
    offer(ledger, of_person(1, value="新しい", received_at=later))
    ledger.rehome(2, of_person(2, received_at=later))
    assert states(ledger) == [(State.IN_DOUBT, "")] * 2 + [HELD_FOR_IT]
    assert item_row(ledger, 3).note == pair_note(["R001", "R002"])


def test_one_whose_core_is_found_and_cannot_take_it_is_a_second_one_as_well(ledger: SqlLedger) -> None:
    offer(ledger, of_person(1))
    take(ledger, 2, core="")
    ledger.rehome(2, of_person(2, hold=Reason.CODE_UNKNOWN))
    assert states(ledger) == [HELD_FOR_IT] * 2


def test_a_note_of_an_earlier_version_is_not_taken_for_a_number() -> None:
    assert pair_note(["R003"], former="区分") == "同じ人の申請: R003"
    assert pair_note(["R003"], former="") == "同じ人の申請: R003"
