"""Short words for what is asked of dialect C over plain HTTP and what it answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from werkzeug.test import TestResponse

from tests.unit.mock_core_ui.core.walking import WizardWalk, logged_in

WAKABA, JIDOSHA = "wakaba", "jidosha"
NURSERY = "nursery_application"


def at(core: str, folder: Path) -> Iterator[WizardWalk]:
    with logged_in(core, folder) as walk:
        assert isinstance(walk, WizardWalk)
        yield walk


def told(answer: TestResponse, status: int = 200) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json


def ask(walk: WizardWalk, path: str, status: int = 200) -> Any:
    return told(walk.core.client.get(f"/api/{path}"), status)


def errors(answer: TestResponse) -> list[str]:
    found: list[str] = told(answer)["errors"]
    return found


def of(walk: WizardWalk, procedure: str) -> WizardWalk:
    """The same clerk at another screen."""
    walk.procedure = procedure
    return walk
