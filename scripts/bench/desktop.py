"""Entries a minute in a client program: the agent with its whole protocol, every field read back, and where the time goes.

On a display of its own (Xvfb), one lane, no think time, the screen of 被保険者証再交付 of the mock client.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from scripts.browsers import bring_browser
from scripts.desktop_parts import bring_desktop
from scripts.display import Display
from scripts.environment import go_on_in_environment
from scripts.steps_shown import say

PROCEDURE = "ltci_insured_card_reissue"
TO_REACH = 12.0
"""Entries a minute."""


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="desktop.py", description=__doc__.split("\n")[0])
    parser.add_argument("--entries", type=int, default=30, help="measured entries; three more come first as a warm-up")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--json", metavar="FILE", type=Path)
    options = parser.parse_args(arguments)
    go_on_in_environment()
    browser = bring_browser(Path(sys.executable), headless=True)
    reason = bring_desktop(Path(sys.executable))
    if reason:
        say(reason)
        return 2
    with (
        tempfile.TemporaryDirectory(prefix="bridge-bench-", ignore_cleanup_errors=True) as folder,
        Display(Path(folder)) as display,
    ):
        os.environ["DISPLAY"] = display.name
        figures = measure(Path(folder), browser, options.entries, options.seed)
    say(json.dumps(figures, ensure_ascii=False, indent=1))
    if options.json:
        options.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


WARM_UP = 3


def measure(folder: Path, browser: Path, entries: int, seed: int) -> dict[str, object]:
    from scripts.bench.competitors import DESKTOP_CORE, Agent

    with Agent(folder, browser, entries + WARM_UP, seed, PROCEDURE, DESKTOP_CORE) as agent:
        seconds = [agent.enter().seconds for _ in range(entries + WARM_UP)][WARM_UP:]
        stages = agent.stages_ms(skip=WARM_UP)
    fields = stages.pop("fields")
    stages.pop("fill_a_field")
    return {
        "procedure": PROCEDURE,
        "entries_measured": entries,
        "fields_typed_and_read_back": fields,
        "seconds_an_entry": round(statistics.median(seconds), 3),
        "entries_a_minute": round(60 * entries / sum(seconds), 1),
        "to_reach": TO_REACH,
        "stages_ms": {name: round(value, 1) for name, value in sorted(stages.items())},
        "measured_at": time.strftime("%Y-%m-%d"),
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
