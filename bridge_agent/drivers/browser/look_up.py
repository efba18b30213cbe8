"""The core's own search screen, read to the last page. What does not add up is unreadable, never a smaller result."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any
from urllib.parse import quote

from bridge_agent.domain.core_profile import DetailShape, ListShape, LookUpProfile, Query
from bridge_agent.domain.errors import BridgeError, TransientError
from bridge_agent.domain.ports import LookUpUnreadable, Search
from bridge_agent.domain.result import CoreDetail, CoreRecord
from bridge_agent.drivers.browser.session import BrowserSession
from bridge_agent.drivers.browser.wording import Json
from bridge_agent.drivers.records import MOST_PAGES, records_of, unused, whole


class BrowserLookUp:
    """Read-only. Logs in again once when the session has ended, then gives up."""

    def __init__(self, profile: LookUpProfile, session: BrowserSession) -> None:
        self._profile = profile
        self._session = session

    def ahead(self, query: Search, record_id: str = "") -> None:
        if self._profile.via != "http":
            return
        pattern = self._pattern(query)
        with suppress(TransientError):  # the search itself will tell
            if not pattern.post:
                path = _filled(pattern.get, _words(query, page=1), encode=True)
                self._session.side.begin(path, list_wanted(self._profile.list_shape))
            if record_id and not self._profile.detail.post:
                path = _filled(self._profile.detail.get, {"record": record_id}, encode=True)
                self._session.side.begin(path, detail_wanted(self._profile.detail_shape))

    def _pattern(self, query: Search) -> Query:
        by_reference = self._profile.by_reference if query.reference else None
        return by_reference or self._profile.by_person

    def search(self, query: Search) -> tuple[CoreRecord, ...]:
        pattern = self._pattern(query)
        shape = self._profile.list_shape
        rows: list[CoreRecord] = []
        for page in range(1, MOST_PAGES + 1):
            told = self._page(pattern, _words(query, page=page), list_wanted(shape))
            count = hits_told(told, shape)
            found = records_in(told, shape)
            rows += found
            if len(rows) >= count or len(found) < shape.page_size or "{page}" not in _template(pattern):
                break
        else:
            raise LookUpUnreadable("too_many_pages")
        return whole(rows, count)

    def detail(self, record_id: str) -> CoreDetail:
        told = self._page(self._profile.detail, {"record": record_id}, detail_wanted(self._profile.detail_shape))
        shown = told["detail"]
        if shown["faults"]:
            raise LookUpUnreadable("labels_and_values_differ")
        lines: dict[str, str] = {}
        for group, label, text in shown["lines"]:
            lines[unused(f"{group}/{label}" if group else label, lines)] = text
        if not lines:
            raise LookUpUnreadable("no_detail")
        return CoreDetail(record_id, lines)

    def _page(self, pattern: Query, words: Mapping[str, str], wanted: Json) -> Json:
        renewed = False
        while True:
            try:
                told = self._read(pattern, words, wanted)
            except BridgeError:
                raise LookUpUnreadable("no_answer") from None
            if not self._session.side.lost(told):
                break
            if renewed:
                raise LookUpUnreadable("session_lost")
            renewed = True
            self._session.renew()
        if "fault" in told:
            raise LookUpUnreadable(str(told["fault"]))
        if int(told["status"]) >= 400:
            raise LookUpUnreadable(f"status_{told['status']}")
        if self._session.side.down(told):
            raise LookUpUnreadable("system_down")
        return told

    def _read(self, pattern: Query, words: Mapping[str, str], wanted: Json) -> Json:
        side = self._session.side
        path = _filled(pattern.post or pattern.get, words, encode=True)
        form = None
        if pattern.post:
            form = {name: _filled(value, words, encode=False) for name, value in pattern.form.items()}
        if self._profile.via == "http":
            return side.fetch(path, form, wanted)
        return side.show(path, form, wanted)


def list_wanted(shape: ListShape) -> Json:
    return {
        "rows": shape.rows,
        "cells": "td,th",
        "headings": shape.headings,
        "texts": {"count": shape.count},
        "none": shape.none,
    }


def detail_wanted(shape: DetailShape) -> Json:
    return {
        "cells": "td,th",
        "detail": {"rows": shape.rows, "label": shape.label, "value": shape.value, "group": shape.group},
    }


def hits_told(told: Mapping[str, Any], shape: ListShape) -> int:
    """The number of hits the page tells; raises when it tells none, or contradicts itself."""
    shown = told["texts"]["count"]
    found = re.search(shape.count_pattern, shown) if shown is not None else None
    count = int(found.group(1).replace(",", "")) if found is not None else None
    if told["none"]:
        if count or told["rows"]:
            raise LookUpUnreadable("count_differs")
        return 0
    if count is None:
        raise LookUpUnreadable("no_list" if not told["rows"] else "no_count")
    if count == 0 and shape.none:
        raise LookUpUnreadable("no_list")
    return count


def records_in(told: Mapping[str, Any], shape: ListShape) -> Sequence[CoreRecord]:
    return records_of(list(told["headings"]), told["rows"], shape.columns) if told["rows"] else ()


def _words(query: Search, page: int) -> dict[str, str]:
    day: date | None = query.application_date
    return {
        "reference": query.reference,
        "atena_no": query.atena_no,
        "procedure": query.procedure,
        "date": day.isoformat() if day else "",
        "date8": day.strftime("%Y%m%d") if day else "",
        "page": str(page),
    }


def _filled(template: str, words: Mapping[str, str], *, encode: bool) -> str:
    return re.sub(
        r"\{(\w+)\}",
        lambda found: quote(words.get(found[1], ""), safe="") if encode else words.get(found[1], ""),
        template,
    )


def _template(pattern: Query) -> str:
    return " ".join((pattern.get, pattern.post, *pattern.form.values()))
