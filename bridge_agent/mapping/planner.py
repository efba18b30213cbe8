"""Turns an application and a recipe into an entry plan. Pure: no screen, no clock, no file.

Whatever is wrong with the application is found here, before anything is typed: BusinessError with the gravest reason.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bridge_agent.domain.application import SIGNATURE_SOUND, Application
from bridge_agent.domain.clock import JST
from bridge_agent.domain.comparison import NO_VARIANTS, VariantTable
from bridge_agent.domain.errors import BusinessError
from bridge_agent.domain.plan import Act, Commit, Compared, EntryPlan, LookUpPlan, Mark, Meaning
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.recipe import Finish, LoadedRecipe
from bridge_agent.domain.recipe_steps import StepBody
from bridge_agent.mapping.belongings import check_papers, check_sums
from bridge_agent.mapping.binder import Binder
from bridge_agent.mapping.items import Items
from bridge_agent.mapping.problems import Problems
from bridge_agent.steps.binding import bound_dialog, bound_mark, bound_target
from bridge_agent.steps.fill import FillAct

_ONLY_LOOKING = frozenset({"resident", "pick"})
"""Steps that ask who or what the core has: nothing that they type or compare becomes part of the record."""


def choose(recipes: Sequence[LoadedRecipe], application: Application) -> LoadedRecipe:
    """The recipe for the application's procedure, form version and day of arrival (in Asia/Tokyo)."""
    known = [found for found in recipes if application.procedure_code in found.recipe.accepts.procedure_codes]
    if not known:
        raise BusinessError(Reason.NO_RECIPE, f"手続コード {application.procedure_code}")
    of_version = [found for found in known if application.form_version in found.recipe.accepts.form_versions]
    if not of_version:
        version = application.form_version
        note = f"様式の版 {version}" if version else "申請に様式の版がありません"
        raise BusinessError(Reason.RECIPE_NOT_VALID, note)
    day = application.received_at.astimezone(JST).date()
    for found in of_version:
        if found.recipe.valid.covers(day):
            return found
    raise BusinessError(Reason.RECIPE_NOT_VALID, f"申請日 {day.isoformat()}")


def planned_person(application: Application, recipe: LoadedRecipe) -> tuple[str, int]:
    """Who applies (宛名番号) and within how many days a second application of theirs is held; 0 = not checked."""
    apart = [application.columns.get(recipe.recipe.inputs[key].column, "") for key in recipe.recipe.same_person_apart]
    person = "\x1f".join([application.atena_no, *apart]) if application.atena_no else ""
    return person, recipe.recipe.same_person_days


def plan(
    application: Application,
    recipe: LoadedRecipe,
    variants: VariantTable = NO_VARIANTS,
    waived: Collection[Reason] = (),
) -> EntryPlan:
    """Raises BusinessError when the application must be held; not for what a person has `waived`."""
    if application.signature_result != SIGNATURE_SOUND:
        raise BusinessError(Reason.SIGNATURE_INVALID)
    if recipe.recipe.finish is not Finish.REGISTER:
        raise BusinessError(Reason.NOT_YET_SUPPORTED)
    problems = Problems()
    items = Items(application, recipe, problems)
    items.check()
    binder = Binder(items, variants)
    acts = _acts(recipe, binder)
    commit = _commit(recipe, binder)
    look_up = _look_up(application, recipe, binder)
    check_sums(items)
    check_papers(items, waived)
    if not application.atena_no:
        problems.add(Reason.RESIDENT_NOT_FOUND, "宛名番号が空です")
    problems.raise_gravest()
    return EntryPlan(
        receipt_no=application.key.receipt_no,
        procedure=recipe.recipe.procedure,
        core=recipe.recipe.core,
        recipe_digest=recipe.digest,
        acts=acts,
        commit=commit,
        look_up=look_up,
        dialogs=tuple(bound_dialog(text) for text in (*recipe.recipe.dialogs, *recipe.core.dialogs)),
        substitutions=tuple(binder.substituted),
    )


def _acts(recipe: LoadedRecipe, binder: Binder) -> tuple[Act, ...]:
    """Fills that follow each other stand on one screen and become one."""
    acts: list[Act] = []
    for step in recipe.recipe.steps:
        body: StepBody = step.body
        if not binder.items.holds(step.when):
            continue
        bound = body.bind(binder if step.kind not in _ONLY_LOOKING else binder.only_looking())
        if bound is None:
            continue
        for act in bound if isinstance(bound, Sequence) else (bound,):
            last = acts[-1] if acts else None
            if isinstance(act, FillAct) and isinstance(last, FillAct):
                acts[-1] = last.with_more(act)
            else:
                acts.append(act)
    for act in acts:
        if isinstance(act, FillAct):
            binder.refuse_doubles(act.fields)
    return tuple(acts)


def _commit(recipe: LoadedRecipe, binder: Binder) -> Commit:
    text = recipe.recipe.commit
    endings: list[Mark] = [bound_mark(text.completed, "completed", Meaning.COMPLETED)]
    for number, refused in enumerate(text.refused, start=1):
        endings.append(bound_mark(refused, f"refused.{number}", Meaning.REFUSED))
    for number, lost in enumerate(recipe.core.session_lost, start=1):
        endings.append(bound_mark(lost, f"session_lost.{number}", Meaning.SESSION_LOST))
    return Commit(
        press=bound_target(text.press),
        endings=tuple(endings),
        receipt=bound_target(text.receipt) if text.receipt else None,
        proofs=tuple(field for proof in text.proofs for field in binder.shown(proof)),
    )


def _look_up(application: Application, recipe: LoadedRecipe, binder: Binder) -> LookUpPlan:
    text = recipe.recipe.look_up
    compare: list[Compared] = []
    for line in text.compare:
        rows = binder.rows(line.rows) if line.rows else range(1)
        compare += [found for row in rows if (found := binder.compared(line, row)) is not None]
    return LookUpPlan(
        procedure=text.procedure,
        reference=application.key.receipt_no if text.by == "reference" else "",
        atena_no=application.atena_no,
        application_date=application.received_at.astimezone(JST).date(),
        compare=tuple(compare),
        remarks="\n".join(found.note for found in binder.substituted),
        ends_at=next((end.state for end in recipe.recipe.ends_at if binder.items.holds(end.when)), ""),
    )
