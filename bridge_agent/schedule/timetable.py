"""The one nightly job: every day at the set time the calendar is asked, and on opening days the run is started.

A run that was missed (machine asleep, process down) is caught up within `GRACE_S`, and said in the log otherwise.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.cron import CronTrigger
from loguru import logger

from bridge_agent.domain.clock import JST
from bridge_agent.schedule.calendar import is_opening_day, next_opening_day

GRACE_S = 3 * 3600
"""A start that was missed by less than this is made up for; later the counter may open before the run ends."""


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


def run_timetable(start: Callable[[], None], at: str, today: Callable[[], date]) -> None:
    """Blocks until Ctrl-C. One job, never two at once, missed starts coalesced into one."""
    hour, minute = at.split(":")
    scheduler = BlockingScheduler(timezone=JST)
    scheduler.add_job(
        lambda: run_if_open(start, today()),
        CronTrigger(hour=hour, minute=minute, timezone=JST),
        id="nightly",
        max_instances=1,
        coalesce=True,
        misfire_grace_time=GRACE_S,
    )
    scheduler.start()
