"""Every durable write and every foreign action stands between two crash points; in production nothing is installed."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from bridge_agent.domain import crash_points
from bridge_agent.domain.crash_points import Action, Write
from tests.architecture.source_files import ROOT, python_files
from tests.architecture.test_one_register_call import ancestors, parents

PIPELINE = sorted((ROOT / "bridge_agent" / "pipeline").glob("*.py"))
LEDGER = sorted((ROOT / "bridge_agent" / "ledger").rglob("*.py"))
FOREIGN = {
    "night.source": {"approved", "deliver", "put_away", "standing", "report_linked"},
    "session": {"start", "renew", "stop_sender", "close"},
    "session.screen": {"register", "read_ending", "outline", "picture"},
    "act": {"perform"},
    "night": {"kill_sender"},
}
"""Receiver -> what is a foreign action there. `ask_ahead` and `ahead` ask what an enclosed call asks again."""
READS = {"matches", "look_up", "fixed_canary", "_known_record_found"}
"""Functions of the look-up that ask the core; inside their own module they call each other."""
BEGINS = {"ledger/writing.py": 1, "ledger/opening.py": 1}
"""Where a transaction that writes may begin: the one enclosed place, and the making of a new ledger."""


def enclosed(node: ast.AST, above: dict[ast.AST, ast.AST]) -> bool:
    return any(
        ast.unparse(item.context_expr).startswith("action(")
        for outer in ancestors(node, above)
        if isinstance(outer, ast.With)
        for item in outer.items
    )


def is_foreign(call: ast.Call, module: str) -> bool:
    match call.func:
        case ast.Attribute(value=receiver, attr=name):
            return name in FOREIGN.get(ast.unparse(receiver), set())
        case ast.Name(id=name):
            return name in READS and module != "look_up.py"
        case _:
            return False


def foreign_calls(path: Path) -> list[tuple[str, bool]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    above = parents(tree)
    return [
        (f"{path.name}:{node.lineno} {ast.unparse(node.func)}", enclosed(node, above))
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and is_foreign(node, path.name)
    ]


def test_every_foreign_action_of_the_pipeline_stands_between_two_points() -> None:
    calls = [call for path in PIPELINE for call in foreign_calls(path)]
    assert len(calls) >= 20
    assert [place for place, inside in calls if not inside] == []


def test_every_named_action_and_write_is_used() -> None:
    pipeline = "\n".join(path.read_text(encoding="utf-8") for path in PIPELINE)
    ledger = "\n".join(path.read_text(encoding="utf-8") for path in LEDGER)
    assert {a.name for a in Action} == set(re.findall(r"action\(Action\.(\w+)\)", pipeline))
    writes = re.findall(r"self\.write\(Write\.(\w+)\)", ledger)
    assert sorted(writes) == sorted(w.name for w in Write)  # each once


def test_a_transaction_that_writes_begins_in_one_place() -> None:
    begins = {
        path.relative_to(ROOT / "bridge_agent").as_posix(): len(re.findall(r"engine\.begin\(", path.read_text("utf-8")))
        for path in python_files("bridge_agent")
    }
    assert {place: count for place, count in begins.items() if count} == BEGINS


def test_nothing_in_production_installs_a_hook() -> None:
    for path in python_files("bridge_agent"):
        if path.name != "crash_points.py":
            assert "crash_points.install" not in path.read_text(encoding="utf-8"), path
    assert crash_points._hook is None


def test_the_points_are_a_closed_set_with_distinct_names() -> None:
    points = crash_points.every_point()
    assert len(points) == len(set(points)) == 3 * len(Write) + 2 * len(Action)
