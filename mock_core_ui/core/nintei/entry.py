"""Entry, confirm and register of dialect B. The register request is answered by the page itself, without redirect."""

from __future__ import annotations

from flask import Response, render_template, request

from mock_core_ui.core import eras
from mock_core_ui.core.catalogue import screens_of
from mock_core_ui.core.catalogue.codes import ERAS
from mock_core_ui.core.catalogue.screen import PARTS, Group, Kind, Placed, Screen, placed_fields
from mock_core_ui.core.display import blocks
from mock_core_ui.core.form_faults import changed_form, missing
from mock_core_ui.core.registration import commit, completion, prepare, refuse
from mock_core_ui.core.sessions import Draft, Session
from mock_core_ui.core.site import site
from mock_core_ui.core.values import Values, application_date, errors_in, read

DUPLICATE_DAYS = 30

_INVALID = "画面の有効期限が切れています。最初からやり直してください。"


def entry() -> str | Response:
    """The person's header and an empty form; forgets what was entered before."""
    session = _session()
    session.drafts.clear()
    return entry_page(request.values.get("TXT_0001", "").strip(), {}, [])


def back() -> str | Response:
    """The form again, with what was entered."""
    draft = _session().drafts.get(request.values.get("HID_0002", ""))
    if draft is None:
        return render_template("message.html", text=_INVALID)
    return entry_page(draft.atena_no, draft.values, [])


def confirm() -> str | Response:
    """The confirm screen, or the form with an alert that lists the errors."""
    here = site()
    screen = _screen()
    atena_no = request.form.get("HID_0001", "")
    values = read(screen, request.form.getlist)
    errors = [*errors_in(screen, values), *missing(screen, _session(), request.form.get)]
    if errors or here.store.resident(atena_no) is None:
        return entry_page(atena_no, values, errors)
    draft = Draft(screen.procedure, atena_no, values)
    firings = here.page("confirm", screen.procedure)
    day = application_date(screen, values)
    prepare(screen, draft, firings, here.store.has_near(screen.procedure, atena_no, day, DUPLICATE_DAYS))
    return render_template(
        "confirm.html",
        resident=here.store.resident(atena_no),
        draft=draft,
        token=_session().keep(draft),
        blocks=list(blocks(screen, draft.values)),
    )


def register() -> str | Response:
    """Commits the draft. The draft stays until the next entry begins, so a request that comes twice commits twice."""
    here = site()
    session = _session()
    screen = _screen()
    draft = session.drafts.get(request.form.get("HID_0002", ""))
    answer = refuse(here, screen.procedure, draft, screen)
    if answer is not None:
        return answer
    if draft is None:
        return render_template("message.html", text=_INVALID)
    receipt, answer = commit(here, screen, draft, session)
    if answer is not None:
        return answer
    firings = here.page("complete", screen.procedure)
    done = completion(here, screen, draft, receipt, firings)
    return render_template("complete.html", done=done, applied=eras.short_form(done.application_date))


def entry_page(atena_no: str, values: Values, errors: list[str]) -> str:
    """The form with values and, as an alert, errors."""
    here = site()
    screen = _screen()
    resident = here.store.resident(atena_no)
    if resident is None:
        here.page("message", screen.procedure)
        return render_template("message.html", text=f"該当者なし（宛名番号：{atena_no}）")
    firings = here.page("entry", screen.procedure)
    shown = changed_form(screen, firings, _session())
    return render_template(
        "entry.html",
        resident=resident,
        birth=eras.short_form(resident.birth),
        groups=[(group, _lines(shown, group)) for group in shown.groups],
        values=values,
        eras=ERAS[screen.core],
        parts=PARTS,
        Kind=Kind,
        errors=errors,
    )


def _lines(screen: Screen, group: Group) -> list[list[Placed]]:
    """Two fields a line, as such screens pack them."""
    members = [placed for placed in placed_fields(screen) if placed.group is group]
    return [members[at : at + 2] for at in range(0, len(members), 2)]


def _session() -> Session:
    session = site().session()
    if session is None:
        raise LookupError("no session")
    return session


def _screen() -> Screen:
    return screens_of("nintei")[0]
