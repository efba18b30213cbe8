"""What the ledger's own words are called on a clerk's screen. A word that is not here (an error's class) is shown as it is."""

from __future__ import annotations

import re

from bridge_agent.domain.ledger_records import Intake
from bridge_agent.domain.reasons import EXPLANATIONS, Reason
from bridge_agent.domain.result import Verdict
from bridge_agent.domain.work_item import STATE_NAMES, State

OUTCOMES = {"": "未決", "registered": "登録確認済", "absent": "登録なし"}
LOOKUPS = {
    "after_entry": "入力直後",
    "doubt": "結果不明の確認",
    "reconcile": "登録後の確認",
}
VERDICTS = {
    Verdict.FOUND: "見つかった（内容一致）",
    Verdict.MISMATCH: "見つかったが内容が違う",
    Verdict.OTHER_OPERATOR: "別の担当者の登録",
    Verdict.DUPLICATE: "2件以上ある",
    Verdict.ABSENT: "見つからない",
    Verdict.UNREADABLE: "照会を読めない",
    Verdict.UNTRUSTED: "照会を確かめられない",
}
EVENTS = {
    "counted": "照会で件数を確認",
    "content_replaced": "内容の差し替え（入力前）",
    "content_changed": "内容の変更（登録操作の後）",
    "attempt_reconstructed": "控えから戻した台帳にない試行を復元",
}


INTAKES = {
    Intake.NEW: "取込",
    Intake.KNOWN: "取込済",
    Intake.REPLACED: "差し替え",
    Intake.CHANGED_AFTER_ATTEMPT: "登録操作の後の変更",
}


def outcome_words(outcome: str) -> str:
    """What became of an application at one stage, as the progress tells it: 'new', 'no_recipe', '保留 no_recipe', '保留 2件'."""
    if outcome in set(Intake):
        return INTAKES[Intake(outcome)]
    word = outcome.removeprefix("保留 ")
    if word in set(Reason):
        return f"保留（{EXPLANATIONS[Reason(word)].sentence.removesuffix('。')}）"
    found = re.fullmatch("([0-9]+)件", word)
    return f"保留のうち基幹に{found[1]}件あるもの" if found else outcome


def event_words(kind: str) -> str:
    """'pending->claimed' as 入力待ち → 入力中; a move out of nothing is what taking in came to."""
    if "->" not in kind:
        return EVENTS.get(kind, kind)
    start, end = (STATE_NAMES[State(word)] if word else "取込" for word in kind.split("->"))
    return f"{start} → {end}"
