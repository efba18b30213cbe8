"""The desk that a client program's windows stand on: what the driver needs of a window system, and nothing more.

`x11` and `windows` implement it. All coordinates are pixels from the top left corner of the whole screen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True, slots=True)
class Box:
    left: int
    top: int
    width: int
    height: int

    def overlaps(self, other: Box) -> bool:
        across = self.left < other.left + other.width and other.left < self.left + self.width
        return across and self.top < other.top + other.height and other.top < self.top + self.height


@dataclass(frozen=True, slots=True)
class Window:
    """A window that a person could see; `handle` is the window system's own number."""

    handle: int
    owner: int
    """The program it belongs to: its process number, or under X11, where programs need not tell it, their connection's."""
    title: str
    kind: str
    """Window class (X11: the class part of WM_CLASS)."""
    box: Box


class Heard(Enum):
    """What came of keys that copy or paste, told by the clipboard itself."""

    TAKEN = auto()
    """Somebody else put a text there: a copy was made."""
    SERVED = auto()
    """The offered text was fetched: a paste was made."""
    NOTHING = auto()
    """Neither within the time limit."""


class CornerTouched(Exception):
    """The pointer stands in a corner of the screen: the person's emergency stop. Nothing more was sent."""


class KeyUnknown(Exception):
    """The keyboard has no key of this name: a mistake in the recipe or the core profile."""


class FocusLost(Exception):
    """Another window has the focus. The keys after this moment were not sent."""


class Desk(Protocol):
    """One interactive session with its keyboard, pointer and clipboard. Used by one thread."""

    def claim(self) -> bool:
        """Be the only agent at this desk until `close` or this process's end, and bring up keys that were left down.

        False when another one is at work here.
        """
        ...

    def windows(self) -> Sequence[Window]:
        """All windows that are not minimised, the lowest first."""
        ...

    def focused(self) -> int:
        """Handle of the window that gets the keys, 0 for none."""
        ...

    def activate(self, handle: int) -> None:
        """Ask for the window to be in front and to have the focus; it may take a moment."""
        ...

    def press(self, handle: int, keys: Sequence[str]) -> None:
        """Press each of 'f12', 'ctrl+a', 'y' in this window. Raises FocusLost before the first key that would go elsewhere.

        Also CornerTouched, before any key.
        """
        ...

    def answers(self, handle: int, within_s: float) -> bool:
        """False: the window's program stands still all that time. True where a desk cannot ask; keys may still wait behind it."""
        ...

    def click(self, handle: int, x: int, y: int) -> None:
        """A single click; the pointer stays there. Raises FocusLost instead when another window is in front there."""
        ...

    def offer(self, text: str) -> bool:
        """This text is on the clipboard from now on, until somebody takes it over.

        True: somebody had put another text there, and neither `taken` nor `heard` has told it.
        """
        ...

    def heard(self, within_s: float) -> Heard:
        """The first thing that happened to the offered text since it was offered."""
        ...

    def taken(self, within_s: float) -> bool:
        """Whether somebody else has put a text there since it was offered, whoever fetched the offered one before."""
        ...

    def taken_text(self) -> str:
        """The text that somebody else put on the clipboard; '' when it is no text."""
        ...

    def keep_clipboard(self) -> None:
        """Remember what is on the clipboard, for `restore_clipboard`."""
        ...

    def restore_clipboard(self) -> None: ...

    def pointer(self) -> tuple[int, int]: ...

    def picture(self, box: Box) -> np.ndarray[Any, Any]:
        """Grey values, rows by columns, 0-255."""
        ...

    def state(self) -> DeskState: ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class DeskState:
    """What pre-flight asks. None = this system cannot tell."""

    width: int
    height: int
    scaling: int | None
    """Per cent."""
    unlocked: bool | None
    input_method_on: bool | None
    caps_lock_on: bool | None
