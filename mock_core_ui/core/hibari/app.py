"""The application of dialect D: one address for each thing that the client's windows ask for, by POST."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, Response
from werkzeug.exceptions import HTTPException

from mock_core_ui.core import eras
from mock_core_ui.core.answers import interruption
from mock_core_ui.core.hibari import entry, lookup, windows
from mock_core_ui.core.hibari.words import Answer, answer, asked, message, pages, text_in
from mock_core_ui.core.offices import find_offices
from mock_core_ui.core.request_faults import install
from mock_core_ui.core.site import OPERATOR_NAMES, CoreSettings, CoreSite, site
from mock_core_ui.core.store import Store
from mock_core_ui.faults import AnswerEffect, FaultPlan

PREFIX = "/hibari/api"

View = Callable[[], Answer]


def create_app(settings: CoreSettings, store: Store, plan: FaultPlan) -> Flask:
    """The WSGI application over a store; faults on the wire are only asked for, by a response header."""
    app = Flask(__name__, static_folder=None)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # text as text, so that a spoiled encoding shows
    install(app, CoreSite(settings, store, plan, pages(), cookie="", start="/"))
    app.add_url_rule("/", view_func=_root)
    for name, view in _VIEWS.items():
        app.add_url_rule(f"{PREFIX}/{name}", name, view, methods=["POST"])
    app.register_error_handler(HTTPException, _http_error)
    return app


def _root() -> Response:
    return Response(f"{site().name}（模擬）: 端末プログラムから接続します。\n", mimetype="text/plain")


def _http_error(error: HTTPException) -> Answer:
    return message("この操作はできません。", error.code or 500)


def _log_in() -> Answer:
    here = site()
    given = asked()
    user = text_in(given, "user")
    entered = here.log_in(user, str(given.get("password", "")))
    if entered is None:
        return message("利用者IDまたはパスワードが違います。", 401)
    key, firings = entered
    refused: Answer | None
    if any(firing.fault.effect is AnswerEffect.PASSWORD_EXPIRED for firing in firings):
        refused = message("パスワードの有効期限が切れています。", 401)
    else:
        refused = interruption(here, firings)
    if refused is not None:
        here.sessions.end(key)
        return refused
    return answer(
        {
            "session": key,
            "operator": user,
            "operator_name": OPERATOR_NAMES.get(user, user),
            "today": eras.short_form(here.today().date()),
        }
    )


def _log_out() -> Answer:
    site().log_out()
    return answer({})


def _offices() -> Answer:
    site().page("picker")
    given = asked()
    found = find_offices(text_in(given, "number"), text_in(given, "name"))
    return answer({"offices": [[office.number, office.name, office.address] for office in found]})


def _with_session(view: View) -> View:
    """The view for somebody who has a session; everybody else gets 401."""

    def guarded() -> Answer:
        here = site()
        return here.login_page() if here.session() is None else view()

    return guarded


_VIEWS: dict[str, View] = {
    "login": _log_in,
    "logout": _log_out,
    "resident": _with_session(entry.resident),
    "offices": _with_session(_offices),
    "window": windows.effects,
    "check": _with_session(entry.check),
    "register": _with_session(entry.register),
    "list": _with_session(lookup.listing),
    "detail": _with_session(lookup.detail),
}
