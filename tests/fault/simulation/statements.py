"""The ledger's statements for very many schedules: recorded as they are written, compiled once a form."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, bindparam
from sqlalchemy.dialects import sqlite as sqlite_dialect

DIALECT = sqlite_dialect.dialect()
FORM = frozenset({"limit", "offset", "join", "outerjoin", "label", "alias", "column", "text"})
"""Calls whose plain arguments belong to the statement's form and are never bound as values."""
VALUES = frozenset({str, int, float, bytes, bool, datetime})
_keys: dict[Any, int] = {}


def _interned(key: Any) -> int:
    """A small number for a form: the same form of statement has the same number, wherever it is written."""
    known = _keys.get(key)
    if known is None:
        known = _keys[key] = len(_keys)
    return known


class Part:
    """A piece of a statement as it was written: its form as a number, and the values in it in their order."""

    __slots__ = ("_args", "_attributes", "_base", "_key", "_named", "_op", "_values")

    def __init__(self, op: str, base: Any, args: Any, named: Any, key: int, values: tuple[Any, ...]) -> None:
        self._op, self._base, self._args, self._named = op, base, args, named
        self._key, self._values = key, values
        self._attributes: dict[str, Part] | None = None

    def __getattr__(self, name: str) -> Part:
        if self._attributes is None:
            self._attributes = {}
        known = self._attributes.get(name)
        if known is None:
            if name.startswith("__"):
                raise AttributeError(name)
            known = Part("attribute", self, (name,), None, _interned((self._key, name)), self._values)
            self._attributes[name] = known
        return known

    def __call__(self, *args: Any, **named: Any) -> Part:
        name = self._args[0] if self._op == "attribute" else getattr(self._base, "__name__", "")
        return self._made("()", args, named, name in FORM)

    def _made(self, op: str, args: tuple[Any, ...], named: dict[str, Any] | None, form: bool = False) -> Part:
        values = self._values
        key: list[Any] = [self._key, op]
        for given in args:
            kind = type(given)
            if kind is Part:
                key.append(given._key)
                values += given._values
            elif kind in VALUES and not form:
                key.append("?")
                values += (given,)
            else:
                values += _other(given, key, form)
        if named:
            for word, given in named.items():
                key.append(word)
                kind = type(given)
                if kind in VALUES and not form:
                    key.append("?")
                    values += (given,)
                else:
                    values += _other(given, key, form)
        return Part(op, self, args, named, _interned(tuple(key)), values)

    def where(self, *args: Any) -> Part:
        return self._made(".where", args, None)

    def values(self, *args: Any, **named: Any) -> Part:
        return self._made(".values", args, named)

    def order_by(self, *args: Any) -> Part:
        return self._made(".order_by", args, None)

    def limit(self, most: int) -> Part:
        return self._made(".limit", (most,), None, form=True)

    def __eq__(self, other: object) -> Any:
        if type(other) in VALUES:  # by far the most frequent
            return Part(".__eq__", self, (other,), None, _interned((self._key, "=?")), (*self._values, other))
        return self._made(".__eq__", (other,), None)

    def __ne__(self, other: object) -> Any:
        return self._made(".__ne__", (other,), None)

    __hash__ = None  # type: ignore[assignment]

    def __bool__(self) -> bool:
        raise TypeError("a recorded statement has no truth")


def _operator(name: str) -> Any:
    return lambda self, *others: self._made(f".{name}", others, None)


for _name in ("lt", "le", "gt", "ge", "and", "or", "add", "sub", "invert"):
    setattr(Part, f"__{_name}__", _operator(f"__{_name}__"))


def _other(given: Any, key: list[Any], form: bool) -> tuple[Any, ...]:
    """The rarer kinds of arguments: their form goes into `key`, their values are returned."""
    if type(given) is Part:
        key.append(given._key)
        return given._values
    if given is None or form or isinstance(given, type):  # a column type is part of the form
        key.append(("as it is", given))
        return ()
    if isinstance(given, list | tuple | set | frozenset):
        inner: list[Any] = ["list"]
        values: tuple[Any, ...] = ()
        for one in given:
            values += _other(one, inner, form)
        key.append(_interned(tuple(inner)))
        return values
    key.append("?")
    return (given,)


def _real(part: Any, names: Iterator[int], *, form: bool = False) -> Any:
    """What SQLAlchemy would have been given, with a named parameter in the place of every value."""
    if type(part) is not Part:
        if part is None or form or isinstance(part, type):
            return part
        if isinstance(part, list | tuple | set | frozenset):
            return [_real(p, names) for p in part]
        return bindparam(f"v{next(names)}", None, required=False)
    if part._op == "root":
        return part._base
    base = _real(part._base, names)
    if part._op == "attribute":
        return getattr(base, part._args[0])
    if part._op == "()":
        inner = part._base
        form = (inner._args[0] if inner._op == "attribute" else getattr(inner._base, "__name__", "")) in FORM
    else:
        base = getattr(base, part._op[1:])
        form = part._op[1:] in FORM
    args = [_real(a, names, form=form) for a in part._args]
    return base(*args, **{name: _real(given, names, form=form) for name, given in (part._named or {}).items()})


def root(real: Any) -> Part:
    return Part("root", real, (), None, _interned(id(real)), ())


class Compiled:
    """SQL text, which value goes where, and how a row is called."""

    def __init__(self, part: Part, keys: tuple[str, ...]) -> None:
        statement = _real(part, iter(range(10_000)))
        options: dict[str, Any] = {"column_keys": list(keys)} if keys else {}
        compiled = statement.compile(dialect=DIALECT, compile_kwargs={"render_postcompile": True}, **options)
        self.sql = str(compiled)
        self.keys = keys
        names = compiled.positiontup or []
        self.places = [int(n[1:]) if n[0] == "v" and n[1:].isdigit() else None for n in names]
        self.names = names
        self.constants = [compiled.params.get(n) for n in names]
        self.straight = self.places == list(range(len(names)))
        columns = getattr(compiled, "_result_columns", [])
        self.row: Any = None
        if columns:
            self.row = row_class(tuple(c[0] for c in columns))
        self.booleans = [i for i, c in enumerate(columns) if isinstance(c[3], Boolean)]

    def bind(self, values: tuple[Any, ...]) -> Sequence[Any]:
        if self.straight:
            return values
        return [self.constants[i] if p is None else values[p] for i, p in enumerate(self.places)]

    def bind_named(self, given: dict[str, Any]) -> list[Any]:
        return [given[name] for name in self.names]


_row_classes: dict[tuple[str, ...], Any] = {}


def row_class(names: tuple[str, ...]) -> Any:
    if names not in _row_classes:
        made = namedtuple("Row", names, rename=True)  # type: ignore[misc]
        made._mapping = property(lambda self: self._asdict())  # type: ignore[attr-defined]
        _row_classes[names] = made
    return _row_classes[names]
