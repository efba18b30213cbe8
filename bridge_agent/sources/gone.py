"""An application that was listed as approved and does not come when its content is asked for."""

from __future__ import annotations

from bridge_agent.domain.application import Delivered, Listed, SourceState, Standing
from bridge_agent.domain.reasons import Reason

NOT_GIVEN = "申請管理システムがこの申請の内容を渡しません（一覧や状態には答えています）"
MOST_NOT_GIVEN = 3
"""So many in a row are no matter of single applications."""

_GONE: dict[SourceState, Reason] = {
    SourceState.WITHDRAWN: Reason.WITHDRAWN,
    SourceState.SENT_BACK: Reason.CONTENT_CHANGED,  # a corrected revision may come under the same number
    SourceState.LINKED: Reason.ALREADY_AT_CORE,
}


def gone(listed: Listed, standing: Standing) -> Delivered:
    """It comes with what the source says of it now."""
    reason = _GONE.get(standing.state, Reason.SOURCE_STATE_UNKNOWN)
    return Delivered(listed, None, reason, "ダウンロードの前に承認済の一覧から外れました")
