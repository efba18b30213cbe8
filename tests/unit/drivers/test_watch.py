"""Dialogs are always answered; what they mean depends on the rules and on the moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, cast

import pytest
from playwright.sync_api import BrowserContext

from bridge_agent.domain.errors import BusinessError
from bridge_agent.domain.plan import DialogAnswer, DialogRule
from bridge_agent.domain.reasons import Reason
from bridge_agent.drivers.browser.watch import Watch


@dataclass
class FakeContext:
    handlers: dict[str, Callable[[Any], None]] = field(default_factory=dict)

    def on(self, event: str, handler: Callable[[Any], None]) -> None:
        self.handlers[event] = handler


@dataclass
class FakeDialog:
    type: str
    message: str
    answer: str = ""

    def accept(self) -> None:
        self.answer = "accepted"

    def dismiss(self) -> None:
        self.answer = "dismissed"


CORE_RULE = DialogRule("alert", "必須です", DialogAnswer.ACCEPT, hold="refused_by_screen")


@pytest.fixture
def context() -> FakeContext:
    return FakeContext()


@pytest.fixture
def watch(context: FakeContext) -> Watch:
    watch = Watch(cast(BrowserContext, context), [CORE_RULE])
    watch.begin([DialogRule("confirm", "登録　します", DialogAnswer.ACCEPT)])
    return watch


def asked(context: FakeContext, kind: str, message: str) -> str:
    dialog = FakeDialog(kind, message)
    context.handlers["dialog"](dialog)
    return dialog.answer


def test_a_known_dialog_is_answered_and_forgotten(context: FakeContext, watch: Watch) -> None:
    assert asked(context, "confirm", "登録\n します。よろしいですか") == "accepted"
    watch.check()


def test_a_rule_may_hold_the_application(context: FakeContext, watch: Watch) -> None:
    assert asked(context, "alert", "氏名は必須です。") == "accepted"
    with pytest.raises(BusinessError) as raised:
        watch.check()
    assert raised.value.reason is Reason.REFUSED_BY_SCREEN
    watch.check()  # told once


def test_an_unknown_dialog_is_dismissed_and_told_without_its_text(context: FakeContext, watch: Watch) -> None:
    assert asked(context, "alert", "山田太郎さんはすでに") == "dismissed"
    with pytest.raises(BusinessError) as raised:
        watch.check()
    assert raised.value.reason is Reason.DIALOG_UNKNOWN
    assert "山田" not in raised.value.message


def test_the_same_text_in_another_kind_is_unknown(context: FakeContext, watch: Watch) -> None:
    assert asked(context, "prompt", "登録 します") == "dismissed"
    with pytest.raises(BusinessError):
        watch.check()


def test_a_new_application_forgets_rules_and_events(context: FakeContext, watch: Watch) -> None:
    asked(context, "alert", "何か")
    watch.begin(())
    watch.check()
    assert asked(context, "confirm", "登録 します") == "dismissed"
    watch.begin(())
    assert asked(context, "alert", "必須です") == "accepted"


def test_during_the_register_press_dialogs_are_noted_only(context: FakeContext, watch: Watch) -> None:
    with watch.registering():
        assert asked(context, "confirm", "登録 します") == "accepted"
        assert asked(context, "confirm", "二重です") == "dismissed"
        assert asked(context, "alert", "必須です") == "accepted"
    assert watch.dialogs == ["confirm", "refused_by_screen"]
    watch.check()


def test_the_agent_may_leave_a_page_that_asks_back(context: FakeContext, watch: Watch) -> None:
    with watch.leaving():
        assert asked(context, "beforeunload", "") == "accepted"
    watch.check()
    assert asked(context, "beforeunload", "") == "dismissed"
    assert watch.stayed


def test_a_rule_with_an_unknown_reason_still_holds(context: FakeContext, watch: Watch) -> None:
    watch.begin([DialogRule("alert", "x", DialogAnswer.ACCEPT, hold="no_such_reason")])
    assert asked(context, "alert", "x") == "accepted"
    with pytest.raises(BusinessError) as raised:
        watch.check()
    assert raised.value.reason is Reason.DIALOG_UNKNOWN
