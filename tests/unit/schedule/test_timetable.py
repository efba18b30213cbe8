"""The nightly job as the scheduler really starts it."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime

from apscheduler.triggers.cron import CronTrigger

from bridge_agent.lanes.stopping import StopOnSignal
from bridge_agent.schedule.timetable import nightly, run_timetable

OPEN, CLOSED = date(2026, 11, 24), date(2026, 11, 23)


def test_a_night_runs_in_the_main_thread_where_ctrl_c_can_be_heard() -> None:
    ran: list[bool] = []

    def start() -> None:
        stopping = StopOnSignal()
        ran.append(threading.current_thread() is threading.main_thread())
        stopping.restore()

    run_timetable(start, CronTrigger(second="*"), lambda: OPEN, nights=1)
    assert ran == [True]


def test_nothing_runs_on_a_closed_day() -> None:
    ran: list[bool] = []
    run_timetable(lambda: ran.append(True), CronTrigger(second="*"), lambda: CLOSED, nights=1)
    assert ran == []


def test_the_trigger_fires_at_the_set_time_in_japan() -> None:
    fires = nightly("20:30").get_next_fire_time(None, datetime(2026, 11, 24, 0, 0, tzinfo=UTC))
    assert fires is not None
    assert fires.isoformat() == "2026-11-24T20:30:00+09:00"
