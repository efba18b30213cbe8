"""After the ledger was restored: what may have been entered since the backup gets a plan to be looked up with."""

from __future__ import annotations

from loguru import logger

from bridge_agent.domain.errors import BusinessError
from bridge_agent.domain.reasons import WAIVABLE, Reason
from bridge_agent.pipeline.look_up import plan_to_bytes
from bridge_agent.pipeline.night import CoreAccess, Night


def remember(night: Night, access: CoreAccess) -> None:
    """Doubts without an attempt become ordinary ones; what cannot be planned cannot be looked up and goes to a person."""
    for forgotten in night.ledger.forgotten(access.profile.core):
        if forgotten.application is None:
            night.ledger.hold_forgotten(forgotten.item_id, Reason.LOOKUP_FAILED, "申請の内容がありません")
            continue
        try:
            plan = night.recipes.plan(forgotten.application, WAIVABLE)
        except BusinessError as error:
            night.ledger.hold_forgotten(forgotten.item_id, error.reason, error.note)
            continue
        night.ledger.reconstruct(
            forgotten.item_id,
            access.lane,
            plan_to_bytes(plan.look_up),
            due_after_s=access.profile.limits.settle_s,
        )
        logger.info("受付番号 {}: 台帳の復元のため、照会で登録の有無を確かめます。", forgotten.receipt_no)
