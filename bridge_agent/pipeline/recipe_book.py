"""The recipes of a site as the pipeline asks for them: which one, which plan, which person."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bridge_agent.domain.application import Application
from bridge_agent.domain.comparison import VariantTable
from bridge_agent.domain.errors import BusinessError
from bridge_agent.domain.plan import EntryPlan
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.recipe import LoadedRecipe
from bridge_agent.mapping import planner


@dataclass(frozen=True, slots=True)
class RecipeBook:
    recipes: Sequence[LoadedRecipe]
    variants: VariantTable

    def plan(self, application: Application, waived: Collection[Reason] = ()) -> EntryPlan:
        return planner.plan(application, planner.choose(self.recipes, application), self.variants, waived)

    def home_of(self, procedure_code: str) -> tuple[str, str]:
        for loaded in self.recipes:
            if procedure_code in loaded.recipe.accepts.procedure_codes:
                return loaded.recipe.procedure, loaded.recipe.core
        return procedure_code, ""

    def person(self, application: Application) -> tuple[str, int]:
        try:
            return planner.planned_person(application, planner.choose(self.recipes, application))
        except BusinessError:
            return "", 0  # no recipe is valid for it: it is held, and nobody can enter it twice
