"""The times that cores print."""

from __future__ import annotations

from datetime import datetime

import pytest

from bridge_agent.domain.clock import JST
from bridge_agent.drivers.moments import moment


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-05 01:02:03",
        "2026/11/05 1:02:03",
        "2026-11-05T01:02:03",
        "2026年11月5日 1時2分3秒",
        "令和8年11月5日 1時2分3秒",
        "令和８年１１月５日　１時２分３秒",
        "R08.11.05 01:02:03",
        "R8/11/5(木) 01:02:03",
        "R08.11.05　01:02:03.456",
        " 2026-11-05 01:02:03 ",
    ],
)
def test_the_same_moment_in_every_form(text: str) -> None:
    assert moment(text) == datetime(2026, 11, 5, 1, 2, 3, tzinfo=JST)


def test_first_years_and_missing_seconds() -> None:
    assert moment("令和元年5月1日 0時0分") == datetime(2019, 5, 1, 0, 0, tzinfo=JST)
    assert moment("H31.04.30 23:59") == datetime(2019, 4, 30, 23, 59, tzinfo=JST)


@pytest.mark.parametrize(
    "text", ["", "昨日", "2026-11-05", "08-11-05 01:02:03", "2026-13-05 01:02:03", "2026-11-05 25:00:00"]
)
def test_other_texts_are_no_moment(text: str) -> None:
    assert moment(text) is None
