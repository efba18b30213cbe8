"""A night, from the top: collect, enter, settle, reconcile, report, balance. Read this first.

approved applications ─► collect ─► pending ─► claim ─► enter ─► seen ─► look-up ─► registered ─► reported
                                                          └─► in doubt ─► look-up ─┘      └─► held (a person)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from loguru import logger

from bridge_agent.domain.errors import sentence_of
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.work_item import State
from bridge_agent.pipeline.balance import Balance, balance_of, exit_code
from bridge_agent.pipeline.collect import collect
from bridge_agent.pipeline.doubts import LaneNight
from bridge_agent.pipeline.lane import run_lane
from bridge_agent.pipeline.night import CoreAccess, Night
from bridge_agent.pipeline.reconcile import Reconciled, since_last_time
from bridge_agent.pipeline.report import report


@dataclass(slots=True)
class RunReport:
    """What a run came to. `stops` are Japanese sentences of what ended early, `notices` of what a person should know."""

    run_id: int
    started_at: datetime
    ended_at: datetime
    balance: Balance
    entered: int = 0
    stops: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    exit_code: int = 0


class WorkLanes(Protocol):
    """How the lanes of a run are worked: in turn in this process, or each in a process of its own."""

    def __call__(self, night: Night, lanes: Sequence[CoreAccess], sums: Reconciled) -> Sequence[LaneNight]: ...


def run(night: Night, work_lanes: WorkLanes | None = None) -> RunReport:
    """One pass over everything approved. Never raises for one application or one core; the books are always made."""
    work_lanes = work_lanes or in_turn
    run_id = night.ledger.start_run("rehearsal" if night.options.rehearse else "run")
    stops: list[str] = []
    notices: list[str] = []
    sums = Reconciled()
    lanes: list[LaneNight] = []
    collected = stage(stops, lambda: notices.extend(collect(night, run_id)))
    working: list[CoreAccess] = []
    if collected and stage(stops, lambda: working.extend(lanes_with_work(night, stops))):
        stage(stops, lambda: lanes.extend(work_lanes(night, working, sums)))
    stops.extend(lane.stopped for lane in lanes if lane.stopped)
    notices.extend(sums.notices)
    if not night.options.rehearse:
        stage(stops, lambda: report(night))
    if night.stopping():
        stops.append("停止の指示により止めました。もう一度 run を実行すると続きから再開します。")
    if sums.unreadable:
        stops.append(f"照会画面を読めず、{sums.unreadable}件の登録を突き合わせできませんでした。")
    result = books(night, run_id, lanes, stops, notices, collected=collected)
    night.ledger.end_run(run_id, result.exit_code, summary_of(result))
    return result


def books(
    night: Night, run_id: int, lanes: Sequence[LaneNight], stops: list[str], notices: list[str], *, collected: bool
) -> RunReport:
    """Every application in its column, and the exit code that follows."""
    night.ledger.in_scope(run_id, [])  # what this run itself brought to the hold desk is in its books as well
    held = night.ledger.items(run_id, [State.HELD])
    balance = balance_of(night.ledger.balance(run_id, collected=collected), held)
    unreported = night.ledger.unreported()
    if unreported and not night.options.rehearse:
        notices.append(
            f"登録確認済のうち{unreported}件を、まだ申請管理システムに報告できていません。次の実行で報告します。"
        )
    if any(lane.stopped_procedures for lane in lanes):
        notices.append("画面が想定と違うため止めた手続があります。保留の一覧を確かめてください。")
    narrowed = bool(night.options.procedure or night.options.limit or night.options.rehearse)
    waiting = sum(i.reason == Reason.PREREQUISITE for i in night.ledger.items(run_id, [State.PENDING]))
    not_entered = 0 if narrowed else balance.total("not_yet_entered") - waiting
    left_over = bool(notices or not_entered or any(lane.not_ready for lane in lanes))
    code = exit_code(balance, stopped=bool(stops), left_over=left_over)
    entered = sum(lane.entered for lane in lanes)
    return RunReport(run_id, night.started, night.clock.now(), balance, entered, stops, notices, code)


def stage(stops: list[str], work: Callable[[], object]) -> bool:
    """Run a stage; whatever ends it becomes a sentence on the sheet, so that the books are made all the same."""
    try:
        work()
    except Exception as error:  # the clerk must find a sheet in the morning, whatever broke
        stops.append(sentence_of(error))
        logger.error("{}", stops[-1])
        return False
    return True


def lanes_with_work(night: Night, stops: list[str]) -> Sequence[CoreAccess]:
    """Lanes of cores with anything to enter, to settle or to look up again; one without an account is said, not passed over."""
    open_cores = set(night.ledger.open_cores(night.options.procedure))
    cores = {access.profile.core for access in night.lanes}
    for core in sorted(open_cores - cores):
        stops.append(
            f"基幹システム {core} の設定が bridge.toml にありません。入力待ちまたは結果不明の申請が残っています。"
        )
    return [
        access
        for access in sorted(night.lanes, key=lambda one: (not unsettled(night, one), one.lane))
        if access.profile.core in open_cores or (not night.options.rehearse and unreconciled(night, access))
    ]


def unsettled(night: Night, access: CoreAccess) -> bool:
    """Such a lane goes first: where lanes are worked in turn, its doubts must not wait for the others' entries."""
    return bool(night.ledger.leftovers(access.lane, access.profile.core) or night.ledger.doubts(access.lane))


def unreconciled(night: Night, access: CoreAccess) -> bool:
    since = since_last_time(night, access, night.started)
    core = access.profile.core
    return night.ledger.count_registered_since(core, since) > 0 or bool(night.ledger.held_since(core, since))


def in_turn(night: Night, lanes: Sequence[CoreAccess], sums: Reconciled) -> Sequence[LaneNight]:
    """One lane after the other in this process; each reconciles its core at its end."""
    return [lane_night(night, access, sums) for access in lanes]


def lane_night(night: Night, access: CoreAccess, sums: Reconciled | None) -> LaneNight:
    """One lane's part; whatever ends it is a sentence, so that the others go on."""
    try:
        lane = run_lane(night, access, since_last_time(night, access, night.started), sums)
    except Exception as error:
        lane = LaneNight(stopped=sentence_of(error))
    if lane.stopped:
        logger.error("{}", lane.stopped)
    return lane


def summary_of(result: RunReport) -> dict[str, object]:
    columns = (
        "approved",
        "registered",
        "already_there",
        "held",
        "in_doubt",
        "withdrawn",
        "closed",
        "not_yet_entered",
    )
    balance = result.balance
    return {c: balance.total(c) for c in columns} | {
        "duplicates": balance.duplicates,
        "missing": balance.missing,
        "lost": balance.lost,
        "entered": result.entered,
        "stops": result.stops,
        "notices": result.notices,
    }
