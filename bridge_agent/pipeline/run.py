"""A night, from the top: collect, enter, settle, reconcile, report, balance. Read this first.

approved applications ─► collect ─► pending ─► claim ─► enter ─► seen ─► look-up ─► registered ─► reported
                                                          └─► in doubt ─► look-up ─┘      └─► held (a person)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from loguru import logger

from bridge_agent.domain.errors import StopRunError
from bridge_agent.domain.work_item import State
from bridge_agent.pipeline.balance import Balance, balance_of, exit_code
from bridge_agent.pipeline.collect import collect
from bridge_agent.pipeline.lane import LaneNight, run_lane
from bridge_agent.pipeline.night import CoreAccess, Night
from bridge_agent.pipeline.reconcile import Reconciled
from bridge_agent.pipeline.report import report


@dataclass(slots=True)
class RunReport:
    """What a run came to; `stops` are the Japanese sentences of everything that ended early."""

    run_id: int
    started_at: datetime
    ended_at: datetime
    balance: Balance
    entered: int = 0
    stops: list[str] = field(default_factory=list)
    exit_code: int = 0


def run(night: Night) -> RunReport:
    """One pass over everything approved. Never raises for one application; a core that is down ends only its lane."""
    started = night.clock.now()
    run_id = night.ledger.start_run("rehearsal" if night.options.rehearse else "run")
    stops: list[str] = []
    reconciled = Reconciled()
    lanes: list[LaneNight] = []
    if attempt_stage(stops, lambda: collect(night, run_id)):
        for access in cores_with_work(night):
            lanes.append(lane_night(night, access, started, reconciled, stops))
    if not night.options.rehearse:
        attempt_stage(stops, lambda: report(night))
    if night.stopping():
        stops.append("停止の指示により、入力中の1件を終えて止めました。")
    held = night.ledger.items(run_id, [State.HELD])
    balance = balance_of(night.ledger.balance(run_id), held)
    code = exit_code(balance, bool(stops))
    result = RunReport(run_id, started, night.clock.now(), balance, sum(lane.entered for lane in lanes), stops, code)
    night.ledger.end_run(run_id, code, summary_of(result))
    return result


def attempt_stage(stops: list[str], stage: Callable[[], object]) -> bool:
    """Run a stage; a stop becomes a sentence on the sheet, so that the books are balanced all the same."""
    try:
        stage()
    except StopRunError as error:
        logger.error("{}", error.message)
        stops.append(error.message)
        return False
    return True


def cores_with_work(night: Night) -> Sequence[CoreAccess]:
    return [night.cores[core] for core in night.ledger.open_cores(night.options.procedure) if core in night.cores]


def lane_night(night: Night, access: CoreAccess, since: datetime, sums: Reconciled, stops: list[str]) -> LaneNight:
    try:
        lane = run_lane(night, access, since, sums)
    except StopRunError as error:
        lane = LaneNight(stopped=error.message)
    if lane.stopped:
        logger.error("{}", lane.stopped)
        stops.append(lane.stopped)
    return lane


def summary_of(result: RunReport) -> dict[str, object]:
    columns = ["approved", "registered", "already_there", "held", "in_doubt", "withdrawn", "closed", "not_yet_entered"]
    balance = result.balance
    return {c: balance.total(c) for c in columns} | {
        "duplicates": balance.duplicates,
        "missing": balance.missing,
        "lost": balance.lost,
        "entered": result.entered,
        "stops": result.stops,
    }
