"""The way from a confirmed draft to a stored record, and the faults before, at and after that moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from flask import Response, g, make_response

from mock_core_ui.core import alteration, interference
from mock_core_ui.core.answers import interruption
from mock_core_ui.core.catalogue.screen import REFERENCE_NAME, Screen
from mock_core_ui.core.sessions import Draft, Session
from mock_core_ui.core.site import CoreSite
from mock_core_ui.core.store import NewRecord
from mock_core_ui.core.values import Values, application_date, text_of
from mock_core_ui.faults import Firing, PageEffect, Phase, RecordEffect, StoreEffect

_TOKEN_ERROR = "二重送信を検出しました。（トークンエラー）"


@dataclass(frozen=True, slots=True)
class Completion:
    """What a completion screen shows of a record."""

    receipt: str
    reference: str
    atena_no: str
    name: str
    application_date: date


def prepare(screen: Screen, draft: Draft, firings: Iterable[Firing], near: bool) -> None:
    """Makes a draft ready for its confirm screen. `near`: the core itself knows of an earlier application."""
    draft.warned = near
    for firing in firings:
        match firing.fault.effect:
            case PageEffect.DUPLICATE_WARNING:
                draft.warned = True
            case PageEffect.SECOND_REFUSED:
                draft.once = True
            case PageEffect.CUT_FIELD:
                draft.values = alteration.cut(screen, draft.values, firing)
            case PageEffect.WIDEN_FIELD:
                draft.values = alteration.widened(screen, draft.values, firing)
            case _:
                pass  # the other effects change the page, not the draft


def refuse(here: CoreSite, procedure: str, draft: Draft | None, screen: Screen | None) -> Response | None:
    """Asks for faults before the commit; an answer means that nothing must be stored."""
    firings = here.plan.fired(Phase.BEFORE_COMMIT, here.settings.core, procedure)
    answer = interruption(here, firings, draft)
    if answer is not None or draft is None or screen is None:
        return answer
    if draft.once and draft.receipts:
        return make_response(here.pages.failure(_TOKEN_ERROR))
    for firing in firings:
        if firing.fault.effect is RecordEffect.CLERK_TOO:
            here.store.commit(_new_record(here, screen, draft, firing.text("operator"), draft.values))
    return None


def commit(here: CoreSite, screen: Screen, draft: Draft, session: Session) -> tuple[str, Response | None]:
    """Stores the draft. Returns the receipt number and, if a fault replaced it, the answer to give."""
    new = _new_record(here, screen, draft, session.user, draft.values)
    for firing in here.plan.fired(Phase.AT_COMMIT, here.settings.core, screen.procedure):
        match firing.fault.effect:
            case StoreEffect.FORGET | StoreEffect.FORGET_SHOW_OTHER:
                draft.shows_other = firing.fault.effect is StoreEffect.FORGET_SHOW_OTHER
                receipt = interference.unused_receipt(here.store, screen.prefix, new.registered_at)
                draft.receipts.append(receipt)
                return receipt, None
            case StoreEffect.CUT:
                new = _with_values(new, alteration.cut(screen, new.values, firing))
            case StoreEffect.WIDEN:
                new = _with_values(new, alteration.widened(screen, new.values, firing))
            case StoreEffect.LOSE_GROUP:
                new = _with_values(new, alteration.without_group(screen, new.values, firing.text("group")))
            case _:
                pass  # AT_COMMIT has store effects only
    receipt = here.store.commit(new)
    draft.receipts.append(receipt)
    firings = here.plan.fired(Phase.AFTER_COMMIT, here.settings.core, screen.procedure)
    for firing in firings:
        if isinstance(firing.fault.effect, RecordEffect):
            _afterwards(here, screen, draft, receipt, firing.fault.effect, firing)
    return receipt, interruption(here, firings, draft)


def completion(here: CoreSite, screen: Screen, draft: Draft, receipt: str, firings: Iterable[Firing]) -> Completion:
    """What the completion screen shows: the record made from the draft, or another one if a fault says so."""
    if draft.shows_other or any(firing.fault.effect is PageEffect.OTHER_RECORD for firing in firings):
        return _completion_of_another(here, screen, draft)
    resident = here.store.resident(draft.atena_no)
    return Completion(
        receipt,
        text_of(draft.values, REFERENCE_NAME),
        draft.atena_no,
        resident.name if resident else "",
        application_date(screen, draft.values),
    )


def _completion_of_another(here: CoreSite, screen: Screen, draft: Draft) -> Completion:
    record = interference.record_of_another(here.store, draft.atena_no, here.settings.clock())
    if record is not None:
        return Completion(
            record.core_receipt_no, record.reference, record.atena_no, record.name, record.application_date
        )
    other = interference.another_resident(here.store, draft.atena_no)
    receipt = interference.unused_receipt(here.store, screen.prefix, here.now())
    return Completion(receipt, "", other.atena_no, other.name, here.today().date())


def _afterwards(
    here: CoreSite, screen: Screen, draft: Draft, receipt: str, effect: RecordEffect, firing: Firing
) -> None:
    match effect:
        case RecordEffect.HIDE:
            until = here.settings.clock() + timedelta(seconds=firing.number("seconds"))
            here.store.hide_until(receipt, until)
        case RecordEffect.EDIT:
            values = alteration.corrected(screen, draft.values, firing)
            interference.correct(here.store, receipt, values, firing.text("operator"), here.now())
        case RecordEffect.CLERK_TOO:
            here.store.commit(_new_record(here, screen, draft, firing.text("operator"), draft.values))
        case RecordEffect.REUSE_NUMBER:
            other = interference.another_resident(here.store, draft.atena_no)
            new = _new_record(here, screen, draft, firing.text("operator"), interference.blank(screen))
            interference.give_number_away(here.store, receipt, replace(new, atena_no=other.atena_no, reference=""))


def _new_record(here: CoreSite, screen: Screen, draft: Draft, operator: str, values: Values) -> NewRecord:
    return NewRecord(
        prefix=screen.prefix,
        procedure=screen.procedure,
        atena_no=draft.atena_no,
        reference=text_of(values, REFERENCE_NAME),
        application_date=application_date(screen, draft.values),
        operator=operator,
        registered_at=here.now(),
        values=values,
        request_id=g.request_id,
        visible_from=here.settings.clock(),
    )


def _with_values(new: NewRecord, values: Values) -> NewRecord:
    return replace(new, values=values, reference=text_of(values, REFERENCE_NAME))
