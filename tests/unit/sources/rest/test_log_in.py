"""The interface source: when it logs in, how long a token serves, and what is no wrong password."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bridge_agent.domain.application import SourceState
from bridge_agent.domain.errors import LoginRefused, StopRunError, SystemDown
from tests.unit.sources.packages import NUMBER
from tests.unit.sources.rest.making import Made, raw
from tests.unit.sources.small_interface import System


def log_ins(system: System) -> int:
    return sum(asked.endswith("/login") for asked in system.asked)


def test_one_log_in_serves_many_questions(make: Callable[..., Made]) -> None:
    source, system, _ = make()
    source.approved()
    source.standing(NUMBER)
    assert log_ins(system) == 1


def test_an_expired_token_is_renewed_once(make: Callable[..., Made]) -> None:
    source, system, clock = make()
    source.approved()
    system.valid.clear()
    assert source.standing(NUMBER).state is SourceState.APPROVED
    assert (log_ins(system), clock.waits) == (2, [])


def test_a_token_that_is_refused_again_after_its_renewal_is_a_system_that_cannot_be_used(
    make: Callable[..., Made],
) -> None:
    source, system, _ = make(answers={"/api/v1/processing-states": lambda query: (401, {})})
    source.approved()
    with pytest.raises(SystemDown):
        source.standing(NUMBER)
    assert log_ins(system) <= 4


def test_a_wrong_password_is_asked_once_however_often_the_source_is_used(make: Callable[..., Made]) -> None:
    source, system, _ = make("wrong")
    for ask in (source.approved, lambda: source.standing(NUMBER), lambda: source.report_linked(NUMBER, "A-1")):
        with pytest.raises(LoginRefused):
            ask()
    assert log_ins(system) == 1


@pytest.mark.parametrize("content", [{}, {"token": ""}, {"token": 7}, {"token": "a\nb"}, []])
def test_a_log_in_without_a_token_is_another_interface(make: Callable[..., Made], content: Any) -> None:
    source, _, _ = make(once=[raw(content)])
    with pytest.raises(StopRunError) as told:
        source.approved()
    assert "応答が想定と違います" in told.value.message


def test_a_log_in_that_is_nowhere_is_another_interface_and_no_wrong_password(make: Callable[..., Made]) -> None:
    source, _, _ = make(once=[raw(b"", 404)])
    with pytest.raises(StopRunError) as told:
        source.approved()
    assert not isinstance(told.value, LoginRefused)
