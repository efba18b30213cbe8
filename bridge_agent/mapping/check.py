"""`recipe check`: everything about the recipes folder that an author should know before a person approves it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from bridge_agent.domain.comparison import VariantTable
from bridge_agent.domain.errors import RecipeError
from bridge_agent.domain.plan import Control, FieldClass
from bridge_agent.domain.recipe import Finish, InputText, InputType, LoadedRecipe
from bridge_agent.domain.recipe_words import FieldText, ValueText, When
from bridge_agent.mapping.recipe_files import (
    CORE_FILE,
    SOURCES_FOLDER,
    load_core,
    load_recipe,
    load_source,
    load_substitutions,
    load_variants,
    overlap,
    recipe_folders,
)
from bridge_agent.mapping.samples import differences, load_sample, sample_names
from bridge_agent.mapping.verification import items_named
from bridge_agent.mapping.walk import parts_of

FEWEST_SAMPLES = 4
_PERSONAL = frozenset(
    {
        InputType.NAME,
        InputType.KANA,
        InputType.ADDRESS,
        InputType.PHONE,
        InputType.POSTAL,
        InputType.MYNUMBER,
        InputType.INSURED_NO,
        InputType.ATENA_NO,
        InputType.ACCOUNT_NO,
        InputType.ACCOUNT_KANA,
        InputType.YUCHO_KIGOU,
        InputType.YUCHO_BANGOU,
    }
)


class Severity(StrEnum):
    ERROR = "error"
    """The recipe must not be used."""
    WARNING = "warning"
    """It can be used, but the author should have a reason."""


@dataclass(frozen=True, slots=True)
class Finding:
    severity: Severity
    where: str
    """file:line:column."""
    message: str
    remedy: str = ""

    @property
    def line(self) -> str:
        """As the command prints it."""
        word = "エラー" if self.severity is Severity.ERROR else "注意"
        return f"{self.where}: {word}: {self.message}" + (f" → {self.remedy}" if self.remedy else "")


def check_recipes(folder: Path, today: date | None = None) -> list[Finding]:
    """Everything found, file by file; `today` (in Japan) also tells recipes whose time is over."""
    findings: list[Finding] = []
    variants = VariantTable()
    try:
        variants = load_variants(folder)
    except RecipeError as error:
        findings.append(_refused(error))
    try:
        load_substitutions(folder)
    except RecipeError as error:
        findings.append(_refused(error))
    for core in sorted(file.parent.name for file in folder.glob(f"*/{CORE_FILE}")):
        try:
            load_core(folder, core)
        except RecipeError as error:
            findings.append(_refused(error))
    for source in sorted(file.stem for file in (folder / SOURCES_FOLDER).glob("*.yaml")):
        try:
            load_source(folder, source)
        except RecipeError as error:
            findings.append(_refused(error))
    loaded: list[LoadedRecipe] = []
    for found in recipe_folders(folder):
        try:
            loaded.append(load_recipe(folder, found))
        except RecipeError as error:
            if _refused(error) not in findings:
                findings.append(_refused(error))
            continue
        findings += _overlaps(loaded)
        findings += _advice(loaded[-1], today)
        findings += _samples(loaded[-1], variants)
    return findings


def _refused(error: RecipeError) -> Finding:
    message = error.message.removeprefix(f"{error.where}: ").removesuffix(f" → {error.remedy}")
    return Finding(Severity.ERROR, error.where, message, error.remedy)


def _overlaps(loaded: list[LoadedRecipe]) -> Iterator[Finding]:
    *others, last = loaded
    for other in others:
        if overlap(last.recipe, other.recipe):
            message = f"{other.recipe.core}/{other.recipe.procedure} と、手続コード・様式の版・期間が重なります"
            yield Finding(Severity.ERROR, last.where(("accepts",)), message, "valid の期間か form_versions を分ける")


def _advice(loaded: LoadedRecipe, today: date | None) -> Iterator[Finding]:
    recipe = loaded.recipe

    def warn(path: tuple[str | int, ...], message: str, remedy: str = "") -> Finding:
        return Finding(Severity.WARNING, loaded.where(path), message, remedy)

    if recipe.reference == "none":
        yield warn(
            ("reference",),
            "受付番号を画面に残さないので、照会で自分の登録を見分ける力が弱くなります",
            "入れられる欄を探す",
        )
    if not recipe.look_up.compare:
        yield warn(("look_up",), "照会で比べる項目（compare）がありません", "詳細画面で読める項目をすべて書く")
    if today and recipe.valid.to < today:
        yield warn(("valid", "to"), "有効期間が過ぎています", "様式の改定を確かめて期間を改める")
    if recipe.finish is not Finish.REGISTER:
        yield warn(
            ("finish",), "この仕上げ方にはまだ対応していないので、申請はすべて保留になります", "finish: register"
        )
    if not recipe.same_person_days:
        yield warn(("same_person_days",), "同じ人の重ねての申請を見張りません", "日数を書く")
    if not any(step.kind == "resident" for step in recipe.steps):
        yield warn(("steps",), "呼び出した住民が申請の本人かを確かめていません", "resident の手順を書く")
    yield from _about_inputs(loaded)
    yield from _about_names(loaded)
    yield from _about_use(loaded)
    yield from _about_lists(loaded)


def _about_inputs(loaded: LoadedRecipe) -> Iterator[Finding]:
    for path, item in _inputs(loaded):
        where = loaded.where(path)
        if item.class_ is None:
            yield Finding(Severity.WARNING, where, "class がありません（personal として隠します）", "class を書く")
        if item.type is InputType.MYNUMBER and item.class_ is not FieldClass.MYNUMBER:
            message = "個人番号の class が mynumber ではありません"
            yield Finding(Severity.ERROR, where, message, "class: mynumber")
        elif item.type in _PERSONAL and item.class_ is FieldClass.PLAIN:
            message = f"type: {item.type.value} は個人の情報なのに class が plain です（記録に残ります）"
            yield Finding(Severity.WARNING, where, message, "class: personal か account")


def _inputs(loaded: LoadedRecipe) -> Iterator[tuple[tuple[str | int, ...], InputText]]:
    for key, item in loaded.recipe.inputs.items():
        yield ("inputs", key), item
    for group, text in loaded.recipe.groups.items():
        for key, item in text.inputs.items():
            yield ("groups", group, "inputs", key), item


def _about_use(loaded: LoadedRecipe) -> Iterator[Finding]:
    """Items, tables and groups that nothing uses; values that are typed and never compared."""
    recipe = loaded.recipe
    everything = tuple(parts_of(recipe))
    values = [(found.path[0], found.part) for found in everything if isinstance(found.part, ValueText)]
    named = {found.part.field for found in everything if isinstance(found.part, When)} | {recipe.application_date}
    named |= {key for _, item in _inputs(loaded) if item.verify for key in items_named(item.verify).values()}
    typed = {key for _, part in values if isinstance(part, FieldText) for key in part.from_}
    compared = {key for section, part in values if section == "look_up" for key in part.from_}
    for path, item in _inputs(loaded):
        key = str(path[-1])
        if key not in named | {key for _, part in values for key in part.from_}:
            yield Finding(Severity.WARNING, loaded.where(path), f"「{key}」はどこにも使われていません", "行を消す")
        elif key in typed and compared and key not in compared:
            message = f"「{key}」は入力しますが、照会で比べていません"
            yield Finding(Severity.WARNING, loaded.where(path), message, "look_up の compare に書く")
        if item.type is InputType.CHOICE and _typed_bare(key, everything_fields(loaded)):
            message = f"選択肢の「{key}」を対応表なしで入力しています"
            yield Finding(Severity.WARNING, loaded.where(path), message, "codes の表を作る")
    tables = {getattr(found.part, "codes", "") for found in everything if not isinstance(found.part, type(recipe))}
    for table in recipe.codes:
        if table not in tables:
            path = ("codes", table)
            yield Finding(Severity.WARNING, loaded.where(path), f"対応表「{table}」は使われていません", "表を消す")
    used = {found.group for found in everything if isinstance(found.part, FieldText)}
    for group in recipe.groups:
        if group not in used:
            path = ("groups", group)
            yield Finding(
                Severity.WARNING, loaded.where(path), f"「{group}」を入力する rows がありません", "rows を書く"
            )


def _about_names(loaded: LoadedRecipe) -> Iterator[Finding]:
    """Names and addresses are entered as they were applied for; a conversion may turn them into somebody else's."""
    names = {str(path[-1]) for path, item in _inputs(loaded) if item.type in (InputType.NAME, InputType.ADDRESS)}
    for found in parts_of(loaded.recipe):
        if isinstance(found.part, FieldText) and found.part.as_ and names & {*found.part.from_}:
            message = "氏名・住所を変換して入力しています"
            yield Finding(
                Severity.WARNING, loaded.where((*found.path, "as")), message, "変換をやめ、申請のとおりに入れる"
            )


def _about_lists(loaded: LoadedRecipe) -> Iterator[Finding]:
    """A list that is left alone keeps what stands there, on some screens the last person's value."""
    recipe = loaded.recipe
    for found in parts_of(recipe):
        if not isinstance(found.part, FieldText):
            continue
        inputs = {**recipe.inputs, **(recipe.groups[found.group].inputs if found.group else {})}
        optional = {key for key, item in inputs.items() if not item.required}
        places = tuple(found.part.parts.values()) if found.part.parts else (found.part,)
        undecided = any(place.control in (Control.SELECT, Control.RADIO) and not place.empty for place in places)
        given = found.part.when.field if found.part.when and found.part.when.is_not == "" else ""
        if undecided and any(key in optional for key in found.part.from_ if key != given):
            message = f"「{found.part.name}」は、申請で空のとき触らずにおくので、画面に残っている値が登録されます"
            remedy = "empty: clear（空にする。空でなければ保留）か empty: skip（触らない）を書く"
            yield Finding(Severity.WARNING, loaded.where(found.path), message, remedy)


def everything_fields(loaded: LoadedRecipe) -> tuple[FieldText, ...]:
    """All fields that the recipe types."""
    return tuple(found.part for found in parts_of(loaded.recipe) if isinstance(found.part, FieldText))


def _typed_bare(key: str, fields: tuple[FieldText, ...]) -> bool:
    return any(key in field.from_ and not (field.codes or field.boxes or field.parts) for field in fields)


def _samples(loaded: LoadedRecipe, variants: VariantTable) -> Iterator[Finding]:
    folder = loaded.file.parent
    names = sample_names(folder)
    if len(names) < FEWEST_SAMPLES:
        message = f"見本（samples）が {len(names)} 件です"
        remedy = f"ふつう・最小・最大・保留の {FEWEST_SAMPLES} 件以上を作る"
        yield Finding(Severity.WARNING, loaded.where(()), message, remedy)
    for name in names:
        place = f"{folder.parent.name}/{folder.name}/expected/{name}.yaml:1:1"
        try:
            sample = load_sample(loaded, name)
        except RecipeError as error:
            yield _refused(error)
            continue
        for difference in differences(loaded, sample, variants):
            message = f"見本と違います：{difference.key} は「{difference.expected}」のはずが「{difference.got}」"
            yield Finding(Severity.ERROR, place, message, "レシピか見本を直す")
