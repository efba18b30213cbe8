"""What the catalogue says of a screen, for tests of the inverse reading."""

from __future__ import annotations

from mock_core_ui.core.catalogue import SCREENS
from mock_core_ui.core.catalogue.screen import REFERENCE_NAME, placed_fields


def controls_of(procedure: str) -> set[str]:
    """The names of all controls that the core keeps, rows included."""
    screen = SCREENS[procedure]
    names = {name for placed in placed_fields(screen) for name in placed.names}
    return names | {REFERENCE_NAME} if screen.reference else names
