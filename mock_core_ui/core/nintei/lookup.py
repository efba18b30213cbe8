"""The look-up of dialect B: by 宛名番号 or by days of application or registration, ten a page, by POST or GET."""

from __future__ import annotations

from datetime import date

from flask import Response, render_template, request

from mock_core_ui.core import eras
from mock_core_ui.core.answers import lookup_interruption
from mock_core_ui.core.catalogue import SCREENS
from mock_core_ui.core.display import blocks
from mock_core_ui.core.lookup_faults import search
from mock_core_ui.core.site import site
from mock_core_ui.core.store import Search

PAGE_SIZE = 10
_DAYS = ("TXT_0102", "TXT_0103", "TXT_0104", "TXT_0105")
"""申請日 from and to, 登録日 from and to: eight digits YYYYMMDD."""


def conditions() -> str | Response:
    """The empty search form."""
    site().page("list")
    return render_template("list.html", given={}, records=[], total=None, page=1, pages=1, error="")


def listing() -> str | Response:
    """One page of what matches the conditions."""
    here = site()
    answer = lookup_interruption(here, "list")
    if answer is not None:
        return answer
    here.page("list")
    given = {name: request.values.get(name, "").strip() for name in ("TXT_0101", *_DAYS)}
    days: list[date | None] = []
    for name in _DAYS:
        try:
            days.append(_day(given[name]))
        except ValueError:
            wrong = "日付は西暦8桁で入力してください。"
            return render_template("list.html", given=given, records=[], total=None, page=1, pages=1, error=wrong)
    wanted = Search(
        atena_no=given["TXT_0101"],
        applied_from=days[0],
        applied_to=days[1],
        registered_from=days[2],
        registered_to=days[3],
    )
    page = max(1, request.values.get("PAGE", 1, type=int))
    hits = search(here, wanted, page, PAGE_SIZE)
    return render_template(
        "list.html",
        given=given,
        records=[(record, eras.short_form(record.application_date)) for record in hits.records],
        total=hits.total,
        page=hits.page,
        pages=hits.pages,
        error="",
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
        applied=eras.short_form(record.application_date),
        blocks=list(blocks(SCREENS[record.procedure], record.values)),
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
