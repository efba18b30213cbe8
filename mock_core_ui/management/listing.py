"""The list of applications: filter, pages, download of the selection as ZIP, and the list of states as CSV."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from mock_core_ui.management import package
from mock_core_ui.management.export import STATE_HEADER, state_line
from mock_core_ui.management.states import State
from mock_core_ui.management.store import Store
from mock_core_ui.management.trouble import Trouble

PAGE_SIZES = (25, 50, 100)
ALL_STATES = "all"
_DAMAGED_SHARE = 0.6
"""Share of the bytes that a damaged download still has."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What the operator asked the list for."""

    state: State | None
    procedure: str
    page: int
    size: int

    def arguments(self, page: int) -> dict[str, Any]:
        """The same filter as an address, at this page."""
        state = self.state.value if self.state else ALL_STATES
        return {"state": state, "procedure": self.procedure, "size": self.size, "page": page}


def read_filter(arguments: MultiDict[str, str]) -> Filter:
    """The filter of an address or form; whatever is missing or makes no sense gets the default."""
    code = arguments.get("state", State.APPROVED.value)
    known = {state.value: state for state in State}
    state = None if code == ALL_STATES else known.get(code, State.APPROVED)
    size = arguments.get("size", PAGE_SIZES[0], type=int)
    return Filter(
        state,
        arguments.get("procedure", ""),
        max(1, arguments.get("page", 1, type=int)),
        size if size in PAGE_SIZES else PAGE_SIZES[0],
    )


def listing_pages(store: Store, trouble: Trouble, clock: Callable[[], datetime]) -> Blueprint:
    """Everything under 申請一覧."""
    pages = Blueprint("applications", __name__)

    @pages.get("/")
    def start() -> ResponseReturnValue:
        return redirect(url_for("applications.listing"))

    @pages.get("/applications")
    def listing() -> ResponseReturnValue:
        wanted = read_filter(request.args)
        total = store.count(wanted.state, wanted.procedure)
        last_page = max(1, -(-total // wanted.size))
        page = min(wanted.page, last_page)
        return render_template(
            "list.html",
            rows=store.rows(wanted.state, wanted.procedure, limit=wanted.size, offset=(page - 1) * wanted.size),
            total=total,
            page=page,
            last_page=last_page,
            wanted=wanted,
            states=tuple(State),
            procedures=store.procedures(),
            page_sizes=PAGE_SIZES,
        )

    @pages.post("/applications/download")
    def download() -> ResponseReturnValue:
        records = store.records(request.form.getlist("receipt_no"))
        if not records:
            flash("ダウンロードする申請を選択してください。", "error")
            wanted = read_filter(request.form)
            return redirect(url_for("applications.listing", **wanted.arguments(wanted.page)))
        now = clock()
        content = package.build(records, now)
        if trouble.strikes("zip_damaged"):
            content = content[: int(len(content) * _DAMAGED_SHARE)]
        else:
            store.downloaded([record.row.receipt_no for record in records])
        name = f"申請データ_{now:%Y%m%d%H%M%S}.zip"
        return send_file(io.BytesIO(content), mimetype="application/zip", as_attachment=True, download_name=name)

    @pages.get("/applications/export")
    def export() -> ResponseReturnValue:
        wanted = read_filter(request.args)
        lines = [STATE_HEADER, *(state_line(row) for row in store.rows(wanted.state, wanted.procedure))]
        name = f"state_list_{clock():%Y%m%d%H%M%S}.csv"
        return Response(
            package.to_cp932(package.csv_text(lines)),
            content_type="text/csv; charset=Shift_JIS",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    return pages
