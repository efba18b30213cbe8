"""The sheet's remarks come from what the ledger sealed at the armed write, by record, of this run's registrations."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bridge_agent.cli.sheet import remark_lines, with_plans
from bridge_agent.domain.plan import LookUpPlan
from bridge_agent.domain.work_item import State
from bridge_agent.ledger.opening import open_ledger
from bridge_agent.ledger.store import SqlLedger
from bridge_agent.ledger.writing import Owner
from bridge_agent.pipeline.look_up import plan_to_bytes
from tests.unit.ledger.steps import FACTS, claim, found, take
from tests.unit.pipeline.imitated_core import ImitatedClock, ImitatedSealer

REMARK = "氏名 1文字目 U+20BB7→U+5409"


@pytest.fixture
def ledger() -> SqlLedger:
    return SqlLedger(open_ledger(None, "check"), ImitatedClock(), ImitatedSealer(), Owner(1, 1.0, "host", "boot"))


def sent(ledger: SqlLedger, number: int, remarks: str, record: str = "", core: str = "sogo") -> None:
    """Armed with a plan that says `remarks`; registered when there is a record."""
    take(ledger, number, core=core)
    plan = LookUpPlan("P", f"R{number:03}", "0000000001", date(2026, 11, 5), (), remarks)
    attempt = ledger.arm(claim(ledger, core=core), replace(FACTS, plan=plan_to_bytes(plan)))
    ledger.in_doubt(attempt, "no_answer", None, due_after_s=0)
    if record:
        ledger.registered(attempt, found(record), "doubt")


def test_registrations_with_a_remark_and_no_others(ledger: SqlLedger) -> None:
    sent(ledger, 1, "", "K-1")
    sent(ledger, 2, f"{REMARK}\n氏名 3文字目 U+9AD9→U+9AD8", "K-2")
    sent(ledger, 3, REMARK)
    items = ledger.items()
    assert [item.state for item in items] == [State.REGISTERED, State.REGISTERED, State.IN_DOUBT]
    (line,) = remark_lines(with_plans(ledger, items))
    assert (line.receipt_no, line.receipt_at_core) == ("R002", "K-2")
    assert line.remarks == (REMARK, "氏名 3文字目 U+9AD9→U+9AD8")


def test_two_cores_may_give_the_same_number(ledger: SqlLedger) -> None:
    sent(ledger, 1, REMARK, "K-1")
    sent(ledger, 2, "", "K-1", core="nintei")
    assert [line.receipt_no for line in remark_lines(with_plans(ledger, ledger.items()))] == ["R001"]


def test_nothing_was_registered(ledger: SqlLedger) -> None:
    take(ledger)
    assert remark_lines(with_plans(ledger, ledger.items())) == ()
