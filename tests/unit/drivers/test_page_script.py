"""The page script is shipped with the package, whole and in order."""

from __future__ import annotations

import re
from importlib.resources import files

from bridge_agent.drivers.browser.page_script import PAGE_SCRIPT


def test_every_part_is_in_the_script_once() -> None:
    parts = [part for part in (files("bridge_agent.drivers.browser") / "page").iterdir() if part.name.endswith(".js")]
    assert len(parts) >= 9
    for part in parts:
        assert PAGE_SCRIPT.count(part.read_text(encoding="utf-8").splitlines()[0]) == 1


def test_nothing_is_defined_twice() -> None:
    functions = re.findall(r"^B\.(\w+) = (?:async )?\(", PAGE_SCRIPT, re.MULTILINE)
    assert len(functions) > 40
    assert len(functions) == len(set(functions))


def test_the_script_never_talks_to_anyone() -> None:
    for word in ("console.", "localStorage", "sessionStorage", "postMessage", "eval("):
        assert word not in PAGE_SCRIPT
    assert PAGE_SCRIPT.count("sendBeacon") == 2  # only to take it away
