"""The page of one application: its state and answers, 連携済にする, 差戻し, and its attachments."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from mock_core_ui.management import papers
from mock_core_ui.management.choices import meaning
from mock_core_ui.management.login import operator
from mock_core_ui.management.records import Record
from mock_core_ui.management.states import State
from mock_core_ui.management.store import RefusedError, Store
from mock_core_ui.management.vendor_columns import TABLES

CORE_NUMBER_LENGTH = 30


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as shown: the vendor's column name, the text, and the words for a code."""

    item: str
    label: str
    text: str
    meaning: str


@dataclass(frozen=True, slots=True)
class AnswerGroup:
    """A repeat group as a table."""

    label: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Answer, ...], ...]


def application_pages(store: Store) -> Blueprint:
    """Everything under one 受付番号."""
    pages = Blueprint("application", __name__, url_prefix="/applications/<receipt_no>")

    @pages.get("")
    def show(receipt_no: str) -> ResponseReturnValue:
        record = _known(store, receipt_no)
        return render_template(
            "application.html",
            record=record,
            row=record.row,
            answers=tuple(_answers(record)),
            groups=tuple(_groups(record)),
            changes=store.changes(receipt_no),
            signature=meaning(record.row.procedure_code, "signature_result", record.signature_result),
            open_for_change=record.row.state is State.APPROVED,
        )

    @pages.post("/link")
    def link(receipt_no: str) -> ResponseReturnValue:
        core_number = request.form.get("core_number", "").strip()
        if not core_number or len(core_number) > CORE_NUMBER_LENGTH:
            flash(f"基幹側受付番号を{CORE_NUMBER_LENGTH}文字以内で入力してください。", "error")
        else:
            _attempt(lambda: store.link(receipt_no, core_number, operator()), "連携済にしました。")
        return redirect(url_for("application.show", receipt_no=receipt_no))

    @pages.post("/return")
    def send_back(receipt_no: str) -> ResponseReturnValue:
        reason = request.form.get("reason", "").strip()
        if not reason:
            flash("差戻しの理由を入力してください。", "error")
        else:
            _attempt(lambda: store.send_back(receipt_no, reason, operator()), "差戻しました。")
        return redirect(url_for("application.show", receipt_no=receipt_no))

    @pages.get("/attachments/<int:position>")
    def attachment(receipt_no: str, position: int) -> ResponseReturnValue:
        record = _known(store, receipt_no)
        if not 1 <= position <= len(record.attachments):
            abort(404)
        name = record.attachments[position - 1]
        content = papers.attachment(receipt_no, position, name)
        return send_file(io.BytesIO(content), as_attachment=True, download_name=name)

    return pages


def _known(store: Store, receipt_no: str) -> Record:
    record = store.record(receipt_no)
    if record is None:
        abort(404)
    return record


def _attempt(change: Callable[[], None], success: str) -> None:
    """Carry out the change; its success or refusal is shown on the next page."""
    try:
        change()
    except RefusedError as refused:
        flash(str(refused), "error")
    else:
        flash(success, "done")


def _answers(record: Record) -> Iterator[Answer]:
    code = record.row.procedure_code
    labels = TABLES[code].columns
    for item, value in record.values.items():
        if isinstance(value, str):
            yield Answer(item, labels.get(item, "備考"), value, meaning(code, item, value))


def _groups(record: Record) -> Iterator[AnswerGroup]:
    code = record.row.procedure_code
    for key, group in TABLES[code].groups.items():
        given = record.values.get(key, [])
        rows = given if isinstance(given, list) else []
        yield AnswerGroup(
            group.prefix,
            tuple(group.columns.values()),
            tuple(
                tuple(
                    Answer(f"{key}-{number}-{item}", label, row.get(item, ""), meaning(code, item, row.get(item, "")))
                    for item, label in group.columns.items()
                )
                for number, row in enumerate(rows, start=1)
            ),
        )
