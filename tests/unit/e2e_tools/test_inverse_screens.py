"""The inverse reading knows every procedure and leaves nothing on any screen unread."""

from __future__ import annotations

from datetime import date

import pytest

from mock_core_ui.core.catalogue import SCREENS
from mock_core_ui.core.catalogue.screen import DELETE_KEY, PARTS, Kind, placed_fields
from mock_core_ui.people import build_world
from mock_core_ui.people.procedures import DOMICILE_EXCEPTION, KNOWN, PROCEDURES
from tests.e2e.inverse import NOT_ON_SCREEN, SHEETS, CommitRow, differences, read_back
from tests.e2e.inverse.places import UNREADABLE, Place, Sheet
from tests.unit.e2e_tools.screens import controls_of

every_sheet = pytest.mark.parametrize("procedure", sorted(SHEETS))

WITHOUT_SCREEN = {DOMICILE_EXCEPTION: "no core takes it: the town knows it only to see it held"}

ANSWERS_TWO_QUESTIONS = {"koza_kubun", "SEL_0241"}
"""Where the money goes: the form asks for 公金受取口座 and for the kind of bank one after the other."""

NEVER_SAID = {
    ("ltci_certification", "apply_kind"): ["20", "30"],  # 更新 and 区分変更 have forms of their own
    ("child_allowance_unpaid", "payee_bank_kind"): ["3"],  # a child has no 公金受取口座 to name on this form
    ("child_allowance_status", "claimant_job"): ["90"],  # 被用者等でない者 is one answer, 無職 no answer of its own
    ("child_allowance_status", "spouse_job"): ["90"],
}
"""Codes of a screen that no application of the procedure can mean."""


def all_places(sheet: Sheet) -> list[Place]:
    rows = [place for group in sheet.rows for number in range(1, group.count + 1) for place in group.places(number)]
    return [*sheet.places, *rows]


def test_every_procedure_has_an_inverse_reading() -> None:
    assert set(SHEETS) == set(PROCEDURES) - set(WITHOUT_SCREEN) == set(SCREENS)


@every_sheet
def test_every_control_is_read_or_must_be_empty_for_a_reason(procedure: str) -> None:
    sheet = SHEETS[procedure]
    placed = {control for place in all_places(sheet) for control in place.controls}
    papers = {sheet.papers} if sheet.papers else set()
    listed = placed | set(sheet.chosen) | set(sheet.empty) | papers
    boxes_to_delete_a_row = {control for control in controls_of(procedure) if control.endswith(f"_{DELETE_KEY}")}
    assert listed | boxes_to_delete_a_row == controls_of(procedure)
    assert all(sheet.empty.values())


@every_sheet
def test_no_control_is_claimed_twice(procedure: str) -> None:
    """Two items of one control could hide each other's mistakes."""
    sheet = SHEETS[procedure]
    claimed = [control for place in all_places(sheet) for control in place.controls]
    claimed += [*sheet.chosen, *sheet.empty, *([sheet.papers] if sheet.papers else [])]
    twice = {control for control in claimed if claimed.count(control) > 1}
    assert twice <= ANSWERS_TWO_QUESTIONS


@every_sheet
def test_a_field_of_several_boxes_is_read_as_one(procedure: str) -> None:
    """A date out of the boxes of two dates, or a telephone number of two people's, would read well."""
    sheet = SHEETS[procedure]
    together = {place.controls for place in all_places(sheet)}
    for placed in placed_fields(SCREENS[procedure]):
        if placed.field.kind in PARTS and placed.field.kind is not Kind.PICKER:
            assert placed.names in together


@every_sheet
def test_the_rows_are_those_of_the_screen(procedure: str) -> None:
    counted = {group.key: group.rows for group in SCREENS[procedure].groups if group.rows}
    if procedure == "ltci_insured_card_reissue":
        assert counted == {"shomei": 5}  # one item of several choices, spread over the lines
        return
    assert sorted(rows.count for rows in SHEETS[procedure].rows) == sorted(counted.values())


@every_sheet
def test_every_code_of_the_screen_leads_back_to_one_code(procedure: str) -> None:
    """No code of a list is forgotten, and no two mean the same but where one choice answers two questions."""
    sheet = SHEETS[procedure]
    choices = {
        placed.names[0]: [choice.code for choice in placed.field.choices]
        for placed in placed_fields(SCREENS[procedure])
        if placed.field.kind in (Kind.SELECT, Kind.RADIO)
    }
    places = all_places(sheet)
    assert set(choices) <= {control for place in places for control in place.controls} | set(sheet.chosen)
    for place in (place for place in places if place.controls[0] in choices):
        read = [place.read((code,)) for code in choices[place.controls[0]]]
        strange = [one.removeprefix(UNREADABLE) for one in read if one.startswith(UNREADABLE)]
        assert strange == NEVER_SAID.get((procedure, place.item), [])
        if place.controls[0] not in ANSWERS_TWO_QUESTIONS:
            assert len(set(read)) == len(read)


@every_sheet
def test_every_box_of_several_leads_back_to_one_code(procedure: str) -> None:
    sheet = SHEETS[procedure]
    by_control = {place.controls: place for place in sheet.places}
    for placed in placed_fields(SCREENS[procedure]):
        if placed.field.kind is Kind.CHECKS:
            read = [by_control[placed.names].read(([choice.code],)) for choice in placed.field.choices]
            assert len(set(read)) == len(read)
            assert not [one for one in read if not one or one.startswith(UNREADABLE)]


@every_sheet
def test_what_must_be_chosen_is_a_choice_of_the_screen(procedure: str) -> None:
    offered = {
        placed.names[0]: {choice.code for choice in placed.field.choices}
        for placed in placed_fields(SCREENS[procedure])
    }
    for control, chosen in SHEETS[procedure].chosen.items():
        assert chosen in offered[control] or not chosen


@pytest.mark.parametrize("procedure", sorted(KNOWN))
def test_every_item_of_the_town_has_a_place(procedure: str) -> None:
    """Nothing in any application of the town is unknown to the tables."""
    blank: dict[str, object] = dict.fromkeys(controls_of(procedure), "")
    row = CommitRow(procedure, "", "", date(2026, 1, 1), "", blank, before_run=False)
    items = set(read_back(procedure, blank)) | set(NOT_ON_SCREEN[procedure])
    applications = build_world(7, 12, (procedure,), plain=True).applications
    assert applications
    for application in applications:
        assert application.procedure_id == procedure
        assert set(application.values) <= items
        assert not [name for name in differences(application, row) if "." in name and "[" not in name]


@every_sheet
def test_each_missing_control_of_a_row_is_noticed(procedure: str) -> None:
    """A core that loses a control of the last row says so in the reading, not with an empty item."""
    for rows in SHEETS[procedure].rows:
        for place in rows.places(rows.count):
            blank: dict[str, object] = dict.fromkeys(controls_of(procedure) - {place.controls[0]}, "")
            found = read_back(procedure, blank)[rows.item]
            assert isinstance(found, list)
            assert found[-1][place.item].startswith(UNREADABLE)
