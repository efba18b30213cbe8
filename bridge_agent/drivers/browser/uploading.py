"""Choosing files in a file field. They go from memory to the page: nothing readable is written to a disk."""

from __future__ import annotations

import mimetypes
from collections.abc import Sequence
from typing import TYPE_CHECKING

from playwright.sync_api import FilePayload

from bridge_agent.domain.plan import Target
from bridge_agent.drivers.browser.overdue import OPENING_S, limited
from bridge_agent.drivers.browser.page_script import handle
from bridge_agent.drivers.browser.translate import translated
from bridge_agent.drivers.browser.wording import place_json
from bridge_agent.drivers.faults import called, fault, screen_changed

if TYPE_CHECKING:
    from bridge_agent.drivers.browser.screen import BrowserScreen

FILE = "file"
UNKNOWN_KIND = "application/octet-stream"


def attach(screen: BrowserScreen, target: Target, files: Sequence[tuple[str, bytes]]) -> None:
    """Names and contents. Raises BusinessError when the field is not there, or takes one file and gets several."""
    page = screen.seat.page
    field = place_json(target, FILE)
    told = screen.asked("fileField", field=field, patience=screen.options.patience_s * 1000)
    if "why" in told:
        raise screen.changed(fault(called(target), told["why"]))
    if len(files) > 1 and not told["several"]:
        raise screen_changed(f"{called(target)}: ファイルを1つしか選べません")
    payloads = [
        FilePayload(name=name, mimeType=mimetypes.guess_type(name)[0] or UNKNOWN_KIND, buffer=content)
        for name, content in files
    ]
    with limited(page, screen.limits.page_s + OPENING_S):
        translated(lambda: handle(page, "fileElement", {"field": field}).set_input_files(payloads))
