"""Faults strike on every screen of dialect B: forms that changed, values spoiled, records of others, look-ups."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from mock_core_ui.core.catalogue import screens_of
from mock_core_ui.core.catalogue.screen import Kind, placed_fields
from tests.unit.mock_core_ui.core.samples import HANA, TARO, TOKEN, valid_values
from tests.unit.mock_core_ui.core.walking import Walk, logged_in

SCREENS = screens_of("nintei")


@pytest.fixture(params=[screen.procedure for screen in SCREENS])
def walk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Walk]:
    with logged_in("nintei", tmp_path, request.param) as walk:
        yield walk


def _names(page: str) -> list[str]:
    return re.findall(r'name="([A-Z]{3}_\d{4})"', page)


def _changed(walk: Walk, after: Mapping[str, object]) -> dict[str, object]:
    """What was stored otherwise than entered."""
    entered = valid_values(walk.screen)
    assert set(entered) == set(after)
    return {name: value for name, value in after.items() if value != entered[name]}


def test_a_rule_for_one_procedure_leaves_the_others_alone(walk: Walk) -> None:
    walk.plan({"fault": "M1b", "procedure": walk.procedure})
    assert walk.register().status_code == 500
    struck = walk.procedure
    for other in SCREENS:
        if other.procedure != struck:
            walk.procedure = other.procedure
            assert walk.completion_text in walk.register().text


def test_a_field_moves_and_a_new_one_must_be_filled(walk: Walk) -> None:
    usual = _names(walk.entry().text)
    walk.plan({"fault": "M33"})
    moved = _names(walk.entry().text)
    assert moved != usual
    assert sorted(moved) == sorted(usual)
    walk.plan({"fault": "M33b"})
    [added] = set(_names(walk.entry().text)) - set(usual)
    assert "連絡希望時間帯は必須です" in walk.words(walk.confirm())
    assert walk.completion_text in walk.register(**{added: "午前"}).text


def test_the_last_list_has_other_words_under_its_codes(walk: Walk) -> None:
    lists = [placed.field for placed in placed_fields(walk.screen) if placed.field.kind is Kind.SELECT]
    walk.plan({"fault": "M32", "text": "★"})
    page = walk.entry().text
    for choice in lists[-1].choices:
        assert f'<option value="{choice.code}">{choice.label}★</option>' in page


def test_a_text_is_cut_at_the_commit(walk: Walk) -> None:
    walk.plan({"fault": "M31c", "keep": 1})
    walk.register()
    assert len(_changed(walk, walk.commits()[0].values)) == 1


def test_a_part_of_the_record_is_lost_but_not_the_day(walk: Walk) -> None:
    walk.plan({"fault": "M36"})
    assert walk.completion_text in walk.register().text
    lost = _changed(walk, walk.commits()[0].values)
    assert lost
    assert set(map(str, lost.values())) <= {"", "[]"}
    filing = walk.screen.application_date.partition(".")[0]
    kept = [placed for placed in placed_fields(walk.screen) if placed.group.key == filing]
    assert not set(lost) & {name for placed in kept for name in placed.names}


def test_an_error_sends_back_to_the_form_of_the_same_procedure(walk: Walk) -> None:
    walk.plan({"fault": "M23"})
    page = walk.register().text
    assert f'<div class="t">{walk.screen.title}<i>{walk.screen.number}</i></div>' in page
    assert _names(page) == _names(walk.entry().text)
    assert walk.commits() == []


def test_the_completion_screen_is_another_persons(walk: Walk) -> None:
    walk.plan({"fault": "M24"})
    page = walk.register().text
    assert TARO.name in page
    assert HANA.atena_no not in page
    assert len(walk.commits()) == 1


def test_a_namesake_is_shown_beside_the_person(walk: Walk) -> None:
    walk.register()
    walk.plan({"fault": "M41"})
    page = walk.listing()
    assert walk.hits(page) == 2
    title = walk.screen.title.removesuffix("入力")
    assert page.text.count(f"<td>{title}</td>") == 2
    assert f"申請詳細（{title}）" in walk.detail(walk.receipts(page)[-1]).text


def test_a_trainer_can_choose_the_procedure(walk: Walk) -> None:
    walk.core.client.get(f"/_mock/?token={TOKEN}")
    page = walk.core.client.get("/_mock/?fault=M4").text
    assert re.search(rf'<option value="{walk.procedure}"[^>]*>[^<]*{walk.screen.title}', page)
