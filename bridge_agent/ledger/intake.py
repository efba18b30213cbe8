"""Taking applications into the ledger: known or new, the same person twice, changed under the same number."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from bridge_agent.domain.application import Application, ApplicationKey, Attachment
from bridge_agent.domain.crash_points import Write
from bridge_agent.domain.ledger_records import Intake, IntakeRecord, KnownItem
from bridge_agent.domain.reasons import EXPLANATIONS, Reason
from bridge_agent.domain.work_item import State
from bridge_agent.ledger.audit import counts_of
from bridge_agent.ledger.changed_forms import ChangedForms
from bridge_agent.ledger.tables import attempt, control, event_log, item, outbox, run, run_item
from bridge_agent.ledger.writing import CONTENT_PURPOSE, canonical, moment_of, text_of

RECEIVED_MARGIN = timedelta(days=1)
"""The source's clock and ours may differ; what arrived this long after a restore cannot have been entered before it."""
OPEN_STATES = [s.value for s in (State.PENDING, State.CLAIMED, State.ARMED, State.SEEN, State.IN_DOUBT, State.HELD)]


def application_to_bytes(application: Application) -> bytes:
    content = asdict(application)
    content["received_at"] = application.received_at.isoformat()
    content["columns"] = dict(application.columns)
    return json.dumps(content, ensure_ascii=False).encode()


def application_from_bytes(data: bytes) -> Application:
    content: dict[str, Any] = json.loads(data)
    content["key"] = ApplicationKey(**content["key"])
    content["received_at"] = datetime.fromisoformat(content["received_at"])
    content["attachments"] = tuple(Attachment(**a) for a in content["attachments"])
    return Application(**content)


_OTHERS, _ALSO = "同じ人の申請: ", "。この申請を保留する理由がほかにもあります: "


def pair_note(numbers: Sequence[str], own: str = "", *, former: str = "") -> str:
    """受付番号 of the other applications of the person, after those of a `former` note, and the reason of its own."""
    told = former.removeprefix(_OTHERS) if former.startswith(_OTHERS) else ""  # a note of an earlier version names none
    before, _, its_own = told.partition(_ALSO)
    known = [number for number in before.split("、") if number]
    shown = "、".join([*known, *(number for number in numbers if number not in known)])
    reason = own or its_own
    return f"{_OTHERS}{shown}" + (f"{_ALSO}{reason}" if reason else "")


_ARRIVED = "保留の後に新しい内容が届いています。保留を解除すると、新しい内容を調べて入力します"


def arrived_note(former: str) -> str:
    """Why it is held stays to be read, and that it may be mended; the numbers of a pair are not mixed with words."""
    if former.startswith(_OTHERS) or former.endswith(_ARRIVED):
        return former
    return f"{former}。{_ARRIVED}" if former else _ARRIVED


def own_reason(record: IntakeRecord) -> str:
    if record.hold is None:
        return ""
    sentence = EXPLANATIONS[record.hold].sentence.rstrip("。")
    return f"{sentence}（{record.note}）" if record.note else sentence


class IntakeMoves(ChangedForms):
    """Runs and intake."""

    _begun_after: int | None = None
    """The last record when this process began its run."""

    def start_run(self, kind: str) -> int:
        with self.write(Write.START_RUN) as connection:
            run_id = connection.execute(insert(run).values(kind=kind, started_at=self.now())).inserted_primary_key
            assert run_id is not None
            self.record(connection, "run_started", None, run=run_id[0], kind=kind)
            self._begun_after = self._last_event(connection)
            return int(run_id[0])

    def end_run(self, run_id: int, exit_code: int, summary: Mapping[str, object]) -> None:
        with self.write(Write.END_RUN) as connection:
            connection.execute(
                update(run)
                .where(run.c.run_id == run_id)
                .values(ended_at=self.now(), exit_code=exit_code, summary=canonical(summary))
            )
            self.record(connection, "run_ended", None, run=run_id, exit_code=exit_code, rows=counts_of(connection))

    def in_scope(self, run_id: int, receipt_numbers: Sequence[tuple[str, str, str]]) -> int:
        keys = {self.sealer.fingerprint("app", *parts): parts[2] for parts in receipt_numbers}
        with self.write(Write.IN_SCOPE) as connection:
            to_report = select(outbox.c.item_id).where(outbox.c.done_at.is_(None)).scalar_subquery()
            unreported = (item.c.state == State.REGISTERED.value) & item.c.item_id.in_(to_report)
            rows = connection.execute(
                select(item.c.app_key, item.c.receipt_no).where(item.c.state.in_(OPEN_STATES) | unreported)
            )
            keys.update({row.app_key: row.receipt_no for row in rows})
            known = set(connection.execute(select(run_item.c.app_key).where(run_item.c.run_id == run_id)).scalars())
            fresh = [{"run_id": run_id, "app_key": k, "receipt_no": n} for k, n in keys.items() if k not in known]
            if fresh:
                connection.execute(insert(run_item), fresh)
            return len(known) + len(fresh)

    def stop_requested(self, since: datetime) -> bool:
        """In the order of the records, where this process began a run itself: clocks may be set meanwhile."""
        with self.engine.connect() as connection:
            query = select(control.c.key, control.c.value).where(control.c.key.in_(["stop", "stop_event"]))
            asked = {row.key: row.value for row in connection.execute(query)}
        if self._begun_after is not None and "stop_event" in asked:
            return int(asked["stop_event"]) > self._begun_after
        return "stop" in asked and asked["stop"] >= text_of(since)

    @staticmethod
    def _last_event(connection: Connection) -> int:
        return connection.execute(select(func.max(event_log.c.event_id))).scalar_one() or 0

    def request_stop(self, who: str) -> None:
        """Stop after the entry in hand. A time in the ledger, so that it works without signals."""
        with self.write(Write.REQUEST_STOP) as connection:
            self.record(connection, "stop_requested", None, who=who)
            connection.execute(control.delete().where(control.c.key.in_(["stop", "stop_event"])))
            asked = {"stop": self.now(), "stop_event": str(self._last_event(connection))}
            connection.execute(insert(control), [{"key": key, "value": value} for key, value in asked.items()])

    def known(self, source: str, scope: str, receipt_no: str) -> KnownItem | None:
        key = self.sealer.fingerprint("app", source, scope, receipt_no)
        with self.engine.connect() as connection:
            row = connection.execute(select(item).where(item.c.app_key == key)).one_or_none()
            if row is None:
                return None
            self.trust(connection, "item", [row.item_id])
            return KnownItem(
                item_id=row.item_id,
                state=State(row.state),
                reason=row.reason,
                revision=row.revision,
                has_content=row.content is not None,
                attempts=self.attempt_count(connection, row.item_id),
            )

    @staticmethod
    def attempt_count(connection: Connection, item_id: int) -> int:
        return int(connection.execute(select(func.count()).where(attempt.c.item_id == item_id)).scalar_one())

    def take_in(self, source: str, scope: str, record: IntakeRecord) -> tuple[Intake, int]:
        key = self.sealer.fingerprint("app", source, scope, record.listed.receipt_no)
        with self.write(Write.TAKE_IN) as connection:
            row = connection.execute(select(item).where(item.c.app_key == key)).one_or_none()
            if row is None:
                return Intake.NEW, self._insert(connection, key, record)
            application = record.application
            if application is None:
                self._refused_again(connection, row, record)
                return Intake.KNOWN, int(row.item_id)
            if application.content_hash == row.content_hash and not self._signed_otherwise(row, application):
                return Intake.KNOWN, int(row.item_id)
            if self.attempt_count(connection, row.item_id) or row.state in (State.REGISTERED, State.REPORTED):
                return self._changed(connection, row, record), int(row.item_id)
            return self._replace(connection, row, record), int(row.item_id)

    def _signed_otherwise(self, row: Any, application: Application) -> bool:
        """The source's profile says now that what the column holds is another word for it."""
        if row.reason != Reason.SIGNATURE_INVALID or row.content is None:
            return False
        known = application_from_bytes(self.sealer.unseal(row.content, CONTENT_PURPOSE))
        return known.signature_result != application.signature_result

    def _values(self, record: IntakeRecord) -> dict[str, Any]:
        application = record.application
        received = application.received_at if application else datetime.now(UTC)
        person = ""
        if record.person:
            person = self.sealer.fingerprint("person", record.person, record.procedure)
        return {
            "procedure": record.procedure,
            "procedure_name": record.procedure_name,
            "core": record.core,
            "revision": application.revision if application else record.listed.revision,
            "received_at": text_of(received) if application else self.now(),
            "content": self.sealer.seal(application_to_bytes(application), CONTENT_PURPOSE) if application else None,
            "content_hash": application.content_hash if application else "",
            "person_key": person,
            "reason": record.hold.value if record.hold else "",
            "note": record.note,
            "updated_at": self.now(),
        }

    def _insert(self, connection: Connection, key: str, record: IntakeRecord) -> int:
        withdrawn = record.hold is Reason.WITHDRAWN  # it left the list before it could be downloaded
        unsure = self._may_be_forgotten(connection, record)
        fresh = State.IN_DOUBT if unsure and not record.hold else State.PENDING
        state = State.HELD if record.hold and not withdrawn else fresh
        values = self._values(record) | {
            "app_key": key,
            "receipt_no": record.listed.receipt_no,
            "state": state.value,
            "restored": unsure,
            "due_at": self.now(),
            "created_at": self.now(),
        }
        primary = connection.execute(insert(item).values(**values)).inserted_primary_key
        assert primary is not None
        item_id = int(primary[0])
        self.record(connection, f"->{state.value}", item_id, why=values["reason"])
        if withdrawn:
            self.move(connection, item_id, State.PENDING, State.CLOSED, why=Reason.WITHDRAWN.value)
        else:
            self._same_person(connection, item_id, values, record.person_window, own_reason(record))
        return item_id

    @staticmethod
    def _may_be_forgotten(connection: Connection, record: IntakeRecord) -> bool:
        """In the first complete collection after a restore: it may have been entered after the backup."""
        marks = {
            row.key: row.value
            for row in connection.execute(
                select(control.c.key, control.c.value).where(control.c.key.in_(["restored_collect", "restored_at"]))
            )
        }
        if "restored_collect" not in marks:
            return False
        received = record.application.received_at if record.application else None
        return received is None or received < moment_of(marks["restored_at"]) + RECEIVED_MARGIN

    def _look_first(self, connection: Connection, row: Any, core: str) -> None:
        """A restored item has what a look-up needs now."""
        if row.restored and core:
            self.move(connection, row.item_id, State.PENDING, State.IN_DOUBT, why="restored", note="restored")

    def _same_person(
        self, connection: Connection, item_id: int, values: Mapping[str, Any], window: timedelta, own: str = ""
    ) -> None:
        """Two applications of one person for one procedure: all that are not yet in hand are held together.

        One that is held for another reason keeps it while the newer one is held for this one: a person decides on the
        pair in any case. `own` is why the newer one is held otherwise; it stays in its note, and is found again by the
        plan when it is released.
        """
        if not values["person_key"] or not window:
            return
        received = moment_of(values["received_at"])
        from_, to = text_of(received - window), text_of(received + window)
        others = connection.execute(
            select(item.c.item_id, item.c.receipt_no, item.c.state, item.c.reason, item.c.note).where(
                item.c.person_key == values["person_key"],
                item.c.item_id != item_id,
                item.c.state != State.CLOSED.value,
                item.c.received_at.between(from_, to),
            )
        ).all()
        if not others:
            return
        reason = Reason.SAME_PERSON_TWICE.value
        this = connection.execute(select(item.c.receipt_no, item.c.state).where(item.c.item_id == item_id)).one()
        note = pair_note([other.receipt_no for other in others], own)
        if this.state == State.PENDING.value:
            self.move(connection, item_id, State.PENDING, State.HELD, why=reason, reason=reason, note=note)
        elif this.state == State.HELD.value:
            connection.execute(update(item).where(item.c.item_id == item_id).values(reason=reason, note=note))
        for other in others:
            if other.state == State.PENDING.value:
                note = pair_note([this.receipt_no])
                self.move(connection, other.item_id, State.PENDING, State.HELD, why=reason, reason=reason, note=note)
            elif other.state == State.HELD.value and other.reason == reason:
                note = pair_note([this.receipt_no], former=other.note)
                connection.execute(update(item).where(item.c.item_id == other.item_id).values(note=note))

    def _replace(self, connection: Connection, row: Any, record: IntakeRecord) -> Intake:
        """Never armed: the new content counts. What a person has to release stays held until then, and says so."""
        values = self._values(record) | {"changed_to": ""}
        state = State(row.state)
        if state is State.CLOSED:
            return Intake.KNOWN
        if state is State.HELD and not record.hold:
            values |= {"reason": row.reason, "note": arrived_note(row.note)}
        elif state is State.CLAIMED:  # in hand: planned anew before it is armed
            values.pop("reason")
            values.pop("note")
        connection.execute(update(item).where(item.c.item_id == row.item_id).values(**values))
        self.record(connection, "content_replaced", row.item_id, revision=values["revision"])
        if state is State.PENDING and record.hold:
            self.move(connection, row.item_id, State.PENDING, State.HELD, why=record.hold.value)
        elif state is State.PENDING and row.restored:
            self._look_first(connection, row, record.core)
        self._same_person(connection, row.item_id, values, record.person_window, own_reason(record))
        return Intake.REPLACED

    def _refused_again(self, connection: Connection, row: Any, record: IntakeRecord) -> None:
        """What waits for its entry comes to the hold desk, and what was entered when a newer revision cannot be read."""
        if record.hold is None:
            return
        newer = record.listed.revision not in ("", row.revision)
        if row.state != State.PENDING.value:
            if newer and (row.state in (State.CLAIMED, State.HELD) or self.attempt_count(connection, row.item_id)):
                self._changed_unread(connection, row, record)
            return
        sound = row.content is not None and record.hold is not Reason.PACKAGE_COLUMN
        if sound and record.listed.revision == row.revision:
            return  # what is in the ledger is still the latest
        end = State.CLOSED if record.hold is Reason.WITHDRAWN else State.HELD
        self.move(
            connection,
            row.item_id,
            State.PENDING,
            end,
            why=record.hold.value,
            reason=record.hold.value,
            note=record.note,
        )

    def _changed_unread(self, connection: Connection, row: Any, record: IntakeRecord) -> None:
        """Like _changed, of a content that nobody knows yet; the known revision stays, so that it is asked for again."""
        if row.state in (State.REGISTERED, State.REPORTED):
            reason = Reason.WITHDRAWN_AFTER_ENTRY.value
            note = f"内容の変更（新しい版を取り込めません: {record.note}）"
            self.move(connection, row.item_id, State(row.state), State.HELD, why=reason, reason=reason, note=note)
        elif row.state != State.CLOSED and not row.changed_to:
            unread = {"changed_to": f"revision {record.listed.revision}"}
            connection.execute(update(item).where(item.c.item_id == row.item_id).values(**unread))
            self.record(connection, "content_changed", row.item_id)

    def without_content(self) -> Sequence[tuple[str, str, str]]:
        with self.engine.connect() as connection:
            rows = connection.execute(
                select(item.c.receipt_no, item.c.procedure, item.c.procedure_name).where(
                    item.c.state == State.PENDING.value, item.c.content.is_(None) | (item.c.changed_to != "")
                )
            ).all()
        return [(row.receipt_no, row.procedure, row.procedure_name) for row in rows]

    def homeless(self) -> Sequence[tuple[int, Application]]:
        with self.engine.connect() as connection:
            rows = connection.execute(
                select(item.c.item_id, item.c.content).where(
                    item.c.state == State.PENDING.value, item.c.core == "", item.c.content.is_not(None)
                )
            ).all()
        return [(row.item_id, application_from_bytes(self.sealer.unseal(row.content, CONTENT_PURPOSE))) for row in rows]

    def rehome(self, item_id: int, record: IntakeRecord) -> None:
        values = self._values(record)
        with self.write(Write.REHOME) as connection:
            row = connection.execute(select(item).where(item.c.item_id == item_id)).one()
            connection.execute(update(item).where(item.c.item_id == item_id).values(**values))
            if row.restored and not record.hold:
                self._look_first(connection, row, record.core)
            if record.hold:
                self.move(connection, item_id, State.PENDING, State.HELD, why=record.hold.value)
            self._same_person(connection, item_id, values, record.person_window, own_reason(record))

    def _changed(self, connection: Connection, row: Any, record: IntakeRecord) -> Intake:
        """Armed once: a person corrects the core by hand, as soon as the look-up has settled the attempt."""
        state = State(row.state)
        assert record.application is not None
        changed_to: dict[str, Any] = {
            "changed_to": record.application.content_hash,
            "revision": record.application.revision,
        }
        if state in (State.REGISTERED, State.REPORTED):
            reason = Reason.WITHDRAWN_AFTER_ENTRY.value
            note = "内容の変更"
            self.move(connection, row.item_id, state, State.HELD, why=reason, reason=reason, note=note, **changed_to)
        elif state is State.PENDING:
            reason = Reason.CONTENT_CHANGED.value
            self.move(connection, row.item_id, state, State.HELD, why=reason, reason=reason, **changed_to)
        elif row.changed_to != record.application.content_hash:
            # in hand or in doubt: the attempt is settled first, and then goes to a person
            connection.execute(update(item).where(item.c.item_id == row.item_id).values(**changed_to))
            self.record(connection, "content_changed", row.item_id)
        return Intake.CHANGED_AFTER_ATTEMPT
