"""The look-up of dialect D: by 整理番号 or 宛名番号, newest first, and all of one record."""

from __future__ import annotations

from mock_core_ui.core import eras
from mock_core_ui.core.answers import lookup_interruption
from mock_core_ui.core.catalogue import SCREENS
from mock_core_ui.core.display import blocks
from mock_core_ui.core.hibari.words import Answer, answer, asked, message, page_in, text_in
from mock_core_ui.core.lookup_faults import search
from mock_core_ui.core.site import site
from mock_core_ui.core.store import Record, Search

PAGE_SIZE = 20


def listing() -> Answer:
    """One page of what matches."""
    here = site()
    interrupted = lookup_interruption(here, "list")
    if interrupted is not None:
        return interrupted
    here.page("list")
    given = asked()
    wanted = Search(reference=text_in(given, "reference"), atena_no=text_in(given, "atena_no"))
    hits = search(here, wanted, page_in(given), PAGE_SIZE)
    rows = [_row(record) for record in hits.records]
    return answer({"count": hits.total, "page": hits.page, "pages": hits.pages, "rows": rows})


def detail() -> Answer:
    """Everything on a record; blocks without a filled row are left out."""
    here = site()
    interrupted = lookup_interruption(here, "detail")
    if interrupted is not None:
        return interrupted
    here.page("detail")
    receipt = text_in(asked(), "receipt")
    record = here.store.record(receipt, here.settings.clock())
    if record is None:
        return message(f"該当するデータがありません。（受付番号：{receipt}）", 404)
    groups = [
        [block.title, [[line.label, line.text] for line in block.lines]]
        for block in blocks(SCREENS[record.procedure], record.values)
    ]
    return answer({**dict(zip(KEYS, _row(record), strict=True)), "groups": groups})


KEYS = ("receipt", "reference", "atena_no", "name", "procedure", "application_date", "registered_at", "operator")
"""What the texts of a line are."""


def _row(record: Record) -> list[str]:
    return [
        record.core_receipt_no,
        record.reference,
        record.atena_no,
        record.name,
        SCREENS[record.procedure].title.removesuffix("入力"),
        eras.short_form(record.application_date),
        f"{record.registered_at:%Y/%m/%d %H:%M:%S}",
        record.operator,
    ]
