"""Spoils what a core stored for a written application, one mistake at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tests.e2e.inverse import differences
from tests.unit.e2e_tools.written.case import Case, Stored

Wrong = Mapping[str, object]


def found_with(case: Case, wrong: Wrong) -> list[str]:
    """What the inverse reading notices when these controls hold something else."""
    assert set(wrong) <= set(case.stored), "a mistake in a control that the screen has not"
    return differences(case.application, replace(case.row, values={**case.stored, **wrong}))


def swapped(case: Case, *pairs: tuple[str, str]) -> Stored:
    """What these controls hold, each pair the other way round."""
    return {one: case.stored[other] for pair in pairs for one, other in (pair, pair[::-1])}


def rows_exchanged(case: Case, first: str, second: str) -> Stored:
    """The rows whose controls begin with `first` and `second`, in the wrong order."""
    ends = [control.removeprefix(first) for control in case.stored if control.startswith(first)]
    return swapped(case, *((first + end, second + end) for end in ends))


def row_lost(case: Case, row: str) -> Stored:
    """Nothing in the controls whose names begin so."""
    return {control: "" for control in case.stored if control.startswith(row)}
