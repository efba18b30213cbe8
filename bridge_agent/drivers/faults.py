"""What a driver found wrong with a screen, as sentences for people."""

from __future__ import annotations

from bridge_agent.domain.errors import BusinessError
from bridge_agent.domain.plan import BoundField, Target
from bridge_agent.domain.reasons import Reason

_WHY = {
    "not_found": "見つかりません",
    "several": "2つ以上あります",
    "disabled": "使えない状態です",
    "kind_differs": "入力欄の種類が違います",
    "covered": "ほかの表示に隠れています",
    "no_frame": "フレームがありません",
    "option_missing": "選択肢がありません",
    "option_not_shown": "同じ表示の選択肢がありません",
    "option_twice": "同じ選択肢が2つあります",
    "option_disabled": "選択肢が選べません",
    "same_as_other": "別の項目と同じ入力欄を指しています",
    "gone": "入力の途中で消えました",
}


def called(target: Target) -> str:
    """How a message names a target: the author's first word for it."""
    return f"「{target.ladder[0].text}」" if target.ladder else "（場所の指定なし）"


def screen_changed(note: str) -> BusinessError:
    """Held, and the procedure's other applications wait too: the next one would meet the same screen."""
    return BusinessError(Reason.SCREEN_CHANGED, note)


_OF_THE_VALUE = frozenset(("option_not_shown",))
"""What is wrong with this application's value only; the next one may have a value that is there."""


def field_fault(field: BoundField, why: str) -> BusinessError:
    """The clerk's word for the item; where the screen has changed also the recipe's, for whoever mends the recipe."""
    if why in _OF_THE_VALUE or not field.title:
        return fault(field.title or field.key, why)
    return fault(f"{field.title}（{field.key}）", why)


def fault(what: str, why: str) -> BusinessError:
    if why in _OF_THE_VALUE:
        return BusinessError(Reason.VALUE_INVALID, f"{what}: {_WHY[why]}")
    return screen_changed(f"{what}: {_WHY.get(why, why)}")
