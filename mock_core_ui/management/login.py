"""Log-in, idle limit and form tokens of the management system."""

from __future__ import annotations

import hmac
import secrets
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

LOCKED_AFTER = 5
"""Wrong passwords in a row that lock an account until the system is started again."""
CSRF_FIELD = "_csrf"

_OPEN_PATHS = ("/login", "/static/", "/_mock/", "/api/")
_WRONG = "利用者IDまたはパスワードが違います。"
_LOCKED = "この利用者IDはロックされています。システム管理者に連絡してください。"
_EXPIRED = "一定時間操作がなかったため、ログアウトしました。もう一度ログインしてください。"


class Accounts:
    """Users with their passwords and the count of wrong tries. Thread-safe."""

    def __init__(self, users: Mapping[str, str]) -> None:
        self._users = dict(users)
        self._wrong: Counter[str] = Counter()
        self._lock = threading.Lock()

    def refusal(self, user: str, password: str) -> str:
        """Why this log-in is refused, or '' when it is right."""
        with self._lock:
            if self._wrong[user] >= LOCKED_AFTER:
                return _LOCKED
            known = self._users.get(user)
            if known is not None and hmac.compare_digest(known.encode(), password.encode()):
                del self._wrong[user]
                return ""
            self._wrong[user] += 1
            return _WRONG


def operator() -> str:
    """The user who is logged in, '' when nobody is."""
    return str(session.get("user", ""))


def csrf_token() -> str:
    """The session's form token; made on first use."""
    if "csrf" not in session:
        session["csrf"] = secrets.token_urlsafe(24)
    return str(session["csrf"])


def login_pages(accounts: Accounts, clock: Callable[[], datetime], idle_minutes: float) -> Blueprint:
    """The log-in page, log-out, and the checks before every page."""
    pages = Blueprint("login", __name__)

    @pages.before_app_request
    def check() -> ResponseReturnValue | None:
        if request.path.startswith(_OPEN_PATHS):
            return None
        if not operator():
            return redirect(url_for("login.form"))
        now = clock().timestamp()
        if now - float(session.get("seen", 0)) > idle_minutes * 60:
            session.clear()
            return redirect(url_for("login.form", expired=1))
        session["seen"] = now
        if request.method == "POST" and not hmac.compare_digest(request.form.get(CSRF_FIELD, ""), csrf_token()):
            abort(400, "画面の有効期限が切れました。一覧からやり直してください。")
        return None

    @pages.get("/login")
    def form() -> ResponseReturnValue:
        if operator() and not request.args.get("expired"):
            return redirect(url_for("applications.listing"))
        return render_template("login.html", message=_EXPIRED if request.args.get("expired") else "", user="")

    @pages.post("/login")
    def enter() -> ResponseReturnValue:
        user = request.form.get("user_id", "").strip()
        refusal = accounts.refusal(user, request.form.get("password", ""))
        if refusal:
            return render_template("login.html", message=refusal, user=user)
        session.clear()
        session["user"] = user
        session["seen"] = clock().timestamp()
        return redirect(url_for("applications.listing"))

    @pages.post("/logout")
    def leave() -> ResponseReturnValue:
        session.clear()
        return redirect(url_for("login.form"))

    return pages
