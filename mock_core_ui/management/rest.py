"""The interface of a management system, in the steps of the national one: log in, list, one application, states, update.

Every vendor calls its fields and states by its own names; what is asked and answered is the same.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, Response, g, request
from flask.typing import ResponseReturnValue

from mock_core_ui.management import package, papers
from mock_core_ui.management.login import Accounts
from mock_core_ui.management.records import Record, Row
from mock_core_ui.management.states import State
from mock_core_ui.management.store import RefusedError, Store
from mock_core_ui.management.trouble import Trouble

_CUT_SHARE = 0.6
_MOST_PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class Vendor:
    """How one vendor says it."""

    prefix: str
    """Where the interface begins: '/api/v1'."""
    word: Mapping[str, str]
    """Our word -> name of the JSON field or query argument."""
    state: Mapping[State, str]
    columns: Callable[[Record], dict[str, str]]
    """All of an application's fields in the order of the form."""


MINAMO = Vendor(
    "/api/v1",
    {
        "user": "userId",
        "password": "password",
        "token": "token",
        "list": "applications",
        "one": "applications",
        "states": "processing-states",
        "total": "totalCount",
        "items": "applications",
        "page": "page",
        "size": "size",
        "state": "status",
        "receipt_no": "receiptNo",
        "procedure_code": "procedureCode",
        "procedure_name": "procedureName",
        "revision": "revision",
        "core_number": "coreNumber",
        "columns": "items",
        "name": "name",
        "value": "value",
        "attachments": "attachments",
        "file": "fileName",
        "sha256": "sha256",
        "bytes": "size",
        "error": "message",
    },
    {state: state.label for state in State},
    package.columns,
)


class Tokens:
    """Who is logged in to the interface. Thread-safe."""

    def __init__(self, clock: Callable[[], datetime], idle_minutes: float) -> None:
        self._clock = clock
        self._lasts = timedelta(minutes=idle_minutes)
        self._known: dict[str, tuple[str, datetime]] = {}
        self._lock = threading.Lock()

    def issue(self, user: str) -> str:
        token = secrets.token_urlsafe(24)
        with self._lock:
            self._known[token] = (user, self._clock() + self._lasts)
        return token

    def user_of(self, token: str) -> str:
        """'' when the token is unknown or has expired."""
        with self._lock:
            user, until = self._known.get(token, ("", self._clock()))
            return user if self._clock() < until else ""


def rest_pages(
    store: Store,
    trouble: Trouble,
    accounts: Accounts,
    clock: Callable[[], datetime],
    idle_minutes: float,
    vendor: Vendor = MINAMO,
) -> Blueprint:
    pages = Blueprint("rest", __name__, url_prefix=vendor.prefix)
    tokens = Tokens(clock, idle_minutes)
    word = vendor.word

    @pages.before_request
    def check() -> ResponseReturnValue | None:
        if trouble.strikes("api_error"):
            return _said(vendor, "内部エラー", 500)
        if trouble.strikes("api_busy"):
            busy = _said(vendor, "混み合っています", 429)
            busy.headers["Retry-After"] = "1"
            return busy
        if request.path == f"{vendor.prefix}/login":
            return None
        g.user = tokens.user_of(request.headers.get("Authorization", "").removeprefix("Bearer "))
        if not g.user or trouble.strikes("api_expired"):
            return _said(vendor, "認証トークンが無効です", 401)
        return None

    @pages.after_request
    def cut(answer: Response) -> Response:
        if answer.status_code == 200 and trouble.strikes("api_cut"):
            answer.set_data(answer.get_data()[: int(len(answer.get_data()) * _CUT_SHARE)])
        return answer

    @pages.post("/login")
    def log_in() -> ResponseReturnValue:
        given = _given()
        user = given.get(word["user"], "")
        refusal = accounts.refusal(user, given.get(word["password"], ""))
        return _said(vendor, refusal, 401) if refusal else _json({word["token"]: tokens.issue(user)})

    @pages.get(f"/{word['list']}")
    def listing() -> ResponseReturnValue:
        named = {name: state for state, name in vendor.state.items()}
        state = named.get(request.args.get(word["state"], ""))
        size = min(max(1, request.args.get(word["size"], 25, type=int)), _MOST_PER_PAGE)
        page = max(1, request.args.get(word["page"], 1, type=int))
        rows = store.rows(state, "", limit=size, offset=(page - 1) * size)
        total = store.count(state, "") + (1 if trouble.strikes("api_total") else 0)
        return _json({word["total"]: total, word["items"]: [_line(row, vendor) for row in rows]})

    @pages.get(f"/{word['one']}/<receipt_no>")
    def one(receipt_no: str) -> ResponseReturnValue:
        record = store.record(receipt_no)
        if record is None:
            return _said(vendor, "該当する申請がありません", 404)
        store.downloaded([receipt_no])
        answer = _json(_line(record.row, vendor) | _content(record, vendor))
        if record.broken == "encoding":
            answer.set_data(answer.get_data().decode("utf-8").encode("cp932", errors="ignore"))
        return answer

    @pages.get(f"/{word['states']}")
    def states() -> ResponseReturnValue:
        record = store.record(request.args.get(word["receipt_no"], ""))
        return _json({word["items"]: [_line(record.row, vendor)] if record else []})

    @pages.post(f"/{word['states']}")
    def update() -> ResponseReturnValue:
        given = _given()
        if given.get(word["state"]) != vendor.state[State.LINKED]:
            return _said(vendor, "この状態には変更できません", 400)
        try:
            store.link(given.get(word["receipt_no"], ""), given.get(word["core_number"], ""), g.user)
        except RefusedError as refused:
            return _said(vendor, str(refused), 409)
        return _json({})

    return pages


def _given() -> dict[str, str]:
    """Text fields of the JSON that was sent; anything else counts as left out."""
    sent = request.get_json(silent=True)
    return {k: v for k, v in sent.items() if isinstance(v, str)} if isinstance(sent, dict) else {}


def _line(row: Row, vendor: Vendor) -> dict[str, Any]:
    word = vendor.word
    return {
        word["receipt_no"]: row.receipt_no,
        word["procedure_code"]: row.procedure_code,
        word["procedure_name"]: row.procedure_name,
        word["state"]: vendor.state[row.state],
        word["revision"]: str(row.revision),
        word["core_number"]: row.core_number,
    }


def _content(record: Record, vendor: Vendor) -> dict[str, Any]:
    word = vendor.word
    filled = vendor.columns(record)
    if record.broken == "column_missing":
        filled.popitem()
    if record.broken == "column_added":
        filled["備考欄"] = ""
    attached = []
    for position, name in enumerate(record.attachments, 1):
        raw = papers.attachment(record.row.receipt_no, position, name)
        digest = hashlib.sha256(raw).hexdigest()
        attached.append({word["file"]: name, word["sha256"]: digest, word["bytes"]: len(raw)})
    return {
        word["columns"]: [{word["name"]: name, word["value"]: text} for name, text in filled.items()],
        word["attachments"]: attached,
    }


def _json(content: Mapping[str, Any], status: int = 200) -> Response:
    return Response(json.dumps(content, ensure_ascii=False), status=status, content_type="application/json")


def _said(vendor: Vendor, message: str, status: int) -> Response:
    return _json({vendor.word["error"]: message}, status)
