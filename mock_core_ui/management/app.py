"""The mock 申請管理システム as one Flask application over its own database."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, timezone
from pathlib import Path

from flask import Flask, Response, render_template
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from mock_core_ui.management.listing import listing_pages
from mock_core_ui.management.login import Accounts, csrf_token, login_pages, operator
from mock_core_ui.management.one_application import application_pages
from mock_core_ui.management.rest import rest_pages
from mock_core_ui.management.store import Store
from mock_core_ui.management.trouble import Trouble, trouble_pages
from mock_core_ui.management.vendor_columns import ENVELOPE, TABLES, all_columns
from mock_core_ui.people.model import World
from mock_core_ui.people.procedures import PROCEDURES

PRODUCT = "申請管理システム みなも"
JST = timezone(timedelta(hours=9), "JST")


def japan_time() -> datetime:
    """Now, in Japan, to the second."""
    return datetime.now(JST).replace(microsecond=0)


def create_app(
    database: Path,
    world: World | None,
    control_token: str,
    users: Mapping[str, str],
    *,
    idle_minutes: float = 30,
    clock: Callable[[], datetime] = japan_time,
) -> Flask:
    """The application over `database`, filled from `world` when it is new.

    `users`: 利用者ID -> password. `control_token` opens the test controls; an empty one closes them. Log-ins end with
    the process: the key that signs them is made here.
    """
    store = Store(database, clock)
    if world is not None:
        store.fill(world)
    trouble = Trouble()
    app = Flask(__name__)
    app.secret_key = secrets.token_bytes(32)
    app.config.update(SESSION_COOKIE_NAME="minamo_session", SESSION_COOKIE_SAMESITE="Lax")
    app.register_blueprint(trouble_pages(store, trouble, control_token))
    accounts = Accounts(users)
    app.register_blueprint(login_pages(accounts, clock, idle_minutes))
    app.register_blueprint(rest_pages(store, trouble, accounts, clock, idle_minutes))
    app.register_blueprint(listing_pages(store, trouble, clock))
    app.register_blueprint(application_pages(store))
    _add_frame(app, clock)
    return app


def _add_frame(app: Flask, clock: Callable[[], datetime]) -> None:
    """What surrounds every page: heading, help, error pages, headers."""
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters["shown_time"] = shown_time

    @app.context_processor
    def heading() -> dict[str, object]:
        return {"product": PRODUCT, "operator": operator(), "today": clock(), "csrf_token": csrf_token}

    @app.get("/help/columns")
    def columns() -> ResponseReturnValue:
        names = {procedure.code: procedure.name for procedure in PROCEDURES.values()}
        tables = [(code, names.get(code, ""), all_columns(table)) for code, table in TABLES.items()]
        return render_template("columns.html", envelope=ENVELOPE, tables=tables)

    @app.errorhandler(HTTPException)
    def failed(error: HTTPException) -> ResponseReturnValue:
        texts = {403: "この操作は許可されていません。", 404: "指定されたページまたは申請は見つかりません。"}
        given = error.description if error.code == 400 and error.description else ""
        message = texts.get(error.code or 500, given or "処理できませんでした。")
        return render_template("error.html", message=message), error.code or 500

    @app.after_request
    def never_stored(response: Response) -> Response:
        if response.mimetype == "text/html":
            response.headers["Cache-Control"] = "no-store"
        return response


def shown_time(iso: str) -> str:
    """A stored time as the screens show it."""
    return f"{datetime.fromisoformat(iso):%Y/%m/%d %H:%M:%S}"
