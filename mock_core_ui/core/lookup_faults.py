"""Searches for the look-up, with the faults that change what its list shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

from flask import g

from mock_core_ui.core import interference
from mock_core_ui.core.catalogue import SCREENS, screens_of
from mock_core_ui.core.site import CoreSite
from mock_core_ui.core.store import Record, Search
from mock_core_ui.faults import Firing, LookupEffect


@dataclass(slots=True)
class Hits:
    """One page of a look-up."""

    records: list[Record]
    total: int
    """How many there are, as the page says."""
    page: int
    size: int
    shown: int
    """How many can be reached by turning pages."""

    @property
    def pages(self) -> int:
        """How many pages there are; an empty result has one."""
        return max(1, -(-self.shown // self.size))

    @property
    def first(self) -> int:
        """Number of the first record on the page, 0 when there is none."""
        return (self.page - 1) * self.size + 1 if self.records else 0


@dataclass(slots=True)
class _Window:
    """The part of all matches that the list lets through, before it is cut into pages."""

    size: int
    at: int | None = None
    oldest: bool = False


def search(here: CoreSite, wanted: Search, page: int, size: int) -> Hits:
    """One page (from 1) of what matches, as faults of this request let it be seen."""
    window = _Window(size)
    namesake = False
    for firing in cast(Sequence[Firing], g.get("lookup_firings", ())):
        effect = firing.fault.effect
        if not isinstance(effect, LookupEffect):
            continue
        match effect:
            case LookupEffect.NO_HITS:
                if firing.text("scope") == "all":
                    return Hits([], 0, page, size, 0)
                wanted = replace(wanted, before_run_only=True)
            case LookupEffect.CUT_LIST:
                window.at = int(firing.number("at"))
                window.oldest = firing.text("keep") == "oldest"
            case LookupEffect.SMALL_PAGES:
                window.size = max(1, int(firing.number("size")))
            case LookupEffect.NAMESAKE:
                namesake = True
    hits = _page(here, wanted, page, window)
    return _with_namesake(here, wanted, hits) if namesake else hits


def _page(here: CoreSite, wanted: Search, page: int, window: _Window) -> Hits:
    now = here.settings.clock()  # whether a record shows does not depend on what the core believes the time to be
    skip = (page - 1) * window.size
    if window.at is None:
        records, total = here.store.window(wanted, now, skip, window.size)
        return Hits(records, total, page, window.size, total)
    _, total = here.store.window(wanted, now, 0, 0)
    hidden = max(0, total - window.at) if window.oldest else 0
    count = max(0, min(window.size, window.at - skip))
    records, _ = here.store.window(wanted, now, hidden + skip, count)
    return Hits(records, total, page, window.size, min(total, window.at))


def _with_namesake(here: CoreSite, wanted: Search, hits: Hits) -> Hits:
    """Puts a record of a namesake last on the first page; nothing when it is not known whose name is asked for."""
    like = hits.records[0] if hits.records else None
    resident = here.store.resident(like.atena_no if like else wanted.atena_no)
    if resident is None or hits.page > 1:
        return hits
    screen = SCREENS[like.procedure] if like else SCREENS.get(wanted.procedure, screens_of(here.settings.core)[0])
    record = interference.namesake_record(here.store, resident, screen, like, here.settings.clock())
    if record.core_receipt_no in [shown.core_receipt_no for shown in hits.records]:
        return hits
    return replace(hits, records=[*hits.records, record], total=hits.total + 1, shown=hits.shown + 1)
