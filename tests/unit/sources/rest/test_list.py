"""The interface source: lists of several pages, and lists that do not add up or are not as declared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bridge_agent.domain.errors import StopRunError, SystemDown
from tests.unit.sources.packages import NUMBER
from tests.unit.sources.rest.making import Made, profile


def numbers(count: int) -> tuple[str, ...]:
    return tuple(f"02026110500{n:02}" for n in range(count))


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 5])
def test_all_pages_are_read(make: Callable[..., Made], count: int) -> None:
    shape = profile()
    small = shape.model_copy(update={"listing": shape.listing.model_copy(update={"page_size": 2})})
    source, _, _ = make(changed=small, numbers=numbers(count))
    assert tuple(line.receipt_no for line in source.approved()) == numbers(count)


@pytest.mark.parametrize("total", [1, 3, 100])
def test_a_total_that_does_not_add_up_is_refused(make: Callable[..., Made], total: int) -> None:
    source, _, _ = make(numbers=numbers(2), total=total)
    with pytest.raises(SystemDown) as told:
        source.approved()
    assert "件数" in told.value.message


def test_the_same_application_twice_is_refused(make: Callable[..., Made]) -> None:
    source, _, _ = make(numbers=(NUMBER, NUMBER))
    with pytest.raises(SystemDown):
        source.approved()


@pytest.mark.parametrize(
    "changed",
    [
        {"status": "審査中"},
        {"status": "なにか"},
        {"receiptNo": "../../x"},
        {"receiptNo": ""},
        {"receiptNo": 202611050001},
        {"revision": None},
        {"procedureCode": ["K0020"]},
    ],
)
def test_a_line_that_is_not_as_declared_stops_the_night(make: Callable[..., Made], changed: dict[str, Any]) -> None:
    source, system, _ = make()
    line = system.line(NUMBER) | changed
    system.answers["/api/v1/applications"] = lambda query: (200, {"totalCount": 1, "applications": [line]})
    with pytest.raises(StopRunError) as told:
        source.approved()
    assert not isinstance(told.value, SystemDown)


def test_half_of_a_character_in_a_line_can_be_kept(make: Callable[..., Made]) -> None:
    """JSON can write it, and no file or ledger could take it: one vendor's slip would stop every night."""
    source, system, _ = make()
    line = system.line(NUMBER) | {"procedureName": "再\ud83d交付", "revision": "\ud800"}
    system.answers["/api/v1/applications"] = lambda query: (200, {"totalCount": 1, "applications": [line]})
    (listed,) = source.approved()
    assert (listed.procedure_name, listed.revision) == ("再?交付", "?")


@pytest.mark.parametrize(
    "content",
    [
        [],
        {},
        {"totalCount": 1},
        {"totalCount": -1, "applications": []},
        {"totalCount": True, "applications": []},
        {"totalCount": 1, "applications": {}},
    ],
)
def test_another_shape_of_list_stops_the_night(make: Callable[..., Made], content: Any) -> None:
    source, _, _ = make(answers={"/api/v1/applications": lambda query: (200, content)})
    with pytest.raises(StopRunError):
        source.approved()
