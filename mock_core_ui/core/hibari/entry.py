"""The way of an entry in dialect D: the person, the check of what was entered, and the one request that registers."""

from __future__ import annotations

from mock_core_ui.core import eras
from mock_core_ui.core.catalogue import DESKTOP, SCREENS
from mock_core_ui.core.catalogue.screen import Kind, Screen, placed_fields
from mock_core_ui.core.hibari.words import Answer, answer, asked, message, posted_in, text_in
from mock_core_ui.core.offices import OFFICES
from mock_core_ui.core.registration import Completion, commit, completion, prepare, refuse
from mock_core_ui.core.sessions import Draft, Session
from mock_core_ui.core.site import site
from mock_core_ui.core.values import Values, application_date, errors_in, read, text_of
from mock_core_ui.people.model import Resident

DUPLICATE_DAYS = 60
"""An earlier record of the same procedure this near to the application date brings the warning."""

_SEXES = {"1": "男", "2": "女"}
_INVALID = "入力の有効期限が切れています。最初からやり直してください。"


def desktop_screen(procedure: str) -> Screen | None:
    """This core's screen of a procedure."""
    screen = SCREENS.get(procedure)
    return screen if screen and screen.core == DESKTOP else None


def resident() -> Answer:
    """The person's header, with which an entry begins; forgets what was checked and not registered."""
    here = site()
    session_of_request().drafts.clear()
    atena_no = text_in(asked(), "atena_no")
    found = here.store.resident(atena_no)
    if found is None:
        return message(_not_found(atena_no), 404)
    here.page("entry")
    return answer({"resident": _header(found)})


def check() -> Answer:
    """The errors of an entry, or the draft that can be registered and whether the same person's application is near."""
    here = site()
    given = asked()
    screen = desktop_screen(text_in(given, "procedure"))
    atena_no = text_in(given, "atena_no")
    if screen is None:
        return message("指定された画面はありません。", 404)
    values = read(screen, posted_in(given))
    errors = [*errors_in(screen, values), *_named_offices(screen, values)]
    if here.store.resident(atena_no) is None:
        errors.insert(0, _not_found(atena_no))
    if errors:
        return answer({"errors": errors})
    draft = Draft(screen.procedure, atena_no, values)
    firings = here.page("confirm", screen.procedure)
    day = application_date(screen, values)
    prepare(screen, draft, firings, here.store.has_near(screen.procedure, atena_no, day, DUPLICATE_DAYS))
    return answer({"draft": session_of_request().keep(draft), "warning": draft.warned})


def register() -> Answer:
    """Commits the draft. It stays until the next entry begins, so a request that comes twice commits twice."""
    here = site()
    session = session_of_request()
    draft = session.drafts.get(text_in(asked(), "draft"))
    screen = SCREENS[draft.procedure] if draft else None
    refused = refuse(here, draft.procedure if draft else "", draft, screen)
    if refused is not None:
        return refused
    if draft is None or screen is None:
        return message(_INVALID)
    receipt, replaced = commit(here, screen, draft, session)
    if replaced is not None:
        return replaced
    firings = here.page("complete", screen.procedure)
    return _completed(completion(here, screen, draft, receipt, firings))


def session_of_request() -> Session:
    """The session that the request was let in with."""
    session = site().session()
    if session is None:
        raise LookupError("no session")
    return session


def _completed(done: Completion) -> Answer:
    return answer(
        {
            "receipt": done.receipt,
            "reference": done.reference,
            "atena_no": done.atena_no,
            "name": done.name,
            "application_date": eras.short_form(done.application_date),
        }
    )


def _header(found: Resident) -> dict[str, str]:
    return {
        "atena_no": found.atena_no,
        "name": found.name,
        "kana": found.kana,
        "birth": eras.short_form(found.birth),
        "sex": _SEXES[found.sex],
        "address": found.address,
    }


def _not_found(atena_no: str) -> str:
    return f"該当者がいません。（宛名番号：{atena_no}）"


def _named_offices(screen: Screen, values: Values) -> list[str]:
    """Puts the office's name beside every code, whatever the client sent there; errors for codes nobody has."""
    names = {office.number: office.name for office in OFFICES}
    errors = []
    for placed in placed_fields(screen):
        if placed.field.kind is not Kind.PICKER:
            continue
        code, name = placed.names
        number = text_of(values, code)
        values[name] = names.get(number, "")
        if number and number not in names:
            errors.append(f"{placed.title}が正しくありません。")
    return errors
