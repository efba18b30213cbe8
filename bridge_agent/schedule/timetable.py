"""The one nightly job: every day at the set time the calendar is asked, and on opening days the run is started.

A run that was missed (machine asleep, process down) is caught up within `GRACE_S`, and said in the log otherwise.
"""

from __future__ import annotations

import queue
from collections.abc import Callable
from datetime import date, datetime, timedelta

from apscheduler.events import EVENT_JOB_MISSED, JobExecutionEvent
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger
from loguru import logger

from bridge_agent.domain.clock import JST
from bridge_agent.schedule.calendar import is_opening_day, next_opening_day

GRACE_S = 3 * 3600
"""A start that was missed by less than this is made up for; later the counter may open before the run ends."""
WAKE_S = 1.0
"""A wait without limit would keep Ctrl-C from a Windows process."""


def run_if_open(start: Callable[[], None], today: date) -> bool:
    """Start the run on an opening day; say in one line why not on any other."""
    if not is_opening_day(today):
        logger.info("{} は閉庁日のため、夜間処理を行いません。", today.isoformat())
        return False
    start()
    return True


def next_start(now: datetime, at: str) -> datetime:
    """The next start on an opening day; `at` is HH:MM in Japan time, `now` is aware."""
    hour, minute = (int(part) for part in at.split(":"))
    local = now.astimezone(JST)
    day = local.date()
    if local >= local.replace(hour=hour, minute=minute, second=0, microsecond=0):
        day += timedelta(days=1)
    opening = next_opening_day(day)
    return datetime(opening.year, opening.month, opening.day, hour, minute, tzinfo=JST)


def run_timetable(
    start: Callable[[], None], trigger: BaseTrigger, today: Callable[[], date], nights: int | None = None
) -> None:
    """Blocks until Ctrl-C, or for so many nights. Runs in the calling thread, which alone may handle signals.

    The scheduler only says when; starts that pile up during a long run are one start.
    """
    due: queue.SimpleQueue[None] = queue.SimpleQueue()
    scheduler = BackgroundScheduler(timezone=JST)
    scheduler.add_job(due.put, trigger, args=[None], id="nightly", coalesce=True, misfire_grace_time=GRACE_S)
    scheduler.add_listener(_say_missed, EVENT_JOB_MISSED)
    scheduler.start()
    try:
        while nights is None or nights > 0:
            try:
                due.get(timeout=WAKE_S)
            except queue.Empty:
                continue
            run_if_open(start, today())
            while not due.empty():
                due.get()
            nights = None if nights is None else nights - 1
    finally:
        scheduler.shutdown()


def nightly(at: str) -> CronTrigger:
    hour, minute = at.split(":")
    return CronTrigger(hour=hour, minute=minute, timezone=JST)


def _say_missed(event: JobExecutionEvent) -> None:
    logger.error("{} の夜間処理は、端末が止まっていたため行われませんでした。", event.scheduled_run_time.isoformat())
