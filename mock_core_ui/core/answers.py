"""Carries out the effects of faults that take the place of an answer or hold it up, and the log-in around them."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Response, g, make_response, request

from mock_core_ui.core.sessions import Draft
from mock_core_ui.core.site import CoreSite
from mock_core_ui.faults import AnswerEffect, Firing, PageEffect, Phase


def log_in(here: CoreSite, wrong: str) -> Response:
    """Answers a posted log-in: on to the core's first page, or the log-in page with the message `wrong`."""
    entered = here.log_in(request.form.get("userid", ""), request.form.get("password", ""))
    if entered is None:
        return here.login_page(wrong)
    key, firings = entered
    if any(firing.fault.effect is AnswerEffect.PASSWORD_EXPIRED for firing in firings):
        return _ask_for_new_password(here, key)
    answer = interruption(here, firings)
    if answer is None:
        answer = Response(status=303, headers={"Location": here.start})
        here.keep_session(answer, key)
    return answer


def change_password(here: CoreSite) -> Response:
    """Answers a posted change of the password: on to the core's first page, or the same page with an error."""
    form = request.form
    same = form.get("new", "") == form.get("again", "")
    if same and here.sessions.change_password(here.session_key, form.get("old", ""), form.get("new", "")):
        return Response(status=303, headers={"Location": here.start})
    return make_response(here.pages.password("パスワードを変更できません。入力内容を確認してください。"))


def lookup_interruption(here: CoreSite, kind: str) -> Response | None:
    """Asks for faults of the look-up; an answer takes the place of the page, other effects wait for the search."""
    firings = here.plan.fired(Phase.ON_LOOKUP, here.settings.core, page=kind)
    g.lookup_firings = firings
    return interruption(here, firings)


def interruption(here: CoreSite, firings: Iterable[Firing], draft: Draft | None = None) -> Response | None:
    """Carries out what faults ask of the answer; an answer takes the place of the usual one."""
    answer: Response | None = None
    for firing in firings:
        effect = firing.fault.effect
        if isinstance(effect, AnswerEffect):
            answer = _carry_out(here, effect, firing, draft) or answer
    return answer


def form_instead(here: CoreSite, firings: Iterable[Firing], draft: Draft) -> Response | None:
    """The form in the place of a page, where a fault ends the session without a word."""
    ended = any(firing.fault.effect is PageEffect.FRESH_FORM for firing in firings)
    return _fresh_form(here, draft) if ended else None


def _fresh_form(here: CoreSite, draft: Draft) -> Response:
    """The form of the same person with nothing in it; the session lives until it is made."""
    answer = make_response(here.pages.entry(Draft(draft.procedure, draft.atena_no, {}), []))
    here.log_out()
    return answer


def _carry_out(here: CoreSite, effect: AnswerEffect, firing: Firing, draft: Draft | None) -> Response | None:
    match effect:
        case AnswerEffect.WAIT:
            return _wait(here, firing.number("seconds"))
        case AnswerEffect.SLOW:
            swing = 1 + firing.number("jitter") * (2 * firing.chance - 1)
            return _wait(here, firing.number("usual") * firing.number("factor") * swing)
        case AnswerEffect.ERROR:
            status = int(firing.number("status"))
            return make_response(here.pages.error(status), status)
        case AnswerEffect.LOGIN_PAGE:
            return here.expire()
        case AnswerEffect.FRESH_FORM:
            return here.expire() if draft is None else _fresh_form(here, draft)
        case AnswerEffect.TAKEN_OVER:
            session = here.session()
            if session is not None:
                here.sessions.take_over(session.user)
            return here.login_page()
        case AnswerEffect.PASSWORD_EXPIRED:
            return None  # only at the log-in, which asks for the new password itself
        case AnswerEffect.EMPTY:
            return Response("")
        case AnswerEffect.MESSAGE:
            return make_response(here.pages.message(firing.text("text")))
        case AnswerEffect.FAILURE:
            return make_response(here.pages.failure(firing.text("text")))
        case AnswerEffect.VALIDATION:
            text = firing.text("text")
            return make_response(here.pages.failure(text) if draft is None else here.pages.entry(draft, [text]))
        case AnswerEffect.MAINTENANCE:
            return make_response(here.pages.message(firing.text("text")), int(firing.number("status")))
        case AnswerEffect.UNKNOWN_HOST:
            return Response(status=303, headers={"Location": f"{request.scheme}://{firing.text('host')}/"})
        case AnswerEffect.STALL:
            g.wire = f"stall:{firing.number('seconds'):g}"
            return None
        case AnswerEffect.DROP | AnswerEffect.RESET:
            return _left_to_the_wire(effect.value)
        case AnswerEffect.SWALLOW | AnswerEffect.REFUSE:
            return _left_to_the_wire(f"{effect.value}:{firing.number('seconds'):g}")
        case AnswerEffect.BAD_CERTIFICATE:
            return _left_to_the_wire(f"certificate:{firing.text('certificate')}:{firing.number('seconds'):g}")


def _left_to_the_wire(command: str) -> Response:
    g.wire = command
    return Response("")


def _wait(here: CoreSite, seconds: float) -> Response | None:
    """Waits; an answer only when the server stops meanwhile, so that nothing more is done for the request."""
    return make_response(here.pages.error(503), 503) if here.stopping.wait(seconds) else None


def _ask_for_new_password(here: CoreSite, key: str) -> Response:
    session = here.sessions.find(key)
    if session is not None:
        session.must_change = True
    answer = make_response(here.pages.password("パスワードの有効期限が切れています。変更してください。"))
    here.keep_session(answer, key)
    return answer
