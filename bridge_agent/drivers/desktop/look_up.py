"""The client's own search window, read as copied text to the last page, beside the entry window."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from bridge_agent.domain.core_profile import TargetText, WindowLookUp
from bridge_agent.domain.errors import BridgeError
from bridge_agent.domain.plan import BoundField, Control, FieldClass
from bridge_agent.domain.ports import LookUpUnreadable, Search
from bridge_agent.domain.result import CoreDetail, CoreRecord
from bridge_agent.drivers.desktop.desk import Window
from bridge_agent.drivers.desktop.program import Disturbed
from bridge_agent.drivers.desktop.screen import DesktopScreen
from bridge_agent.drivers.desktop.typing_in import Typist, placed
from bridge_agent.drivers.records import MOST_PAGES, records_of, unused, whole
from bridge_agent.steps.binding import bound_target

Result = TypeVar("Result")
TIMES = 3
"""So often a search is made anew after the focus was away: it is read-only."""


class DesktopLookUp:
    """Read-only. The search window is opened for each question and closed after it; the entry window stays."""

    def __init__(self, profile: WindowLookUp, screen: DesktopScreen) -> None:
        self._profile = profile
        self._screen = screen

    def ahead(self, query: Search, record_id: str = "") -> None:
        """There is one keyboard: nothing can be asked beside the screen."""

    def search(self, query: Search) -> tuple[CoreRecord, ...]:
        profile = self._profile
        by_reference = profile.by_reference if query.reference else None
        place, value = (by_reference, query.reference) if by_reference else (profile.by_person, query.atena_no)

        def asked(window: Window) -> tuple[CoreRecord, ...]:
            self._enter(window, place, value)
            self._press(window, profile.search)
            return self._all_pages(window)

        return self._in_window(asked)

    def detail(self, record_id: str) -> CoreDetail:
        profile = self._profile

        def asked(window: Window) -> CoreDetail:
            self._enter(window, profile.record, record_id)
            self._press(window, profile.detail.press)
            program = self._screen.program
            shown = program.await_window(profile.detail.title)
            lines = _lines(program.copied(shown.handle, [profile.detail.copy_with]), profile.detail.heading)
            program.keys(shown.handle, [program.profile.close])
            program.await_closed(shown.handle)
            return CoreDetail(record_id, lines)

        return self._in_window(asked)

    # ---- inside ------------------------------------------------------------------------------------------------

    def _in_window(self, asked: Callable[[Window], Result]) -> Result:
        program = self._screen.program
        before = program.top().handle
        for _ in range(TIMES):
            try:
                menu = program.called(program.profile.main)
                if len(menu) != 1:
                    raise LookUpUnreadable("no_main_window")
                program.bring_up(menu[0].handle)
                program.keys(menu[0].handle, [self._profile.open])
                window = program.await_window(self._profile.title)
                result = asked(window)
                program.keys(window.handle, [program.profile.close])
                program.await_closed(window.handle)
                program.await_rest()
                program.bring_up(before)
                return result
            except Disturbed:
                self._close_window()
            except BridgeError:
                raise LookUpUnreadable("no_answer") from None
        raise LookUpUnreadable("disturbed")

    def _close_window(self) -> None:
        program = self._screen.program
        for title in (self._profile.detail.title, self._profile.title):
            for window in program.called(title):
                program.keys(window.handle, [program.profile.close])
                program.await_closed(window.handle)

    def _enter(self, window: Window, place: TargetText, value: str) -> None:
        field = BoundField("照会", bound_target(place), Control.TEXT, value, FieldClass.PERSONAL)
        typist = Typist(self._screen.program, window, self._screen.pictures)
        if typist.fill([field], lambda field, text: text == field.value) != [value]:
            raise LookUpUnreadable("condition_refused")

    def _press(self, window: Window, target: TargetText) -> None:
        self._screen.program.keys(window.handle, [placed(bound_target(target)).key])

    def _all_pages(self, window: Window) -> tuple[CoreRecord, ...]:
        shape = self._profile.list_shape
        rows: list[CoreRecord] = []
        for _ in range(MOST_PAGES):
            text = self._screen.program.copied(window.handle, [self._profile.copy_with])
            headings, cells, count = _list(text, shape.count_pattern)
            found = records_of(headings, cells, shape.columns) if cells else ()
            rows += found
            if len(rows) >= count or len(found) < shape.page_size:
                return whole(rows, count)
            self._press(window, self._profile.next_page)
        raise LookUpUnreadable("too_many_pages")


def _list(text: str, count_pattern: str) -> tuple[list[str], list[list[str]], int]:
    """Headings, rows and the number of hits that the last line tells."""
    *lines, last = text.splitlines() or [""]
    told = re.search(count_pattern, last)
    if told is None:
        raise LookUpUnreadable("no_count")
    count = int(told.group(1).replace(",", ""))
    headings, *rows = [line.split("\t") for line in lines] or [[]]
    if bool(rows) != bool(count):
        raise LookUpUnreadable("count_differs")
    return headings, rows, count


def _lines(text: str, heading: str) -> dict[str, str]:
    """Raises LookUpUnreadable when a line is neither a heading nor label and value."""
    lines: dict[str, str] = {}
    group = ""
    for line in filter(None, text.splitlines()):
        found = re.fullmatch(heading, line)
        if found is not None:
            group = found.group(1)
            continue
        label, tab, value = line.partition("\t")
        if not tab:
            raise LookUpUnreadable("labels_and_values_differ")
        lines[unused(f"{group}/{label}" if group else label, lines)] = value
    if not lines:
        raise LookUpUnreadable("no_detail")
    return lines
