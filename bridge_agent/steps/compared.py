"""Reading fields back and telling which of them do not hold what was meant."""

from __future__ import annotations

from collections.abc import Sequence

from bridge_agent.domain.comparison import VariantTable, equal
from bridge_agent.domain.plan import BoundField, Reading


def differing(fields: Sequence[BoundField], readings: Sequence[Reading], variants: VariantTable) -> tuple[str, ...]:
    """The fields that were not found or hold something else, in the clerk's words where they have any; never values."""
    read = {reading.key: reading for reading in readings}
    return tuple(field.title or field.key for field in fields if not _holds(field, read.get(field.key), variants))


def _holds(field: BoundField, reading: Reading | None, variants: VariantTable) -> bool:
    if reading is None or not reading.found:
        return False
    return equal(field.read_back, reading.text, field.comparison, variants)
