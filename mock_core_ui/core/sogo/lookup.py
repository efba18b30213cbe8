"""The look-up (照会) of dialect A: a list with paging and a detail page, all by GET with a query string."""

from __future__ import annotations

from flask import Flask, Response, make_response, render_template, request

from mock_core_ui.core import eras
from mock_core_ui.core.answers import lookup_interruption
from mock_core_ui.core.catalogue import SCREENS, screens_of
from mock_core_ui.core.display import blocks
from mock_core_ui.core.lookup_faults import search
from mock_core_ui.core.site import site
from mock_core_ui.core.store import Search

PAGE_SIZE = 20


def add_rules(app: Flask) -> None:
    """Adds the look-up's addresses."""
    app.add_url_rule("/records", view_func=_list)
    app.add_url_rule("/records/<receipt>", view_func=_detail)


def _list() -> str | Response:
    here = site()
    if here.session() is None:
        return here.login_page()
    answer = lookup_interruption(here, "list")
    if answer is not None:
        return answer
    here.page("list")
    wanted = Search(
        reference=request.args.get("seiri_no", "").strip(),
        atena_no=request.args.get("atena", "").strip(),
        procedure=request.args.get("procedure", ""),
    )
    page = max(1, request.args.get("page", 1, type=int))
    hits = search(here, wanted, page, PAGE_SIZE)
    return render_template(
        "list.html",
        search=wanted,
        hits=hits,
        screens=screens_of("sogo"),
        titles={screen.procedure: screen.title for screen in SCREENS.values()},
    )


def _detail(receipt: str) -> str | Response:
    here = site()
    if here.session() is None:
        return here.login_page()
    answer = lookup_interruption(here, "detail")
    if answer is not None:
        return answer
    here.page("detail")
    record = here.store.record(receipt, here.settings.clock())
    if record is None:
        return make_response(render_template("message.html", text="該当するデータがありません。"))
    screen = SCREENS[record.procedure]
    return render_template(
        "detail.html",
        record=record,
        screen=screen,
        applied=eras.long_form(record.application_date),
        blocks=list(blocks(screen, record.values)),
    )
