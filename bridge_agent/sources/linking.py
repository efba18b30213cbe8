"""Whether 連携済 may be reported, judged by how the application stands at the source just now."""

from __future__ import annotations

from bridge_agent.domain.application import SourceState, Standing
from bridge_agent.domain.errors import BusinessError
from bridge_agent.domain.reasons import Reason


def is_linked(standing: Standing, core_receipt: str) -> bool:
    """True when already reported with this number, False when it can be. Raises BusinessError otherwise."""
    match standing.state:
        case SourceState.LINKED if standing.core_receipt == core_receipt:
            return True
        case SourceState.LINKED:
            raise BusinessError(Reason.OTHER_OPERATOR, "申請管理システムでは別の基幹側受付番号で連携済です")
        case SourceState.APPROVED:
            return False
        case SourceState.WITHDRAWN | SourceState.SENT_BACK:
            raise BusinessError(Reason.WITHDRAWN_AFTER_ENTRY, "申請管理システムへは報告していません")
        case SourceState.UNKNOWN:
            raise BusinessError(Reason.SOURCE_STATE_UNKNOWN, "申請管理システムへは報告していません")
