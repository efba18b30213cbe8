"""Telling the source what was registered: through the outbox, as often as needed, never more than once in effect."""

from __future__ import annotations

from contextlib import suppress

from loguru import logger

from bridge_agent.domain.application import SourceState
from bridge_agent.domain.crash_points import Action, action
from bridge_agent.domain.errors import BridgeError, BusinessError, StopRunError
from bridge_agent.domain.ledger_records import Report, StaleClaim
from bridge_agent.domain.reasons import Reason
from bridge_agent.pipeline.night import Night


def report(night: Night) -> None:
    """Empty the outbox; what cannot be told now stays in it for the next run."""
    waiting = night.ledger.outbox()
    night.progress.stage("申請管理システムへ連携済を報告", len(waiting))
    for line in waiting:
        try:
            still_the_same(night, line)
            with action(Action.REPORT):
                night.source.report_linked(line.receipt_no, line.core_receipt)
        except StopRunError:
            raise
        except BusinessError as error:
            # withdrawn, sent back or linked with another number meanwhile: a person compares both systems
            with suppress(StaleClaim):
                night.ledger.report_refused(line, error.reason, error.note)
            night.progress.advance(line.receipt_no, f"保留 {error.reason}")
            continue
        except BridgeError as error:
            logger.warning("受付番号 {}: 連携済を報告できませんでした（{}）。", line.receipt_no, error.message)
            continue
        with suppress(StaleClaim):  # another run was emptying the same outbox and was quicker
            night.ledger.reported(line)
        night.progress.advance(line.receipt_no, "報告済")
    night.progress.done()


def still_the_same(night: Night, line: Report) -> None:
    """A revision approved since would be 連携済 as well, leave the source's list, and never be seen."""
    with action(Action.ASK_SOURCE):
        standing = night.source.standing(line.receipt_no)
    if standing.state is SourceState.APPROVED and standing.revision not in (None, line.revision):
        note = f"内容の変更（版 {standing.revision}）。申請管理システムへは報告していません"
        raise BusinessError(Reason.WITHDRAWN_AFTER_ENTRY, note)
