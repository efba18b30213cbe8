"""What came with an application, as the hold desk tells it: names, sizes, and what is kept. For the terminal only, never for a log."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from bridge_agent import wiring
from bridge_agent.domain.errors import ConfigError

_NOT_SHOWN = frozenset({"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"})
"""Categories that would move the cursor, turn the direction of the text or cannot be printed at all."""
KEPT = "この端末に保管（基幹システムに送る分）"
NAME_ONLY = "名前だけ（中身は申請管理システムで開いてください）"
UNREADABLE = "添付: 申請の中身を読めません。bridge-agent ledger verify で台帳を確かめてください。"


def attachment_lines(desk: wiring.Desk, item_id: int) -> Iterator[str]:
    """The section 添付; nothing where the source brought none or the content is no longer kept."""
    try:
        application = desk.ledger.content_of(item_id)
    except ConfigError:
        yield UNREADABLE  # the rest of what `show` tells is needed all the more
        return
    if application is None or not application.attachments:
        return
    yield f"添付: {len(application.attachments)} 件（名前は申請者が付けたものです）"
    for one in application.attachments:
        kept = KEPT if desk.papers.has(application.key, one) else NAME_ONLY
        yield f"　{shown_name(one.name)}　{shown_size(one.size)}　{kept}"


def attachment_count(desk: wiring.Desk, item_id: int) -> int:
    """0 also where the content cannot be read: a list of many must not end at one of them."""
    try:
        application = desk.ledger.content_of(item_id)
    except ConfigError:
        return 0
    return len(application.attachments) if application else 0


def shown_name(name: str) -> str:
    """An applicant's file name that a terminal only shows and never obeys."""
    return "".join("□" if unicodedata.category(character) in _NOT_SHOWN else character for character in name)


def shown_size(size: int) -> str:
    """In the units of a file manager."""
    if size < 1024:
        return f"{size} バイト"
    return f"{size / 1024:.1f} KB" if size < 1024**2 else f"{size / 1024**2:.1f} MB"
