"""The soak's parts: memory and pace of every 500 entries, without what comes after the last one."""

from __future__ import annotations

from scripts.soak import Sample, parts_of


def test_pace_and_memory_of_each_part_end_with_the_last_entry() -> None:
    """Two entries a second, then four; reporting goes on for an hour after the last and says nothing of the pace."""
    entering = [Sample(float(at), at * 2, 100.0) for at in range(251)]
    entering += [Sample(250.0 + at, 500 + 4 * at, 200.0) for at in range(1, 126)]
    reporting = [Sample(375.0 + at, 1000, 50.0) for at in range(1, 3600)]
    first, second = parts_of([*entering, *reporting], 1000)
    assert (first["to"], first["memory_mb"], first["entries_a_minute"]) == (500, 100.0, 120.0)
    assert (second["to"], second["memory_mb"], second["entries_a_minute"]) == (1000, 200.0, 240.0)
