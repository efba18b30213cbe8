"""How the vehicle system calls its fields, states and columns."""

from __future__ import annotations

from mock_core_ui.management.records import Record
from mock_core_ui.management.rest import Vendor
from mock_core_ui.management.states import State

PROCEDURES = {
    "OS10": "自動車保管場所証明の申請",
    "OS21": "自動車税（種別割）の申告",
}
"""Own procedure codes; nothing here is shared with the municipality's."""

_COMMON = ("到達番号", "手続種別", "手続種別名", "到達日時", "電子署名検証", "補正回数")


def columns(record: Record) -> dict[str, str]:
    """All columns of an application in the order of the form."""
    row = record.row
    common = (
        row.receipt_no,
        row.procedure_code,
        row.procedure_name,
        row.received_at,
        record.signature_result,
        str(row.revision),
    )
    own = {name: text for name, text in record.values.items() if isinstance(text, str)}
    return dict(zip(_COMMON, common, strict=True)) | own


OSS = Vendor(
    "/oss/v2",
    {
        "user": "loginId",
        "password": "loginPassword",
        "token": "accessToken",
        "list": "shinsei",
        "one": "shinsei",
        "states": "shori-jokyo",
        "total": "kensu",
        "items": "ichiran",
        "page": "pageNo",
        "size": "pageSize",
        "state": "jokyo",
        "receipt_no": "tochakuBango",
        "procedure_code": "tetsuzukiShubetsu",
        "procedure_name": "tetsuzukiMei",
        "revision": "hoseiKaisu",
        "core_number": "chohyoBango",
        "columns": "komoku",
        "name": "mei",
        "value": "atai",
        "attachments": "tempu",
        "file": "fileMei",
        "sha256": "hash",
        "bytes": "saizu",
        "error": "errorMessage",
    },
    {
        State.RECEIVED: "到達",
        State.IN_REVIEW: "審査中",
        State.SENT_BACK: "補正待ち",
        State.APPROVED: "審査終了",
        State.LINKED: "台帳登録済",
        State.FINISHED: "手続終了",
        State.REJECTED: "却下",
        State.WITHDRAWN: "取下げ済",
    },
    columns,
)
