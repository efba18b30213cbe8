"""The sheet's 「この後」: what each registration's own plan says; the recipe's words where the ledger has no plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bridge_agent.cli.sheet import registered_lines, with_plans
from bridge_agent.domain.plan import LookUpPlan
from bridge_agent.ledger.opening import open_ledger
from bridge_agent.ledger.store import SqlLedger
from bridge_agent.ledger.writing import Owner
from bridge_agent.mapping.recipe_files import load_recipe
from bridge_agent.pipeline.look_up import plan_to_bytes
from tests.unit.ledger.steps import FACTS, claim, found, take
from tests.unit.pipeline.imitated_core import ImitatedClock, ImitatedSealer

RECIPES = Path(__file__).parents[3] / "recipes"
RENOVATION = "ltci_home_renovation"


@pytest.fixture
def ledger() -> SqlLedger:
    return SqlLedger(open_ledger(None, "check"), ImitatedClock(), ImitatedSealer(), Owner(1, 1.0, "host", "boot"))


def sent(ledger: SqlLedger, number: int, ends_at: str) -> None:
    """Registered with a plan that says what comes after."""
    take(ledger, number, core="nintei", procedure=RENOVATION)
    plan = LookUpPlan("NK0460", "", "0000000001", date(2026, 11, 5), (), ends_at=ends_at)
    attempt = ledger.arm(claim(ledger, core="nintei"), replace(FACTS, plan=plan_to_bytes(plan)))
    ledger.in_doubt(attempt, "no_answer", None, due_after_s=0)
    ledger.registered(attempt, found(f"K-{number}"), "doubt")


def test_each_stage_says_its_own(ledger: SqlLedger) -> None:
    sent(ledger, 1, "承認待ち")
    sent(ledger, 2, "支給審査待ち")
    sent(ledger, 3, "")
    recipe = load_recipe(RECIPES, RECIPES / "nintei" / RENOVATION)
    lines = registered_lines([recipe], ledger, with_plans(ledger, ledger.items()))
    assert [line.ends_at for line in lines] == ["承認待ち", "支給審査待ち", "事前は承認待ち、事後は支給審査待ち"]
