"""Reads YAML as plain text values with their places, and builds models from it. The only module that knows YAML.

Tags, anchors, aliases, merge keys, duplicate keys, several documents, more than 256 kB or 20 levels are refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from bridge_agent.domain.errors import RecipeError
from bridge_agent.domain.recipe import place_of
from bridge_agent.mapping.model_errors import Problem, problems_of

# The same parser in C where the wheel has it: ten times as fast, and a night loads some thirty recipes.
_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MAX_BYTES = 256 * 1024
MAX_DEPTH = 20

AnyModel = TypeVar("AnyModel", bound=BaseModel)
Path_ = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A piece of a YAML file: text, a list of nodes, or keys with nodes."""

    value: str | list[Node] | dict[str, Node]
    where: str
    """file:line:column."""
    key_places: Mapping[str, str]
    """Key -> where it is written, of a mapping."""

    def plain(self) -> Any:
        """Texts, lists and dictionaries without places."""
        if isinstance(self.value, str):
            return self.value
        if isinstance(self.value, list):
            return [item.plain() for item in self.value]
        return {key: item.plain() for key, item in self.value.items()}

    def places(self, path: Path_ = (), where: str = "") -> Iterator[tuple[Path_, str]]:
        """Path -> place of everything below; a key's place stands for its value."""
        yield path, where or self.where
        if isinstance(self.value, list):
            for number, item in enumerate(self.value):
                yield from item.places((*path, number))
        elif isinstance(self.value, dict):
            for key, item in self.value.items():
                yield from item.places((*path, key), self.key_places[key])


class _Builder:
    """Turns parser events into nodes. `name` is the file's name as messages show it."""

    def __init__(self, name: str) -> None:
        self._name = name

    def where(self, event: yaml.Event) -> str:
        mark = event.start_mark
        if mark is None:
            return f"{self._name}:1:1"
        return f"{self._name}:{mark.line + 1}:{mark.column + 1}"

    def document(self, events: Iterator[yaml.Event]) -> Node:
        next(events)
        started = next(events)
        if isinstance(started, yaml.StreamEndEvent):
            raise RecipeError(f"{self._name}:1:1", "ファイルが空です")
        root = self._node(next(events), events, 1)
        next(events)
        following = next(events)
        if not isinstance(following, yaml.StreamEndEvent):
            raise RecipeError(self.where(following), "文書の区切り（---）は使えません", "1 つのファイルに 1 つだけ書く")
        return root

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node:
        self._refuse_extras(event, depth)
        if isinstance(event, yaml.ScalarEvent):
            return Node(event.value, self.where(event), {})
        if isinstance(event, yaml.SequenceStartEvent):
            items = []
            while not isinstance(inner := next(events), yaml.SequenceEndEvent):
                items.append(self._node(inner, events, depth + 1))
            return Node(items, self.where(event), {})
        return self._mapping(event, events, depth)

    def _mapping(self, start: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node:
        values: dict[str, Node] = {}
        places: dict[str, str] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self._node(event, events, depth + 1)
            if not isinstance(key.value, str):
                raise RecipeError(key.where, "項目名には 1 つの語を書いてください")
            if key.value in values:
                raise RecipeError(key.where, f"「{key.value}」が 2 回書かれています", f"最初は {places[key.value]}")
            values[key.value] = self._node(next(events), events, depth + 1)
            places[key.value] = key.where
        return Node(values, self.where(start), places)

    def _refuse_extras(self, event: yaml.Event, depth: int) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise RecipeError(self.where(event), "YAML の別名（& と *）は使えません", "値をそのまま書く")
        if getattr(event, "tag", None):
            raise RecipeError(self.where(event), "YAML のタグ（!）は使えません", "タグを消す")
        if depth > MAX_DEPTH:
            raise RecipeError(self.where(event), f"入れ子が {MAX_DEPTH} 段を超えています")


@lru_cache(maxsize=256)  # a part is read for every recipe that includes it
def parse(content: bytes, name: str) -> Node:
    """Raises RecipeError. Every scalar stays the text that was written: no number, date or truth value is guessed.

    The same node is handed out again for the same bytes: nobody may change it.
    """
    if len(content) > MAX_BYTES:
        raise RecipeError(f"{name}:1:1", f"ファイルが {MAX_BYTES // 1024} kB を超えています")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise RecipeError(f"{name}:{line}:1", "文字コードが UTF-8 ではありません", "UTF-8 で保存し直す") from None
    try:
        return _Builder(name).document(iter(yaml.parse(text, Loader=_PARSER)))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"{name}:{mark.line + 1}:{mark.column + 1}" if mark else f"{name}:1:1"
        raise RecipeError(place, "YAML として読めません", "字下げ、コロンの後の空白、引用符を確かめる") from None
    except yaml.YAMLError:
        raise RecipeError(f"{name}:1:1", "YAML として読めません", "使えない制御文字が無いかを確かめる") from None


def read(file: Path, name: str = "") -> Node:
    """`name` is how messages call the file; its own name when left out."""
    try:
        content = file.read_bytes()
    except OSError:
        raise RecipeError(f"{name or file.name}:1:1", "ファイルを読めません", f"{file} があるかを確かめる") from None
    return parse(content, name or file.name)


def read_model(file: Path, model: type[AnyModel], name: str = "") -> AnyModel:
    """Any YAML file as its model; raises RecipeError with file:line:column and the remedy."""
    node = read(file, name)
    return build(model, node.plain(), dict(node.places()))


def build(model: type[AnyModel], plain: Any, places: Mapping[Path_, str]) -> AnyModel:
    """`places` maps each path of `plain` to where it was written."""
    try:
        return model.model_validate(plain)
    except ValidationError as error:
        raise refusal(problems_of(error, model), places) from None


def refusal(problems: Sequence[Problem], places: Mapping[Path_, str]) -> RecipeError:
    """The first problem in the file's order, with the number of the others. There must be at least one."""
    first, *others = sorted(problems, key=lambda problem: (problem.shadow, _line(place_of(places, problem.path))))
    more = f"（ほかに {len(others)} 件）" if others else ""
    return RecipeError(place_of(places, first.path), first.message + more, first.remedy)


def _line(where: str) -> tuple[str, int, int]:
    file, line, column = where.rsplit(":", 2) if where.count(":") >= 2 else (where, "0", "0")
    return file, int(line), int(column)
