"""Tries every named conversion of the recipe language with many made values, seeded; half of them are valid.

python3 scripts/transforms.py --values 1000000 --seed 20261105 --workers 2 --json transforms.json
python3 scripts/transforms.py --values 1000000 --only zengin_kana "split phone"

Exit code 1 when anything came out that should not: a valid value that was held or came out as something else, an
exception that is not the conversion's own, a result of the wrong shape. The values are invented.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.environment import go_on_in_environment  # noqa: E402

if __name__ == "__main__":
    go_on_in_environment()  # what follows needs the installed packages

from tests.recipes.values_tried import Tried, conversions, try_values  # noqa: E402

SHARE = 50_000
"""Values of one conversion that a worker tries at a time; each share has a seed of its own."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--values", type=int, default=20_000, help="for each conversion")
    parser.add_argument("--seed", type=int, default=20261105)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--only", nargs="+", choices=list(conversions()), metavar="NAME")
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    started = time.monotonic()
    sums = campaign(chosen.only or list(conversions()), chosen.values, chosen.seed, chosen.workers)
    result = result_of(sums, chosen.seed, time.monotonic() - started)
    if chosen.json:
        chosen.json.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{result['values']:,} values, {result['valid']:,} valid, {result['held']:,} held, {result['wrong']} wrong")
    return 1 if result["wrong"] else 0


def shares(names: list[str], values: int, seed: int) -> list[tuple[str, int, str]]:
    """(conversion, number of values, seed of this share)."""
    return [(name, min(SHARE, values - at), f"{seed}/{at}") for name in names for at in range(0, values, SHARE)]


def campaign(names: list[str], values: int, seed: int, workers: int) -> dict[str, Tried]:
    sums = {name: Tried() for name in names}
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        for name, tried in pool.imap_unordered(_try_share, shares(names, values, seed)):
            sums[name].join(tried)
            if sums[name].values >= values:
                print(f"{name:22} {sums[name].values:>10,} values, {len(sums[name].wrong)} wrong", flush=True)
                for what in sums[name].wrong:
                    print(f"  {what}", flush=True)
    return sums


def _try_share(share: tuple[str, int, str]) -> tuple[str, Tried]:
    name, count, seed = share
    return name, try_values(name, count, seed)


def result_of(sums: dict[str, Tried], seed: int, seconds: float) -> dict[str, object]:
    return {
        "seed": seed,
        "seconds": round(seconds, 1),
        "values": sum(tried.values for tried in sums.values()),
        "valid": sum(tried.valid for tried in sums.values()),
        "held": sum(tried.held for tried in sums.values()),
        "wrong": sum(len(tried.wrong) for tried in sums.values()),
        "conversions": {
            name: {"values": tried.values, "valid": tried.valid, "held": tried.held, "wrong": tried.wrong}
            for name, tried in sums.items()
        },
    }


if __name__ == "__main__":
    sys.exit(main())
