"""Gathers everything that is wrong with an application, so that the clerk sees the gravest reason with all its places."""

from __future__ import annotations

from dataclasses import dataclass, field

from bridge_agent.domain.errors import BusinessError
from bridge_agent.domain.reasons import Reason

GRAVEST_FIRST: tuple[Reason, ...] = (
    Reason.SIGNATURE_INVALID,
    Reason.NOT_YET_SUPPORTED,
    Reason.PACKAGE_COLUMN,
    Reason.CHARACTER_LOST,
    Reason.CHARACTER_UNENCODABLE,
    Reason.REQUIRED_MISSING,
    Reason.DATE_INVALID,
    Reason.NUMBER_INVALID,
    Reason.CODE_UNKNOWN,
    Reason.TOO_LONG,
    Reason.TOO_MANY_ROWS,
    Reason.VALUE_INVALID,
    Reason.RESIDENT_NOT_FOUND,
)
"""Of several reasons the first of these is told."""
_NAMED = 5


@dataclass(slots=True)
class Problems:
    found: dict[Reason, list[str]] = field(default_factory=dict)

    def add(self, reason: Reason, note: str) -> None:
        """`note` names items, rows or code points, never a value."""
        notes = self.found.setdefault(reason, [])
        if note not in notes:
            notes.append(note)

    def raise_gravest(self) -> None:
        """Raises BusinessError when anything was found."""
        for reason in GRAVEST_FIRST:
            if reason in self.found:
                notes = [note for note in self.found[reason] if note]
                more = f"、ほか {len(notes) - _NAMED} 件" if len(notes) > _NAMED else ""
                raise BusinessError(reason, "、".join(notes[:_NAMED]) + more)
