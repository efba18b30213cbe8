"""What may be kept of a screen: an outline without values, and a picture with everything typed covered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page

from bridge_agent.domain.plan import Target
from bridge_agent.drivers.browser.page_script import ask
from bridge_agent.drivers.browser.translate import translated
from bridge_agent.drivers.browser.wording import SHOWN, place_json

PICTURE_WAIT_MS = 5_000

_BUTTONS = "[type=submit],[type=button],[type=reset],[type=image]"
_COVER = f"""
input:not({_BUTTONS}), textarea, select, [contenteditable=""], [contenteditable=true], [data-bridge-cover] {{
  color: transparent !important; -webkit-text-fill-color: transparent !important; text-shadow: none !important;
  caret-color: transparent !important; background: #9aa5b1 !important; accent-color: #9aa5b1 !important;
}}
input::placeholder, textarea::placeholder {{ color: transparent !important; }}
input[type=radio], input[type=checkbox] {{ appearance: none !important; width: 13px; height: 13px; }}
[data-bridge-cover] * {{ visibility: hidden !important; }}
"""


def outline(page: Page, secrets: Iterable[str]) -> str:
    """Structure, labels and lengths. Texts that were typed, and their parts, are blotted out of labels too."""
    parts = {part for secret in secrets for part in [secret, *re.split(r"\s+", secret)] if len(part) > 1}
    longest_first = sorted(parts, key=len, reverse=True)
    told: str = translated(lambda: ask(page, "outline", {"secrets": longest_first}))
    return told


def picture(page: Page, masked: Sequence[Target]) -> bytes | None:
    """None when no picture could be taken: evidence is never worth an error."""
    fields = [place_json(target, SHOWN) for target in masked]
    try:
        ask(page, "cover", {"fields": fields})
        try:
            return page.screenshot(style=_COVER, animations="disabled", timeout=PICTURE_WAIT_MS, full_page=True)
        finally:
            ask(page, "uncover", {})
    except PlaywrightError:
        return None
