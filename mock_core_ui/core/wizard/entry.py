"""The way of an entry in dialect C: the person, the check of what was entered, and the one request that registers."""

from __future__ import annotations

from flask import request

from mock_core_ui.core import eras
from mock_core_ui.core.answers import form_instead
from mock_core_ui.core.catalogue import SCREENS
from mock_core_ui.core.catalogue.screen import Kind, Placed, Screen, placed_fields
from mock_core_ui.core.display import blocks
from mock_core_ui.core.form_faults import missing
from mock_core_ui.core.registration import Completion, commit, completion, prepare, refuse
from mock_core_ui.core.sessions import Draft, Session
from mock_core_ui.core.site import site
from mock_core_ui.core.values import Values, application_date, errors_in, read, text_of
from mock_core_ui.core.wizard.facilities import FACILITIES
from mock_core_ui.core.wizard.manner import MANNERS
from mock_core_ui.core.wizard.papers import names_of
from mock_core_ui.core.wizard.words import Answer, answer, asked, message, posted_in, text_in
from mock_core_ui.people.model import Resident

_SEXES = {"1": "男性", "2": "女性"}
_LISTED_FROM = "0000300"
"""Postal codes from here on: the districts whose choices the core knows, so that they are chosen and not typed."""
_INVALID = "入力内容の有効期限が切れています。最初からやり直してください。"


def screen_of(procedure: str) -> Screen | None:
    """This core's screen of a procedure."""
    screen = SCREENS.get(procedure)
    return screen if screen and screen.core == site().settings.core else None


def resident() -> Answer:
    """The person's header, with which an entry begins; forgets what was checked and not registered."""
    here = site()
    session_of_request().drafts.clear()
    here.page("search")
    atena_no = request.args.get("atena", "").strip()
    found = here.store.resident(atena_no)
    if found is None:
        return message(f"該当する方が見つかりません。（宛名番号：{atena_no}）", 404)
    return answer({"resident": _header(found)})


def defaults() -> Answer:
    """What the register knows of the person, which the page puts into its fields a moment after they are shown."""
    here = site()
    screen = screen_of(request.args.get("procedure", ""))
    found = here.store.resident(request.args.get("atena", "").strip())
    if screen is None or found is None:
        return answer({"values": {}})
    values: dict[str, str] = {}
    for placed in placed_fields(screen):
        if placed.field.register and placed.field.kind is Kind.TEXT:
            values[placed.names[0]] = str(getattr(found, placed.field.register))
    return answer({"values": values})


def check() -> Answer:
    """The errors of an entry, or the draft that can be registered and whether the same person's application is near."""
    here = site()
    given = asked()
    screen = screen_of(text_in(given, "procedure"))
    if screen is None:
        return message("指定された画面はありません。", 404)
    atena_no = text_in(given, "atena_no")
    posted = posted_in(given)
    values = read(screen, posted)
    session = session_of_request()
    errors = [
        *errors_in(screen, values),
        *missing(screen, session, lambda name: next(iter(posted(name)), None)),
        *_unknown_facilities(screen, values),
        *_unknown_papers(screen, values, session),
    ]
    if here.store.resident(atena_no) is None:
        errors.insert(0, f"該当する方が見つかりません。（宛名番号：{atena_no}）")
    draft = Draft(screen.procedure, atena_no, values)
    if errors:
        return answer({"errors": errors, "duplicate": _near(screen, draft)})
    firings = here.page("confirm", screen.procedure)
    ended = form_instead(here, firings, draft)
    if ended is not None:
        return ended
    prepare(screen, draft, firings, _near(screen, draft))
    return answer(
        {
            "token": session.keep(draft),
            "warning": draft.warned,
            "reference": text_of(draft.values, "seiri_no"),
            "late": MANNERS[here.settings.core].late_dialog and _typed_address(screen, draft.values),
            "blocks": [
                [block.title, [[line.label, line.text] for line in block.lines]]
                for block in blocks(screen, draft.values)
            ],
        }
    )


def register() -> Answer:
    """Commits the draft. It stays until the next entry begins, so a request that comes twice commits twice."""
    here = site()
    session = session_of_request()
    given = asked()
    draft = session.drafts.get(text_in(given, "token"))
    screen = SCREENS[draft.procedure] if draft else None
    refused = refuse(here, draft.procedure if draft else "", draft, screen)
    if refused is not None:
        return refused
    if draft is None or screen is None:
        return message(_INVALID)
    if draft.warned and given.get("confirmed") is not True:
        return answer({"errors": ["重複を確認のうえ「重複を確認しました」にチェックしてください。"]})
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


def _near(screen: Screen, draft: Draft) -> bool:
    here = site()
    days = MANNERS[here.settings.core].duplicate_days
    try:
        day = application_date(screen, draft.values)
    except ValueError:  # among the errors is that there is none
        return False
    return bool(days) and here.store.has_near(screen.procedure, draft.atena_no, day, days)


def _completed(done: Completion) -> Answer:
    told = {
        "reference": done.reference,
        "atena_no": done.atena_no,
        "name": done.name,
        "application_date": eras.long_form(done.application_date),
    }
    if MANNERS[site().settings.core].shows_receipt:
        told["receipt"] = done.receipt
    return answer(told)


def _header(found: Resident) -> dict[str, str | bool]:
    by_the_browser = MANNERS[site().settings.core].days_by_the_browser
    return {
        "atena_no": found.atena_no,
        "name": found.name,
        "kana": found.kana,
        "birth": found.birth.isoformat() if by_the_browser else eras.long_form(found.birth),
        "by_the_browser": by_the_browser,
        "sex": _SEXES[found.sex],
        "address": found.address,
        "listed": found.postal >= _LISTED_FROM,
    }


def _typed_address(screen: Screen, values: Values) -> bool:
    """Whether an address was entered that the register does not have: then the confirm screen asks once more."""
    return any(
        "住所" in placed.field.label and not placed.field.register and text_of(values, placed.names[0])
        for placed in placed_fields(screen)
    )


def _unknown_facilities(screen: Screen, values: Values) -> list[str]:
    """Puts the facility's name beside every number, whatever the page sent there; errors for numbers nobody has."""
    names = {facility.number: facility.name for facility in FACILITIES}
    errors = []
    for placed in _of_kind(screen, Kind.PICKER):
        number, name = placed.names
        chosen = text_of(values, number)
        if chosen and chosen not in names:
            errors.append(f"{placed.title}が正しくありません。")
        values[name] = names.get(chosen, "")
    return errors


def _unknown_papers(screen: Screen, values: Values, session: Session) -> list[str]:
    """Puts the papers' names in the place of what the uploads gave; errors for what was never uploaded here."""
    errors = []
    for placed in _of_kind(screen, Kind.FILES):
        held = values[placed.names[0]]
        tokens = held if isinstance(held, list) else []
        names = names_of(session, tokens)
        if names is None:
            errors.append(f"{placed.title}を読み込めません。もう一度選択してください。")
        else:
            values[placed.names[0]] = names
    return errors


def _of_kind(screen: Screen, kind: Kind) -> list[Placed]:
    return [placed for placed in placed_fields(screen) if placed.field.kind is kind]
