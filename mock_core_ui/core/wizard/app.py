"""The application of dialect C: one page for every address of the screens, and the requests that its script makes."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from flask import Flask, Response, redirect, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as WerkzeugResponse

from mock_core_ui.core import eras
from mock_core_ui.core.answers import interruption
from mock_core_ui.core.catalogue import screens_of
from mock_core_ui.core.request_faults import install
from mock_core_ui.core.site import OPERATOR_NAMES, CoreSettings, CoreSite, site
from mock_core_ui.core.store import Store
from mock_core_ui.core.wizard import entry, facilities, lookup, papers
from mock_core_ui.core.wizard.form import described
from mock_core_ui.core.wizard.manner import MANNERS
from mock_core_ui.core.wizard.words import Answer, answer, asked, message, pages, text_in
from mock_core_ui.faults import AnswerEffect, FaultPlan

START = "/app/menu"
_MOST_BYTES = 20 * 1024 * 1024
"""Of one request; bigger papers are refused."""
_KINDS = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}

View = Callable[[], Answer]


def create_app(settings: CoreSettings, store: Store, plan: FaultPlan) -> Flask:
    """The WSGI application over a store; faults on the wire are only asked for, by a response header."""
    app = Flask(__name__, static_folder=None)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # text as text, so that a spoiled encoding shows
    app.config["MAX_CONTENT_LENGTH"] = _MOST_BYTES
    manner = MANNERS[settings.core]
    install(app, CoreSite(settings, store, plan, pages(), cookie=manner.cookie, start=START))
    app.add_url_rule("/", view_func=lambda: redirect(START, 303), endpoint="root")
    app.add_url_rule("/app/<path:view>", view_func=_shell)
    app.add_url_rule("/static/<name>", view_func=_static)
    app.add_url_rule("/api/session", "log_in", _log_in, methods=["POST"])
    app.add_url_rule("/api/password", "new_password", _new_password, methods=["POST"])
    for rule, (view, method) in _VIEWS.items():
        app.add_url_rule(f"/api/{rule}", f"{method} {rule}", _with_session(view), methods=[method])
    app.register_error_handler(HTTPException, _http_error)
    return app


def _shell(view: str) -> str:
    """The same page for every screen: its script reads the address."""
    manner = MANNERS[site().settings.core]
    return render_template("shell.html", system=site().name, core=site().settings.core, manner=manner, view=view)


def _static(name: str) -> Response:
    found = _file(name)
    if found is None:
        return Response("", 404)
    return Response(found, content_type=_KINDS[Path(name).suffix])


@cache
def _file(name: str) -> bytes | None:
    path = Path(__file__).parent / "static" / name
    return path.read_bytes() if path.suffix in _KINDS and path.parent.name == "static" and path.is_file() else None


def _http_error(error: HTTPException) -> Answer | WerkzeugResponse:
    if error.code == 413:
        return message("ファイルが大きすぎます。", 413)
    return message("この操作はできません。", error.code or 500)


def _log_in() -> Answer:
    here = site()
    given = asked()
    entered = here.log_in(text_in(given, "user"), str(given.get("password", "")))
    if entered is None:
        return message("利用者IDまたはパスワードが正しくありません。", 403)
    key, firings = entered
    if any(firing.fault.effect is AnswerEffect.PASSWORD_EXPIRED for firing in firings):
        session = here.sessions.find(key)
        if session is not None:
            session.must_change = True
        made = answer({"message": "パスワードの有効期限が切れています。変更してください。", "expired": True}, 401)
        here.keep_session(made, key)
        return made
    refused = interruption(here, firings)
    if refused is not None:
        return refused
    made = answer({"start": START})
    here.keep_session(made, key)
    return made


def _new_password() -> Answer:
    given = asked()
    same = given.get("new") == given.get("again")
    here = site()
    if same and here.sessions.change_password(here.session_key, text_in(given, "old"), text_in(given, "new")):
        return answer({"start": START})
    return answer({"message": "パスワードを変更できません。入力内容を確認してください。", "expired": True}, 401)


def _session() -> Answer:
    here = site()
    session = here.session()
    user = session.user if session else ""
    return answer(
        {
            "operator": user,
            "operator_name": OPERATOR_NAMES.get(user, user),
            "today": eras.long_form(here.today().date()),
        }
    )


def _log_out() -> Answer:
    site().log_out()
    return answer({})


def _menu() -> Answer:
    here = site()
    here.page("menu")
    screens = screens_of(here.settings.core)
    return answer({"screens": [[one.procedure, one.number, one.title, one.category] for one in screens]})


def _form() -> Answer:
    here = site()
    screen = entry.screen_of(request.args.get("procedure", ""))
    session = here.session()
    if screen is None or session is None:
        return message("指定された画面はありません。", 404)
    firings = here.page("entry", screen.procedure)
    return answer(described(screen, firings, session))


def _with_session(view: View) -> View:
    """The view for somebody who has a session; everybody else gets 401."""

    def guarded() -> Answer:
        here = site()
        return here.login_page() if here.session() is None else view()

    return guarded


_VIEWS: dict[str, tuple[View, str]] = {
    "session": (_session, "GET"),
    "logout": (_log_out, "POST"),
    "menu": (_menu, "GET"),
    "form": (_form, "GET"),
    "resident": (entry.resident, "GET"),
    "defaults": (entry.defaults, "GET"),
    "facilities": (facilities.found, "GET"),
    "papers": (papers.take, "POST"),
    "check": (entry.check, "POST"),
    "register": (entry.register, "POST"),
    "records": (lookup.listing, "GET"),
    "record": (lookup.detail, "GET"),
}
