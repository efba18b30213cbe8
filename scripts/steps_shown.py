"""Says what a script does: one line a step, Japanese and English, with its seconds. Standard library only."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class SetupFailed(Exception):
    """The message is one sentence for the person at the terminal; no traceback is shown."""


def use_plain_console() -> None:
    """A console that cannot show a character shows `?` instead of stopping the script; lines appear at once."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace", line_buffering=True)


def say(text: str) -> None:
    print(text, flush=True)


@contextmanager
def step(text: str) -> Iterator[None]:
    """`text …` before, the seconds after, on one line."""
    started = time.monotonic()
    print(f"・{text} … ", end="", flush=True)
    try:
        yield
    except BaseException:
        print("×", flush=True)
        raise
    print(f"{time.monotonic() - started:.1f} s", flush=True)
