"""The soak's parts: memory and pace of every 500 entries, without what comes after the last one."""

from __future__ import annotations

from scripts.soak import Beside, Sample, compared, parts_of


def test_pace_and_memory_of_each_part_end_with_the_last_entry() -> None:
    """Two entries a second, then four; reporting goes on for an hour after the last and says nothing of the pace."""
    entering = [Sample(float(at), at * 2, 100.0) for at in range(251)]
    entering += [Sample(250.0 + at, 500 + 4 * at, 200.0) for at in range(1, 126)]
    reporting = [Sample(375.0 + at, 1000, 50.0) for at in range(1, 3600)]
    first, second = parts_of([*entering, *reporting], 1000)
    assert (first["to"], first["memory_mb"], first["entries_a_minute"]) == (500, 100.0, 120.0)
    assert (second["to"], second["memory_mb"], second["entries_a_minute"]) == (1000, 200.0, 240.0)


def test_a_fresh_run_is_compared_with_what_the_long_one_did_in_the_same_time() -> None:
    """The long run enters once a second, the fresh one 20 times in the ten seconds from second 5 to 14."""
    long = [f"2026-11-05T10:00:{second:02d}.000000Z" for second in range(60)]
    fresh = Beside(300, "2026-11-05T10:00:05.000000Z", "2026-11-05T10:00:14.500000Z", 20)
    assert compared(long, [fresh]) == [{"at": 300, "long": 10, "fresh": 20, "ratio": 0.5}]
