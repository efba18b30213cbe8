"""A rehearsal passes everything on but the register press."""

from __future__ import annotations

from typing import Any, cast

import pytest

from bridge_agent.domain.errors import StopRunError
from bridge_agent.domain.plan import Target
from bridge_agent.domain.ports import CoreSession
from bridge_agent.drivers.rehearsal import RehearsalSession


class Noted:
    """Notes every call, answers with the call's name."""

    def __init__(self) -> None:
        self.calls: list[str] = []

    def __getattr__(self, name: str) -> Any:
        def call(*given: object) -> str:
            self.calls.append(name)
            return name

        return call


class FakeSession(Noted):
    def __init__(self) -> None:
        super().__init__()
        self.screen = Noted()
        self.look_up = object()
        self.sender = None


def test_everything_but_register_reaches_the_screen() -> None:
    session = FakeSession()
    rehearsal = RehearsalSession(cast(CoreSession, session))
    screen: Any = rehearsal.screen
    given = {"begin": 1, "open": 1, "recognise": 1, "fill": 1, "press": 1, "pick": 1, "read": 1, "read_ending": 2,
             "outline": 0, "picture": 1}  # fmt: skip
    for name, count in given.items():
        getattr(screen, name)(*[()] * count)
    assert session.screen.calls == list(given)
    with pytest.raises(StopRunError):
        screen.register(Target(()), (), 1.0)
    assert session.screen.calls == list(given)
    rehearsal.start()
    rehearsal.renew()
    rehearsal.stop_sender()
    rehearsal.close()
    assert session.calls == ["start", "renew", "stop_sender", "close"]
    assert rehearsal.look_up is session.look_up
    assert rehearsal.sender is None
