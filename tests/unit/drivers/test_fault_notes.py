"""How a note names a field: for the clerk by the item, for whoever mends the recipe by its key as well."""

from __future__ import annotations

import pytest

from bridge_agent.domain.plan import BoundField, Control, FieldClass, Target
from bridge_agent.domain.reasons import Reason
from bridge_agent.drivers.faults import field_fault


@pytest.mark.parametrize(
    ("title", "why", "reason", "note"),
    [
        ("交付方法区分", "option_not_shown", Reason.VALUE_INVALID, "交付方法区分: 同じ表示の選択肢がありません"),
        ("", "option_not_shown", Reason.VALUE_INVALID, "delivery: 同じ表示の選択肢がありません"),
        ("交付方法区分", "not_found", Reason.SCREEN_CHANGED, "交付方法区分（delivery）: 見つかりません"),
        ("", "disabled", Reason.SCREEN_CHANGED, "delivery: 使えない状態です"),
    ],
)
def test_a_field_is_named_for_whoever_has_to_act(title: str, why: str, reason: Reason, note: str) -> None:
    field = BoundField("delivery", Target(()), Control.SELECT, "1", FieldClass.PLAIN, title=title)
    told = field_fault(field, why)
    assert (told.reason, told.note) == (reason, note)
