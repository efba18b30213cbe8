"""What real screens do, and the line of the recipe that copes with it: with the line the application is registered as
it was filed, without it nothing is registered by mistake (docs/screen-habits.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from mock_core_ui.core.catalogue import SCREENS
from tests.e2e.habit_town import Change, HabitTown, Values, edited, world_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MOVED_HERE = "東浜県青波市南町二丁目４番５号"
"""An address that the register does not have."""
GIVEN: dict[str, Values] = {
    "vehicle_tax_address_change": {},
    "parking_space_certificate": {},
    "vehicle_tax_report": {},
    "nursery_status": {},
    "nursery_application": {
        # Two nurseries of one name; the line of the other town stands behind 「さらに表示…」.
        "wishes": [
            {"wish_order": "1", "wish_facility": "みどり保育園", "wish_facility_code": "0301004", "wish_reason": ""},
            {"wish_order": "2", "wish_facility": "みどり保育園", "wish_facility_code": "0399001", "wish_reason": ""},
        ],
        "members": [
            {"member_name": "汐見　次郎", "member_rel": "5", "member_birth": "2023-05-06", "member_occupation": ""}
        ],
    },
    "childcare_certification": {"tax_addr_jan1": MOVED_HERE},
}
"""What every application of a procedure has, so that its screens show the habit."""


@dataclass(frozen=True, slots=True)
class Habit:
    name: str
    procedure: str
    change: Change
    """Takes the line away that copes with the habit."""
    reason: str
    """Why the application is held then."""


ADDRESS_CHANGE = "jidosha/vehicle_tax_address_change/recipe.yaml"
NURSERY = "wakaba/nursery_application/recipe.yaml"
FACILITY = """          control: list
          to: { label: 施設, within: "希望施設{n}" }
          typed: { from: wish_facility }
          kept: { from: wish_facility }
          more: { text: さらに表示… }
"""
DRAWER = """      instead:
        - shows: [{ css: "#menu section:has(a[href='/app/search/nursery_status']) .drawer[aria-expanded='false']" }]
          press: { role: "button|保育" }
"""
GUIDE = """  - press: { role: "button|閉じる" } # 記入のご案内の箱。開いている間に入った値は、閉じると消える
"""
LATE_BOX = """      - { shows: [{ css: "#late", text: 住民票と異なる住所が入力されています }], press: { role: "button|はい" } }
"""
HABITS = (
    Habit(
        "one label in two groups",
        "vehicle_tax_address_change",
        Change(ADDRESS_CHANGE, "{ label: 住所, within: 変更後 }", "{ label: 住所 }"),
        "screen_changed",
    ),
    Habit(
        "a label that belongs to no field",
        "vehicle_tax_address_change",
        Change("jidosha/parts/plate_fields.yaml", "{ near: かな }", "{ label: かな }"),
        "screen_changed",
    ),
    Habit(
        "a short name inside a longer label",
        "vehicle_tax_address_change",
        Change(
            ADDRESS_CHANGE,
            "{ from: taxpayer_name, to: { label: 氏名又は名称,",
            "{ from: taxpayer_name, to: { label: 氏名,",
        ),
        "screen_changed",
    ),
    Habit(
        "a menu that is open only under the pointer",
        "parking_space_certificate",
        Change("jidosha/parking_space_certificate/recipe.yaml", ", over: { text: 保管場所 }", ""),
        "screen_changed",
    ),
    Habit(
        "a box over the fields, which are emptied when it is shut",
        "vehicle_tax_report",
        Change("jidosha/vehicle_tax_report/recipe.yaml", GUIDE, ""),
        "screen_changed",
    ),
    Habit(
        "a menu that toggles shut",
        "nursery_status",
        Change("wakaba/nursery_status/recipe.yaml", DRAWER, ""),
        "screen_changed",
    ),
    Habit(
        "a completion list with more lines behind it",
        "nursery_application",
        Change(NURSERY, "          more: { text: さらに表示… }\n", ""),
        "value_invalid",
    ),
    Habit(
        "two towns of one name",
        "nursery_application",
        Change(
            NURSERY,
            "        - from: wish_facility_code\n          codes: facility_line\n",
            "        - from: wish_facility\n",
        ),
        "value_invalid",
    ),
    Habit(
        "a text that was typed into a completion list and never chosen",
        "nursery_application",
        Change(NURSERY, FACILITY, '          to: { label: 施設, within: "希望施設{n}" }\n'),
        "refused_by_screen",
    ),
    Habit(
        "a row that exists only after it was added",
        "nursery_application",
        Change(NURSERY, '      there: 1\n      add: { role: "button|希望施設を追加" }\n', ""),
        "screen_changed",
    ),
    Habit(
        "a row that counts only after its update",
        "nursery_application",
        Change("wakaba/parts/members_rows.yaml", 'done: { role: "button|更新" }\n', ""),
        "refused_by_screen",
    ),
    Habit(
        "a question that comes a moment after the screen",
        "childcare_certification",
        Change("wakaba/parts/confirm_late.yaml", LATE_BOX, ""),
        "screen_changed",
    ),
)
Towns = Callable[[str], HabitTown]


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory, browser_path: Path) -> Iterator[Towns]:
    """A town for each procedure, where one application was entered by the real recipe and one waits for each habit."""
    with ExitStack() as stack:
        made: dict[str, HabitTown] = {}

        def town(procedure: str) -> HabitTown:
            if procedure not in made:
                count = 1 + sum(habit.procedure == procedure for habit in HABITS)
                world = world_of(procedure, [GIVEN[procedure]] * count)
                folder = tmp_path_factory.mktemp(procedure)
                made[procedure] = stack.enter_context(HabitTown(folder, world, procedure, browser_path))
                made[procedure].enter()
            return made[procedure]

        yield town


@pytest.mark.parametrize("procedure", GIVEN)
def test_the_recipe_copes_with_the_habits_of_its_screens(towns: Towns, procedure: str) -> None:
    town = towns(procedure)
    first = min(town.states())
    assert town.states()[first] == ("reported", "")
    [applicant] = (one.atena_no for one in town.world.applications if one.receipt_no == first)
    assert town.stored() == {applicant: []}


@pytest.mark.parametrize("habit", HABITS, ids=lambda habit: habit.name)
def test_without_its_line_nothing_is_registered(towns: Towns, habit: Habit, tmp_path: Path) -> None:
    town = towns(habit.procedure)
    before = town.stored()
    recipes = edited(tmp_path, habit.procedure, SCREENS[habit.procedure].core, habit.change)
    assert list(town.enter(recipes).values()) == [("held", habit.reason)]
    assert town.stored() == before
