"""How the vehicle system calls its fields, states and columns."""

from __future__ import annotations

from mock_core_ui.management.records import Record
from mock_core_ui.management.rest import Vendor
from mock_core_ui.management.states import State
from mock_core_ui.management.vendor_columns import TABLES
from mock_core_ui.oss.share import CODES

_FORMS = {own: TABLES[code] for code, own in CODES.items()}
_COMMON = ("到達番号", "手続種別", "手続種別名", "様式版", "到達日時", "県税宛名番号", "電子署名検証", "補正回数")


def columns(record: Record) -> dict[str, str]:
    """All columns of an application in the order of the form."""
    row, table = record.row, _FORMS[record.row.procedure_code]
    common = (
        row.receipt_no,
        row.procedure_code,
        row.procedure_name,
        record.form_version,
        row.received_at,
        record.atena_no,
        record.signature_result,
        str(row.revision),
    )
    given = {item: text for item, text in record.values.items() if isinstance(text, str)}
    own = {column: given.get(item, "") for item, column in table.columns.items()}
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
