"""Which of the country's procedures have a recipe, on which screen, with how many samples: as lines of one table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bridge_agent.domain.ledger_records import ProcedureBalance
from bridge_agent.domain.recipe import LoadedRecipe
from bridge_agent.mapping.recipe_files import load_procedures, load_recipes
from bridge_agent.mapping.samples import sample_names


@dataclass(frozen=True, slots=True)
class Covered:
    """One recipe for a procedure."""

    core: str
    core_name: str
    driver: str
    recipe: str
    """Its folder below the recipes (sogo/child_allowance_status)."""
    screen: str
    """Number and name of the entry screen, as far as the recipe tells."""
    samples: int
    held_samples: int
    ends_at: str
    route: str


@dataclass(frozen=True, slots=True)
class CoverageLine:
    number: int
    """Place in the country's list; 0 for a procedure that it does not name."""
    procedure: str
    name: str
    group: str
    recipes: tuple[Covered, ...] = ()
    rehearsed_at: datetime | None = None
    last_night: ProcedureBalance | None = None


@dataclass(frozen=True, slots=True)
class Nights:
    """What a ledger knows: when each procedure was last rehearsed, and its line of the last run's books."""

    rehearsed: Mapping[str, datetime] = field(default_factory=dict)
    last_night: Mapping[str, ProcedureBalance] = field(default_factory=dict)


NO_NIGHTS = Nights()


def coverage(folder: Path, nights: Nights = NO_NIGHTS) -> tuple[CoverageLine, ...]:
    """Every procedure of the list, then those that only have a recipe. Raises RecipeError."""
    by_procedure: dict[str, list[LoadedRecipe]] = {}
    for loaded in load_recipes(folder):
        by_procedure.setdefault(loaded.recipe.procedure, []).append(loaded)
    lines = [
        _line(number, named.id, named.name, named.group, by_procedure.pop(named.id, []), nights)
        for number, named in enumerate(load_procedures(folder), start=1)
    ]
    lines += [_line(0, name, found[0].recipe.name, "", found, nights) for name, found in sorted(by_procedure.items())]
    return tuple(lines)


def _line(
    number: int, procedure: str, name: str, group: str, found: Iterable[LoadedRecipe], nights: Nights
) -> CoverageLine:
    return CoverageLine(
        number,
        procedure,
        name,
        group,
        tuple(map(_covered, found)),
        nights.rehearsed.get(procedure),
        nights.last_night.get(procedure),
    )


def _covered(loaded: LoadedRecipe) -> Covered:
    names = sample_names(loaded.file.parent)
    return Covered(
        core=loaded.core.core,
        core_name=loaded.core.name,
        driver=loaded.core.driver,
        recipe=f"{loaded.recipe.core}/{loaded.recipe.procedure}",
        screen=loaded.recipe.screen,
        samples=len(names),
        held_samples=sum(name.startswith("held_") for name in names),
        ends_at=loaded.recipe.afterwards,
        route=loaded.recipe.route,
    )


def covered_count(lines: Sequence[CoverageLine]) -> tuple[int, int]:
    """How many of the country's procedures have a recipe, and how many there are."""
    named = [line for line in lines if line.number]
    return sum(bool(line.recipes) for line in named), len(named)


def markdown(lines: Sequence[CoverageLine]) -> str:
    """The part of the table that does not depend on a site, for documents."""
    have, of = covered_count(lines)
    rows = [
        "| 番号 | 手続 | レシピ | 基幹システム（研修用） | 画面 | 見本 | 入力の後 |",
        "|---|---|---|---|---|---|---|",
    ]
    for line in lines:
        recipes = "、".join(f"`{one.recipe}`" for one in line.recipes) or "（レシピなし）"
        cores = "、".join(_core_words(one) for one in line.recipes)
        screens = screens_of(line)
        samples = "、".join(f"{one.samples}（保留 {one.held_samples}）" for one in line.recipes) or "0"
        after = "、".join(dict.fromkeys(one.ends_at or "登録済" for one in line.recipes))
        rows.append(f"| {line.number or '－'} | {line.name} | {recipes} | {cores} | {screens} | {samples} | {after} |")
    return f"{have}／{of} 手続\n\n" + "\n".join(rows) + "\n"


def screens_of(line: CoverageLine) -> str:
    return "、".join(one.screen or "（画面の名前なし）" for one in line.recipes)


def _core_words(one: Covered) -> str:
    kind = "（クライアント）" if one.driver == "desktop" else ""
    return f"{one.core_name}{kind}" + (f"、{one.route}から" if one.route else "")
