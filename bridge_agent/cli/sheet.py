"""The morning sheet of a run: gathers from the ledger what the report shows. Personal data never comes near it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeAlias

from bridge_agent import __version__, wiring
from bridge_agent.domain.errors import StopRunError
from bridge_agent.domain.plan import LookUpPlan
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.recipe import LoadedRecipe
from bridge_agent.domain.sheet import (
    DoubtLine,
    HeldLine,
    RecipeUsed,
    RegisteredLine,
    RemarkLine,
    RunInfo,
    SheetData,
    WaitingLine,
)
from bridge_agent.domain.work_item import State, WorkItem
from bridge_agent.file_errors import cause_and_remedy
from bridge_agent.ledger.store import SqlLedger
from bridge_agent.ledger.writing import moment_of
from bridge_agent.pipeline.look_up import plan_from_bytes
from bridge_agent.pipeline.night import Night
from bridge_agent.pipeline.run import RunReport

UNSURE = (State.ARMED, State.SEEN, State.IN_DOUBT)
Registered: TypeAlias = Sequence[tuple[WorkItem, LookUpPlan | None]]
"""Registrations, each with the plan that the ledger keeps of it."""


def write_sheet(site: wiring.Site, night: Night, report: RunReport) -> Path:
    """Writes HTML and Excel; returns the HTML's place. Raises StopRunError when the folder cannot be written."""
    from bridge_agent.outputs.report import write_sheet as write_files  # pandas: only when a sheet is written

    assert isinstance(night.ledger, SqlLedger)
    data, folder = sheet_data(site, night.ledger, report), site.settings.site.reports
    try:
        return write_files(data, folder).html
    except OSError as error:
        raise StopRunError(
            f"実行の結果は台帳に残りましたが、突合表をフォルダ {folder} に書けませんでした。"
            f"{cause_and_remedy(error, folder)}直してから run をもう一度実行すると、突合表ができます。"
        ) from None


def sheet_data(site: wiring.Site, ledger: SqlLedger, report: RunReport) -> SheetData:
    items = ledger.items(report.run_id)
    held = [i for i in items if i.state is State.HELD]
    registered = with_plans(ledger, items)
    return SheetData(
        run=run_info(site, report),
        balance=tuple(report.balance.procedures),
        held=tuple(held_line(i) for i in held),
        doubts=tuple(
            DoubtLine(i.receipt_no, i.procedure_name, *ledger.doubt_times(i.item_id))
            for i in items
            if i.state in UNSURE
        ),
        waiting=tuple(
            WaitingLine(i.receipt_no, i.procedure_name, i.note, ledger.doubt_times(i.item_id)[1])
            for i in items
            if i.state is State.PENDING and i.reason == Reason.PREREQUISITE
        ),
        registered=registered_lines(site.book.recipes, ledger, registered),
        duplicates=tuple(i.receipt_no for i in held if i.reason == Reason.DUPLICATE_AT_CORE),
        missing=tuple(i.receipt_no for i in held if i.reason == Reason.MISSING_AT_CORE),
        lost=tuple(ledger.unknown_in(report.run_id)),
        remarks=remark_lines(registered),
    )


def remark_lines(registered: Registered) -> tuple[RemarkLine, ...]:
    """What the plans of this run's registrations say a person should see."""
    return tuple(
        RemarkLine(item.receipt_no, item.procedure_name, item.receipt_at_core, tuple(plan.remarks.splitlines()))
        for item, plan in registered
        if plan and plan.remarks
    )


def with_plans(ledger: SqlLedger, items: Sequence[WorkItem]) -> Registered:
    """Registrations with the plans that the ledger keeps of them. The latest ones of a core are this run's."""
    done = [i for i in items if i.state in (State.REGISTERED, State.REPORTED)]
    plans: dict[tuple[str, str], bytes] = {}
    for core in {i.core for i in done}:
        plans |= {(core, record): plan for record, plan in ledger.own_records(core, len(items))}
    found = [(item, plans.get((item.core, item.receipt_at_core))) for item in done]
    return [(item, plan_from_bytes(plan) if plan else None) for item, plan in found]


def held_line(item: WorkItem) -> HeldLine:
    return HeldLine(
        item.receipt_no,
        item.procedure_name,
        item.reason,
        item.note,
        item.receipt_at_core,
        item.attempts > 0,
        item.core_count,
    )


def registered_lines(
    recipes: Iterable[LoadedRecipe], ledger: SqlLedger, registered: Registered
) -> tuple[RegisteredLine, ...]:
    """What comes after each is in its plan; where the ledger has none, the recipe says it of all its applications."""
    after = {loaded.recipe.procedure: loaded.recipe.afterwards for loaded in recipes}
    times = ledger.registration_times([i.item_id for i, _ in registered])
    return tuple(
        RegisteredLine(
            i.receipt_no,
            i.procedure_name,
            i.receipt_at_core,
            moment_of(times[i.item_id][0]),
            times[i.item_id][1],
            (plan.ends_at if plan else "") or after.get(i.procedure, ""),
        )
        for i, plan in registered
    )


def run_info(site: wiring.Site, report: RunReport) -> RunInfo:
    accounts = [(site.source.name, site.settings.source.user or "受け渡しフォルダー")]
    accounts += [(profile.name, site.settings.cores[core].user) for core, profile in site.cores.items()]
    return RunInfo(
        run_id=str(report.run_id),
        site=site.settings.site.name,
        started_at=report.started_at,
        ended_at=report.ended_at,
        agent_version=__version__,
        accounts=tuple(accounts),
        started_by=wiring.person(),
        recipes=tuple(
            RecipeUsed(r.recipe.procedure, r.recipe.name, r.digest)
            for r in site.book.recipes
            if r.recipe.procedure in {line.procedure for line in report.balance.procedures}
        ),
        stops=tuple(report.stops),
        notices=tuple(report.notices),
    )
