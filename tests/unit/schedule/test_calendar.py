"""Opening days: the dates were looked up by hand in a calendar of Japan."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bridge_agent.schedule.calendar import is_opening_day, next_opening_day
from bridge_agent.schedule.timetable import next_start


@pytest.mark.parametrize(
    ("day", "opens"),
    [
        (date(2026, 11, 20), True),  # Friday
        (date(2026, 11, 21), False),  # Saturday
        (date(2026, 11, 23), False),  # 勤労感謝の日
        (date(2026, 11, 24), True),
        (date(2026, 12, 28), True),
        (date(2026, 12, 29), False),  # closed though no public holiday
        (date(2026, 12, 31), False),
        (date(2027, 1, 1), False),
        (date(2027, 1, 2), False),
        (date(2027, 1, 4), True),
        (date(2026, 5, 6), False),  # 振替休日
        (date(2026, 9, 22), False),  # 国民の休日 between two holidays
    ],
)
def test_opening_days(day: date, opens: bool) -> None:
    assert is_opening_day(day) is opens


def test_the_new_year_is_passed_over_as_a_whole() -> None:
    assert next_opening_day(date(2026, 12, 29)) == date(2027, 1, 4)


@pytest.mark.parametrize(
    ("now", "start"),
    [
        (datetime(2026, 11, 20, 10, 59, tzinfo=UTC), "2026-11-20T20:00:00+09:00"),
        (datetime(2026, 11, 20, 11, 0, tzinfo=UTC), "2026-11-24T20:00:00+09:00"),
        (datetime(2026, 12, 28, 12, 0, tzinfo=UTC), "2027-01-04T20:00:00+09:00"),
        (datetime(2026, 11, 24, 15, 30, tzinfo=UTC), "2026-11-25T20:00:00+09:00"),  # past midnight in Japan
    ],
)
def test_the_next_start_is_in_japan_time_on_an_opening_day(now: datetime, start: str) -> None:
    assert next_start(now, "20:00").isoformat() == start
