"""An interface source at a small system of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from bridge_agent.domain.rest_profile import RestProfile
from bridge_agent.sources.rest import RestSource, Wire
from tests.unit.sources.rest.making import Made, profile
from tests.unit.sources.small_interface import MovedClock, System, served


@pytest.fixture
def make() -> Iterator[Callable[..., Made]]:
    with ExitStack() as stack:

        def build(password: str = "right", changed: RestProfile | None = None, **system: Any) -> Made:
            other, clock = System(**system), MovedClock()
            other.url = stack.enter_context(served(other))
            shape = changed or profile()
            source = RestSource(shape, Wire(shape, other.url, "bridge", lambda: password, clock), clock)
            stack.callback(source.close)
            return source, other, clock

        yield build
