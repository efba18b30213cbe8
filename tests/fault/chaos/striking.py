"""The faults of a chaos town: rules with a probability and a seed each. Never one that registers twice by itself.

All keep the promise's assumptions: what is late becomes visible within `visibility_max`, and nothing commits later
than `settle` after its sender is dead.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Rule = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Pace:
    """The town's time limits in seconds, as the faults must know them."""

    submit_s: float
    settle_s: float
    visibility_s: float


def rules(chance: random.Random, pace: Pace) -> list[Rule]:
    """One core's plan for as long as it lives; each start gets another."""
    late = {"seconds": round(0.8 * pace.visibility_s, 3)}
    slow = {"seconds": round(0.4 * pace.settle_s, 3)}
    silent = {"seconds": round(1.5 * pace.submit_s, 3)}
    shares: Sequence[tuple[str, float, Mapping[str, float]]] = (
        ("M1", 0.015, {}),
        ("M4", 0.03, {}),
        ("M5", 0.02, {}),
        ("M13", 0.01, {}),
        ("M3", 0.004, silent),
        ("M37", 0.05, late),
        ("M1b", 0.01, {}),
        ("M4b", 0.01, {}),
        ("M12", 0.01, {}),
        ("M2", 0.02, slow),
        ("M9", 0.01, {}),
        ("M38", 0.01, {}),
    )
    made = _shared_out(chance, shares)
    if chance.random() < 0.25:  # two or three in a row that nothing confirms: the lane's circuit breaker opens
        first = chance.randint(2, 20)
        made.append({"fault": "M4b", "when": {"nth": [first, first + 1, first + 2]}})
    if chance.random() < 0.3:  # an odd dialog stops its procedure for the rest of the run
        seed = chance.randrange(1 << 30)
        odd = chance.choice(("M16", "M16b", "M22"))
        made.append({"fault": odd, "when": {"probability": 0.02, "seed": seed}, "limit": 1})
    return made


def window_rules(chance: random.Random, pace: Pace) -> list[Rule]:
    """The desktop core's plan: what its windows do, and what can happen between its client and its server."""
    shares: Sequence[tuple[str, float, Mapping[str, float]]] = (
        ("D1", 0.01, {}),
        ("D1b", 0.02, {}),
        ("D2", 0.15, {}),
        ("D3", 0.02, {"seconds": 0.2}),
        ("D4", 0.02, {"seconds": 2}),
        ("D4b", 0.03, {"seconds": 2}),
        ("D5", 0.01, {}),
        ("D6", 0.06, {}),
        ("D6b", 0.03, {}),
        ("D7", 0.01, {}),
        ("D8", 0.01, {}),
        ("M1", 0.01, {}),
        ("M4", 0.03, {}),
        ("M5", 0.02, {}),
        ("M37", 0.05, {"seconds": round(0.8 * pace.visibility_s, 3)}),
        ("M2", 0.02, {"seconds": round(0.4 * pace.settle_s, 3)}),
    )
    return _shared_out(chance, shares)


def _shared_out(chance: random.Random, shares: Sequence[tuple[str, float, Mapping[str, float]]]) -> list[Rule]:
    """A rule for each (fault, share of the occasions, parameters); the shares vary from plan to plan."""
    made: list[Rule] = []
    for fault, share, more in shares:
        probability = round(share * chance.uniform(0.3, 2.0), 4)
        when = {"probability": probability, "seed": chance.randrange(1 << 30)}
        made.append({"fault": fault, "when": when, **more})
    return made
