"""Entry, confirm and register of dialect B. The register request is answered by the page itself, without redirect."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Response, render_template, request

from mock_core_ui.core import eras
from mock_core_ui.core.answers import form_instead
from mock_core_ui.core.catalogue import SCREENS
from mock_core_ui.core.catalogue.codes import ERAS
from mock_core_ui.core.catalogue.screen import PARTS, Kind, Placed, Screen, placed_fields
from mock_core_ui.core.display import blocks
from mock_core_ui.core.form_faults import changed_form, missing
from mock_core_ui.core.nintei import affairs
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
    return _entry_page(affairs.shown(), request.values.get("TXT_0001", "").strip(), {}, [])


def back() -> str | Response:
    """The form again, with what was entered."""
    draft = _session().drafts.get(request.values.get("HID_0002", ""))
    if draft is None:
        return render_template("message.html", text=_INVALID)
    return page_of(draft, [])


def confirm() -> str | Response:
    """The confirm screen, or the form with an alert that lists the errors."""
    here = site()
    screen = affairs.shown()
    atena_no = request.form.get("HID_0001", "")
    values = read(screen, request.form.getlist)
    errors = [*errors_in(screen, values), *missing(screen, _session(), request.form.get)]
    if errors or here.store.resident(atena_no) is None:
        return _entry_page(screen, atena_no, values, errors)
    draft = Draft(screen.procedure, atena_no, values)
    firings = here.page("confirm", screen.procedure)
    ended = form_instead(here, firings, draft)
    if ended is not None:
        return ended
    day = application_date(screen, values)
    prepare(screen, draft, firings, here.store.has_near(screen.procedure, atena_no, day, DUPLICATE_DAYS))
    return render_template(
        "confirm.html",
        screen=screen,
        resident=here.store.resident(atena_no),
        draft=draft,
        token=_session().keep(draft),
        blocks=list(blocks(screen, draft.values)),
    )


def register() -> str | Response:
    """Commits the draft. The draft stays until the next entry begins, so a request that comes twice commits twice."""
    here = site()
    session = _session()
    draft = session.drafts.get(request.form.get("HID_0002", ""))
    screen = affairs.shown() if draft is None else SCREENS[draft.procedure]
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
    return render_template("complete.html", screen=screen, done=done, applied=eras.short_form(done.application_date))


def page_of(draft: Draft, errors: list[str]) -> str:
    """The form with what was entered before and, as an alert, errors."""
    return _entry_page(SCREENS[draft.procedure], draft.atena_no, draft.values, errors)


def _entry_page(screen: Screen, atena_no: str, values: Values, errors: list[str]) -> str:
    here = site()
    resident = here.store.resident(atena_no)
    if resident is None:
        here.page("message", screen.procedure)
        return render_template("message.html", text=f"該当者なし（宛名番号：{atena_no}）")
    if screen.needs_insured_no and not resident.insured_no:
        here.page("message", screen.procedure)
        return render_template("message.html", text=f"被保険者番号が付番されていません（宛名番号：{atena_no}）")
    firings = here.page("entry", screen.procedure)
    shown = changed_form(screen, firings, _session())
    return render_template(
        "entry.html",
        screen=screen,
        resident=resident,
        birth=eras.short_form(resident.birth),
        boxes=list(_boxes(shown)),
        values=values,
        eras=ERAS[screen.core],
        parts=PARTS,
        Kind=Kind,
        errors=errors,
    )


@dataclass(frozen=True, slots=True)
class _Box:
    """A framed part of the form: a group, or one row of a repeated group; the rows of a grid share one."""

    title: str
    lines: list[list[Placed]]
    grid: bool


def _boxes(screen: Screen) -> Iterator[_Box]:
    for group in screen.groups:
        members = [placed for placed in placed_fields(screen) if placed.group is group]
        rows = [[placed for placed in members if placed.row == row] for row in group.row_numbers]
        if group.grid:
            yield _Box(group.legend, rows, grid=True)
            continue
        for number, row in zip(group.row_numbers, rows, strict=True):
            title = group.row_title.format(n=number) if number else group.legend
            yield _Box(title, _packed(row), grid=False)


def _packed(members: list[Placed]) -> list[list[Placed]]:
    """Two fields a line, as such screens pack them; what needs the width stands alone."""
    lines: list[list[Placed]] = []
    for placed in members:
        wide = placed.field.kind is Kind.TEXTAREA
        if not lines or wide or len(lines[-1]) == 2 or lines[-1][0].field.kind is Kind.TEXTAREA:
            lines.append([])
        lines[-1].append(placed)
    return lines


def _session() -> Session:
    session = site().session()
    if session is None:
        raise LookupError("no session")
    return session
