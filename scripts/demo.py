"""One night of the bridge agent in a made-up town, from nothing: sets up, runs, balances, runs again, cleans up.

Exit code 0: every application stands where it should, and the second run entered nothing.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from scripts.browsers import bring_browser
from scripts.demo_run import DemoOptions, DemoResult, run_demo, say_result
from scripts.demo_town import Town
from scripts.environment import ROOT, go_on_in_environment
from scripts.file_lock import file_lock
from scripts.steps_shown import SetupFailed, say


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="demo.py", description=__doc__)
    parser.add_argument("--applications", type=_count, default=60, metavar="N", help="how many (default 60)")
    parser.add_argument("--headed", action="store_true", help="show the browser's window")
    parser.add_argument("--keep", action="store_true", help="leave the servers up and print addresses and log-ins")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the numbers to FILE")
    parser.add_argument("--seed", type=int, default=1, help="another town (default 1)")
    parser.add_argument(
        "--data", type=Path, default=ROOT / ".demo", metavar="DIR", help="folder to work in; emptied first"
    )
    return parser.parse_args(arguments)


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("1 or more")
    return number


def _stay_up(town: Town) -> None:
    """Until Ctrl-C, or until the town ends by itself."""
    with contextlib.suppress(KeyboardInterrupt):
        say("")
        for name, place in {"management": town.management, **town.cores}.items():
            say(f"  {name:<11}{place.url}   user {place.user}   password {place.password}")
        say("Ctrl-C で終わります / Ctrl-C stops them")
        while not town.ended(within_s=1):  # a wait without limit would keep Ctrl-C from a process on Windows
            pass


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _end(number: int, _frame: object) -> None:
    """Unlike Ctrl-C this reached nobody else: leaving stops the agent too."""
    sys.exit(128 + number)


def main(arguments: list[str]) -> int:
    given = parse(arguments)
    started = go_on_in_environment()
    signal.signal(signal.SIGTERM, _end)
    if sys.platform == "win32":
        signal.signal(signal.SIGBREAK, _interrupt)

    def finish(town: Town, result: DemoResult) -> None:
        say_result(result)
        if given.json is not None:
            given.json.write_text(json.dumps(result.numbers, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        if given.keep:
            _stay_up(town)

    try:
        browser = bring_browser(Path(sys.executable), headless=not given.headed)
        data = given.data.resolve()
        options = DemoOptions(data, browser, given.applications, given.seed, given.headed, started)
        data.parent.mkdir(parents=True, exist_ok=True)
        with file_lock(data.with_name(f"{data.name}.lock"), limit_s=0):
            result = run_demo(options, finish)
    except SetupFailed as error:
        say(str(error))
        return 2
    except TimeoutError:
        say("このフォルダーで別のデモが動いています / another demonstration is running in this folder.")
        return 2
    except KeyboardInterrupt:
        say("中断しました / interrupted")
        return 130
    return 1 if result.problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
