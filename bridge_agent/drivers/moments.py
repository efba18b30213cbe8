"""Reads the times that cores print: 2026-11-05 01:02:03, 令和8年11月5日 1時2分3秒, R08.11.05 01:02:03."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime

from bridge_agent.domain.clock import JST

_ERA_STARTS = {"令和": 2018, "R": 2018, "平成": 1988, "H": 1988, "昭和": 1925, "S": 1925}
"""Year before the era's first one."""

_PATTERN = re.compile(
    r"(?P<era>令和|平成|昭和|[RHS])?\s*(?P<year>元|\d{1,4})\s*[年./-]\s*(?P<month>\d{1,2})\s*[月./-]\s*(?P<day>\d{1,2})\s*日?"
    r"(?:\s*\([^)]*\))?[\sT]*(?P<hour>\d{1,2})\s*[時:]\s*(?P<minute>\d{1,2})\s*(?:分|:|$)\s*"
    r"(?:(?P<second>\d{1,2})(?:\.\d+)?\s*秒?)?",
    re.IGNORECASE,
)


def moment(text: str) -> datetime | None:
    """Aware, in Japanese time; None when the text is no such time. The text is the core's, never a name."""
    found = _PATTERN.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        return None
    era, shown = found["era"], found["year"]
    year = 1 if shown == "元" else int(shown)
    if era:
        year += _ERA_STARTS[era.upper()]
    elif year < 1900:
        return None
    try:
        return datetime(
            year,
            int(found["month"]),
            int(found["day"]),
            int(found["hour"]),
            int(found["minute"]),
            int(found["second"] or 0),
            tzinfo=JST,
        )
    except ValueError:
        return None
