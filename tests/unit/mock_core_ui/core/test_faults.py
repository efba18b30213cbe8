"""The fault plan: which rule fires at which question."""

from __future__ import annotations

import random
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
        [{"fault": "M3", "seconds": "3"}],
        [{"fault": "M3", "seconds": True}],
        [{"fault": "M16", "text": 3}],
        [{"fault": "M39", "scope": "some"}],
        [{"fault": "M8"}],
    ],
)
def test_bad_rules_change_nothing(rules: object) -> None:
    plan = FaultPlan()
    plan.replace([{"fault": "M1"}])
    with pytest.raises(BadRule):
        plan.replace(rules)
    assert len(plan.report()) == 1


def test_rules_come_and_go_one_by_one_while_the_others_count_on() -> None:
    plan = FaultPlan()
    plan.add({"fault": "M1"})
    plan.fired(Phase.AFTER_COMMIT, "sogo")
    plan.add({"fault": "M4"})
    plan.fired(Phase.AFTER_COMMIT, "sogo")
    assert [(rule["code"], rule["seen"]) for rule in plan.report()] == [("M1", 2), ("M4", 1)]
    plan.drop(0)
    plan.drop(7)
    plan.drop(-1)
    assert [(rule["code"], rule["seen"]) for rule in plan.report()] == [("M4", 1)]
    with pytest.raises(BadRule):
        plan.add({"fault": "M0"})


def test_what_an_effect_draws_does_not_change_when_the_rule_strikes() -> None:
    plan = FaultPlan()
    plan.replace([{"fault": "M4", "when": {"probability": 0.5, "seed": 5}}])
    asked = [plan.fired(Phase.AFTER_COMMIT, "sogo") for _ in range(30)]
    expected = random.Random(5)
    assert [bool(firings) for firings in asked] == [expected.random() < 0.5 for _ in range(30)]
    chances = [firing.chance for firings in asked for firing in firings]
    assert len(set(chances)) == len(chances)
    assert all(0 <= chance < 1 for chance in chances)


def test_faults_that_need_tls_are_taken_with_it() -> None:
    plan = FaultPlan(tls=True)
    plan.replace([{"fault": "M8", "certificate": "unknown"}])
    assert plan.report()[0]["code"] == "M8"


def test_menu_is_plain_and_complete() -> None:
    codes = [line["code"] for line in menu_report()]
    assert codes == list(MENU)
    assert {"M1", "M1b", "M2", "M3", "M4", "M5", "M9", "M12", "M13", "M16", "M22", "M37", "M38"} <= set(codes)
