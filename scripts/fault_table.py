"""Plays the fault table row by row and seed by seed, or writes it as a document.

    fault_table.py --fast --seeds 25 --json FILE --resume FILE
    fault_table.py --browser --seeds 3 --json FILE --resume FILE
    fault_table.py --write                     # docs/faults.md

What was played is kept in FILE after every row, so that a campaign may be stopped and taken up again.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from scripts.browsers import find_browser  # noqa: E402
from scripts.environment import go_on_in_environment  # noqa: E402
from scripts.protocol_files import protocol_digest  # noqa: E402

if __name__ == "__main__":
    go_on_in_environment()  # what follows needs the installed packages

from loguru import logger  # noqa: E402

from tests.fault.row import Row  # noqa: E402
from tests.fault.row_nights import play  # noqa: E402
from tests.fault.table import FAST, IN_BROWSER  # noqa: E402
from tests.fault.table_document import DOCUMENT, document  # noqa: E402

WORKERS = 4
"""Rows played side by side with the fast driver: most of a row is waiting."""


def main() -> int:
    given = _arguments()
    if given.write:
        DOCUMENT.write_text(document(), encoding="utf-8")
        print(f"wrote {DOCUMENT.relative_to(ROOT)}")
        return 0
    logger.remove()
    browser = find_browser(headless=True) if given.browser else None
    if given.browser and browser is None:
        print("no browser found", file=sys.stderr)
        return 2
    rows = [row for row in (IN_BROWSER if given.browser else FAST) if not given.only or row.code in given.only]
    results = _former(given.resume)
    jobs = [(row, seed) for seed in range(given.seeds) for row in rows if f"{row.name}|{seed}" not in results]
    began = time.monotonic()
    with ThreadPoolExecutor(1 if given.browser else WORKERS) as pool:
        futures = {pool.submit(_played, row, seed, browser): (row, seed) for row, seed in jobs}
        for number, future in enumerate(as_completed(futures), start=1):
            row, seed = futures[future]
            results[f"{row.name}|{seed}"] = future.result()
            _say(number, len(jobs), row, seed, future.result())
            _keep(given, results, rows, time.monotonic() - began)
    book = _keep(given, results, rows, time.monotonic() - began)
    print(f"{book['as_expected']} of {book['played']} as expected, {len(rows)} rows, seeds 0-{given.seeds - 1}")
    return 0 if book["as_expected"] == book["played"] else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    driver = parser.add_mutually_exclusive_group(required=True)
    driver.add_argument("--fast", action="store_true", help="every row the fast driver can play")
    driver.add_argument("--browser", action="store_true", help="every row over Chromium")
    driver.add_argument("--write", action="store_true", help="write docs/faults.md")
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--only", nargs="*", default=[], help="codes, e.g. M4 M38")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--resume", type=Path)
    return parser.parse_args()


def _played(row: Row, seed: int, browser: Path | None) -> list[str]:
    """Differences; an exception of the play itself is one as well."""
    try:
        return play(row, seed, browser).differences
    except Exception as error:
        return [f"{type(error).__name__}: {error}"]


def _say(number: int, count: int, row: Row, seed: int, differences: Sequence[str]) -> None:
    print(f"[{number}/{count}] {row.name}, seed {seed}: {'as expected' if not differences else 'DIFFERS'}", flush=True)
    for line in differences:
        print(f"    {line}", flush=True)


def _former(file: Path | None) -> dict[str, list[str]]:
    if file is None or not file.exists():
        return {}
    book = json.loads(file.read_text(encoding="utf-8"))
    same = book.get("digest") == protocol_digest(driver="browser" if book["driver"] == "browser" else "")
    return dict(book["results"]) if same else {}


def _keep(
    given: argparse.Namespace, results: dict[str, list[str]], rows: Sequence[Row], seconds: float
) -> dict[str, Any]:
    book = {
        "commit": _commit(),
        "digest": protocol_digest(driver="browser" if given.browser else ""),
        "driver": "browser" if given.browser else "fast",
        "rows": len(rows),
        "seeds": given.seeds,
        "played": len(results),
        "as_expected": sum(not differences for differences in results.values()),
        "seconds": round(seconds, 1),
        "results": results,
    }
    if given.json is not None:
        part = given.json.with_suffix(".part")
        part.write_text(json.dumps(book, ensure_ascii=False, indent=1), encoding="utf-8")
        part.replace(given.json)
    return book


def _commit() -> str:
    """The commit whose files are played; marked when they were changed since."""
    done = subprocess.run(
        ["git", "describe", "--always", "--dirty", "--abbrev=40"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.stdout.strip() or "unknown"


if __name__ == "__main__":
    sys.exit(main())
