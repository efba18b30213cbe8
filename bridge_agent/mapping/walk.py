"""Walks through a recipe or core profile piece by piece, each with its path as the author wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bridge_agent.domain.core_profile import Part
from bridge_agent.domain.recipe_steps import Step


@dataclass(frozen=True, slots=True)
class Found:
    path: tuple[str | int, ...]
    part: Part
    group: str
    """Repeated group it stands in, or ''."""


def parts_of(part: Part, path: tuple[str | int, ...] = (), group: str = "") -> Iterator[Found]:
    """Every piece of a recipe with its path, outermost first; `group` is the repeated group it stands in."""
    group = getattr(part, "row_group", "") or group
    yield Found(path, part, group)
    for name, info in type(part).model_fields.items():
        yield from _inside(getattr(part, name), (*path, info.alias or name), group)


def _inside(value: Any, path: tuple[str | int, ...], group: str) -> Iterator[Found]:
    if isinstance(value, Step):
        yield Found(path, value, group)
        yield from parts_of(value.body, (*path, value.kind), group)
        if value.when:
            yield from parts_of(value.when, (*path, "when"), group)
    elif isinstance(value, Part):
        yield from parts_of(value, path, group)
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _inside(item, (*path, number), group)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _inside(item, (*path, key), group)
