"""The circuit breaker of a lane: what opens it, and the one sentence that says why and what to do.

An open breaker stays in the ledger until a person restarts the lane; until then the lane looks up and settles, and
enters nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bridge_agent.domain.errors import StopRunError


class Breaker(StrEnum):
    """Why a lane's breaker is open. Codes are stored in the ledger; never rename one that has been used."""

    UNCONFIRMED_IN_A_ROW = "unconfirmed_in_a_row"
    DUPLICATE = "duplicate"
    LATE_RECORD = "late_record"
    LOOKUP_USELESS = "lookup_useless"
    FUSE_SILENT = "fuse_silent"


_WHY: dict[Breaker, tuple[str, str]] = {
    Breaker.UNCONFIRMED_IN_A_ROW: (
        "登録を照会で確かめられないことが続きました",
        "基幹システムの状態と保留の一覧を確かめ",
    ),
    Breaker.DUPLICATE: (
        "同じ申請の登録が2件以上見つかりました",
        "保留の一覧を見て基幹システムの重複を取り消し",
    ),
    Breaker.LATE_RECORD: (
        "前の試行の登録が後から見つかりました",
        "保留の一覧を見て登録が1件だけであることを確かめ",
    ),
    Breaker.LOOKUP_USELESS: (
        "結果の不明な申請を、照会で確かめられませんでした",
        "基幹システムの照会画面が正しく動くことを確かめ",
    ),
    Breaker.FUSE_SILENT: (
        "登録要求が、送信の見張りを通らずに送られました",
        "基幹システム定義の register_request を直し",
    ),
}


def breaker_sentence(why: Breaker, system: str, lane: str, note: str = "") -> str:
    """One Japanese sentence: what happened, that nothing is entered, what to do. `note` names receipt numbers."""
    happened, remedy = _WHY[why]
    about = f"（{note}）" if note else ""
    return (
        f"{system}で{happened}{about}。入力を止めています。{remedy}てから、"
        f"bridge-agent lane restart {lane} で再開してください。"
    )


@dataclass(frozen=True, slots=True)
class OpenBreaker:
    """A lane's breaker as the ledger keeps it."""

    lane: str
    why: Breaker
    note: str
    since: str
    """UTC, ISO 8601."""


class BreakerOpened(StopRunError):
    """Raised where the reason is found; the lane keeps it in the ledger and enters nothing more."""

    def __init__(self, why: Breaker, note: str = "") -> None:
        super().__init__(_WHY[why][0])
        self.why = why
        self.note = note
