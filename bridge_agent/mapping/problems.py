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
    Reason.SUM_DIFFERS,
    Reason.VALUE_INVALID,
    Reason.RESIDENT_NOT_FOUND,
    Reason.ATTACHMENT_MISSING,
    Reason.PAPER_AWAITED,
)
"""Of several reasons the first of these is told."""
_NAMED = 5


@dataclass(slots=True)
class Problems:
    found: dict[Reason, dict[str, str]] = field(default_factory=dict)
    """Reason -> place -> remark."""

    def add(self, reason: Reason, place: str, why: str = "") -> None:
        """`place` names an item, a row or a code point, never a value; the first remark on a place is kept."""
        self.found.setdefault(reason, {}).setdefault(place, why)

    def raise_gravest(self) -> None:
        """Raises BusinessError when anything was found."""
        for reason in GRAVEST_FIRST:
            if reason in self.found:
                notes = [f"{place}（{why}）" if why else place for place, why in self.found[reason].items()]
                more = f"、ほか {len(notes) - _NAMED} 件" if len(notes) > _NAMED else ""
                raise BusinessError(reason, "、".join(notes[:_NAMED]) + more)
