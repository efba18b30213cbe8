"""The agent's own script in every page: put together from page/*.js, asked with one call for a whole screen."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from playwright.sync_api import ElementHandle, Page
from playwright.sync_api import Error as PlaywrightError

from bridge_agent.drivers.browser.overdue import LONGEST_CALL_S, limited

_CALL = """([name, given]) => {
  const agent = window[Symbol.for('bridge-agent')];
  if (!agent) return null;
  return Promise.resolve(agent[name](JSON.parse(given))).then((told) => JSON.stringify(told));
}"""
"""Plain texts both ways: the browser driver would walk through every value of an object on its own."""


def _source() -> str:
    folder = files("bridge_agent.drivers.browser") / "page"
    parts = sorted((part for part in folder.iterdir() if part.name.endswith(".js")), key=lambda part: part.name)
    body = "\n".join(part.read_text(encoding="utf-8") for part in parts)
    return (
        "(() => {\n'use strict';\nif (window[Symbol.for('bridge-agent')]) return;\nconst B = {};\n"
        f"{body}\n"
        "Object.defineProperty(window, Symbol.for('bridge-agent'), { value: B });\n})();"
    )


PAGE_SCRIPT = _source()
"""Runs at the start of every document of every frame, before the page's own scripts."""


def ask(
    page: Page, name: str, given: Mapping[str, object], limit_s: float = LONGEST_CALL_S
) -> Any:  # Any: JSON, shaped by the script's function
    """Call a function of the page script in the page's top document. Raises Playwright's errors.

    A page that does not answer within `limit_s` costs its browser the life.
    """
    text = json.dumps(given)
    with limited(page, limit_s):
        told = page.evaluate(_CALL, [name, text])
        if told is None:
            # A document that was there before the script was installed (an empty pop-up).
            page.evaluate(PAGE_SCRIPT)
            told = page.evaluate(_CALL, [name, text])
    return json.loads(told)


_HANDLE = """([name, given]) => window[Symbol.for('bridge-agent')][name](JSON.parse(given))"""


def handle(page: Page, name: str, given: Mapping[str, object]) -> ElementHandle:
    """The element that a function of the page script finds, for what only the browser itself can do with it."""
    element = page.evaluate_handle(_HANDLE, [name, json.dumps(given)]).as_element()
    if element is None:
        raise PlaywrightError("the element is gone")
    return element
