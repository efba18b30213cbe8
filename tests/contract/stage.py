"""What a driver must bring so that the contract of screens can be played on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bridge_agent.domain.plan import BoundField, Comparison, Control, FieldClass, Mark, Meaning, Target
from bridge_agent.domain.ports import Screen

RECEIPT = "00012345"
RESIDENT = "0000000001"
"""What the form shows of the resident and nobody can change."""
KANA_LENGTH = 5
"""The フリガナ field silently cuts what is longer."""


@dataclass(frozen=True, slots=True)
class State:
    """What the system itself holds, asked past the driver."""

    held: dict[str, str]
    """name, kana, kind, note: values of the form."""
    registered: int
    answered: str
    """The last question of the system was answered with: 'yes', 'no', '' = none was asked."""


class Stage(Protocol):
    """A form with the fields shown, name, kana, kind (男, 女), note; presses ask, odd, next, register; marks form, next, done."""

    @property
    def screen(self) -> Screen: ...

    def bring_form(self) -> None:
        """An empty form stands on the screen and was recognised."""
        ...

    def target(self, name: str) -> Target: ...

    def absent(self) -> Target:
        """A target that no screen of this system has."""
        ...

    def mark(self, name: str, meaning: Meaning = Meaning.GOES_ON) -> Mark: ...

    def state(self) -> State: ...

    def fall_silent(self) -> None:
        """The next register press is answered with nothing at all."""
        ...

    def end_system(self) -> None:
        """The browser or the client is gone."""
        ...

    def close(self) -> None: ...


def field(
    target: Target,
    value: str,
    control: Control = Control.TEXT,
    comparison: Comparison = Comparison.EXACT,
    key: str = "",
) -> BoundField:
    return BoundField(key or "the_field", target, control, value, FieldClass.PERSONAL, comparison)
