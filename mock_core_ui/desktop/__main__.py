"""Starts the client: `python -m mock_core_ui.desktop --server URL`."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence

from mock_core_ui.desktop.api import TIME_LIMIT_S, Server
from mock_core_ui.desktop.client import Client

SCALINGS = (100, 125, 150)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs until the client is closed."""
    given = _parser().parse_args(arguments)
    client = Client(Server(given.server, given.time_limit), given.scaling, given.geometry)
    client.start()
    client.run()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m mock_core_ui.desktop", description=__doc__)
    parser.add_argument("--server", required=True, help="address of the core, for example http://127.0.0.1:8084/")
    parser.add_argument("--scaling", type=int, choices=SCALINGS, default=100, help="size of everything in percent")
    parser.add_argument("--geometry", type=_place, default=(40, 30), help="where the menu opens, for example +40+30")
    parser.add_argument(
        "--time-limit", type=float, default=TIME_LIMIT_S, help="seconds after which a request is given up"
    )
    return parser


def _place(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"\+(\d+)\+(\d+)", text)
    if found is None:
        raise argparse.ArgumentTypeError("two numbers of pixels like +40+30")
    return int(found[1]), int(found[2])


if __name__ == "__main__":
    sys.exit(main())
