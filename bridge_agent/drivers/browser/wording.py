"""Targets, fields and marks as the page script reads them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bridge_agent.domain.plan import BoundField, Control, Mark, Target

Json = dict[str, Any]

PRESS = "press"
SHOWN = Control.SHOWN.value


def target_json(target: Target) -> Json:
    return {
        "ladder": [{"how": rung.how.value, "text": rung.text} for rung in target.ladder],
        "within": target.within,
        "row": target.row,
        "frame": target.frame,
    }


def place_json(target: Target, control: str) -> Json:
    """A target that is pressed or read: no value."""
    return {"control": control, "value": "", "target": target_json(target)}


def field_json(field: BoundField) -> Json:
    return {
        "control": field.control.value,
        "value": field.value,
        "keys": field.by_keys,
        "target": target_json(field.target),
    }


def marks_json(marks: Sequence[Mark]) -> list[Json]:
    return [
        {"frame": mark.frame, "signs": [{"text": sign.text, "css": sign.css} for sign in mark.signs]} for mark in marks
    ]
