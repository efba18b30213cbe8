"""The application of dialect A: log-in, menu, search by 宛名番号, entry, confirm, register and completion."""

from __future__ import annotations

from flask import Flask, Response, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as WerkzeugResponse

from mock_core_ui.core import eras
from mock_core_ui.core.answers import form_instead, log_in
from mock_core_ui.core.catalogue import SCREENS, screens_of
from mock_core_ui.core.catalogue.screen import Screen
from mock_core_ui.core.display import blocks
from mock_core_ui.core.form_faults import changed_form, missing
from mock_core_ui.core.registration import commit, completion, prepare, refuse
from mock_core_ui.core.request_faults import install
from mock_core_ui.core.sessions import Draft, Session
from mock_core_ui.core.site import OPERATOR_NAMES, CoreSettings, CoreSite, Pages, site
from mock_core_ui.core.sogo import lookup
from mock_core_ui.core.sogo.form import form_html
from mock_core_ui.core.store import Store
from mock_core_ui.core.values import Values, application_date, errors_in, read
from mock_core_ui.faults import FaultPlan

CORE = "sogo"
DUPLICATE_DAYS = 90
"""An earlier record of the same procedure this near to the application date brings the warning."""

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
        entry=lambda draft, errors: _entry_page(SCREENS[draft.procedure], draft.atena_no, draft.values, errors),
    )
    install(app, CoreSite(settings, store, plan, pages, cookie="SOGOSESSID", start="/menu"))
    app.context_processor(_context)
    app.add_url_rule("/", view_func=_root)
    app.add_url_rule("/login", view_func=_login, methods=["GET", "POST"])
    app.add_url_rule("/logout", view_func=_logout, methods=["GET", "POST"])
    app.add_url_rule("/menu", view_func=_menu)
    app.add_url_rule("/search/<procedure>", view_func=_search)
    app.add_url_rule("/entry/<procedure>", view_func=_entry)
    app.add_url_rule("/confirm/<procedure>", view_func=_confirm, methods=["POST"])
    app.add_url_rule("/register/<procedure>", view_func=_register, methods=["POST"])
    app.add_url_rule("/complete/<receipt>", view_func=_complete)
    lookup.add_rules(app)
    app.register_error_handler(404, _not_found)
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
        "today": f"{eras.long_form(now.date())}（{'月火水木金土日'[now.weekday()]}）",
    }


def _root() -> Answer:
    return redirect("/menu", 303) if site().session() else site().login_page()


def _login() -> Answer:
    if request.method == "GET":
        return site().login_page()
    return log_in(site(), "利用者IDまたはパスワードが違います。")


def _logout() -> Answer:
    site().log_out()
    return make_response(render_template("login.html", message="ログアウトしました。"))


def _menu() -> Answer:
    here = site()
    if here.session() is None:
        return here.login_page()
    here.page("menu")
    categories: dict[str, list[Screen]] = {}
    for screen in screens_of(CORE):
        categories.setdefault(screen.category, []).append(screen)
    return render_template("menu.html", categories=categories)


def _search(procedure: str) -> Answer:
    here = site()
    if here.session() is None:
        return here.login_page()
    screen = _screen(procedure)
    if screen is None:
        return _not_found()
    here.page("search", procedure)
    return render_template("search.html", screen=screen)


def _entry(procedure: str) -> Answer:
    here = site()
    session = here.session()
    if session is None:
        return here.login_page()
    screen = _screen(procedure)
    if screen is None:
        return _not_found()
    draft = session.drafts.get(request.args.get("draft", ""))
    return _entry_page(screen, request.args.get("atena", "").strip(), draft.values if draft else {}, [])


def _entry_page(screen: Screen, atena_no: str, values: Values, errors: list[str]) -> str:
    here = site()
    resident = here.store.resident(atena_no)
    if resident is None:
        here.page("message", screen.procedure)
        return render_template("not_found.html", screen=screen, atena_no=atena_no)
    firings = here.page("entry", screen.procedure)
    session = here.session()
    shown = changed_form(screen, firings, session) if session else screen
    return render_template(
        "entry.html",
        screen=screen,
        resident=resident,
        birth=eras.long_form(resident.birth),
        form=form_html(shown, values),
        errors=errors,
    )


def _confirm(procedure: str) -> Answer:
    here = site()
    session = here.session()
    if session is None:
        return here.login_page()
    screen = _screen(procedure)
    if screen is None:
        return _not_found()
    atena_no = request.form.get("atena", "")
    values = read(screen, request.form.getlist)
    errors = [*errors_in(screen, values), *missing(screen, session, request.form.get)]
    if errors or here.store.resident(atena_no) is None:
        return _entry_page(screen, atena_no, values, errors)
    return _confirm_page(screen, session, Draft(procedure, atena_no, values))


def _confirm_page(screen: Screen, session: Session, draft: Draft, reminder: str = "") -> Answer:
    here = site()
    firings = here.page("confirm", screen.procedure)
    ended = form_instead(here, firings, draft)
    if ended is not None:
        return ended
    day = application_date(screen, draft.values)
    prepare(screen, draft, firings, here.store.has_near(screen.procedure, draft.atena_no, day, DUPLICATE_DAYS))
    return render_template(
        "confirm.html",
        screen=screen,
        resident=here.store.resident(draft.atena_no),
        draft=draft,
        token=session.keep(draft),
        blocks=list(blocks(screen, draft.values)),
        reminder=reminder,
    )


def _register(procedure: str) -> Answer:
    here = site()
    session = here.session()
    if session is None:
        return here.login_page()
    screen = _screen(procedure)
    draft = session.drafts.get(request.form.get("token", ""))
    answer = refuse(here, procedure, draft, screen)
    if answer is not None:
        return answer
    if screen is None or draft is None or draft.procedure != procedure:
        return render_template("message.html", text="この確認画面は処理済みか無効です。照会で確認してください。")
    if draft.warned and request.form.get("choufuku_kakunin") != "1":
        return _confirm_page(screen, session, draft, "重複を確認のうえ「確認しました」にチェックしてください。")
    receipt, answer = commit(here, screen, draft, session)
    return answer or redirect(f"/complete/{receipt}", 303)


def _complete(receipt: str) -> Answer:
    """Shows the completion screen; only this uses up the draft, as a session tidied after the answer would."""
    here = site()
    session = here.session()
    if session is None:
        return here.login_page()
    draft = session.settle(receipt)
    if draft is None:
        return render_template("message.html", text="登録処理は終了しています。照会で登録状況を確認してください。")
    firings = here.page("complete", draft.procedure)
    screen = SCREENS[draft.procedure]
    done = completion(here, screen, draft, receipt, firings)
    return render_template("complete.html", done=done, screen=screen)


def _screen(procedure: str) -> Screen | None:
    screen = SCREENS.get(procedure)
    return screen if screen and screen.core == CORE else None


def _not_found(_error: Exception | None = None) -> Answer:
    return make_response(render_template("message.html", text="指定された画面はありません。"), 404)
