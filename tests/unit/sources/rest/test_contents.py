"""The interface source: the contents of one application, and what they do to the others of its batch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bridge_agent.domain.errors import SystemDown
from bridge_agent.domain.reasons import Reason
from tests.unit.sources.packages import NUMBER, columns
from tests.unit.sources.rest.making import Made, delivered
from tests.unit.sources.small_interface import OTHER


def pairs(**changed: Any) -> list[dict[str, Any]]:
    return [{"name": name, "value": text} for name, text in (columns(NUMBER) | changed).items()]


@pytest.mark.parametrize(
    ("items", "code"),
    [
        (pairs(宛名番号=12345), Reason.PACKAGE_DAMAGED),  # a number has lost its leading zeros
        (pairs(宛名番号=None), Reason.PACKAGE_DAMAGED),
        (pairs(氏名="a\x00b"), Reason.PACKAGE_ENCODING),
        (pairs(氏名="a\ud800b"), Reason.PACKAGE_ENCODING),
        (pairs(受付番号=OTHER), Reason.PACKAGE_DAMAGED),
        (pairs(手続コード="J0001"), Reason.PACKAGE_DAMAGED),
        (pairs(申請日時="昨日"), Reason.DATE_INVALID),
        (pairs(備考=""), Reason.PACKAGE_COLUMN),
        ([*pairs(), {"name": "氏名", "value": "x"}], Reason.PACKAGE_COLUMN),
        (pairs()[:-1], Reason.PACKAGE_COLUMN),
        ({"氏名": "x"}, Reason.PACKAGE_DAMAGED),
        ([["氏名", "x"]], Reason.PACKAGE_DAMAGED),
        ([{"name": f"c{n}", "value": ""} for n in range(5000)], Reason.PACKAGE_DAMAGED),
    ],
)
def test_contents_that_are_not_as_declared_are_refused_by_themselves(
    make: Callable[..., Made], items: Any, code: Reason
) -> None:
    source, _, _ = make(numbers=(NUMBER, OTHER), columns={NUMBER: items})
    found = delivered(source, NUMBER, OTHER)
    assert found[NUMBER].refusal == code
    stopped = code is Reason.PACKAGE_COLUMN  # a changed form stops the whole procedure
    assert (found[OTHER].application is None) == stopped


@pytest.mark.parametrize(
    "body", [b"\xff\xfe", b'{"items": [', b'{"items": 1, "items": 2}', b'{"items": NaN}', b"[" * 100_000]
)
def test_contents_that_are_no_json_are_refused_by_themselves(make: Callable[..., Made], body: bytes) -> None:
    source, system, _ = make(numbers=(NUMBER, OTHER))
    system.answers[f"/api/v1/applications/{NUMBER}"] = lambda query: (200, body)
    found = delivered(source, NUMBER, OTHER)
    assert found[NUMBER].refusal == Reason.PACKAGE_DAMAGED
    assert found[OTHER].application is not None


def test_a_changed_form_anywhere_in_the_batch_stops_what_comes_before_it_too(make: Callable[..., Made]) -> None:
    source, _, _ = make(numbers=(NUMBER, OTHER), columns={OTHER: pairs(受付番号=OTHER, 備考="")})
    found = delivered(source, NUMBER, OTHER)
    assert {one.refusal for one in found.values()} == {Reason.PACKAGE_COLUMN}
    assert "「備考」" in found[NUMBER].note
    assert "「備考」" in source.remarks()[0]
    assert source.remarks()[0].startswith("手続「負担割合証の再交付」（K0020）の申請データの列が決まりと違います")


def test_items_whose_names_and_values_have_changed_places_tell_no_value(make: Callable[..., Made]) -> None:
    swapped = [{"name": pair["value"] or pair["name"], "value": pair["name"]} for pair in pairs()]
    source, _, _ = make(columns={NUMBER: swapped})
    one = delivered(source, NUMBER)[NUMBER]
    assert one.refusal == Reason.PACKAGE_COLUMN
    assert not any(pair["value"] in one.note for pair in pairs() if pair["value"])


@pytest.mark.parametrize("status", [500, 403, 400])
def test_one_that_the_system_cannot_give_does_not_stop_the_others(make: Callable[..., Made], status: int) -> None:
    source, system, _ = make(numbers=(NUMBER, OTHER))
    system.answers[f"/api/v1/applications/{NUMBER}"] = lambda query: (status, {})
    found = delivered(source, NUMBER, OTHER)
    assert (found[NUMBER].refusal, found[OTHER].refusal) == (Reason.PACKAGE_DAMAGED, "")


def test_three_in_a_row_are_no_matter_of_single_applications(make: Callable[..., Made]) -> None:
    numbers = ("A1", "A2", "A3")
    source, system, _ = make(numbers=numbers)
    system.answers |= {f"/api/v1/applications/{number}": lambda query: (500, {}) for number in numbers}
    with pytest.raises(SystemDown):
        delivered(source, *numbers)


def test_a_system_that_gives_nothing_at_all_ends_the_run(make: Callable[..., Made]) -> None:
    source, system, _ = make()
    for path in (f"applications/{NUMBER}", "processing-states"):
        system.answers[f"/api/v1/{path}"] = lambda query: (500, {})
    with pytest.raises(SystemDown):
        delivered(source, NUMBER)


def test_one_that_is_on_the_list_and_not_asked_for_stops_nothing(make: Callable[..., Made]) -> None:
    """A person has dealt with it by hand; the list shows it for good."""
    source, _, _ = make(numbers=(NUMBER, OTHER), columns={OTHER: pairs(受付番号=OTHER, 備考="")})
    source.approved()
    assert delivered(source, NUMBER)[NUMBER].application is not None
    assert (source.remarks(), source.changed_forms()) == ([], {})


def test_one_that_is_gone_comes_with_what_is_known_of_it(make: Callable[..., Made]) -> None:
    source, system, _ = make()
    system.answers[f"/api/v1/applications/{NUMBER}"] = lambda query: (404, {})
    system.state = "取下げ"
    assert delivered(source, NUMBER)[NUMBER].refusal == Reason.WITHDRAWN


@pytest.mark.parametrize(
    "attachment",
    [
        {"fileName": "x", "sha256": "00", "size": 1},
        {"fileName": "x"},
        "x",
        {"fileName": "x", "sha256": "0" * 64, "size": "1"},
        {"fileName": "a\ud800b", "sha256": "0" * 64, "size": 1},
    ],
)
def test_attachments_that_are_not_as_declared_are_refused(make: Callable[..., Made], attachment: Any) -> None:
    source, system, _ = make()
    system.answers[f"/api/v1/applications/{NUMBER}"] = lambda query: (
        200,
        {"items": pairs(), "attachments": [attachment]},
    )
    assert delivered(source, NUMBER)[NUMBER].refusal == Reason.PACKAGE_DAMAGED
