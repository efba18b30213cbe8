"""The look-up of dialect C: by 宛名番号, oldest first, and all of one record."""

from __future__ import annotations

from flask import request

from mock_core_ui.core import eras
from mock_core_ui.core.answers import lookup_interruption
from mock_core_ui.core.catalogue import SCREENS
from mock_core_ui.core.display import blocks
from mock_core_ui.core.lookup_faults import search
from mock_core_ui.core.site import site
from mock_core_ui.core.store import Record, Search
from mock_core_ui.core.wizard.words import Answer, answer, message

PAGE_SIZE = 15


def listing() -> Answer:
    """One page of what matches."""
    here = site()
    interrupted = lookup_interruption(here, "list")
    if interrupted is not None:
        return interrupted
    here.page("list")
    wanted = Search(atena_no=request.args.get("atena", "").strip(), procedure=request.args.get("procedure", "").strip())
    page = max(1, request.args.get("page", 1, type=int))
    hits = search(here, wanted, page, PAGE_SIZE)
    return answer(
        {
            "total": hits.total,
            "page": hits.page,
            "pages": hits.pages,
            "rows": [_row(record) for record in hits.records],
        }
    )


def detail() -> Answer:
    """Everything on a record; blocks without a filled row are left out."""
    here = site()
    interrupted = lookup_interruption(here, "detail")
    if interrupted is not None:
        return interrupted
    here.page("detail")
    record = here.store.record(request.args.get("receipt", ""), here.settings.clock())
    if record is None:
        return message("該当するデータがありません。", 404)
    groups = [
        [block.title, [[line.label, line.text] for line in block.lines]]
        for block in blocks(SCREENS[record.procedure], record.values)
    ]
    return answer({"row": _row(record), "groups": groups})


def _row(record: Record) -> list[str]:
    """管理番号, 宛名番号, 氏名, 手続, 申請日, 登録日時, 登録者, 備考."""
    return [
        record.core_receipt_no,
        record.atena_no,
        record.name,
        SCREENS[record.procedure].title,
        eras.long_form(record.application_date),
        f"{record.registered_at:%Y/%m/%d %H:%M:%S}",
        record.operator,
        record.reference,
    ]
