"""The interface source: the state of one application, and the report that it was entered."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bridge_agent.domain.errors import BusinessError, StopRunError, TransientError
from bridge_agent.domain.reasons import Reason
from tests.unit.sources.packages import NUMBER
from tests.unit.sources.rest.making import Made, delivered
from tests.unit.sources.small_interface import OTHER, Answer


def test_what_is_sent_is_what_the_table_says(make: Callable[..., Made]) -> None:
    source, system, _ = make()
    source.report_linked(NUMBER, "{receipt_no}")
    assert {"receiptNo": NUMBER, "status": "連携済", "coreNumber": "{receipt_no}"} in system.bodies


def test_the_state_counts_and_not_the_answer(make: Callable[..., Made]) -> None:
    source, system, _ = make()
    posted = 0

    def unmoved(query: dict[str, str]) -> Answer:
        nonlocal posted
        posted += "receiptNo" not in query
        return 200, {"applications": [system.line(NUMBER)]}

    system.answers["/api/v1/processing-states"] = unmoved
    with pytest.raises(BusinessError) as told:
        source.report_linked(NUMBER, "A-1")
    assert (told.value.reason, posted) == (Reason.SOURCE_STATE_UNKNOWN, 1)


def test_a_state_of_another_application_is_never_taken(make: Callable[..., Made]) -> None:
    source, system, _ = make()
    system.answers["/api/v1/processing-states"] = lambda query: (200, {"applications": [system.line(OTHER)]})
    with pytest.raises(StopRunError):
        source.standing(NUMBER)


def test_an_answer_that_stays_unreadable_is_told_as_something_to_try_later(make: Callable[..., Made]) -> None:
    source, _, _ = make(answers={"/api/v1/processing-states": lambda query: (200, b"<html>")})
    with pytest.raises(TransientError):
        source.standing(NUMBER)


def test_a_number_stays_one_step_of_the_path(make: Callable[..., Made]) -> None:
    source, system, _ = make()
    assert delivered(source, "..")[".."].refusal == Reason.SOURCE_STATE_UNKNOWN
    assert delivered(source, "a/../b?c#d")["a/../b?c#d"].refusal == Reason.SOURCE_STATE_UNKNOWN
    assert all(asked.split()[1].startswith("/api/v1/") for asked in system.asked)
    assert "GET /api/v1/applications/a%2F..%2Fb%3Fc%23d" in system.asked
