"""The look-up of dialect B: by 宛名番号, by days of application or registration, by 事務; ten a page, POST or GET."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from flask import Response, render_template, request

from mock_core_ui.core import eras
from mock_core_ui.core.answers import lookup_interruption
from mock_core_ui.core.catalogue import SCREENS
from mock_core_ui.core.display import blocks
from mock_core_ui.core.lookup_faults import Hits, search
from mock_core_ui.core.nintei.affairs import SCREENS as BY_NUMBER
from mock_core_ui.core.nintei.affairs import TITLES
from mock_core_ui.core.site import site
from mock_core_ui.core.store import Search

PAGE_SIZE = 10
_DAYS = ("TXT_0102", "TXT_0103", "TXT_0104", "TXT_0105")
"""申請日 from and to, 登録日 from and to: eight digits YYYYMMDD."""
_AFFAIR = "SEL_0106"
"""事務: a screen's number, or nothing for all."""


def conditions() -> str | Response:
    """The empty search form."""
    site().page("list")
    return _page({})


def listing() -> str | Response:
    """One page of what matches the conditions."""
    here = site()
    answer = lookup_interruption(here, "list")
    if answer is not None:
        return answer
    here.page("list")
    given = {name: request.values.get(name, "").strip() for name in ("TXT_0101", *_DAYS, _AFFAIR)}
    days: list[date | None] = []
    for name in _DAYS:
        try:
            days.append(_day(given[name]))
        except ValueError:
            return _page(given, error="日付は西暦8桁で入力してください。")
    if given[_AFFAIR] and given[_AFFAIR] not in BY_NUMBER:
        return _page(given, error="事務の値が不正です。")
    wanted = Search(
        atena_no=given["TXT_0101"],
        procedure=BY_NUMBER[given[_AFFAIR]].procedure if given[_AFFAIR] else "",
        applied_from=days[0],
        applied_to=days[1],
        registered_from=days[2],
        registered_to=days[3],
    )
    page = max(1, request.values.get("PAGE", 1, type=int))
    hits = search(here, wanted, page, PAGE_SIZE)
    return _page(given, hits)


def _page(given: Mapping[str, str], hits: Hits | None = None, error: str = "") -> str:
    """The conditions and, once somebody searched, what was found."""
    return render_template(
        "list.html",
        given=given,
        records=[(record, eras.short_form(record.application_date)) for record in hits.records] if hits else [],
        total=hits.total if hits else None,
        page=hits.page if hits else 1,
        pages=hits.pages if hits else 1,
        error=error,
        screens=BY_NUMBER.values(),
        titles=TITLES,
    )


def detail() -> str | Response:
    """Everything on a record."""
    here = site()
    answer = lookup_interruption(here, "detail")
    if answer is not None:
        return answer
    here.page("detail")
    record = here.store.record(request.values.get("NO", ""), here.settings.clock())
    if record is None:
        return render_template("message.html", text="該当データなし")
    return render_template(
        "detail.html",
        record=record,
        title=TITLES[record.procedure],
        applied=eras.short_form(record.application_date),
        blocks=list(blocks(SCREENS[record.procedure], record.values)),
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
