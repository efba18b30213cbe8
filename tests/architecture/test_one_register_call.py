"""The register action has one call site, inside the armed window, straight after the durable write, in no loop.

The conformance test has one of its own: it measures test environments, has no ledger, and refuses anything else.
"""

from __future__ import annotations

import ast
from pathlib import Path

AGENT = Path(__file__).parents[2] / "bridge_agent"
ENTER = AGENT / "pipeline" / "enter.py"


def register_calls(tree: ast.AST) -> list[ast.Call]:
    """Calls of a screen's register(); the ledger's write and the click table have other names."""
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "register"
        and "screen" in ast.unparse(node.func.value)
    ]


def parents(tree: ast.AST) -> dict[ast.AST, ast.AST]:
    return {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}


def ancestors(node: ast.AST, above: dict[ast.AST, ast.AST]) -> list[ast.AST]:
    chain = []
    while node in above:
        node = above[node]
        chain.append(node)
    return chain


def test_there_is_one_call_site() -> None:
    places = {
        path.relative_to(AGENT).as_posix(): len(register_calls(ast.parse(path.read_text(encoding="utf-8"))))
        for path in AGENT.rglob("*.py")
    }
    assert {place: count for place, count in places.items() if count} == {
        "pipeline/enter.py": 1,
        "workshop/conformance/bench.py": 1,
    }


def test_the_night_cannot_reach_the_conformance_test() -> None:
    """Nothing but the command line and the workshop itself imports it."""
    importers = {
        path.relative_to(AGENT).as_posix()
        for path in AGENT.rglob("*.py")
        if "workshop.conformance" in path.read_text(encoding="utf-8")
    }
    assert {place for place in importers if not place.startswith("workshop/conformance/")} == {"cli/cores.py"}


def test_the_conformance_test_refuses_a_production_core_before_anything_else() -> None:
    tree = ast.parse((AGENT / "workshop" / "conformance" / "suite.py").read_text(encoding="utf-8"))
    run = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "run")
    first = run.body[1]  # after the docstring
    assert isinstance(first, ast.Expr)
    assert ast.unparse(first.value) == "refuse_production(bench.site, bench.core)"


def test_it_stands_inside_the_armed_window_and_in_no_loop() -> None:
    tree = ast.parse(ENTER.read_text(encoding="utf-8"))
    (call,) = register_calls(tree)
    chain = ancestors(call, parents(tree))
    windows = [
        item
        for node in chain
        if isinstance(node, ast.With)
        for item in node.items
        if ast.unparse(item.context_expr).startswith("armed(")
    ]
    assert len(windows) == 1
    assert not [node for node in chain if isinstance(node, ast.For | ast.While | ast.AsyncFor)]
    function = next(node for node in chain if isinstance(node, ast.FunctionDef))
    assert function.decorator_list == []


def test_nothing_stands_between_the_durable_write_and_the_action() -> None:
    tree = ast.parse(ENTER.read_text(encoding="utf-8"))
    (call,) = register_calls(tree)
    window = next(
        node
        for node in ancestors(call, parents(tree))
        # the durable write is the last thing that is entered before the block begins
        if isinstance(node, ast.With) and ast.unparse(node.items[-1].context_expr).startswith("armed(")
    )
    first = window.body[0]
    # only the stopwatch may stand around the call
    if isinstance(first, ast.With):
        assert "measure" in ast.unparse(first.items[0].context_expr)
        first = first.body[0]
    assert isinstance(first, ast.Assign)
    assert first.value is call


def test_no_retry_library_is_used_in_the_pipeline() -> None:
    for path in (AGENT / "pipeline").glob("*.py"):
        assert "tenacity" not in path.read_text(encoding="utf-8")
