"""Collecting: the source's list of approved applications goes into the ledger, checked before anything is entered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from loguru import logger

from bridge_agent.domain.application import Application, Delivered, Listed
from bridge_agent.domain.crash_points import Action, action
from bridge_agent.domain.errors import BusinessError
from bridge_agent.domain.ledger_records import Intake, IntakeRecord, KnownItem
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.work_item import State
from bridge_agent.pipeline.enter import secrets_of
from bridge_agent.pipeline.night import Night

BATCH = 25
"""Applications downloaded at a time: what a crash makes us download again."""
READ_AGAIN = frozenset(
    {
        Reason.PACKAGE_DAMAGED,
        Reason.PACKAGE_COLUMN,
        Reason.PACKAGE_ENCODING,
        Reason.PACKAGE_ABSENT,
        Reason.RECEIPT_CONFLICT,
        Reason.SIGNATURE_INVALID,
    }
)
"""The same package may be read otherwise another night, if only because the source's profile was mended."""


def collect(night: Night, run_id: int) -> list[str]:
    """Take in everything approved; returns Japanese sentences about what a person should know."""
    night.progress.stage("申請管理システムの一覧を取得")
    with action(Action.LIST):
        listed = night.source.approved()
    night.show_numbers([line.receipt_no for line in listed])
    source, scope = night.source.name, night.source.scope
    night.ledger.in_scope(run_id, [(source, scope, line.receipt_no) for line in listed])
    known = {line.receipt_no: night.ledger.known(source, scope, line.receipt_no) for line in listed}
    wanted = [line for line in listed if wants_content(known[line.receipt_no], line)]
    night.progress.stage("承認済の申請をダウンロード", len(wanted))
    # A file that showed a changed form, and was put away before a kill, is not read again.
    carried = night.ledger.unfinished_stops()
    for start in range(0, len(wanted), BATCH):
        with action(Action.DOWNLOAD):
            for delivered in night.source.deliver(wanted[start : start + BATCH]):
                take_in(night, delivered)
            stop_changed(night, carried)
            night.source.put_away([line.receipt_no for line in wanted[start : start + BATCH]])
    put_away_known(night, listed, wanted)
    bring_home(night)
    hold_what_cannot_come(night, {line.receipt_no for line in listed})
    stop_changed(night, carried, finished=True)
    night.ledger.collected()
    night.progress.done()
    notices = [
        f"受付番号 {number} は取下げで終了しましたが、再び承認されています。手作業で処理してください。"
        for number, before in known.items()
        if is_closed_as_withdrawn(before)
    ]
    notices += [
        f"受付番号 {line.receipt_no} は終了していますが、新しい版（{line.revision}）が承認されています。手作業で処理してください。"
        for line in listed
        if is_closed_and_revised(known[line.receipt_no], line)
    ]
    notices += [
        f"受付番号 {line.receipt_no} の古い版（{line.revision}）が届きましたが、取り込んでいません。"
        for line in listed
        if is_older(line, known[line.receipt_no])
    ]
    return [*notices, *night.source.remarks()]


def put_away_known(night: Night, listed: Sequence[Listed], wanted: Sequence[Listed]) -> None:
    """What the ledger had before is not fetched again."""
    known = {line.receipt_no for line in listed} - {line.receipt_no for line in wanted}
    if known:
        with action(Action.DOWNLOAD):
            night.source.put_away(known)


def is_older(line: Listed, known: KnownItem | None) -> bool:
    """Files can arrive late or twice: what was corrected once is not taken back to how it was before."""
    if known is None or not (line.revision.isdecimal() and known.revision.isdecimal()):
        return False
    shorter, longer = line.revision.lstrip("0"), known.revision.lstrip("0")
    return (len(shorter), shorter) < (len(longer), longer)


def is_closed_as_withdrawn(known: KnownItem | None) -> bool:
    """`closed` has no way back, so an application that comes back to life must not be passed over in silence."""
    return known is not None and known.state is State.CLOSED and known.reason == Reason.WITHDRAWN


def is_closed_and_revised(known: KnownItem | None, line: Listed) -> bool:
    """A person closed the former revision. '' = a package that did not tell which it was."""
    if known is None or known.state is not State.CLOSED or is_closed_as_withdrawn(known) or is_older(line, known):
        return False
    return "" not in (known.revision, line.revision) and known.revision != line.revision


def hold_what_cannot_come(night: Night, listed: set[str]) -> None:
    """Released after a refused package, but no longer on the list: nothing will bring its content, so a person decides."""
    for receipt_no, procedure, name in night.ledger.without_content():
        if receipt_no not in listed:
            line = Listed(receipt_no, procedure, name, "")
            take_in(night, Delivered(line, None, Reason.PACKAGE_ABSENT, "一覧にも届いたファイルにもありません"))


def stop_changed(night: Night, carried: Mapping[str, str], *, finished: bool = False) -> None:
    """What came before the change showed, tonight or earlier, was sound by itself, and waits all the same."""
    shown = night.source.changed_forms().items()
    changed = {night.recipes.home_of(code)[0] if code else code: note for code, note in shown}
    night.ledger.stop_forms({**carried, **changed}, finished=finished)


def bring_home(night: Night) -> None:
    """Released applications that had no recipe when they came in: now there may be one."""
    for item_id, application in night.ledger.homeless():
        listed = Listed(
            application.key.receipt_no, application.procedure_code, application.procedure_name, application.revision
        )
        night.ledger.rehome(item_id, check(night, Delivered(listed, application)))


def wants_content(known: KnownItem | None, line: Listed) -> bool:
    """New ones, changed ones, and those held for how their package was read."""
    if known is None:
        return True
    if known.state is State.CLOSED or is_older(line, known):
        return False
    return known.revision != line.revision or not known.has_content or known.reason in READ_AGAIN


def take_in(night: Night, delivered: Delivered) -> Intake:
    record = check(night, delivered)
    came_to, _item = night.ledger.take_in(night.source.name, night.source.scope, record)
    night.progress.advance(delivered.listed.receipt_no, record.hold.value if record.hold else came_to.value)
    if came_to is Intake.CHANGED_AFTER_ATTEMPT:
        logger.warning("受付番号 {} は登録操作の後に内容が変わりました。", delivered.listed.receipt_no)
    return came_to


def check(night: Night, delivered: Delivered) -> IntakeRecord:
    """Plan once at intake, so that what cannot be entered is held before the night, not in it."""
    application, listed = delivered.application, delivered.listed
    if application is None:
        return _refused(night, delivered)
    try:
        plan = night.recipes.plan(application)
    except BusinessError as error:
        return _record(night, application, listed, error)
    except Exception as error:  # one odd application must not stop every night
        logger.error("受付番号 {}: 入力計画で想定外のエラー（{}）", listed.receipt_no, type(error).__name__)
        return _record(night, application, listed, BusinessError(Reason.VALUE_INVALID, type(error).__name__))
    night.protect(secrets_of(plan))
    return _record(night, application, listed, None)


def _refused(night: Night, delivered: Delivered) -> IntakeRecord:
    listed = delivered.listed
    procedure, core = night.recipes.home_of(listed.procedure_code)
    return IntakeRecord(
        application=None,
        listed=listed,
        procedure=procedure,
        procedure_name=listed.procedure_name,
        core=core,
        hold=Reason(delivered.refusal),
        note=delivered.note,
        person="",
        person_window=timedelta(0),
    )


def _record(night: Night, application: Application, listed: Listed, error: BusinessError | None) -> IntakeRecord:
    procedure, core = night.recipes.home_of(application.procedure_code)
    person, days = night.recipes.person(application) if core else ("", 0)
    return IntakeRecord(
        application=application,
        listed=listed,
        procedure=procedure,
        procedure_name=application.procedure_name,
        core=core,
        hold=error.reason if error else None,
        note=error.note if error else "",
        person=person,
        person_window=timedelta(days=days),
    )
