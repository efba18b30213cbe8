"""The interface source of these tests, what it delivers, and raw answers that the small system gives once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bridge_agent.domain.application import Delivered, Listed
from bridge_agent.domain.rest_profile import RestProfile
from bridge_agent.mapping.recipe_files import load_source
from bridge_agent.sources.rest import RestSource
from tests.unit.sources.packages import SHAPE
from tests.unit.sources.small_interface import MovedClock, System

RECIPES = Path(__file__).parents[4] / "recipes"


def profile(**limits: float) -> RestProfile:
    found = load_source(RECIPES, "minamo-rest")
    assert isinstance(found, RestProfile)
    return found.model_copy(update={"package": SHAPE, "limits": found.limits.model_copy(update=limits)})


Made = tuple[RestSource, System, MovedClock]


def raw(content: Any, status: int = 200, **headers: str) -> tuple[int, bytes, dict[str, str]]:
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    return status, body, {name.replace("_", "-"): text for name, text in headers.items()}


def delivered(source: RestSource, *wanted: str) -> dict[str, Delivered]:
    lines = [Listed(number, "K0020", "負担割合証の再交付", "1") for number in wanted]
    return {found.listed.receipt_no: found for found in source.deliver(lines)}
