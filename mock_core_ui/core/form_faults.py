"""Entry forms that differ from the ones a recipe was written for: other options, other order, one field more."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from mock_core_ui.core.catalogue.screen import Choice, Field, Group, Kind, Screen, control_names
from mock_core_ui.core.sessions import Session
from mock_core_ui.faults import Firing, PageEffect

Choices = tuple[Choice, ...]

ADDED_KEY = "tsuika"
_ADDED_NUMBER = 9801
"""Number of its control in dialect B: no screen uses any near it."""
_ADDED_MAXIMUM = 20


def changed_form(screen: Screen, firings: Iterable[Firing], session: Session) -> Screen:
    """The screen as the entry form shows it now; the session remembers whether a field was added."""
    session.added_field = ""
    for firing in firings:
        match firing.fault.effect:
            case PageEffect.RENAME_OPTION:
                screen = _with_options(screen, firing.text("field"), partial(_renamed, firing.text("text")))
            case PageEffect.REORDER_OPTIONS:
                screen = _with_options(screen, firing.text("field"), _reversed)
            case PageEffect.MOVE_FIELD:
                screen = _with_field_moved(screen, firing.text("field"))
            case PageEffect.ADD_FIELD:
                session.added_field = firing.text("label")
                screen = _with_field_added(screen, session.added_field)
            case _:
                pass  # the other effects leave the form as it is
    return screen


def added_control(screen: Screen) -> str:
    """The name of the control that an additional field has."""
    group = screen.groups[0]
    return control_names(screen, group, _added(""), 0)[0]


def missing(screen: Screen, session: Session, posted: Callable[[str], str | None]) -> list[str]:
    """The error for an additional field that the form showed and that was left empty."""
    if not session.added_field or posted(added_control(screen)):
        return []
    return [f"{screen.groups[0].legend} {session.added_field}は必須です。"]


def _added(label: str) -> Field:
    return Field(ADDED_KEY, label, Kind.TEXT, True, _ADDED_MAXIMUM, number=_ADDED_NUMBER)


def _renamed(more: str, choices: Choices) -> Choices:
    return tuple(Choice(choice.code, choice.label + more) for choice in choices)


def _reversed(choices: Choices) -> Choices:
    return choices[::-1]


def _with_options(screen: Screen, given: str, change: Callable[[Choices], Choices]) -> Screen:
    """The list named by its control has other options; without a name the last list of the screen has."""
    lists = [
        field
        for group in screen.groups
        for field in group.fields
        if field.choices and (given in _names(screen, group, field) if given else field.kind is Kind.SELECT)
    ]
    if not lists:
        return screen
    chosen = lists[-1]
    choices = change(chosen.choices)
    return _with_groups(
        screen,
        lambda group: replace(
            group,
            fields=tuple(replace(field, choices=choices) if field is chosen else field for field in group.fields),
        ),
    )


def _with_field_moved(screen: Screen, given: str) -> Screen:
    group, chosen = next(
        ((group, field) for group in screen.groups for field in group.fields if given in _names(screen, group, field)),
        (screen.groups[1], screen.groups[1].fields[0]),
    )
    rest = tuple(field for field in group.fields if field is not chosen)
    return _with_groups(screen, lambda one: replace(one, fields=(*rest, chosen)) if one is group else one)


def _with_field_added(screen: Screen, label: str) -> Screen:
    first = screen.groups[0]
    field = _added(label)
    return _with_groups(screen, lambda one: replace(one, fields=(*one.fields, field)) if one is first else one)


def _with_groups(screen: Screen, change: Callable[[Group], Group]) -> Screen:
    return replace(screen, groups=tuple(change(group) for group in screen.groups))


def _names(screen: Screen, group: Group, field: Field) -> tuple[str, ...]:
    return control_names(screen, group, field, 1 if group.rows else 0)
