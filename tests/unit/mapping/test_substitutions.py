"""Approved characters instead of those a field cannot hold: only there, only for entry, and always told."""

from __future__ import annotations

from pathlib import Path

import pytest

from bridge_agent.domain.errors import BusinessError, RecipeError
from bridge_agent.domain.plan import EntryPlan
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.recipe import LoadedRecipe
from bridge_agent.mapping.check import check_recipes
from bridge_agent.mapping.planner import plan
from bridge_agent.mapping.recipe_files import load_recipe, load_substitutions
from bridge_agent.pipeline.look_up import plan_from_bytes, plan_to_bytes
from tests.unit.mapping.small import CORE, RECIPE, application, write

YOSHI = "\U00020bb7"
TABLE = f'approved_by: 市民課\npairs: {{"{YOSHI}": 吉, 髙: 高, "葛\U000e0100": 葛}}\n'
NAME_FIELD = "{from: name, to: {label: 氏名, within: 届出人}, max: 10}"
CHECK = '      - {from: receipt_no, to: {css: "#no"}}\ncommit:'


def prepared(root: Path, recipe: str = RECIPE, table: str = TABLE, core: str = CORE) -> LoadedRecipe:
    write(root, recipe, core)
    if table:
        (root / "substitutions.yaml").write_text(table, encoding="utf-8")
    return load_recipe(root, root / "small" / "greeting")


def values(made: EntryPlan) -> dict[str, str]:
    return {field.key: field.value for act in made.acts for field in getattr(act, "fields", ())}


def reason_for(recipe: LoadedRecipe, **columns: str) -> tuple[Reason, str]:
    with pytest.raises(BusinessError) as error:
        plan(application(**columns), recipe)
    return error.value.reason, error.value.note


def test_the_approved_character_is_typed_and_told(tmp_path: Path) -> None:
    made = plan(application(氏名=f"{YOSHI}田　葛\U000e0100子", メモ=f"一\r\n{YOSHI}"), prepared(tmp_path))
    fill = next(act for act in made.acts if act.kind == "fill")
    typed = {field.key: field.value for field in getattr(fill, "fields", ())}
    assert typed["name"] == "吉田　葛子"
    assert typed["memo"] == "一\n吉"
    told = ["氏名 1文字目 U+20BB7→U+5409", "氏名 4文字目 U+845B+U+E0100→U+845B", "メモ 3文字目 U+20BB7→U+5409"]
    assert [found.note for found in made.substitutions] == told
    assert made.look_up.remarks.splitlines() == told


def test_what_the_ledger_seals_tells_it_too(tmp_path: Path) -> None:
    look_up = plan(application(氏名=f"{YOSHI}田　花子"), prepared(tmp_path)).look_up
    assert plan_from_bytes(plan_to_bytes(look_up)) == look_up
    assert look_up.remarks == "氏名 1文字目 U+20BB7→U+5409"


def test_a_plan_of_an_older_version_has_nothing_to_tell(tmp_path: Path) -> None:
    look_up = plan(application(), prepared(tmp_path)).look_up
    older = plan_to_bytes(look_up).replace(b', "remarks": ""', b"")
    assert b"remarks" not in older
    assert plan_from_bytes(older).remarks == ""


def test_the_record_must_show_what_was_typed(tmp_path: Path) -> None:
    recipe = RECIPE.replace(CHECK, '      - {from: name, key: shown_name, to: {css: "#name"}}\n' + CHECK)
    recipe = recipe.replace("proofs: [{", 'proofs: [{from: name, to: {css: "#n"}}, {')
    made = plan(application(氏名=f"{YOSHI}田　花子"), prepared(tmp_path, recipe))
    assert values(made)["shown_name"] == "吉田　花子"
    assert made.commit.proofs[0].value == "吉田　花子"
    assert made.look_up.compare[0].value == "吉田　花子"


def test_who_the_applicant_is_is_asked_with_their_own_characters(tmp_path: Path) -> None:
    made = plan(application(氏名=f"{YOSHI}田　花子"), prepared(tmp_path))
    resident = next(act for act in made.acts if act.kind == "resident")
    assert [field.value for field in getattr(resident, "fields", ())] == [f"{YOSHI}田　花子"]


def test_a_search_is_no_entry(tmp_path: Path) -> None:
    pick = "  - pick: {opener: {text: 検索}, search: [{from: name, key: q, to: {name: q}}], row: {from: name}}\n"
    recipe = prepared(tmp_path, RECIPE.replace("  - rows:", pick + "  - rows:"))
    plan(application(), recipe)
    assert reason_for(recipe, 氏名=f"{YOSHI}田") == (Reason.CHARACTER_UNENCODABLE, "氏名 1文字目 U+20BB7")


def test_what_the_field_can_hold_is_typed_as_it_is(tmp_path: Path) -> None:
    made = plan(application(氏名="髙橋　花子"), prepared(tmp_path))
    assert values(made)["name"] == "髙橋　花子"
    assert made.substitutions == ()
    assert made.look_up.remarks == ""


def test_a_narrower_field_gets_the_approved_character(tmp_path: Path) -> None:
    recipe = RECIPE.replace(NAME_FIELD, NAME_FIELD.replace("max: 10", "charset: jis_x_0208"))
    made = plan(application(氏名="髙橋　花子", メモ="髙"), prepared(tmp_path, recipe))
    fill = next(act for act in made.acts if act.kind == "fill")
    typed = {field.key: field.value for field in getattr(fill, "fields", ())}
    assert (typed["name"], typed["memo"]) == ("高橋　花子", "髙")
    assert made.look_up.remarks == "氏名 1文字目 U+9AD9→U+9AD8"
    assert made.look_up.compare[0].value == "高橋　花子"


@pytest.mark.parametrize(
    ("columns", "note"),
    [
        ({"氏名": "\U00020bb8田"}, "氏名 1文字目 U+20BB8"),
        ({"氏名": f"{YOSHI}\U00020bb8"}, "氏名 2文字目 U+20BB8"),
        ({"氏名": f"{YOSHI}\U000e0100田"}, "氏名 2文字目 U+E0100"),
        ({"氏名": "葛\U000e0101"}, "氏名 2文字目 U+E0101"),
        ({"区分": YOSHI}, "区分 1文字目 U+20BB7"),
        ({"電話": YOSHI}, "電話 1文字目 U+20BB7"),
        ({"カナ": YOSHI}, "カナ 1文字目 U+20BB7"),
    ],
)
def test_nothing_else_is_substituted(tmp_path: Path, columns: dict[str, str], note: str) -> None:
    assert reason_for(prepared(tmp_path), **columns) == (Reason.CHARACTER_UNENCODABLE, note)


@pytest.mark.parametrize("kind", ["chassis_no", "atena_no", "choice", "account_kana"])
def test_numbers_and_codes_are_held_by_a_narrower_field_too(tmp_path: Path, kind: str) -> None:
    field = '{from: other, to: {name: other}, charset: jis_x_0208, when: {field: kind, is: "9"}}'
    recipe = RECIPE.replace('{from: other, to: {name: other}, when: {field: kind, is: "9"}}', field)
    recipe = recipe.replace("column: その他, type: text", f"column: その他, type: {kind}")
    assert recipe.count(field) == recipe.count(f"type: {kind}, class: plain, required_when") == 1
    reason, note = reason_for(prepared(tmp_path, recipe), 区分="9", その他="1髙")
    assert (reason, note) == (
        Reason.CHARACTER_UNENCODABLE,
        "その他 2文字目 U+9AD9（この欄はJIS 第1・第2水準の文字だけ）",
    )


def test_a_lost_character_stays_lost(tmp_path: Path) -> None:
    assert reason_for(prepared(tmp_path), 氏名=f"{YOSHI}〓")[0] is Reason.CHARACTER_LOST


def test_without_a_table_it_is_held(tmp_path: Path) -> None:
    assert reason_for(prepared(tmp_path, table=""), 氏名=f"{YOSHI}田") == (
        Reason.CHARACTER_UNENCODABLE,
        "氏名 1文字目 U+20BB7",
    )


def test_a_replacement_that_the_field_cannot_hold_either_is_held(tmp_path: Path) -> None:
    recipe = prepared(tmp_path, RECIPE.replace(NAME_FIELD, NAME_FIELD.replace("max: 10", "charset: ascii")))
    reason, note = reason_for(recipe, 氏名=YOSHI)
    assert (reason, note) == (Reason.CHARACTER_UNENCODABLE, "氏名 1文字目 U+5409（この欄は半角英数字だけ）")


def test_the_length_is_that_of_what_is_typed(tmp_path: Path) -> None:
    made = plan(application(氏名="あ" * 9 + "葛\U000e0100"), prepared(tmp_path))
    assert values(made)["memo"] == ""
    assert reason_for(prepared(tmp_path), 氏名="あ" * 10 + "葛\U000e0100")[0] is Reason.TOO_LONG


@pytest.mark.parametrize(
    ("charset", "columns", "note"),
    [
        ("digits", {"氏名": "12a"}, "氏名 3文字目 U+0061（この欄は半角数字だけ）"),
        ("half_kana", {"氏名": "ｱｲウ"}, "氏名 3文字目 U+30A6（この欄は半角カナと半角英数字だけ）"),
        ("full_width", {"氏名": "渡邉 花子"}, "氏名 3文字目 U+0020（この欄は全角の文字だけ）"),
        ("jis_x_0208", {"氏名": "①"}, "氏名 1文字目 U+2460（この欄はJIS 第1・第2水準の文字だけ）"),
    ],
)
def test_a_field_may_hold_less_than_the_core(tmp_path: Path, charset: str, columns: dict[str, str], note: str) -> None:
    recipe = RECIPE.replace(NAME_FIELD, NAME_FIELD.replace("max: 10", f"charset: {charset}"))
    assert reason_for(prepared(tmp_path, recipe, table=""), **columns) == (Reason.CHARACTER_UNENCODABLE, note)


def test_a_part_may_hold_less_too(tmp_path: Path) -> None:
    recipe = RECIPE.replace("area: {to: {name: t1}, max: 4}", "area: {to: {name: t1}, charset: full_width}")
    reason, note = reason_for(prepared(tmp_path, recipe), 電話="03-1234-5678")
    assert (reason, note) == (Reason.CHARACTER_UNENCODABLE, "電話 1文字目 U+0030（この欄は全角の文字だけ）")


def test_a_field_cannot_hold_more_than_the_core(tmp_path: Path) -> None:
    recipe = RECIPE.replace(NAME_FIELD, NAME_FIELD.replace("max: 10", "charset: utf-8"))
    with pytest.raises(RecipeError, match=r"charset は、基幹システムの charset（cp932）より広くできません"):
        prepared(tmp_path, recipe)
    wide = CORE.replace("driver: browser", "driver: browser\ncharset: utf-8")
    made = plan(application(氏名="—ゔ", カナ=""), prepared(tmp_path, recipe, core=wide))
    assert values(made)["name"] == "—ゔ"


def test_the_table_is_part_of_the_digest(tmp_path: Path) -> None:
    without = prepared(tmp_path / "a", table="").digest
    one = prepared(tmp_path / "b").digest
    other = prepared(tmp_path / "c", table=TABLE.replace("市民課", "戸籍課")).digest
    assert len({without, one, other}) == 3


def test_a_table_without_approval_or_with_a_wrong_pair_is_refused_at_its_place(tmp_path: Path) -> None:
    write(tmp_path)
    file = tmp_path / "substitutions.yaml"
    assert load_substitutions(tmp_path).pairs == {}
    file.write_text("pairs: {}\n", encoding="utf-8")
    with pytest.raises(RecipeError, match="approved_by"):
        load_substitutions(tmp_path)
    file.write_text(f'approved_by: 市民課\npairs: {{"{YOSHI}": 吉田}}\n', encoding="utf-8")
    with pytest.raises(RecipeError, match=r"^substitutions.yaml:2:1: U\+20BB7 の置き換え先が、入力できる 1 文字"):
        load_substitutions(tmp_path)
    found = [finding for finding in check_recipes(tmp_path) if finding.where.startswith("substitutions.yaml")]
    assert len(found) == 1
