"""The recipes folder: core profiles, recipes with their included parts, the variant table, and one digest a recipe.

recipes/procedures.yaml, variants.yaml and substitutions.yaml; recipes/sources/<source>.yaml; recipes/<core>/core.yaml,
parts/*.yaml and <procedure>/recipe.yaml
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from bridge_agent.domain.comparison import VariantTable
from bridge_agent.domain.core_profile import CoreProfile, Part
from bridge_agent.domain.errors import ConfigError, RecipeError
from bridge_agent.domain.package_shape import DataShape
from bridge_agent.domain.recipe import LoadedRecipe, Recipe
from bridge_agent.domain.recipe_steps import Step
from bridge_agent.domain.recipe_words import When
from bridge_agent.domain.source_profile import KINDS as SOURCE_KINDS
from bridge_agent.domain.source_profile import SourceProfile
from bridge_agent.domain.substitution import NO_SUBSTITUTIONS, SubstitutionTable
from bridge_agent.mapping.loader import Node, Path_, build, parse, read, read_model, refusal
from bridge_agent.mapping.model_errors import Problem, nearest, problems_of
from bridge_agent.mapping.references import core_problems, recipe_problems
from bridge_agent.steps.kinds import KINDS
from bridge_agent.steps.open import OpenText

CORE_FILE = "core.yaml"
RECIPE_FILE = "recipe.yaml"
PARTS_FOLDER = "parts"
VARIANTS_FILE = "variants.yaml"
PROCEDURES_FILE = "procedures.yaml"
SUBSTITUTIONS_FILE = "substitutions.yaml"
SOURCES_FOLDER = "sources"
INCLUDE = "include"


class VariantFile(Part):
    """recipes/variants.yaml: groups of characters that count as one in a name, and who approved them."""

    approved_by: str = Field(min_length=1)
    groups: tuple[str, ...]


class NationalProcedure(Part):
    """A line of recipes/procedures.yaml: a procedure that the country names, whether there is a recipe or not."""

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    name: str = Field(min_length=1)
    group: str = Field(min_length=1)


class ProcedureFile(Part):
    procedures: tuple[NationalProcedure, ...]


class SubstitutionFile(Part):
    """recipes/substitutions.yaml: what may be typed for a character that a field cannot hold, and who approved it."""

    approved_by: str = Field(min_length=1)
    pairs: dict[str, str]


@dataclass(slots=True)
class _Files:
    """Reads the files of one recipe and remembers their bytes for the digest, in the order of reading."""

    root: Path
    contents: list[bytes] = field(default_factory=list)

    def read(self, file: Path) -> Node:
        name = self.name_of(file)
        try:
            content = file.read_bytes()
        except OSError:
            raise RecipeError(f"{name}:1:1", "ファイルを読めません", "ファイルがあるかを確かめる") from None
        self.contents.append(content)
        return parse(content, name)

    def name_of(self, file: Path) -> str:
        return file.relative_to(self.root).as_posix()

    def digest(self) -> str:
        """Length-prefixed, so that bytes cannot move from one file to the next unnoticed."""
        whole = hashlib.sha256()
        for content in self.contents:
            whole.update(len(content).to_bytes(8, "big") + content)
        return whole.hexdigest()


def load_variants(folder: Path) -> VariantTable:
    """The approved 異体字 of recipes/variants.yaml; a missing file means that none are approved."""
    file = folder / VARIANTS_FILE
    if not file.is_file():
        return VariantTable()
    table = read_model(file, VariantFile)
    try:
        return VariantTable.of(table.groups)
    except ValueError as error:
        raise RecipeError(f"{file.name}:1:1", f"同じ文字が 2 つの組にあります（{str(error)[:6]}）") from None


def load_procedures(folder: Path) -> tuple[NationalProcedure, ...]:
    """The country's list in its own order; empty when the folder has none. Raises RecipeError."""
    file = folder / PROCEDURES_FILE
    return read_model(file, ProcedureFile).procedures if file.is_file() else ()


def load_substitutions(folder: Path) -> SubstitutionTable:
    """The approved substitutions of recipes/substitutions.yaml; a missing file means that none are approved."""
    return _substitutions(_Files(folder))


def _substitutions(files: _Files) -> SubstitutionTable:
    file = files.root / SUBSTITUTIONS_FILE
    if not file.is_file():
        return NO_SUBSTITUTIONS
    node = files.read(file)
    places = dict(node.places())
    written = build(SubstitutionFile, node.plain(), places)
    try:
        return SubstitutionTable.of(written.pairs)
    except ValueError as error:
        raise refusal((Problem(("pairs",), str(error)),), places) from None


def load_source(folder: Path, source: str) -> SourceProfile:
    """recipes/sources/<source>.yaml as the model of its kind; raises RecipeError."""
    name = f"{SOURCES_FOLDER}/{source}.yaml"
    node = _with_package(read(folder / name, name), folder)
    places = dict(node.places())
    plain = node.plain()
    kind = plain.get("kind", "screen") if isinstance(plain, dict) else "screen"
    model = SOURCE_KINDS.get(kind) if isinstance(kind, str) else None
    if model is None:
        raise RecipeError(
            places[("kind",)], "「kind」の値が決められた語ではありません", nearest(str(kind), SOURCE_KINDS)
        )
    return build(model, plain, places)


def _with_package(node: Node, folder: Path) -> Node:
    """`package: minamo` stands for the package of recipes/sources/minamo.yaml: one vendor's columns are written once."""
    package = node.value.get("package") if isinstance(node.value, dict) else None
    if package is None or not isinstance(package.value, str):
        return node
    known = sorted(file.stem for file in (folder / SOURCES_FOLDER).glob("*.yaml"))
    if package.value not in known:
        raise RecipeError(package.where, f"情報源「{package.value}」がありません", nearest(package.value, known))
    name = f"{SOURCES_FOLDER}/{package.value}.yaml"
    other = read(folder / name, name)
    shared = other.value.get("package") if isinstance(other.value, dict) else None
    if shared is None or isinstance(shared.value, str):
        raise RecipeError(
            package.where, f"{name} に package の中身がありません", "package を書いたファイルの名前にする"
        )
    assert isinstance(node.value, dict)
    kind = node.value.get("kind")
    if kind is not None and kind.value == "rest" and isinstance(shared.value, dict):
        columns = {word: part for word, part in shared.value.items() if word in DataShape.model_fields}
        shared = replace(shared, value=columns)  # an interface has no files
    return replace(node, value={**node.value, "package": shared})


def load_core(folder: Path, core: str) -> CoreProfile:
    """recipes/<core>/core.yaml; raises RecipeError."""
    return _core(_Files(folder), folder / core)


def _core(files: _Files, folder: Path) -> CoreProfile:
    node = files.read(folder / CORE_FILE)
    places = dict(node.places())
    core = build(CoreProfile, node.plain(), places)
    problems = core_problems(core, folder.name)
    if problems:
        raise refusal(problems, places)
    return core


def recipe_folders(folder: Path) -> tuple[Path, ...]:
    """Every recipes/<core>/<procedure>/ that holds a recipe, in order of name."""
    return tuple(sorted(file.parent for file in folder.glob(f"*/*/{RECIPE_FILE}")))


def load_recipes(folder: Path) -> tuple[LoadedRecipe, ...]:
    """All recipes of the folder; raises RecipeError for the first that cannot be used."""
    if not folder.is_dir():
        raise ConfigError(
            f"レシピのフォルダ {folder} がありません。bridge.toml の [site] recipes を直すか、"
            "その場所にレシピのフォルダを置いてください。"
        )
    loaded = tuple(load_recipe(folder, found) for found in recipe_folders(folder))
    for number, recipe in enumerate(loaded):
        for other in loaded[:number]:
            if overlap(recipe.recipe, other.recipe):
                raise RecipeError(
                    recipe.where(("accepts",)),
                    f"{other.recipe.core}/{other.recipe.procedure} のレシピと、手続コード・様式の版・期間が重なります",
                    "valid の期間か form_versions を分ける",
                )
    return loaded


def overlap(one: Recipe, other: Recipe) -> bool:
    """Whether some application could be meant by both."""
    return (
        bool(set(one.accepts.procedure_codes) & set(other.accepts.procedure_codes))
        and bool(set(one.accepts.form_versions) & set(other.accepts.form_versions))
        and one.valid.from_ <= other.valid.to
        and other.valid.from_ <= one.valid.to
    )


def load_recipe(root: Path, folder: Path) -> LoadedRecipe:
    """One recipe with its parts and its core profile, checked as a whole; raises RecipeError."""
    files = _Files(root)
    file = folder / RECIPE_FILE
    node = _included(files.read(file), files, folder.parent / PARTS_FOLDER)
    core = _core(files, folder.parent)
    substitutions = _substitutions(files)
    places = dict(node.places())
    recipe = _recipe(node, places)
    problems = recipe_problems(recipe, core, folder.name)
    if problems:
        raise refusal(problems, places)
    return LoadedRecipe(recipe, core, files.digest(), file, places, substitutions)


def _recipe(node: Node, places: dict[Path_, str]) -> Recipe:
    plain = node.plain()
    if not isinstance(plain, dict):
        raise RecipeError(node.where, "レシピには「項目: 値」の組を書いてください")
    steps, problems = _steps(plain.get("steps"))
    if steps:
        plain["steps"] = steps
    try:
        recipe = Recipe.model_validate(plain)
    except ValidationError as error:
        problems += problems_of(error, Recipe)
        raise refusal(problems, places) from None
    if problems:
        raise refusal(problems, places)
    return recipe


def _steps(written: Any) -> tuple[list[Step], list[Problem]]:
    """The steps that could be read, and what is wrong with the others. Bad ones leave a stand-in behind."""
    if not isinstance(written, list):
        return [], []
    steps: list[Step] = []
    problems: list[Problem] = []
    for number, item in enumerate(written):
        step, wrong = _step(item, ("steps", number))
        steps.append(step or Step(kind="open", body=OpenText(place="-")))
        problems += wrong
    return steps, problems


def _step(item: Any, path: Path_) -> tuple[Step | None, Sequence[Problem]]:
    words = [word for word in item if word != "when"] if isinstance(item, dict) else []
    if len(words) != 1:
        return None, [Problem(path, "手順には 1 つの語（open、fill など）と、必要なら when を書いてください")]
    kind = words[0]
    if kind not in KINDS:
        return None, [Problem((*path, kind), f"「{kind}」という手順はありません", nearest(kind, KINDS))]
    body, shorthand = item[kind], KINDS[kind].shorthand
    wrapped = body if isinstance(body, dict) or not shorthand else {shorthand: body}
    try:
        bound = KINDS[kind].model_validate(wrapped)
    except ValidationError as error:
        return None, _below((*path, kind), problems_of(error, KINDS[kind]))
    try:
        when = When.model_validate(item["when"]) if "when" in item else None
    except ValidationError as error:
        return None, _below((*path, "when"), problems_of(error, When))
    return Step(kind=kind, body=bound, when=when), ()


def _below(path: Path_, problems: Sequence[Problem]) -> list[Problem]:
    return [replace(problem, path=(*path, *problem.path)) for problem in problems]


def _included(node: Node, files: _Files, parts: Path) -> Node:
    """The node with every `include:` replaced by what the part file holds. Parts include nothing themselves."""
    if isinstance(node.value, list):
        items: list[Node] = []
        for item in node.value:
            if isinstance(item.value, dict) and list(item.value) == [INCLUDE]:
                part = _part(item.value[INCLUDE], files, parts)
                if not isinstance(part.value, list):
                    raise RecipeError(part.where, "一覧の中の include には「- 」で始まる一覧の部品が要ります")
                items += part.value
            else:
                items.append(_included(item, files, parts))
        return Node(items, node.where, {})
    if isinstance(node.value, dict):
        return _with_parts(node, node.value, files, parts)
    return node


def _with_parts(node: Node, written: dict[str, Node], files: _Files, parts: Path) -> Node:
    values = {key: _included(item, files, parts) for key, item in written.items() if key != INCLUDE}
    places = {key: place for key, place in node.key_places.items() if key != INCLUDE}
    if INCLUDE in written:
        part = _part(written[INCLUDE], files, parts)
        if not isinstance(part.value, dict):
            raise RecipeError(part.where, "この場所の include には「項目: 値」の組の部品が要ります")
        for key, item in part.value.items():
            if key in values:
                raise RecipeError(places[key], f"「{key}」は部品にもあります", f"部品は {part.key_places[key]}")
            values[key], places[key] = item, part.key_places[key]
    return Node(values, node.where, places)


def _part(wanted: Node, files: _Files, parts: Path) -> Node:
    name = wanted.value
    known = sorted(file.name for file in parts.glob("*.yaml"))
    if not isinstance(name, str) or name not in known:
        remedy = nearest(name, known) if isinstance(name, str) else ""
        raise RecipeError(wanted.where, f"include の部品が {parts.name} フォルダーにありません", remedy)
    return files.read(parts / name)
