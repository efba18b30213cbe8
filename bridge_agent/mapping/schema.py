"""JSON Schema of recipes and of sources, for editors that help while typing. The loader's own checks stay the judge.

`python -m bridge_agent.mapping.schema` prints that of recipes, with `source` behind it that of recipes/sources/*.yaml.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from bridge_agent.domain.recipe import Recipe
from bridge_agent.domain.recipe_steps import StepBody
from bridge_agent.domain.recipe_words import When
from bridge_agent.domain.source_profile import KINDS as SOURCE_KINDS
from bridge_agent.mapping.recipe_files import INCLUDE
from bridge_agent.steps.kinds import KINDS

Schema = dict[str, Any]

# Editors guess types (2026-04-01, "9", yes) where the loader reads text.
_SCALARS = ["string", "number", "boolean"]


def recipe_schema() -> Schema:
    """Draft 2020-12; step kinds are alternatives, `include` may stand in every mapping and list."""
    whole = Recipe.model_json_schema(by_alias=True)
    definitions: Schema = whole.setdefault("$defs", {})
    for unused in ("Step", "StepBody"):
        definitions.pop(unused, None)
    steps = [_step(word, kind, definitions) for word, kind in KINDS.items()]
    whole["properties"]["steps"] = {"type": "array", "minItems": 1, "items": {"anyOf": steps}}
    _loosen(whole)
    whole["properties"]["ends_at"]["type"] = ["array", *_SCALARS]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **whole, "title": "レシピ"}


def source_schema() -> Schema:
    """One alternative a kind; without `kind` it is a screen. `package` may name another source's file."""
    definitions: Schema = {}
    kinds = []
    for model in SOURCE_KINDS.values():
        own = model.model_json_schema(by_alias=True)
        definitions |= own.pop("$defs", {})
        _loosen(own)
        own["properties"]["package"] = {"anyOf": [own["properties"]["package"], {"type": "string"}]}
        own["properties"].pop(INCLUDE)
        own["required"] = own.pop("anyOf")[0]["required"]
        kinds.append(own)
    _loosen(definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "情報源（申請管理システム）",
        "anyOf": kinds,
        "$defs": definitions,
    }


def schema_text(what: str = "recipe") -> str:
    schema = source_schema() if what == "source" else recipe_schema()
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _step(word: str, kind: type[StepBody], definitions: Schema) -> Schema:
    body = _definition(kind, definitions)
    if kind.shorthand:
        name = kind.shorthand
        body = {"anyOf": [body, definitions[kind.__name__]["properties"][name]]}
    when = _definition(When, definitions)
    return {
        "type": "object",
        "properties": {word: body, "when": when},
        "required": [word],
        "additionalProperties": False,
    }


def _definition(model: type[StepBody] | type[When], definitions: Schema) -> Schema:
    """A reference to the model's schema, which is put among the definitions."""
    if model.__name__ not in definitions:
        own = model.model_json_schema(by_alias=True, ref_template="#/$defs/{model}")
        definitions |= own.pop("$defs", {})
        definitions[model.__name__] = own
    return {"$ref": f"#/$defs/{model.__name__}"}


def _loosen(piece: Any) -> None:
    """Any scalar where one is wanted, one word where a list of words is, and `include` in every closed mapping."""
    if isinstance(piece, list):
        for item in piece:
            _loosen(item)
    if not isinstance(piece, dict):
        return
    for item in list(piece.values()):
        _loosen(item)
    if piece.get("type") in ("string", "integer", "number", "boolean") and "enum" not in piece and "const" not in piece:
        wanted = {key: value for key, value in piece.items() if key in ("title", "description", "default")}
        piece.clear()
        piece |= {"type": _SCALARS, **wanted}
    elif piece.get("type") == "array" and piece.get("items", {}).get("type") == _SCALARS:
        piece["type"] = ["array", *_SCALARS]
    elif piece.get("type") == "object" and piece.get("additionalProperties") is False:
        piece.setdefault("properties", {})[INCLUDE] = {"type": _SCALARS}
        if required := piece.pop("required", None):
            piece["anyOf"] = [{"required": required}, {"required": [INCLUDE]}]


if __name__ == "__main__":
    sys.stdout.buffer.write(schema_text(*sys.argv[1:2]).encode())
