"""A run whose process dies at its worst moment."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bridge_agent.domain.plan import Mark, Target
from bridge_agent.domain.result import Answer
from bridge_agent.pipeline.run import run
from tests.unit.pipeline.imitated_core import ImitatedScreen
from tests.unit.pipeline.imitation import Town


class Died(BaseException):
    """The process dies here: nothing of ours runs afterwards."""


def die_in_register(town: Town, monkeypatch: pytest.MonkeyPatch, fault: str = "after") -> None:
    """One run whose process dies in the armed window, before it can write anything more."""
    town.core.faults = {town.core.requests + 1: fault}
    plain = ImitatedScreen.register

    def register(self: ImitatedScreen, press: Target, endings: Sequence[Mark], timeout_s: float) -> Answer:
        plain(self, press, endings, timeout_s)
        raise Died

    with monkeypatch.context() as patch:
        patch.setattr(ImitatedScreen, "register", register)
        patch.setattr(town.ledger, "in_doubt", lambda *a, **k: None)
        with pytest.raises(Died):
            run(town.night())
