"""Opening days (開庁日): weekdays that are no public holiday and not in the New Year closing of 12/29-1/3."""

from __future__ import annotations

from datetime import date, timedelta

import jpholiday

CLOSED_AT_NEW_YEAR = {(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)}
"""地方自治体の年末年始の閉庁日; jpholiday knows only January 1 as a holiday."""


def is_opening_day(day: date) -> bool:
    return day.weekday() < 5 and (day.month, day.day) not in CLOSED_AT_NEW_YEAR and not jpholiday.is_holiday(day)


def next_opening_day(day: date) -> date:
    """The first opening day on or after `day`."""
    while not is_opening_day(day):
        day += timedelta(days=1)
    return day
