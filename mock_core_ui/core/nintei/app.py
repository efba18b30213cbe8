"""The application of dialect B: every screen comes from one address, told apart by the posted ACTION and JIMU."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, Response, redirect, render_template, request
from werkzeug.wrappers import Response as WerkzeugResponse

from mock_core_ui.core import eras
from mock_core_ui.core.answers import log_in
from mock_core_ui.core.nintei import affairs, entry, lookup
from mock_core_ui.core.offices import find_offices
from mock_core_ui.core.request_faults import install
from mock_core_ui.core.site import OPERATOR_NAMES, CoreSettings, CoreSite, Pages, site
from mock_core_ui.core.store import Store
from mock_core_ui.faults import FaultPlan

ADDRESS = "/nintei/main.do"

Answer = str | Response | WerkzeugResponse


def create_app(settings: CoreSettings, store: Store, plan: FaultPlan) -> Flask:
    """The WSGI application over a store; faults on the wire are only asked for, by a response header."""
    app = Flask(__name__, static_folder=None)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    pages = Pages(
        login=lambda message: render_template("login.html", message=message),
        error=lambda status: render_template("error.html", status=status),
        message=lambda text: render_template("message.html", text=text),
        failure=lambda text: render_template("failure.html", text=text),
        password=lambda message: render_template("password.html", message=message),
        entry=lambda draft, errors: entry.page_of(draft, errors),
    )
    start = f"{ADDRESS}?ACTION=frame"
    install(app, CoreSite(settings, store, plan, pages, cookie="NINTEISESSID", start=start))
    app.context_processor(_context)
    app.add_url_rule("/", view_func=lambda: redirect(ADDRESS, 303), endpoint="root")
    app.add_url_rule(ADDRESS, view_func=_main, methods=["GET", "POST"])
    return app


def _context() -> dict[str, object]:
    here = site()
    session = here.session()
    user = session.user if session else ""
    now = here.today()
    return {
        "system": here.name,
        "user": user,
        "user_name": OPERATOR_NAMES.get(user, user),
        "today": eras.short_form(now.date()),
        "screen": affairs.shown(),
        "menu": affairs.menu(),
    }


def _main() -> Answer:
    here = site()
    action = request.values.get("ACTION", "")
    if action == "login" and request.method == "POST":
        return log_in(here, "職員番号又はパスワードに誤りがあります。")
    session = here.session()
    if session is None:
        return here.login_page()
    if action == "register" and request.method != "POST":
        return render_template("message.html", text="この操作はできません。")
    view = _VIEWS.get(action)
    if view is None:
        return _frame()
    if affairs.named() is None:
        return render_template("message.html", text="この操作はできません。")
    return view()


def _frame() -> Answer:
    return render_template("frame.html")


def _plain(template: str) -> Callable[[], Answer]:
    def view() -> Answer:
        site().page(template.removesuffix(".html"))
        return render_template(template)

    return view


def _log_out() -> Answer:
    here = site()
    here.log_out()
    return here.login_page("終了しました。")


def _offices() -> Answer:
    site().page("picker")
    number = request.values.get("TXT_9001", "").strip()
    name = request.values.get("TXT_9002", "").strip()
    offices = find_offices(number, name)
    searched = bool(number or name)
    target = request.values.get("TO", "")
    if not target.isdecimal():
        return render_template("message.html", text="この操作はできません。")
    return render_template(
        "offices.html", offices=offices, number=number, name=name, searched=searched, target=int(target)
    )


_VIEWS: dict[str, Callable[[], Answer]] = {
    "frame": _frame,
    "top": _plain("top.html"),
    "menu": _plain("menu.html"),
    "home": _plain("home.html"),
    "search": _plain("search.html"),
    "entry": entry.entry,
    "confirm": entry.confirm,
    "back": entry.back,
    "register": entry.register,
    "shokai": lookup.conditions,
    "list": lookup.listing,
    "detail": lookup.detail,
    "jigyosho": _offices,
    "logout": _log_out,
}
