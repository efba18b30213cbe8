"""The figures of a chaos campaign: added up town by town, kept in one file that a later call goes on with.

A file belongs to one digest of the protocol's files and to one mode; figures of other code are never added to it.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

Figures = dict[str, Any]
NUMBERS = (
    "kills",
    "kills_under_way",
    "applications",
    "registered",
    "recovered",
    "second_attempts",
    "held",
    "held_absent",
    "held_absent_at_core",
    "duplicates",
    "missing",
    "lost",
    "in_doubt_left",
    "not_drained",
    "crashes",
    "values_wrong",
    "keys_astray",
    "seconds",
    "towns",
    "runs",
    "breaker_restarts",
)
TABLES = ("killed", "kill_histogram", "kill_points", "faults", "held_by_reason", "doubt_times", "towns_by_lanes")
BIGGEST = "slowest_"
"""Figures whose names begin so are not summed: the biggest counts."""


class OtherCampaign(Exception):
    """The file's figures are not of this code or mode; the text is one sentence for the person."""


def opened(file: Path | None, *, digest: str, mode: str, seed: int, lanes: int, commit: str) -> Figures:
    """The figures to go on with: those of the file if there is one, else all 0. Raises OtherCampaign."""
    begun: Figures = {"seed": seed, "commit": commit, "mode": mode, "lanes": lanes, "digest": digest}
    begun |= {"seeds": [], "commits": [], "failures": []} | dict.fromkeys(NUMBERS, 0)
    begun |= {name: {} for name in TABLES}
    if file is not None and file.exists():
        former = json.loads(file.read_text(encoding="utf-8"))
        if former.get("digest") != digest:
            raise OtherCampaign(
                f"{file} の数値は別の版のプログラムのものです。新しいファイル名で始めてください"
                " / its figures belong to other protocol files; begin a new file."
            )
        if former.get("mode") != mode:
            raise OtherCampaign(
                f"{file} の数値は別の方式（{former.get('mode')}）のものです。新しいファイル名で始めてください"
                " / its figures are of the other mode; begin a new file."
            )
        begun |= former | {"seed": seed, "commit": commit, "lanes": lanes}
    begun["seeds"] = sorted({*begun["seeds"], seed})
    begun["commits"] = sorted({*begun["commits"], commit})
    return begun


def add(total: Figures, town: Mapping[str, Any]) -> None:
    """Add a town's figures, table by table, into the campaign's."""
    for name, value in town.items():
        if isinstance(value, Mapping):
            add(total.setdefault(name, {}), value)
        elif name.startswith(BIGGEST):
            total[name] = max(total.get(name, 0), value)
        else:
            total[name] = total.get(name, 0) + value


def save(figures: Figures, file: Path) -> None:
    """Whole or not at all: a killed campaign leaves the former figures."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f"{file.name}.{os.getpid()}.part")
    with part.open("w", encoding="utf-8") as out:
        out.write(json.dumps(figures, ensure_ascii=False, indent=1) + "\n")
        out.flush()
        os.fsync(out.fileno())
    for tries_left in range(9, -1, -1):
        try:
            part.replace(file)
            return
        except PermissionError:  # Windows: somebody reads it just now
            if not tries_left:
                raise
            time.sleep(0.1)


def progress(figures: Mapping[str, Any], running: Mapping[str, int], seconds: float, left_s: float) -> str:
    """One line. `running` are the kills of the towns in hand; rates are those of this call."""
    kills, applications = figures["kills"] + running["kills"], figures["applications"]
    minutes = max(seconds, 1.0) / 60
    pace = (
        f"{running['new_kills'] / minutes:.0f} kills, {running['new_applications'] / minutes:.0f} applications a minute"
    )
    zeros = ", ".join(f"{figures[name]} {name}" for name in ("duplicates", "missing", "lost", "not_drained"))
    share = 100 * figures["kills_under_way"] / max(figures["kills"], 1)
    return f"{kills} kills ({share:.0f} % under way), {applications} applications; {pace}; {zeros}; {max(left_s, 0):.0f} s left"
