"""A drop folder taken in by a real process that is killed (-9) at random moments: is anything lost or taken twice?

The suite does the same with ten kills; this is the long run. `--kills 0` shows the memory of one run over the whole folder.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from scripts.environment import go_on_in_environment
from scripts.steps_shown import say


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="folder_kills.py", description=__doc__, allow_abbrev=False)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--packages", type=int, default=10_000, help="files that are put into the folder")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str]) -> int:
    options = parse(arguments)
    go_on_in_environment()
    from tests.fault.folder_kills import FolderKills

    say(f"seed {options.seed}")
    with tempfile.TemporaryDirectory() as folder:
        campaign = FolderKills(Path(folder) / "town", options.packages, options.kills, options.seed, say)
        result = campaign.run()
    text = json.dumps(result, ensure_ascii=False, indent=1)
    say(text)
    if options.json:
        options.json.write_text(text + "\n", encoding="utf-8")
    return 1 if result["faults"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
