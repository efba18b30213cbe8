"""What a lane's process and its supervisor say to each other: one JSON object a line, never personal data."""

from __future__ import annotations

import json
from typing import Any, TextIO

from bridge_agent.pipeline.doubts import LaneNight


class LineProgress:
    """The Progress port of a lane's process: every step becomes a line for the supervisor."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def stage(self, title: str, total: int | None = None) -> None:
        self._say({"stage": title})

    def advance(self, receipt_no: str, outcome: str) -> None:
        self._say({"advance": [receipt_no, outcome]})

    def done(self) -> None:
        """The supervisor has a bar of its own."""

    def ended(self, lane: LaneNight) -> None:
        """The last line: what the lane did."""
        self._say(
            {
                "ended": {
                    "entered": lane.entered,
                    "claimed": lane.claimed,
                    "sent": lane.sent,
                    "not_ready": lane.not_ready,
                    "stopped": lane.stopped,
                    "stopped_procedures": sorted(lane.stopped_procedures),
                }
            }
        )

    def _say(self, content: dict[str, object]) -> None:
        self._out.write(json.dumps(content, ensure_ascii=False) + "\n")
        self._out.flush()


def heard(line: str) -> dict[str, Any]:
    """A line of a lane's process; {} for anything else that a library may have printed."""
    try:
        content = json.loads(line)
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def lane_night_from(content: dict[str, Any]) -> LaneNight:
    return LaneNight(
        entered=content["entered"],
        claimed=content["claimed"],
        sent=content["sent"],
        not_ready=content["not_ready"],
        stopped=content["stopped"],
        stopped_procedures=set(content["stopped_procedures"]),
    )
