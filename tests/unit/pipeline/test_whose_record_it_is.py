"""Whose record the core shows: under our key, beyond the baseline, by our operator, not before we sent it, equal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bridge_agent.domain.comparison import VariantTable
from bridge_agent.domain.plan import Compared, Comparison, FieldClass, LookUpPlan
from bridge_agent.domain.ports import LookUpUnreadable, Search
from bridge_agent.domain.result import CoreDetail, CoreRecord, LookUpResult, Verdict
from bridge_agent.pipeline import look_up
from bridge_agent.pipeline.look_up import Ours, canary, fixed_canary, matches, plan_from_bytes, plan_to_bytes, query_of
from tests.unit.pipeline.by_hand import ByHand
from tests.unit.pipeline.imitated_core import CANARY_PERSON, OPERATOR, START
from tests.unit.pipeline.imitation import RESENDS, ImitatedRecipes, application

DAY = date(2026, 11, 20)
VALUE = Compared("値", "良い", Comparison.EXACT, FieldClass.PLAIN)
BY_REFERENCE = LookUpPlan("P", "R001", "0000000001", DAY, (VALUE,))
BY_PERSON = replace(BY_REFERENCE, reference="")
NOTHING_BEFORE = Ours((), START)
SKEW = timedelta(seconds=600)
"""As the imitated core's profile has it."""


class Shown:
    """A core that shows just these rows and one detail screen."""

    def __init__(self, *rows: CoreRecord, **lines: str) -> None:
        self.by = ByHand()
        self.rows, self.lines = rows, lines or {"値": "良い"}
        self.searches: list[Search] = []
        self.details: list[str] = []
        self.broken = 0
        self.by.session.look_up.search = self._search  # type: ignore[method-assign]
        self.by.session.look_up.detail = self._detail  # type: ignore[method-assign]

    def _search(self, query: Search) -> tuple[CoreRecord, ...]:
        self.searches.append(query)
        if self.broken:
            self.broken -= 1
            raise LookUpUnreadable("broken")
        return self.rows

    def _detail(self, record_id: str) -> CoreDetail:
        self.details.append(record_id)
        return CoreDetail(record_id, self.lines)

    def found(self, plan: LookUpPlan) -> list[str]:
        return [record.record_id for record in matches(self.by.session, plan)[0]]

    def look(self, plan: LookUpPlan = BY_REFERENCE, ours: Ours = NOTHING_BEFORE) -> LookUpResult:
        return look_up.look_up(self.by.night, self.by.access, self.by.session, plan, ours)


def row(number: int = 1, **changes: object) -> CoreRecord:
    record = CoreRecord(f"K-{number:04}", "R001", "0000000001", "P", OPERATOR, START, "2026-11-20")
    return replace(record, **changes)  # type: ignore[arg-type]


# ---- under our key -----------------------------------------------------------------------------------------------


def test_with_a_reference_field_only_our_number_counts_whoever_it_is_about() -> None:
    shown = Shown(row(1), row(2, reference="R002"), row(3, reference=""), row(4, atena_no="0000000009"))
    assert shown.found(BY_REFERENCE) == ["K-0001", "K-0004"]


def test_without_one_person_and_day_together_are_the_key() -> None:
    shown = Shown(
        row(1, reference=""),
        row(2, atena_no="0000000002"),
        row(3, date="2026-11-21"),
        row(4, date="令和8年11月20日"),
        row(5, date=""),  # the core's list has no such column
        row(6, atena_no="0000000002", date="?"),
    )
    assert shown.found(BY_PERSON) == ["K-0001", "K-0004", "K-0005"]


@pytest.mark.parametrize(
    ("plan", "changes", "why"),
    [
        (BY_REFERENCE, {"reference": "R００1"}, "reference_differs"),
        (BY_REFERENCE, {"reference": "r001"}, "reference_differs"),
        (BY_REFERENCE, {"reference": "00R001"}, "reference_differs"),
        (BY_REFERENCE, {"reference": " R001 "}, "reference_differs"),
        (BY_PERSON, {"atena_no": "1"}, "person_differs"),
        (BY_PERSON, {"atena_no": "０００００００００１"}, "person_differs"),
        (BY_PERSON, {"date": "11月の20日"}, "date_unreadable"),
    ],
)
def test_a_key_in_another_spelling_is_no_absence_but_unreadable(
    plan: LookUpPlan, changes: dict[str, str], why: str
) -> None:
    with pytest.raises(LookUpUnreadable) as caught:
        Shown(row(1, **changes)).found(plan)
    assert caught.value.why == why
    assert Shown(row(1, **changes)).look(plan) == LookUpResult(Verdict.UNREADABLE)


def test_how_many_rows_were_read_is_told_besides_the_matching_ones() -> None:
    found, rows_read = matches(Shown(row(1), row(2, reference="R002")).by.session, BY_REFERENCE)
    assert ([r.record_id for r in found], rows_read) == (["K-0001"], 2)


def test_the_core_is_asked_with_everything_the_key_may_need() -> None:
    shown = Shown()
    shown.found(BY_REFERENCE)
    assert shown.searches == [Search("P", "R001", "0000000001", DAY)]


# ---- what cannot be read -----------------------------------------------------------------------------------------


def test_a_page_that_cannot_be_read_is_asked_for_three_times() -> None:
    shown = Shown(row())
    shown.broken = 2
    assert shown.look().verdict is Verdict.FOUND
    assert len(shown.searches) == 3
    shown.broken = 3
    assert shown.look() == LookUpResult(Verdict.UNREADABLE)
    assert len(shown.searches) == 6


def test_a_detail_screen_that_cannot_be_read_makes_the_look_up_unreadable() -> None:
    shown = Shown(row())

    def broken(record_id: str) -> CoreDetail:
        raise LookUpUnreadable("detail")

    shown.by.session.look_up.detail = broken  # type: ignore[method-assign]
    assert shown.look() == LookUpResult(Verdict.UNREADABLE)


# ---- the verdict -------------------------------------------------------------------------------------------------


def test_one_new_equal_record_of_ours_is_found() -> None:
    shown = Shown(row())
    assert shown.look() == LookUpResult(Verdict.FOUND, (row(),), (), rows_read=1, compared=1)
    assert shown.details == ["K-0001"]


def test_no_new_record_is_absence_and_what_is_in_the_baseline_is_not_new() -> None:
    assert Shown().look() == LookUpResult(Verdict.ABSENT, (), (), rows_read=0)
    shown = Shown(row(1), row(2))
    assert shown.look(ours=Ours(("K-0001", "K-0002"), START)) == LookUpResult(Verdict.ABSENT, (), (), rows_read=2)
    assert shown.look(ours=Ours(("K-0001",), START)).records == (row(2),)


def test_two_new_records_are_a_duplicate_whoever_entered_them() -> None:
    other = row(2, operator="窓口 太郎")
    shown = Shown(row(1), other)
    assert shown.look() == LookUpResult(Verdict.DUPLICATE, (row(1), other), (), rows_read=2)
    assert shown.details == []


def test_a_record_of_another_operator_is_not_ours_even_if_equal() -> None:
    other = row(operator="窓口 太郎")
    shown = Shown(other)
    assert shown.look() == LookUpResult(Verdict.OTHER_OPERATOR, (other,), (), rows_read=1)
    assert shown.details == []


def test_a_field_that_differs_or_is_not_shown_is_a_mismatch_that_names_the_field() -> None:
    plan = replace(BY_REFERENCE, compare=(VALUE, replace(VALUE, label="区分", value="01")))
    result = Shown(row(), 値="別の値", 区分="01").look(plan)
    assert result == LookUpResult(Verdict.MISMATCH, (row(),), ("値",), rows_read=1, compared=2)
    assert Shown(row(), 区分="01").look(plan).differing == ("値",)


def test_a_value_is_compared_as_its_field_declares_with_the_sites_own_variants() -> None:
    name = Compared("氏名", "髙橋 見本", Comparison.NAME, FieldClass.PERSONAL)
    plan = replace(BY_REFERENCE, compare=(name,))
    shown = Shown(row(), 氏名="高橋　見本")
    assert shown.look(plan).verdict is Verdict.MISMATCH

    class Approved(ImitatedRecipes):
        variants = VariantTable.of(["高髙"])

    shown.by.night = replace(shown.by.night, recipes=Approved())
    assert shown.look(plan).verdict is Verdict.FOUND


@pytest.mark.parametrize(
    ("registered_at", "differing"),
    [
        (START, ()),
        (START + timedelta(hours=1), ()),
        (START - SKEW, ()),
        (START - SKEW - timedelta(seconds=1), ("登録日時",)),
        (None, ()),
    ],
)
def test_a_record_from_before_the_attempt_is_not_ours_beyond_the_clocks_difference(
    registered_at: datetime | None, differing: tuple[str, ...]
) -> None:
    result = Shown(row(registered_at=registered_at)).look()
    assert result.differing == differing
    assert result.verdict is (Verdict.MISMATCH if differing else Verdict.FOUND)


@pytest.mark.parametrize(("receipt", "differing"), [("K-0001", ()), ("", ()), ("K-0002", ("基幹側の受付番号",))])
def test_the_number_on_the_completion_screen_must_be_the_records(receipt: str, differing: tuple[str, ...]) -> None:
    assert Shown(row()).look(ours=Ours((), START, receipt)).differing == differing


# ---- a record that must be found ---------------------------------------------------------------------------------


def with_test_record(by: ByHand, record: str = "", procedure: str = "") -> None:
    changes = {"canary_atena_no": CANARY_PERSON, "canary_record": record, "canary_procedure": procedure}
    look = by.access.profile.lookup.model_copy(update=changes)
    by.access = replace(by.access, profile=by.access.profile.model_copy(update={"lookup": look}))


@pytest.mark.parametrize(
    ("record", "rows", "found"),
    [
        ("", [row(7)], True),
        ("", [], False),
        ("K-0007", [row(7)], True),
        ("K-0007", [row(6), row(7)], True),
        ("K-0007", [row(6)], False),
    ],
)
def test_the_profiles_test_record_must_be_found_by_its_number_where_it_names_one(
    record: str, rows: Sequence[CoreRecord], found: bool
) -> None:
    shown = Shown(*rows)
    with_test_record(shown.by, record, "研修")
    assert canary(shown.by.night, shown.by.access, shown.by.session) is found
    assert shown.searches == [Search("研修", "", CANARY_PERSON)]


def test_a_test_record_whose_page_cannot_be_read_three_times_is_not_found() -> None:
    shown = Shown(row(7))
    with_test_record(shown.by)
    shown.broken = 2
    assert fixed_canary(shown.by.access, shown.by.session) is True
    shown.broken = 3
    assert fixed_canary(shown.by.access, shown.by.session) is False


def test_without_a_test_record_and_without_own_ones_nothing_can_be_said() -> None:
    by = ByHand()
    assert canary(by.night, by.access, by.session) is None
    assert fixed_canary(by.access, by.session) is None


def own_ones(by: ByHand, count: int) -> None:
    every = [(f"K-{n:04}", plan_to_bytes(replace(BY_REFERENCE, reference=f"R{n:03}"))) for n in range(1, count + 1)]
    by.ledger.own_records = lambda core, most: every[:most]  # type: ignore[method-assign]


def here(by: ByHand, *numbers: int) -> Callable[[Search], tuple[CoreRecord, ...]]:
    def search(query: Search) -> tuple[CoreRecord, ...]:
        return tuple(row(n, reference=f"R{n:03}") for n in numbers if query.reference == f"R{n:03}")

    by.session.look_up.search = search  # type: ignore[method-assign]
    return search


@pytest.mark.parametrize(("at_core", "found"), [((1, 2, 3), True), ((3,), True), ((4,), False), ((), False)])
def test_of_the_three_latest_own_records_one_is_enough(at_core: tuple[int, ...], found: bool) -> None:
    by = ByHand()
    own_ones(by, 4)
    here(by, *at_core)
    assert canary(by.night, by.access, by.session) is found


def test_the_profiles_test_record_decides_alone() -> None:
    by = ByHand(profile_changes=RESENDS)
    own_ones(by, 3)
    here(by, 1, 2, 3)
    assert canary(by.night, by.access, by.session) is False


# ---- what is kept to look it up with -----------------------------------------------------------------------------


def test_what_was_sent_is_kept_whole_to_be_looked_up_with() -> None:
    every = tuple(Compared("項目", "値「〜」", comparison, kind) for comparison in Comparison for kind in FieldClass)
    plan = replace(ImitatedRecipes().plan(application(7)).look_up, compare=every)
    assert plan_from_bytes(plan_to_bytes(plan)) == plan
    assert query_of(plan) == Search("P", "R007", "0000000007", DAY)
