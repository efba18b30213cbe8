"""The bundled mock cores go through the conformance test as a municipality's core would; prints and writes the figures.

Exit code 0: every core passed, and its record permits `resubmit_on_absent: after_quiescence`.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from scripts.browsers import bring_browser
from scripts.environment import go_on_in_environment

CORES = ("sogo", "nintei")
SIGNER = "measured by scripts/bench/conformance.py"
PERMITTED = "この記録で、core.yaml に"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="conformance.py", description=__doc__)
    parser.add_argument("--rounds", type=int, default=20, help="fresh records whose way to the look-up is timed")
    parser.add_argument("--cuts", type=int, default=10, help="lines that are cut with the fuse in")
    parser.add_argument("--json", metavar="FILE", type=Path)
    options = parser.parse_args(arguments)
    go_on_in_environment()
    browser = bring_browser(Path(sys.executable), headless=True)
    with tempfile.TemporaryDirectory(prefix="bridge-conformance-", ignore_cleanup_errors=True) as folder:
        figures = measure(Path(folder), browser, options.rounds, options.cuts)
    if options.json:
        options.json.write_text(json.dumps(figures, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return 0 if all(core["permitted"] for core in figures.values()) else 1


def measure(folder: Path, browser: Path, rounds: int, cuts: int) -> dict[str, dict[str, object]]:
    """Core -> what its record says, without who signed it."""
    from tests.e2e.conformance_town import TestTown

    town = TestTown(folder, browser)
    try:
        return {core: _measured(town.folder / f"{core}.json", town, core, rounds, cuts) for core in CORES}
    finally:
        town.close()


def _measured(copy: Path, town: object, core: str, rounds: int, cuts: int) -> dict[str, object]:
    from tests.e2e.conformance_town import TestTown

    assert isinstance(town, TestTown)
    words = ["--rounds", str(rounds), "--cuts", str(cuts), "--signer", SIGNER, "--yes", "--json", str(copy)]
    begun = time.monotonic()
    done = town.agent("core", "test", core, *words)
    seconds = time.monotonic() - begun
    print(done.out + done.err)
    record = json.loads(copy.read_text(encoding="utf-8"))
    kept = ("measured_at", "agent_version", "browser", "browser_version", "procedure", "findings")
    return {
        "exit_code": done.code,
        "permitted": PERMITTED in done.out.replace("\n", ""),
        "seconds": round(seconds, 1),
        **{name: record[name] for name in kept},
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
