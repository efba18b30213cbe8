"""What a walk round a window's tab stops has found. Pictures stay in memory; none of this is written anywhere as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from bridge_agent.drivers.desktop.desk import Box

if TYPE_CHECKING:
    import numpy as np

Picture: TypeAlias = "np.ndarray[Any, Any]"


@dataclass(frozen=True, slots=True, eq=False)
class WalkedStop:
    number: int
    box: Box | None
    """From the window's top left corner; None: nothing shows the focus there."""
    list_like: bool
    """A guess from the picture."""


@dataclass(frozen=True, slots=True, eq=False)
class WalkedPage:
    start: str
    """The key that leads to its first stop; '' = counted from where the focus was."""
    stops: Sequence[WalkedStop]
    picture: Picture
    """Grey values of the window, taken at the first stop, without what shows the focus there."""
    moving: Picture
    """True where the window changes while the focus goes round."""


@dataclass(frozen=True, slots=True, eq=False)
class Walk:
    pages: Sequence[WalkedPage]
    scaling: int
    """Per cent."""
