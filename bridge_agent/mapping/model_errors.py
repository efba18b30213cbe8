"""Says in Japanese what is wrong with a file that does not fit its model, with the nearest right word."""

from __future__ import annotations

import difflib
import types
import typing
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError


@dataclass(frozen=True, slots=True)
class Problem:
    path: tuple[str | int, ...]
    message: str
    remedy: str = ""
    shadow: bool = False
    """Something is missing, which is often only the shadow of a mistyped word; told after all others."""


def nearest(word: str, known: Iterable[str]) -> str:
    """'もしかして「…」' when a known word looks alike, else the known words (few) as a choice, else ''."""
    words = sorted(set(known))
    close = difflib.get_close_matches(word, words, n=1, cutoff=0.6)
    if close:
        return f"もしかして「{close[0]}」"
    return f"使える語：{'、'.join(words)}" if 0 < len(words) <= 12 else ""


_KIND = "~"
"""Begins a step that stands for one of several kinds of a part, not for a word of the file."""


def problems_of(error: ValidationError, model: type[BaseModel]) -> tuple[Problem, ...]:
    return tuple(_problem(found, model) for found in error.errors(include_url=False, include_input=True))


def _problem(found: Mapping[str, Any], model: type[BaseModel]) -> Problem:
    path: tuple[str | int, ...] = tuple(step for step in found["loc"] if not str(step).startswith(_KIND))
    word = _word(path)
    context: Mapping[str, Any] = found.get("ctx", {})
    kind: str = found["type"]
    if kind == "extra_forbidden":
        return Problem(path, f"「{word}」という項目はありません", nearest(word, _words_at(model, path[:-1])))
    if kind == "missing":
        return Problem(path, f"「{word}」がありません", f"{word}: を書く", shadow=True)
    if kind in ("enum", "literal_error"):
        choices = str(context["expected"]).replace(" or ", ", ").replace("'", "").split(", ")
        choices = [choice for choice in choices if choice]
        given = str(found.get("input", ""))
        return Problem(path, f"「{word}」の値が決められた語ではありません", nearest(given, choices))
    if kind == "value_error":
        return Problem(path, str(context["error"]))
    return Problem(path, sentence_for(kind, word, context))


def _word(path: tuple[str | int, ...]) -> str:
    """The last word; a line of a list has none of its own."""
    if not path:
        return ""
    last = path[-1]
    return f"{_word(path[:-1])} の {last + 1} つ目" if isinstance(last, int) else last


def sentence_for(kind: str, word: str, context: Mapping[str, Any]) -> str:
    """What is wrong with `word`, without a full stop, for the model library's kind of error and what it knows of it."""
    return _SENTENCES.get(kind, "「{word}」の書き方が違います").format(word=word, **_plain(context))


def _plain(context: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in context.items() if key != "word"}


_SENTENCES = {
    "string_type": "「{word}」には 1 つの文字列を書いてください",
    "path_type": "「{word}」には 1 つの文字列を書いてください",
    "string_too_short": "「{word}」が空です",
    "string_pattern_mismatch": "「{word}」には英小文字・数字・_ だけを使ってください",
    "too_short": "「{word}」には少なくとも {min_length} つ書いてください",
    "bool_parsing": "「{word}」には yes か no を書いてください",
    "bool_type": "「{word}」には yes か no を書いてください",
    "int_parsing": "「{word}」には整数を書いてください",
    "int_type": "「{word}」には整数を書いてください",
    "int_from_float": "「{word}」には整数を書いてください",
    "float_parsing": "「{word}」には数を書いてください",
    "float_type": "「{word}」には数を書いてください",
    "greater_than": "「{word}」は {gt} より大きい数にしてください",
    "greater_than_equal": "「{word}」は {ge} 以上の数にしてください",
    "less_than_equal": "「{word}」は {le} 以下の数にしてください",
    "date_from_datetime_parsing": "「{word}」には 2026-04-01 の形の日付を書いてください",
    "date_parsing": "「{word}」には 2026-04-01 の形の日付を書いてください",
    "date_type": "「{word}」には 2026-04-01 の形の日付を書いてください",
    "datetime_parsing": "「{word}」には 2026-11-05T09:12:00+09:00 の形の日時を書いてください",
    "datetime_from_date_parsing": "「{word}」には 2026-11-05T09:12:00+09:00 の形の日時を書いてください",
    "timezone_aware": "「{word}」の日時には +09:00 を付けてください",
    "model_type": "「{word}」には「項目: 値」の組を書いてください",
    "model_attributes_type": "「{word}」には「項目: 値」の組を書いてください",
    "dict_type": "「{word}」には「項目: 値」の組を書いてください",
    "tuple_type": "「{word}」には「- 」で始まる一覧を書いてください",
    "list_type": "「{word}」には「- 」で始まる一覧を書いてください",
}


def _words_at(model: type[BaseModel], path: tuple[str | int, ...]) -> list[str]:
    """The words that the model at this path knows."""
    place: Any = model
    for step in path:
        place = _below(place, step)
    models = _models_in(place)
    return [info.alias or name for found in models for name, info in found.model_fields.items()]


def _below(place: Any, step: str | int) -> Any:
    for model in _models_in(place):
        for name, info in model.model_fields.items():
            if step in (name, info.alias):
                return info.annotation
    if typing.get_origin(place) is typing.Annotated:
        return _below(typing.get_args(place)[0], step)
    if typing.get_origin(place) in (tuple, list) and isinstance(step, int):
        return typing.get_args(place)[0]
    if typing.get_origin(place) is dict:
        return typing.get_args(place)[1]
    return place


def _models_in(place: Any) -> list[type[BaseModel]]:
    if typing.get_origin(place) in (typing.Union, types.UnionType):
        return [found for choice in typing.get_args(place) for found in _models_in(choice)]
    if typing.get_origin(place) is typing.Annotated:
        return _models_in(typing.get_args(place)[0])
    return [place] if isinstance(place, type) and issubclass(place, BaseModel) else []
