"""What no single word of a recipe can tell: whether the names it uses exist and its pieces fit together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from bridge_agent.domain.charsets import is_wider
from bridge_agent.domain.core_profile import CoreProfile, DialogText, SignText, TargetText
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.recipe import InputText, InputType, PaperText, Recipe, SumText, VerifyText
from bridge_agent.domain.recipe_words import Always, CompareText, FieldText, PartPlace, PlaceText, ValueText, When
from bridge_agent.mapping.model_errors import Problem, nearest
from bridge_agent.mapping.transforms.table import SPLITS, TRANSFORMS
from bridge_agent.mapping.verification import WORDS as VERIFY_WORDS
from bridge_agent.mapping.verification import items_named, words_used
from bridge_agent.mapping.walk import Found, parts_of
from bridge_agent.mapping.window_words import window_problems
from bridge_agent.steps.binding import ROW
from bridge_agent.steps.fill import RowsText

_KEY = re.compile(r"[a-z][a-z0-9_]*")


def core_problems(core: CoreProfile, folder: str) -> tuple[Problem, ...]:
    problems = [*_of_places(parts_of(core), core.driver)]
    if core.core != folder:
        problems.append(Problem(("core",), f"core がフォルダー名「{folder}」と違います", f"core: {folder}"))
    try:
        groups = re.compile(core.lookup.list_shape.count_pattern).groups
    except re.error:
        groups = 0
    if groups != 1:
        path = ("lookup", "list", "count_pattern")
        problems.append(Problem(path, "count_pattern には件数を囲む（ ）をちょうど 1 つ書いてください"))
    if core.limits.settle_s < core.limits.visibility_max_s:
        problems.append(Problem(("limits", "settle_s"), "settle_s は visibility_max_s 以上でなければなりません"))
    return tuple(problems)


def recipe_problems(recipe: Recipe, core: CoreProfile, folder: str) -> tuple[Problem, ...]:
    everything = tuple(parts_of(recipe))
    names = _Names(recipe, core)
    return (
        *_of_heading(recipe, core, folder),
        *names.problems(),
        *_of_places(everything, core.driver),
        *(problem for found in everything for problem in names.of(found)),
        *_of_keys(recipe, everything),
        *_of_charsets(everything, core),
        *_of_receipt_no(recipe, everything),
    )


def _of_heading(recipe: Recipe, core: CoreProfile, folder: str) -> Iterator[Problem]:
    if recipe.core != core.core:
        yield Problem(("core",), f"core がフォルダー名「{core.core}」と違います", f"core: {core.core}")
    if recipe.procedure != folder:
        yield Problem(("procedure",), f"procedure がフォルダー名「{folder}」と違います", f"procedure: {folder}")
    if recipe.look_up.by == "reference" and core.lookup.by_reference is None:
        path = ("look_up", "by")
        yield Problem(path, "この基幹システムの定義には、受付番号での照会（by_reference）がありません", "by: person")
    for number, key in enumerate(recipe.same_person_apart):
        if key not in recipe.inputs:
            yield Problem(("same_person_apart", number), f"inputs に「{key}」がありません", nearest(key, recipe.inputs))
    if recipe.application_date:
        item = recipe.inputs.get(recipe.application_date)
        if item is None or item.type is not InputType.DATE:
            remedy = nearest(recipe.application_date, _of_type(recipe.inputs, InputType.DATE))
            yield Problem(("application_date",), "inputs にある date 型の項目を書いてください", remedy)


def _of_type(inputs: dict[str, InputText], wanted: InputType) -> list[str]:
    return [key for key, item in inputs.items() if item.type is wanted]


class _Names:
    """The names a recipe may use: items, groups, code tables, conversions."""

    def __init__(self, recipe: Recipe, core: CoreProfile) -> None:
        self._recipe = recipe
        self._tables = {*recipe.codes, *core.codes}
        self._doubled_tables = {*recipe.codes} & {*core.codes}

    def problems(self) -> Iterator[Problem]:
        for table in sorted(self._doubled_tables):
            yield Problem(
                ("codes", table), f"対応表「{table}」は基幹システム定義（core.yaml）にもあります", "別の名前にする"
            )
        taken = {word.value for word in Always}
        for path, key in self._keys():
            if not _KEY.fullmatch(key):
                yield Problem(path, f"項目名「{key}」には英小文字・数字・_ だけを使ってください")
            if key in taken:
                yield Problem(path, f"項目名「{key}」は 2 回使われているか、決められた語です", "別の名前にする")
            taken.add(key)

    def _keys(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        for key in self._recipe.inputs:
            yield ("inputs", key), key
        for group, text in self._recipe.groups.items():
            for key in text.inputs:
                yield ("groups", group, "inputs", key), key

    def of(self, found: Found) -> Iterator[Problem]:
        part, path = found.part, found.path
        if isinstance(part, When):
            group = found.group or (str(path[1]) if path[:1] == ("groups",) else "")
            yield from self._item(part.field, group, (*path, "field"), always=False)
        if isinstance(part, InputText) and part.verify is not None:
            group = found.group or (str(path[1]) if path[:1] == ("groups",) else "")
            yield from self._verification(part.type, part.verify, group, (*path, "verify"))
        if isinstance(part, RowsText):
            yield from self._group(part.of, (*path, "of"))
        if isinstance(part, CompareText | SumText | PaperText) and part.rows:
            yield from self._group(part.rows, (*path, "rows"))
        if isinstance(part, SumText):
            yield from self._item(part.of, found.group, (*path, "of"), always=False)
            yield from self._item(part.equals, "", (*path, "equals"), always=False)
        if isinstance(part, ValueText):
            for key in part.from_:
                yield from self._item(key, found.group, (*path, "from"), always=True)
        if isinstance(part, ValueText | PartPlace):
            yield from self._conversions(part, path)
        if isinstance(part, FieldText):
            yield from self._splitting(part, path)

    def _group(self, group: str, path: tuple[str | int, ...]) -> Iterator[Problem]:
        if group not in self._recipe.groups:
            yield Problem(path, f"groups に「{group}」がありません", nearest(group, self._recipe.groups))

    def _item(self, key: str, group: str, path: tuple[str | int, ...], *, always: bool) -> Iterator[Problem]:
        known = {*self._recipe.inputs}
        if always:
            known |= {word.value for word in Always}
        if group in self._recipe.groups:
            known |= {*self._recipe.groups[group].inputs}
        if key in known:
            return
        if any(key in text.inputs for text in self._recipe.groups.values()):
            yield Problem(path, f"「{key}」は繰返しの項目なので、rows の中でだけ使えます")
        else:
            yield Problem(path, f"inputs に「{key}」がありません", nearest(key, known))

    def _verification(
        self, kind: InputType, text: VerifyText, group: str, path: tuple[str | int, ...]
    ) -> Iterator[Problem]:
        wanted = VERIFY_WORDS.get(kind, frozenset())
        if not wanted:
            yield Problem(path, f"type: {kind.value} の項目に verify は使えません", "verify を消す")
        elif words_used(text) != wanted:
            yield Problem(path, f"type: {kind.value} の verify には {'、'.join(sorted(wanted))} をすべて書きます")
        for word, key in items_named(text).items():
            yield from self._item(key, group, (*path, word), always=False)

    def _conversions(self, part: ValueText | PartPlace, path: tuple[str | int, ...]) -> Iterator[Problem]:
        for name in part.as_:
            if name not in TRANSFORMS:
                yield Problem((*path, "as"), f"「{name}」という変換はありません", nearest(name, TRANSFORMS))
        if part.codes and part.codes not in self._tables:
            yield Problem((*path, "codes"), f"対応表「{part.codes}」がありません", nearest(part.codes, self._tables))

    def _splitting(self, part: FieldText, path: tuple[str | int, ...]) -> Iterator[Problem]:
        if not part.split:
            return
        split = SPLITS.get(part.split)
        if split is None:
            yield Problem((*path, "split"), f"「{part.split}」という分け方はありません", nearest(part.split, SPLITS))
            return
        if len(part.from_) != split.origins:
            yield Problem((*path, "from"), f"split: {part.split} には from の項目が {split.origins} つ要ります")
        for name in part.parts:
            if name not in split.parts:
                yield Problem((*path, "parts", name), f"「{name}」という部分はありません", nearest(name, split.parts))
        for name in split.parts:
            if name not in part.parts:
                yield Problem((*path, "parts"), f"parts に「{name}」がありません", f"{name}: を書く", shadow=True)


def _of_places(everything: Iterable[Found], driver: str) -> Iterator[Problem]:
    everything = tuple(everything)
    if driver == "desktop":
        yield from window_problems(everything)
    for found in everything:
        if isinstance(found.part, SignText):
            yield from _of_sign(found.part, found.path, driver)
        if isinstance(found.part, DialogText) and found.part.hold and found.part.hold not in set(Reason):
            remedy = nearest(found.part.hold, Reason)
            yield Problem((*found.path, "hold"), "hold には保留の理由コードを書いてください", remedy)
        if not isinstance(found.part, TargetText):
            continue
        place = found.part
        on_page = (place.label, place.role, place.name, place.near, place.text, place.css)
        if driver == "browser" and (place.tab or place.image or place.key):
            yield Problem(found.path, "tab・image・key は driver: desktop の基幹システムだけで使えます")
        elif driver == "browser" and not any(on_page):
            yield Problem(found.path, "場所が書かれていません", "label、role、name、near、text、css のどれかを書く")
        if place.role and not all(place.role.partition("|")):
            yield Problem((*found.path, "role"), "role は「種類|名前」の形で書いてください", "role: button|登録する")
        words = (*on_page, place.within, place.tab)
        if not found.group and any(ROW in word for word in words):
            yield Problem(found.path, f"{ROW} は rows の中でだけ使えます")


def _of_sign(sign: SignText, path: tuple[str | int, ...], driver: str) -> Iterator[Problem]:
    if driver == "desktop" and (sign.css or not (sign.title or sign.image)):
        yield Problem(path, "driver: desktop の画面の特徴は title か image（メッセージは text も）で書きます")
    if driver == "browser" and (sign.title or sign.image):
        yield Problem(path, "title・image は driver: desktop の基幹システムだけで使えます")


def _of_keys(recipe: Recipe, everything: Iterable[Found]) -> Iterator[Problem]:
    """Two fields of one name only where conditions tell which of them applies."""
    fields = [found for found in everything if isinstance(found.part, FieldText)]
    conditional_steps = {number for number, step in enumerate(recipe.steps) if step.when}
    counted = Counter((found.group, found.part.name) for found in fields if isinstance(found.part, FieldText))
    for found in fields:
        if not isinstance(found.part, FieldText) or counted[found.group, found.part.name] == 1 or found.part.when:
            continue
        if len(found.path) > 1 and found.path[1] in conditional_steps:
            continue
        yield Problem(found.path, f"欄の名前「{found.part.name}」が 2 回使われています", "key で別の名前を付ける")


def _of_charsets(everything: Iterable[Found], core: CoreProfile) -> Iterator[Problem]:
    for found in everything:
        if isinstance(found.part, FieldText | PlaceText):
            wanted = found.part.charset
            if wanted is not None and is_wider(wanted, core.charset):
                message = f"欄の charset は、基幹システムの charset（{core.charset.value}）より広くできません"
                yield Problem((*found.path, "charset"), message, "charset を消す")


def _of_receipt_no(recipe: Recipe, everything: Iterable[Found]) -> Iterator[Problem]:
    written = [
        found
        for found in everything
        if isinstance(found.part, FieldText) and Always.RECEIPT_NO in found.part.from_ and found.path[0] == "steps"
    ]
    if recipe.reference == "receipt_no" and len(written) != 1:
        yield Problem(("reference",), "受付番号を入れる欄（from: receipt_no）を fill に 1 つだけ書いてください")
    if recipe.reference == "none" and written:
        yield Problem(("reference",), "受付番号を入れる欄があります", "reference: receipt_no")
