"""Tells the client which faults strike a window that it opens now; the client carries them out itself."""

from __future__ import annotations

from mock_core_ui.core.catalogue.screen import Kind, Screen, placed_fields
from mock_core_ui.core.hibari.entry import desktop_screen
from mock_core_ui.core.hibari.words import Answer, answer, asked, text_in
from mock_core_ui.core.site import site
from mock_core_ui.faults import Firing, Phase, WindowEffect

_BEFORE_LOGIN = "login"
"""The window that opens while there is no session yet."""


def effects() -> Answer:
    """Counts the opening of a window and answers with the effects on it."""
    here = site()
    given = asked()
    window, procedure = text_in(given, "window"), text_in(given, "procedure")
    if window != _BEFORE_LOGIN and here.session() is None:
        return here.login_page()
    firings = here.plan.fired(Phase.ON_WINDOW, here.settings.core, procedure, window)
    screen = desktop_screen(procedure)
    return answer({"effects": [_told(firing, firing.fault.effect, screen) for firing in firings]})


def _told(firing: Firing, effect: object, screen: Screen | None) -> dict[str, object]:
    if not isinstance(effect, WindowEffect):
        raise TypeError(f"{firing.fault.code} is no effect on a window")
    told: dict[str, object] = {"effect": effect.value, **firing.parameters}
    if told.get("field") == "" and screen is not None:
        told["field"] = _first_text(screen)
    return told


def _first_text(screen: Screen) -> str:
    """The control that is meant where a rule names none: the first free text of the screen."""
    return next(placed.names[0] for placed in placed_fields(screen) if placed.field.kind is Kind.TEXT)
