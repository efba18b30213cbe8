"""Applications of dummy residents, without end: a recipe's sample with a fresh 受付番号 each time.

recipes/<core>/conformance.yaml names the sample and the resident who exists in the test environment.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import Field

from bridge_agent.domain.application import Application
from bridge_agent.domain.comparison import VariantTable
from bridge_agent.domain.core_profile import Part, TargetText
from bridge_agent.domain.errors import BusinessError, ConfigError
from bridge_agent.domain.plan import (
    Act,
    ActReport,
    BoundField,
    Control,
    DialogAnswer,
    DialogRule,
    EntryPlan,
    FieldClass,
    Meaning,
    Target,
)
from bridge_agent.domain.ports import Screen
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.recipe import LoadedRecipe
from bridge_agent.mapping import planner
from bridge_agent.mapping.loader import read_model
from bridge_agent.mapping.samples import load_sample
from bridge_agent.steps.binding import bound_target
from bridge_agent.steps.expect import ExpectAct

DUMMY_FILE = "conformance.yaml"


class DummyText(Part):
    """recipes/<core>/conformance.yaml. `columns` replaces columns of the sample by the dummy resident's."""

    procedure: str
    sample: str = "usual"
    atena_no: str = Field(min_length=1)
    columns: dict[str, str] = Field(default_factory=dict)
    duplicate_check: TargetText | None = None
    """What to tick where the confirm screen warns of an earlier application: here the same person applies on purpose."""


@dataclass(frozen=True, slots=True)
class Dummies:
    """Makes plans; every one is another application of the same dummy resident."""

    loaded: LoadedRecipe
    variants: VariantTable
    application: Application
    duplicate_check: Target | None
    numbers: Iterator[str]

    def plan(self) -> EntryPlan:
        """Raises ConfigError when the dummy application itself would be held."""
        application = replace(self.application, key=replace(self.application.key, receipt_no=next(self.numbers)))
        try:
            plan = planner.plan(application, planner.choose([self.loaded], application), self.variants)
        except BusinessError as held:
            raise ConfigError(f"適合試験の見本の申請が保留になります: {held.message}") from None
        return replace(
            plan,
            acts=tuple(self._confirming(act) for act in plan.acts),
            dialogs=tuple(_accepting(rule) for rule in plan.dialogs),
        )

    def _confirming(self, act: Act) -> Act:
        wanted = self.duplicate_check
        return ConfirmingExpect(act, wanted) if wanted is not None and isinstance(act, ExpectAct) else act


@dataclass(frozen=True, slots=True)
class ConfirmingExpect:
    """Like the expect step, but the duplicate warning is ticked away: in the night it holds the application."""

    act: ExpectAct
    tick: Target
    kind: str = "expect"

    def perform(self, screen: Screen) -> ActReport:
        seen = screen.recognise(self.act.marks, self.act.wait_s)
        if seen.meaning is Meaning.HOLD and seen.reason != Reason.DUPLICATE_WARNING:
            raise BusinessError(Reason(seen.reason))
        if seen.meaning is Meaning.HOLD:
            screen.fill([BoundField("duplicate_check", self.tick, Control.CHECK, "1", FieldClass.PLAIN)])
        return ActReport()


def _accepting(rule: DialogRule) -> DialogRule:
    if rule.hold != Reason.DUPLICATE_WARNING:
        return rule
    return replace(rule, answer=DialogAnswer.ACCEPT, hold="")


def dummies_of(
    recipes: Sequence[LoadedRecipe], variants: VariantTable, folder: Path, core: str, procedure: str, atena_no: str
) -> Dummies:
    """`folder` holds conformance.yaml. Raises ConfigError or RecipeError with what to mend."""
    file = folder / DUMMY_FILE
    if not file.is_file():
        raise ConfigError(
            f"{file} がありません。適合試験に使う手続・見本・試験用住民の宛名番号を書いてください（docs/conformance.md）。"
        )
    text = read_model(file, DummyText)
    wanted = procedure or text.procedure
    loaded = next((found for found in recipes if (found.recipe.core, found.recipe.procedure) == (core, wanted)), None)
    if loaded is None:
        raise ConfigError(
            f"{core} に手続「{wanted}」のレシピがありません。--procedure か {file.name} を確かめてください。"
        )
    sample = load_sample(loaded, text.sample).application
    unknown = [column for column in text.columns if column not in sample.columns]
    if unknown:
        raise ConfigError(f"{file} の列「{unknown[0]}」は、手続「{wanted}」のレシピにありません。")
    application = replace(sample, atena_no=atena_no or text.atena_no, columns={**sample.columns, **text.columns})
    check = bound_target(text.duplicate_check) if text.duplicate_check is not None else None
    return Dummies(loaded, variants, application, check, fresh_numbers(len(sample.key.receipt_no)))


def fresh_numbers(length: int) -> Iterator[str]:
    """受付番号 that no earlier test has used: tenths of a second since 1970, behind a 9, as long as a real number."""
    number = int(time.time() * 10)
    while True:
        yield "9" + str(number).zfill(length - 1)[-(length - 1) :]
        number += 1
