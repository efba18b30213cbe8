"""What is stored and what becomes of it: nothing, late, corrected by a clerk, entered twice, the number given away."""

from __future__ import annotations

from tests.unit.mock_core_ui.core.samples import HANA, TARO, USER
from tests.unit.mock_core_ui.core.walking import Walk


def test_completion_without_a_record(walk: Walk) -> None:
    walk.plan({"fault": "M25", "when": {"nth": [1]}})
    page = walk.register().text
    assert walk.completion_text in page
    assert HANA.name in page
    assert f"{walk.screen.prefix}-2026-000001" in page
    assert walk.commits() == []
    assert walk.hits(walk.listing()) == 0
    walk.register()
    assert len(walk.commits()) == 1


def test_record_shows_late(walk: Walk) -> None:
    walk.plan({"fault": "M37", "seconds": 5})
    walk.register()
    assert walk.hits(walk.listing()) == 0
    walk.core.clock.move(seconds=6)
    assert walk.hits(walk.listing()) == 1


def test_clerk_corrects_the_record(walk: Walk) -> None:
    walk.plan({"fault": "M42"})
    walk.register()
    [commit] = walk.commits()
    person, operator, _, values = walk.record(commit.receipt)
    assert (person, operator) == (HANA.atena_no, USER)
    [name] = [name for name, value in values.items() if value != commit.values[name]]
    assert values[name] == f"{commit.values[name]}（訂正）"
    assert "（訂正）" in walk.detail(commit.receipt).text


def test_clerk_corrects_the_record_and_is_shown(walk: Walk) -> None:
    walk.plan({"fault": "M42b"})
    walk.register()
    [commit] = walk.commits()
    assert commit.operator == USER
    assert "clerk01" in walk.listing().text
    assert walk.record(commit.receipt)[1] == "clerk01"


def test_clerk_enters_the_same_before_and_after(walk: Walk) -> None:
    for fault, operators in (("M43", ["clerk01", USER]), ("M43b", [USER, "clerk01"])):
        seen = len(walk.commits())
        walk.plan({"fault": fault})
        assert walk.completion_text in walk.register().text
        made = walk.commits()[seen:]
        assert [commit.operator for commit in made] == operators
        assert made[0].values == made[1].values
        assert made[0].reference == made[1].reference
        assert {commit.atena_no for commit in made} == {HANA.atena_no}
    assert walk.hits(walk.listing()) == 4


def test_clerk_enters_nothing_when_the_request_is_answered_otherwise(walk: Walk) -> None:
    walk.plan({"fault": "M43"}, {"fault": "M4b"})
    walk.register()
    assert walk.commits() == []


def test_number_goes_to_another_person(walk: Walk) -> None:
    walk.plan({"fault": "M44"})
    page = walk.register().text
    ours, other = walk.commits()
    assert ours.receipt == other.receipt
    assert ours.receipt in page
    assert (ours.atena_no, other.atena_no, other.operator) == (HANA.atena_no, TARO.atena_no, "clerk01")
    assert walk.record(ours.receipt)[0] == TARO.atena_no
    assert walk.hits(walk.listing()) == 0
    assert TARO.name in walk.detail(ours.receipt).text
