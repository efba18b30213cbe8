"""Which recipes a source's applications can reach, told before the first night: by procedure codes and column names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bridge_agent.domain.package_shape import DataShape
from bridge_agent.domain.recipe import LoadedRecipe
from bridge_agent.mapping.samples import columns_of


@dataclass(frozen=True, slots=True)
class Lacking:
    """Every application of `procedure_code` would be held: its recipe reads columns that the source does not declare."""

    recipe: str
    """<core>/<procedure>."""
    procedure_code: str
    columns: tuple[str, ...]


def reached(shape: DataShape, recipes: Sequence[LoadedRecipe]) -> int:
    """How many recipes take a procedure whose columns the source declares."""
    return sum(any(code in shape.columns for code in one.recipe.accepts.procedure_codes) for one in recipes)


def lacking(shape: DataShape, recipes: Sequence[LoadedRecipe]) -> Iterator[Lacking]:
    """Says nothing of a code without declared columns: its applications are taken as they come."""
    common = set(shape.envelope.names)
    for one in recipes:
        for code in one.recipe.accepts.procedure_codes:
            declared = shape.expected(code)
            if declared is None:
                continue
            missing = tuple(column for column in columns_of(one) if column not in common.union(declared))
            if missing:
                yield Lacking(f"{one.recipe.core}/{one.recipe.procedure}", code, missing)
