"""What an answer says, by the profile's tables: lists, how one stands, contents. Texts stay as they came."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bridge_agent.domain.application import Application, Attachment, Listed, SourceState, Standing
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.rest_profile import RestProfile
from bridge_agent.sources.package import (
    RECEIPT_NO,
    Origin,
    Refused,
    application_of,
    check_declared,
    check_envelope,
    check_stray,
)
from bridge_agent.sources.rest.wire import odd_answer

_MOST_COLUMNS = 2000
_SHA256 = re.compile(r"[0-9a-fA-F]{64}")


@dataclass(frozen=True, slots=True)
class ListedPage:
    total: int
    rows: tuple[Listed, ...]


def read_page(answer: Any, profile: RestProfile) -> ListedPage:
    """Raises StopRunError when the answer is not as the profile says."""
    shape = profile.listing
    total = _at(answer, shape.total)
    if isinstance(total, str) and re.fullmatch(r"[0-9]{1,9}", total):
        total = int(total)
    items = _at(answer, shape.items)
    if isinstance(total, bool) or not isinstance(total, int) or total < 0:
        raise odd_answer(profile, f"一覧の「{shape.total}」")
    if not isinstance(items, list):
        raise odd_answer(profile, f"一覧の「{shape.items}」")
    return ListedPage(total, tuple(_row(item, profile) for item in items))


def _row(item: Any, profile: RestProfile) -> Listed:
    fields = profile.listing.fields
    told = {word: _text(item, name, "一覧", profile) for word, name in fields.items()}
    if not RECEIPT_NO.fullmatch(told["receipt_no"]):
        raise odd_answer(profile, "一覧の受付番号の形")
    # A filter that does not filter would enter what nobody approved.
    if "state" in told and profile.states.get(told["state"]) is not SourceState.APPROVED:
        raise odd_answer(profile, "承認済でない申請が一覧にあります")
    return Listed(told["receipt_no"], told["procedure_code"], told["procedure_name"], told["revision"])


def read_standing(answer: Any, receipt_no: str, profile: RestProfile) -> Standing:
    shape = profile.state_list
    items = _at(answer, shape.items)
    if not isinstance(items, list) or len(items) > 1:
        raise odd_answer(profile, f"処理状況の「{shape.items}」")
    if not items:
        return Standing(SourceState.UNKNOWN, "")
    told = {word: _text(items[0], name, "処理状況", profile) for word, name in shape.fields.items()}
    if told["receipt_no"] != receipt_no:
        raise odd_answer(profile, "処理状況の受付番号")
    state = profile.states.get(told["state"], SourceState.UNKNOWN)
    return Standing(state, told["revision"], told["core_number"])


def read_columns(answer: Any, procedure_code: str, profile: RestProfile) -> dict[str, str]:
    """Column -> text of one application, in the order of its form. Raises Refused."""
    shape = profile.application
    pairs = _at(answer, shape.columns)
    if not isinstance(pairs, list) or len(pairs) > _MOST_COLUMNS:
        raise Refused(Reason.PACKAGE_DAMAGED, f"応答に「{shape.columns}」がないか、多すぎます")
    names = [_pair(pair, shape.name) for pair in pairs]
    check_envelope(names, profile.package, procedure_code)
    columns = dict(zip(names, (_pair(pair, shape.value) for pair in pairs), strict=True))
    check_declared(names, columns[profile.package.envelope.procedure_code], profile.package)
    return columns


def read_application(answer: Any, listed: Listed, profile: RestProfile) -> Application:
    """Raises Refused."""
    columns = read_columns(answer, listed.procedure_code, profile)
    shape = profile.application
    attachments = None
    if shape.attachments:
        told = _at(answer, shape.attachments)
        if not isinstance(told, list):
            raise Refused(Reason.PACKAGE_DAMAGED, f"応答に「{shape.attachments}」がありません")
        attachments = tuple(_attachment(one, shape.attachment) for one in told)
    return application_of(columns, listed, profile.package, Origin(profile.source, profile.scope), attachments)


def _attachment(told: Any, names: Mapping[Any, str]) -> Attachment:
    name, digest, size = (_at(told, names[word]) for word in ("name", "sha256", "size"))
    good = isinstance(name, str) and isinstance(digest, str) and _SHA256.fullmatch(digest)
    if not good or isinstance(size, bool) or not isinstance(size, int) or size < 0:
        raise Refused(Reason.PACKAGE_DAMAGED, "添付ファイルの情報が決まりと違います")
    try:
        name.encode()
    except UnicodeEncodeError:  # half of a character: no ledger can keep it
        raise Refused(Reason.PACKAGE_DAMAGED, "添付ファイルの名前に、あり得ない文字があります") from None
    return Attachment(name, digest.lower(), size)


def _pair(pair: Any, name: str) -> str:
    """Numbers are refused: they would have lost their leading zeros before they came here."""
    text = _at(pair, name)
    if not isinstance(text, str):
        raise Refused(Reason.PACKAGE_DAMAGED, "申請データの項目に、文字列でないものがあります")
    check_stray(text, "utf-8")
    return text


def _text(item: Any, name: str, where: str, profile: RestProfile) -> str:
    text = _at(item, name)
    if not isinstance(text, str):
        raise odd_answer(profile, f"{where}の「{name}」")
    return text.encode(errors="replace").decode()  # half of a character: no ledger can keep it


def _at(content: Any, path: str) -> Any:
    """Fields inside others are divided by dots; None when one is not there."""
    for step in path.split("."):
        content = content.get(step) if isinstance(content, dict) else None
    return content
