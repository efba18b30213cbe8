"""The states an application passes through in the management system, with the names its screens show."""

from __future__ import annotations

from enum import Enum


class State(Enum):
    """Codes of the national envelope's 状態."""

    RECEIVED = "1"
    IN_REVIEW = "2"
    SENT_BACK = "3"
    APPROVED = "4"
    LINKED = "5"
    FINISHED = "6"
    REJECTED = "7"
    WITHDRAWN = "8"

    @property
    def label(self) -> str:
        """The name on the screen and in files."""
        return _LABELS[self]


_LABELS = {
    State.RECEIVED: "未処理",
    State.IN_REVIEW: "審査中",
    State.SENT_BACK: "補正依頼中",
    State.APPROVED: "承認済(連携待ち)",
    State.LINKED: "連携済",
    State.FINISHED: "完了",
    State.REJECTED: "却下",
    State.WITHDRAWN: "取下げ",
}
