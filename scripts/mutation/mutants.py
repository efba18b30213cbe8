"""Makes the mutants of a module: one small change each, by kind, over the syntax tree."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

SWAPPED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
REVERSED: dict[type[ast.operator], type[ast.operator]] = {ast.Add: ast.Sub, ast.Sub: ast.Add}
SILENT = ("logger.", "night.progress.", "night.timer.", "night.protect", "night.show_numbers")
"""What people read or measure: a change there changes no outcome of the protocol."""

Change = Callable[[ast.AST], ast.AST]
"""Takes the node in a tree of its own; returns it changed, or what stands in its place."""


@dataclass(frozen=True, slots=True)
class Mutant:
    file: str
    line: int
    column: int
    what: str
    source: str
    first: int = 0
    last: int = 0
    """The statement's own lines, without what it governs."""

    @property
    def name(self) -> str:
        return f"{self.file}:{self.line}:{self.column} {self.what}"


def mutants_of(path: Path, root: Path) -> Iterator[Mutant]:
    """All of one file, in a fixed order. Docstrings, types, log lines and sentences are left alone."""
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    left_alone = _left_alone(tree)
    spans = list(_spans(tree))
    for at, node in enumerate(ast.walk(tree)):
        if id(node) in left_alone:
            continue
        for what, change in changes(node):
            mutated = ast.parse(text)
            twin = next(other for number, other in enumerate(ast.walk(mutated)) if number == at)
            changed = change(twin)
            if changed is not twin:
                mutated = cast(ast.Module, _Replaced(twin, changed).visit(mutated))
            source = ast.unparse(ast.fix_missing_locations(mutated))
            place = (getattr(node, "lineno", 0), getattr(node, "col_offset", 0))
            around = [(end - start, start, end) for start, end in spans if start <= place[0] <= end]
            _, first, last = min(around, default=(0, *place))
            yield Mutant(path.relative_to(root).as_posix(), *place, what, source, first, last)


def _spans(tree: ast.Module) -> Iterator[tuple[int, int]]:
    """First and last line of each statement; of one that governs others, up to those."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.stmt):
            continue
        inner = getattr(node, "cases", None) or getattr(node, "body", None)
        last = node.end_lineno or node.lineno
        if isinstance(inner, list) and inner:
            governed = inner[0].pattern if isinstance(inner[0], ast.match_case) else inner[0]
            last = max(node.lineno, governed.lineno - 1)
        yield node.lineno, last
    yield from _cases(tree)


def _cases(tree: ast.Module) -> Iterator[tuple[int, int]]:
    for case in (node for node in ast.walk(tree) if isinstance(node, ast.match_case)):
        yield case.pattern.lineno, max(case.pattern.lineno, case.body[0].lineno - 1)


def _left_alone(tree: ast.Module) -> set[int]:
    """Nodes (by identity) in annotations, decorators, log lines and module-level tables of names."""
    found: set[int] = set()
    for node in ast.walk(tree):
        apart: list[ast.AST | None] = []
        match node:
            case ast.FunctionDef():
                apart = [node.returns, *node.decorator_list]
            case ast.arg() | ast.AnnAssign():
                apart = [node.annotation]
            case ast.Expr(value=ast.Constant()):
                apart = [node]
            case ast.Expr(value=ast.Call() as call) if ast.unparse(call.func).startswith(SILENT):
                apart = [node]
            case ast.ImportFrom() | ast.Import():
                apart = [node]
            case _:
                pass
        found |= {id(inner) for outer in apart if outer is not None for inner in ast.walk(outer)}
    return found


class _Replaced(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self._old, self._new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        return self._new if node is self._old else self.generic_visit(node)


def changes(node: ast.AST) -> Iterator[tuple[str, Change]]:
    match node:
        case ast.Compare(ops=[op]) if type(op) in SWAPPED:
            yield f"{type(op).__name__} -> {SWAPPED[type(op)].__name__}", _swap
        case ast.BoolOp(op=op, values=values):
            yield ("and -> or" if isinstance(op, ast.And) else "or -> and"), _other_bool
            for at in range(len(values)):
                yield f"operand {at + 1} left out", _without(at)
        case ast.UnaryOp(op=ast.Not()):
            yield "not left out", _operand
        case ast.BinOp(op=op) if type(op) in REVERSED:
            yield f"{type(op).__name__} reversed", _reverse
        case ast.Constant(value=bool(value)):
            yield f"{value} -> {not value}", _constant(not value)
        case ast.Constant(value=int(value)):
            yield f"{value} -> {value + 1}", _constant(value + 1)
        case ast.Expr(value=ast.Call()):
            yield f"left out: {ast.unparse(node)[:60]}", _nothing
        case ast.Raise():
            yield f"left out: {ast.unparse(node)[:60]}", _nothing
        case ast.If():
            yield "if always", _test(True)
            yield "if never", _test(False)
        case ast.IfExp():
            yield "always the first of two", _test(True)
            yield "always the second of two", _test(False)
        case _:
            return


def _swap(node: ast.AST) -> ast.AST:
    assert isinstance(node, ast.Compare)
    node.ops = [SWAPPED[type(node.ops[0])]()]
    return node


def _other_bool(node: ast.AST) -> ast.AST:
    assert isinstance(node, ast.BoolOp)
    node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    return node


def _without(at: int) -> Change:
    def change(node: ast.AST) -> ast.AST:
        assert isinstance(node, ast.BoolOp)
        left = [value for number, value in enumerate(node.values) if number != at]
        return left[0] if len(left) == 1 else ast.BoolOp(node.op, left)

    return change


def _operand(node: ast.AST) -> ast.AST:
    assert isinstance(node, ast.UnaryOp)
    return node.operand


def _reverse(node: ast.AST) -> ast.AST:
    assert isinstance(node, ast.BinOp)
    node.op = REVERSED[type(node.op)]()
    return node


def _constant(value: bool | int) -> Change:
    return lambda node: ast.Constant(value)


def _nothing(node: ast.AST) -> ast.AST:
    return ast.Pass()


def _test(value: bool) -> Change:
    def change(node: ast.AST) -> ast.AST:
        assert isinstance(node, ast.If | ast.IfExp)
        node.test = ast.Constant(value)
        return node

    return change
