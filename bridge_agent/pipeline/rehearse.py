"""Rehearsal: everything up to, and not including, the commit step. Nothing is armed and no state is kept.

Only the event of the item's return tells whether the rehearsal came to its end.
"""

from __future__ import annotations

from loguru import logger

from bridge_agent.domain.crash_points import Action, action
from bridge_agent.domain.errors import BusinessError, NotYet, StopRunError
from bridge_agent.domain.ledger_records import NOT_READY, REHEARSED, Claim
from bridge_agent.domain.ports import CoreSession
from bridge_agent.pipeline.enter import Withdrawn, prepare
from bridge_agent.pipeline.night import CoreAccess, Night

READY = "登録の手前まで進みました"


def rehearse(night: Night, access: CoreAccess, session: CoreSession, claim: Claim) -> bool:
    """True when the register action was in reach; the item goes back to pending either way."""
    receipt_no = claim.item.receipt_no
    why = NOT_READY
    try:
        prepare(night, access, session, claim, None)
        why, text = REHEARSED, READY
    except BusinessError as error:
        text = f"保留になります: {error.message}"
    except NotYet as waiting:
        text = f"前提待ちです: {waiting.note}"
    except Withdrawn:
        text = "申請管理システムで取下げになっています"
    except StopRunError:
        night.ledger.put_back(claim, why, after_s=0, counts=False)
        raise
    except Exception as error:
        text = f"登録前の技術的なエラーです（{type(error).__name__}）"
        with action(Action.RENEW_SESSION):
            session.renew()
    night.ledger.put_back(claim, why, after_s=0, counts=False)
    night.progress.advance(receipt_no, text)
    logger.info("予行 {}: {}", receipt_no, text)
    return why == REHEARSED
