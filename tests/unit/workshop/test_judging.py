"""From measured times to a verdict."""

from __future__ import annotations

import pytest

from bridge_agent.domain.conformance import Outcome
from bridge_agent.domain.core_profile import Limits
from bridge_agent.workshop.conformance.disturbed import half_request, settle_finding
from bridge_agent.workshop.conformance.dummies import fresh_numbers
from bridge_agent.workshop.conformance.in_order import answer_kind, percentile, visibility


def test_the_95th_percentile_is_a_measured_value() -> None:
    assert percentile([float(n) for n in range(20, 0, -1)], 0.95) == 19.0
    assert percentile([3.0], 0.95) == 3.0
    assert percentile([], 0.95) == 0.0


@pytest.mark.parametrize(
    ("times", "never", "passed"),
    [([0.1, 0.9], 0, True), ([0.1, 1.01], 0, False), ([0.1], 1, False), ([], 0, False)],
)
def test_visibility_passes_when_every_record_came_in_time(times: list[float], never: int, passed: bool) -> None:
    found = visibility(times, never, 1.0, 11.0)
    assert (found.outcome is Outcome.PASSED) == passed
    assert found.trials == len(times) + never


LIMITS = {"settle_s": 10.0, "visibility_max_s": 2.0, "request_timeout_s": 8.0}


@pytest.mark.parametrize(
    ("changed", "longest", "found", "passed"),
    [
        ({}, 0.5, 3, True),
        ({"settle_s": 9.9}, 0.5, 3, False),  # 8 + 2
        ({}, 8.1, 3, False),  # 8.1 + 2
        ({"request_timeout_s": 0.0}, 0.5, 3, False),  # nobody has said when the core gives up
        ({}, 0.0, 0, False),  # nothing was measured
    ],
)
def test_settle_covers_what_was_measured_and_declared_and_visibility(
    changed: dict[str, float], longest: float, found: int, passed: bool
) -> None:
    made = settle_finding(Limits.model_validate(LIMITS | changed), longest, found, 3, None, 10.0)
    assert (made.outcome is Outcome.PASSED) == passed


def test_a_half_request_to_nobody_tells_nothing() -> None:
    assert half_request("http://127.0.0.1:9", 0.1) is None


def test_answers() -> None:
    assert answer_kind(303).outcome is answer_kind(200).outcome is Outcome.FACT
    assert answer_kind(303).sentence != answer_kind(200).sentence
    assert answer_kind(0).outcome is Outcome.UNTRIED


@pytest.mark.parametrize("length", [8, 14, 20])
def test_fresh_numbers_are_new_and_as_long_as_real_ones(length: int) -> None:
    numbers = fresh_numbers(length)
    made = [next(numbers) for _ in range(50)]
    assert len(set(made)) == 50
    assert {len(number) for number in made} == {length}
    assert all(number.isdecimal() for number in made)
