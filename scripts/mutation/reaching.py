"""Which tests reach which line: a change of a line can be noticed by no other test."""

from __future__ import annotations

import multiprocessing
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

EVERY_TEST = ""
"""Stands for lines that are reached outside a test's own function: on import, in a fixture."""
Reaching = Mapping[str, Mapping[str, Sequence[str]]]
"""File -> line -> tests as pytest calls them, without parameters."""


def measured(files: Sequence[str], tests: Sequence[str], root: Path) -> Reaching | None:
    """Runs the tests once, in a process of its own; None when one of them is red."""
    context: Any = multiprocessing.get_context("fork" if hasattr(os, "fork") else "spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_measure, args=(tuple(files), tuple(tests), str(root), there))
    process.start()
    there.close()
    try:
        found: Reaching | None = here.recv()
    except EOFError:
        found = None
    process.join()
    return found


def _measure(files: tuple[str, ...], tests: tuple[str, ...], root: str, out: Any) -> None:
    import coverage
    import pytest

    os.chdir(root)
    silent = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(silent, stream)
    places = [str(Path(root, file)) for file in files]
    watching = coverage.Coverage(data_file=None, include=places)
    watching.set_option("run:dynamic_context", "test_function")
    watching.start()
    code = pytest.main(["-q", "-p", "no:cacheprovider", "-p", "no:xdist", *tests])
    watching.stop()
    data = watching.get_data()
    if code == 0:
        out.send({file: _lines(data, place, root) for file, place in zip(files, places, strict=True)})
    out.close()
    os._exit(0)


def _lines(data: Any, place: str, root: str) -> dict[str, list[str]]:
    return {
        str(line): sorted({_node(context, root) for context in contexts})
        for line, contexts in data.contexts_by_lineno(place).items()
    }


def _node(context: str, root: str) -> str:
    """`tests.unit.domain.test_x.test_y` -> `tests/unit/domain/test_x.py::test_y`."""
    module, _, name = context.rpartition(".")
    file = module.replace(".", "/") + ".py"
    return f"{file}::{name}" if Path(root, file).is_file() else EVERY_TEST


SHARPEST = 15
"""So many tests are tried in a first, short process: most changes are noticed by one of them."""


def judges_of(
    reaching: Reaching,
    file: str,
    first: int,
    last: int,
    tests: Sequence[str],
    sharp: Mapping[str, int] = MappingProxyType({}),
) -> Sequence[Sequence[str]]:
    """Who judges a change of the lines `first` to `last` (one statement), one group after the other.

    Those that reach it come first; all others too where it is reached outside of a test's own function, or never.
    Among those that reach it, first the ones that have noticed most other changes (`sharp`: test -> how many), then
    those that reach little else: an order that changes no verdict, only the time until there is one.
    """
    lines = reaching.get(file, {})
    found = {test for line in range(first, last + 1) for test in lines.get(str(line), ())}
    reach = Counter(test for reached in lines.values() for test in reached)
    named = sorted(found - {EVERY_TEST}, key=lambda test: (-sharp.get(test, 0), reach[test], test))
    others = tests if not named or EVERY_TEST in found else ()
    return [group for group in (named[:SHARPEST], named[SHARPEST:], others) if group]
