"""Which screen a request of dialect B means: every address and form carries the 事務 (JIMU), the screen's number."""

from __future__ import annotations

from collections.abc import Mapping

from flask import request

from mock_core_ui.core.catalogue import screens_of
from mock_core_ui.core.catalogue.screen import Screen

SCREENS: Mapping[str, Screen] = {screen.number: screen for screen in screens_of("nintei")}
"""画面番号 -> screen, in menu order."""
TITLES: Mapping[str, str] = {screen.procedure: screen.title.removesuffix("入力") for screen in SCREENS.values()}
"""Procedure -> what the look-up calls it."""


def named() -> Screen | None:
    """The screen of this request: the first one where it names none, None where it names one that is not there."""
    number = request.values.get("JIMU", "")
    return SCREENS.get(number) if number else _first()


def shown() -> Screen:
    """The screen that the next request of this page will name."""
    return named() or _first()


def menu() -> dict[str, list[Screen]]:
    """業務 -> its screens."""
    lines: dict[str, list[Screen]] = {}
    for screen in SCREENS.values():
        lines.setdefault(screen.category, []).append(screen)
    return lines


def _first() -> Screen:
    """What the system had before it had several."""
    return next(iter(SCREENS.values()))
