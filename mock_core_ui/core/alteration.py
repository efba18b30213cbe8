"""Changes to stored or entered values that a core or a clerk makes: cut, widened, corrected, a group lost."""

from __future__ import annotations

from collections.abc import Callable

import jaconv

from mock_core_ui.core.catalogue.screen import Kind, Screen, placed_fields
from mock_core_ui.core.values import Values, is_blank, text_of
from mock_core_ui.faults import Firing

_FREE = (Kind.TEXT, Kind.TEXTAREA, Kind.KANA)
_ANY_TEXT = (*_FREE, Kind.HALF_KANA, Kind.ZENGIN, Kind.DIGITS)


def cut(screen: Screen, values: Values, firing: Firing) -> Values:
    """One field with only its first characters: the field named, else the first free text that is long enough."""
    keep = int(firing.number("keep"))
    return _altered(screen, values, firing.text("field"), _FREE, lambda text: text[:keep])


def widened(screen: Screen, values: Values, firing: Firing) -> Values:
    """One field in full width: the field named, else the first one that holds something half-width."""
    return _altered(screen, values, firing.text("field"), _ANY_TEXT, _widen)


def corrected(screen: Screen, values: Values, firing: Firing) -> Values:
    """One field with a clerk's text behind it: the field named, else the first free text that holds something."""
    return _altered(screen, values, firing.text("field"), _FREE, lambda text: text + firing.text("text"))


def without_group(screen: Screen, values: Values, group: str) -> Values:
    """No values in one group: the group named by its key, else the last one that holds any but the date filed under."""
    filled = [placed for placed in placed_fields(screen) if not is_blank(values, placed)]
    filing = screen.application_date.partition(".")[0]
    lost = group or next(placed.group.key for placed in reversed(filled) if placed.group.key != filing)
    changed = dict(values)
    for placed in placed_fields(screen):
        if placed.group.key == lost:
            for name in placed.names:
                changed[name] = [] if isinstance(changed.get(name), list) else ""
    return changed


def _widen(text: str) -> str:
    return str(jaconv.h2z(text, kana=True, ascii=True, digit=True))


def _altered(
    screen: Screen, values: Values, given: str, kinds: tuple[Kind, ...], change: Callable[[str], str]
) -> Values:
    """A copy with one control's text changed; as it was when no control can be changed."""
    candidates = [name for placed in placed_fields(screen) if placed.field.kind in kinds for name in placed.names]
    for name in [given] if given else candidates:
        text = text_of(values, name)
        if text and change(text) != text:
            return {**values, name: change(text)}
    return dict(values)
