"""The fault plan: which rule fires at which question."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from mock_core_ui.faults import MENU, BadRule, FaultPlan, Phase, menu_report


def _fires(rule: Mapping[str, object], times: int, procedure: str = "p", core: str = "sogo") -> list[int]:
    plan = FaultPlan()
    plan.replace([rule])
    return [at for at in range(1, times + 1) if plan.fired(Phase.AFTER_COMMIT, core, procedure)]


def test_nth_every_and_limit() -> None:
    assert _fires({"fault": "M4", "when": {"nth": [2, 5]}}, 6) == [2, 5]
    assert _fires({"fault": "M4", "when": {"every": 3}}, 9) == [3, 6, 9]
    assert _fires({"fault": "M4", "when": {"every": 3}, "limit": 2}, 9) == [3, 6]
    assert _fires({"fault": "commit_then_drop"}, 2) == [1, 2]


def test_probability_follows_from_its_seed() -> None:
    rule = {"fault": "M4", "when": {"probability": 0.3, "seed": 7}}
    assert _fires(rule, 100) == _fires(rule, 100)
    assert 15 <= len(_fires(rule, 100)) <= 45
    assert _fires({"fault": "M4", "when": {"probability": 0, "seed": 7}}, 50) == []


def test_only_what_concerns_a_rule_is_counted() -> None:
    rule = {"fault": "M4", "when": {"nth": [1]}, "procedure": "p", "core": "sogo"}
    assert _fires(rule, 3, procedure="q") == []
    assert _fires(rule, 3, core="nintei") == []
    plan = FaultPlan()
    plan.replace([rule])
    assert plan.fired(Phase.BEFORE_COMMIT, "sogo", "p") == ()
    assert plan.fired(Phase.AFTER_COMMIT, "sogo", "q") == ()
    assert len(plan.fired(Phase.AFTER_COMMIT, "sogo", "p")) == 1


def test_pages_have_a_kind() -> None:
    plan = FaultPlan()
    plan.replace([{"fault": "M9"}, {"fault": "M16", "page": "confirm", "text": "x"}])
    assert [firing.fault.code for firing in plan.fired(Phase.ON_PAGE, "sogo", page="complete")] == ["M9"]
    assert plan.fired(Phase.ON_PAGE, "sogo", page="entry") == ()
    assert plan.fired(Phase.ON_PAGE, "sogo", page="confirm")[0].parameters == {"text": "x"}


def test_parameters_have_defaults() -> None:
    plan = FaultPlan()
    plan.replace([{"fault": "M3", "seconds": 5}, {"fault": "M1"}])
    firings = plan.fired(Phase.AFTER_COMMIT, "sogo")
    assert (firings[0].number("seconds"), firings[1].number("status")) == (5, 500)


def test_report_counts() -> None:
    plan = FaultPlan()
    plan.replace([{"fault": "commit_then_drop", "when": {"nth": [2]}}])
    for _ in range(3):
        plan.fired(Phase.AFTER_COMMIT, "sogo")
    assert plan.report() == [{"fault": "commit_then_drop", "when": {"nth": [2]}, "code": "M4", "seen": 3, "fired": 1}]
    plan.replace([])
    assert plan.report() == []


@pytest.mark.parametrize(
    "rules",
    [
        {},
        ["M4"],
        [{"fault": "M99"}],
        [{"fault": "M4", "when": {"nth": 1}}],
        [{"fault": "M4", "when": {"every": 0}}],
        [{"fault": "M4", "when": "always"}],
        [{"fault": "M4", "limit": "2"}],
        [{"fault": "M4", "seconds": 3}],
    ],
)
def test_bad_rules_change_nothing(rules: object) -> None:
    plan = FaultPlan()
    plan.replace([{"fault": "M1"}])
    with pytest.raises(BadRule):
        plan.replace(rules)
    assert len(plan.report()) == 1


def test_menu_is_plain_and_complete() -> None:
    codes = [line["code"] for line in menu_report()]
    assert codes == list(MENU)
    assert {"M1", "M1b", "M2", "M3", "M4", "M5", "M9", "M12", "M13", "M16", "M22", "M37", "M38"} <= set(codes)
