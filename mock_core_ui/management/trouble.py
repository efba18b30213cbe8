"""Switchable trouble of the management system, and what tests may ask it; both guarded by the control token."""

from __future__ import annotations

import hmac
import threading

from flask import Blueprint, Response, abort, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from mock_core_ui.management.store import RefusedError, Store

PREFIX = "/_mock"
KINDS = ("zip_damaged", "down", "api_error", "api_busy", "api_expired", "api_cut", "api_total")
"""What can go wrong so many times: a download, any page, and the interface's answers (500, 429, 401, half, wrong total)."""
TOKEN_HEADER = "X-Mock-Token"


class Trouble:
    """Counters of what still has to go wrong. Shared by all threads of the server."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._left = dict.fromkeys(KINDS, 0)

    def set(self, kind: str, times: int) -> None:
        """The next `times` occasions go wrong; 0 ends the trouble."""
        with self._lock:
            self._left[kind] = times

    def strikes(self, kind: str) -> bool:
        """Whether this occasion goes wrong; counts it."""
        with self._lock:
            if self._left[kind] <= 0:
                return False
            self._left[kind] -= 1
            return True

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(self._left)


def trouble_pages(store: Store, trouble: Trouble, control_token: str) -> Blueprint:
    """The control pages, and a check before every other page whether the system is "down"."""
    pages = Blueprint("trouble", __name__, url_prefix=PREFIX)

    @pages.before_app_request
    def down() -> ResponseReturnValue | None:
        if request.path.startswith((f"{PREFIX}/", "/static/")) or not trouble.strikes("down"):
            return None
        return Response(render_template("down.html"), status=503)

    @pages.before_request
    def guard() -> None:
        given = request.headers.get(TOKEN_HEADER, "")
        if not control_token or not hmac.compare_digest(given.encode(), control_token.encode()):
            abort(403)

    @pages.post("/trouble")
    def order_trouble() -> ResponseReturnValue:
        wanted = request.get_json()
        if not isinstance(wanted, dict):
            abort(400)
        try:
            for kind, value in wanted.items():
                _order(store, trouble, str(kind), value)
        except (RefusedError, ValueError) as refused:
            return jsonify(error=str(refused)), 400
        return jsonify(ok=True)

    @pages.get("/states")
    def states() -> ResponseReturnValue:
        return jsonify(
            {
                row.receipt_no: {
                    "state": row.state.value,
                    "state_name": row.state.label,
                    "revision": row.revision,
                    "core_number": row.core_number,
                    "updated_at": row.updated_at,
                }
                for row in store.rows(None, "")
            }
        )

    return pages


def _order(store: Store, trouble: Trouble, kind: str, value: object) -> None:
    if kind in trouble.kinds and isinstance(value, int):
        trouble.set(kind, value)
    elif kind == "withdraw" and isinstance(value, str):
        store.withdraw(value)
    elif kind == "revise" and isinstance(value, str):
        store.revise(value)
    else:
        raise ValueError(f"unknown trouble or wrong value: {kind}")
