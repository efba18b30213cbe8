"""From an application to its plan: what is typed where, and why an application is held instead."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bridge_agent.domain.application import Application
from bridge_agent.domain.comparison import VariantTable
from bridge_agent.domain.errors import BusinessError, RecipeError
from bridge_agent.domain.plan import (
    BoundField,
    Comparison,
    Control,
    EntryPlan,
    FieldClass,
    How,
    Meaning,
    Rung,
    personal_texts,
)
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.recipe import LoadedRecipe
from bridge_agent.mapping.planner import choose, plan, planned_person
from tests.unit.mapping.small import COLUMNS, CORE, RECIPE, application, loaded


@pytest.fixture
def recipe(tmp_path: Path) -> LoadedRecipe:
    return loaded(tmp_path)


def typed(made: EntryPlan) -> dict[str, BoundField]:
    fills = [act for act in made.acts if act.kind == "fill"]
    assert len(fills) == 1, "fills that follow each other are one screen"
    fields: tuple[BoundField, ...] = getattr(fills[0], "fields", ())
    return {field.key: field for field in fields}


def held(recipe: LoadedRecipe, sent: Application) -> BusinessError:
    with pytest.raises(BusinessError) as error:
        plan(sent, recipe)
    return error.value


def test_the_whole_plan(recipe: LoadedRecipe) -> None:
    made = plan(application(), recipe)
    assert (made.receipt_no, made.procedure, made.core) == ("00000000000001", "greeting", "small")
    assert made.recipe_digest == recipe.digest
    assert [act.kind for act in made.acts] == ["open", "expect", "resident", "fill", "press", "check"]
    assert made.commit.press.ladder == (Rung(How.ROLE, "button|登録"),)
    assert [mark.meaning for mark in made.commit.endings] == [
        Meaning.COMPLETED,
        Meaning.REFUSED,
        Meaning.SESSION_LOST,
    ]
    assert made.commit.proofs[0].value == "00000000000001"
    assert [rule.text for rule in made.dialogs] == ["注意"]
    assert made.field_count == len(typed(made)) + 2


def test_values_are_final(recipe: LoadedRecipe) -> None:
    sent = application(
        区分="9", その他="ほか", 電話="03-1234-5678", 希望="2", 同意="1", メモ="一\r\n二", 品目1="本", 価格1="1200"
    )
    fields = typed(plan(sent, recipe))
    values = {key: field.value for key, field in fields.items()}
    assert values == {
        "receipt_no": "00000000000001",
        "applied": "令和8年11月5日",
        "name": "渡邉　花子",
        "kana": "ﾜﾀﾅﾍﾞ",
        "kind": "z",
        "other": "ほか",
        "number": "",
        "tel.area": "03",
        "tel.city": "1234",
        "tel.number": "5678",
        "wants.1": "0",
        "wants.2": "1",
        "told": "1",
        "memo": "一\n二",
        "items.1.item": "本",
        "items.1.price": "1,200",
        "items.2.item": "",
        "items.2.price": "",
    }
    assert fields["kind"].control is Control.SELECT
    assert fields["wants.2"].control is Control.CHECK
    assert fields["items.2.item"].target.within == "品目2"
    assert fields["items.2.item"].target.ladder == (Rung(How.NAME, "item2"),)


SEVERAL = RECIPE.replace("type: multi_choice,", 'type: multi_choice, divided_by: "、",')


def test_several_choices_are_divided_by_what_the_source_writes(tmp_path: Path) -> None:
    fields = typed(plan(application(希望="1、2"), loaded(tmp_path, SEVERAL)))
    assert (fields["wants.1"].value, fields["wants.2"].value) == ("1", "1")


@pytest.mark.parametrize(("written", "text"), [(SEVERAL, "1|2"), (RECIPE, "1、2")])
def test_another_mark_between_choices_is_no_code(tmp_path: Path, written: str, text: str) -> None:
    error = held(loaded(tmp_path, written), application(希望=text))
    assert (error.reason, error.note) == (Reason.CODE_UNKNOWN, "希望")


def test_only_several_choices_are_divided(tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match="divided_by は multi_choice"):
        loaded(tmp_path, RECIPE.replace("type: kana,", 'type: kana, divided_by: "、",'))


def day_written(written: str) -> str:
    """The recipe for a source that writes days otherwise, with the day of the form typed too."""
    typed_day = "- {from: day, key: day, to: {name: day}}\n      - {from: name, to: {label: 氏名"
    return RECIPE.replace("type: date,", f"type: date, written: {written},").replace(
        "- {from: name, to: {label: 氏名", typed_day
    )


@pytest.mark.parametrize(
    ("written", "text"), [("slashes", "2026/11/05"), ("slashes", "2026/11/5"), ("eight_digits", "20261105")]
)
def test_a_day_is_read_as_the_source_writes_it(tmp_path: Path, written: str, text: str) -> None:
    assert typed(plan(application(申請日=text), loaded(tmp_path, day_written(written))))["day"].value == "2026-11-05"


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("slashes", "2026-11-05"),
        ("slashes", "2026/02/30"),
        ("slashes", "26/11/5"),
        ("eight_digits", "2026115"),
        ("iso", "2026/11/05"),
    ],
)
def test_a_day_written_otherwise_than_declared_is_held(tmp_path: Path, written: str, text: str) -> None:
    error = held(loaded(tmp_path, day_written(written)), application(申請日=text))
    assert (error.reason, error.note) == (Reason.DATE_INVALID, "申請日")


def test_only_days_are_written_in_a_way(tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match="written は date"):
        loaded(tmp_path, RECIPE.replace("type: kana,", "type: kana, written: slashes,"))


def test_classes_follow_the_items(recipe: LoadedRecipe) -> None:
    made = plan(application(個人番号="990012345674"), recipe)
    fields = typed(made)
    assert fields["number"].field_class is FieldClass.MYNUMBER
    assert fields["name"].field_class is FieldClass.PERSONAL
    assert fields["receipt_no"].field_class is FieldClass.PLAIN
    assert {"990012345674", "渡邉　花子"} <= personal_texts(list(fields.values()))


def test_the_look_up_knows_what_was_meant(recipe: LoadedRecipe) -> None:
    made = plan(application(希望="1|2", 電話="03-1234-5678", 品目1="本", 価格1="1", 品目2="絵", 価格2="2"), recipe)
    look_up = made.look_up
    assert (look_up.procedure, look_up.reference, look_up.atena_no) == ("greeting", "00000000000001", "0001")
    assert look_up.application_date.isoformat() == "2026-11-05"
    assert [(line.label, line.value, line.comparison) for line in look_up.compare] == [
        ("氏名", "渡邉　花子", Comparison.EXACT),
        ("申請日", "2026-11-05", Comparison.DATE),
        ("電話", "03-1234-5678", Comparison.DIGITS),
        ("希望", "二、一", Comparison.EXACT),
        ("品目1/名称", "本", Comparison.EXACT),
        ("品目2/名称", "絵", Comparison.EXACT),
    ]


def test_the_resident_is_compared_by_name(recipe: LoadedRecipe) -> None:
    variants = VariantTable.of(["辺邉"])
    act = next(act for act in plan(application(), recipe, variants).acts if act.kind == "resident")
    assert getattr(act, "variants", None) == variants
    fields: tuple[BoundField, ...] = getattr(act, "fields", ())
    assert [field.comparison for field in fields] == [Comparison.NAME]


def test_conditions_decide_steps_and_fields(recipe: LoadedRecipe) -> None:
    first, second = plan(application(), recipe), plan(application(区分="2"), recipe)
    assert len([act for act in first.acts if act.kind == "press"]) == 1
    assert len([act for act in second.acts if act.kind == "press"]) == 2
    assert "other" not in typed(first)


def test_the_application_date_is_the_day_of_arrival_in_japan(recipe: LoadedRecipe) -> None:
    fields = typed(plan(application("2026-11-04T15:30:00+00:00"), recipe))
    assert fields["applied"].value == "令和8年11月5日"
    late = held(recipe, application("2026-11-05T15:00:00+00:00"))
    assert (late.reason, late.note) == (Reason.VALUE_INVALID, "申請日（到達日と違います）")


@pytest.mark.parametrize(
    ("columns", "reason", "note"),
    [
        ({"氏名": "〓田　花子"}, Reason.CHARACTER_LOST, "氏名 1文字目 U+3013"),
        ({"氏名": "辻\ue000　花子"}, Reason.CHARACTER_UNENCODABLE, "氏名 2文字目 U+E000"),
        ({"氏名": "葛\U000e0100城"}, Reason.CHARACTER_UNENCODABLE, "氏名 2文字目 U+E0100"),
        ({"氏名": "\U00020bb7岡　花子"}, Reason.CHARACTER_UNENCODABLE, "氏名 1文字目 U+20BB7"),
        ({"氏名": "花\x07子"}, Reason.CHARACTER_UNENCODABLE, "氏名 2文字目 U+0007"),
        ({"氏名": "花\u202e子"}, Reason.CHARACTER_UNENCODABLE, "氏名 2文字目 U+202E"),
        ({"氏名": "花子\n"}, Reason.CHARACTER_UNENCODABLE, "氏名 3文字目 U+000A"),
        ({"メモ": "ふか—"}, Reason.CHARACTER_UNENCODABLE, "メモ 3文字目 U+2014"),
        ({"氏名": ""}, Reason.REQUIRED_MISSING, "氏名"),
        ({"区分": "9"}, Reason.REQUIRED_MISSING, "その他"),
        ({"申請日": "2026-11-31"}, Reason.DATE_INVALID, "申請日"),
        ({"個人番号": "990012345675"}, Reason.NUMBER_INVALID, "個人番号（検査数字が合いません）"),
        ({"個人番号": "99001234567"}, Reason.NUMBER_INVALID, "個人番号（12 桁の半角数字ではありません）"),
        ({"区分": "3"}, Reason.CODE_UNKNOWN, "区分"),
        ({"希望": "1|7"}, Reason.CODE_UNKNOWN, "希望"),
        ({"希望": "1||2"}, Reason.CODE_UNKNOWN, "希望"),
        ({"希望": "1|1"}, Reason.VALUE_INVALID, "希望（空の選択か、同じ選択が2つあります）"),
        ({"同意": "はい"}, Reason.CODE_UNKNOWN, "同意"),
        ({"氏名": "あ" * 11}, Reason.TOO_LONG, "氏名（10文字まで）"),
        ({"カナ": "ワタナベバショウコ"}, Reason.TOO_LONG, "カナ（10バイトまで）"),
        (
            {"品目1": "無料", "品目2": "無料", "品目3": "無料"},
            Reason.TOO_MANY_ROWS,
            "品目：3 行（画面は 2 行）",
        ),
        ({"品目1": "無料", "品目4": "無料"}, Reason.TOO_MANY_ROWS, "品目：3 行より多く（画面は 2 行）"),
        ({"品目2": "無料"}, Reason.VALUE_INVALID, "品目 1 行目が空です"),
        ({"品目1": "本"}, Reason.REQUIRED_MISSING, "価格1"),
        ({"品目1": "本", "価格1": "千円"}, Reason.VALUE_INVALID, "価格1"),
        ({"電話": "0123456789"}, Reason.VALUE_INVALID, "電話（電話番号を 3 つに分けられません）"),
        ({"カナ": "渡辺"}, Reason.VALUE_INVALID, "カナ（カナに直せない文字があります）"),
    ],
)
def test_why_it_is_held(recipe: LoadedRecipe, columns: dict[str, str], reason: Reason, note: str) -> None:
    error = held(recipe, application(**columns))
    assert (error.reason, error.note) == (reason, note)


def test_a_kana_of_exactly_ten_bytes_fits(recipe: LoadedRecipe) -> None:
    assert typed(plan(application(カナ="ワタナベショウジ"), recipe))["kana"].value == "ﾜﾀﾅﾍﾞｼｮｳｼﾞ"


@pytest.mark.parametrize("result", ["2", "3", "4", ""])
def test_only_a_sound_signature_goes_on(recipe: LoadedRecipe, result: str) -> None:
    sent = replace(application(氏名=""), signature_result=result)
    assert held(recipe, sent).reason is Reason.SIGNATURE_INVALID


@pytest.mark.parametrize("finish", ["draft", "attended"])
def test_other_ways_to_finish_wait(tmp_path: Path, finish: str) -> None:
    recipe = loaded(tmp_path, RECIPE.replace("finish: register", f"finish: {finish}"))
    assert held(recipe, application()).reason is Reason.NOT_YET_SUPPORTED


def test_without_a_person_nothing_is_entered(recipe: LoadedRecipe) -> None:
    assert held(recipe, application(atena_no="")).reason is Reason.RESIDENT_NOT_FOUND


def test_the_gravest_reason_is_told_with_all_its_places(recipe: LoadedRecipe) -> None:
    sent = application(atena_no="", 氏名="", 区分="", 電話="x", 個人番号="1")
    error = held(recipe, sent)
    assert (error.reason, error.note) == (Reason.REQUIRED_MISSING, "氏名、区分")


def test_a_missing_column_is_told(recipe: LoadedRecipe) -> None:
    columns = {name: text for name, text in COLUMNS.items() if name != "メモ"}
    error = held(recipe, replace(application(), columns=columns))
    assert (error.reason, error.note) == (Reason.PACKAGE_COLUMN, "列「メモ」がありません")


def test_no_value_ever_stands_in_a_note(recipe: LoadedRecipe) -> None:
    secret = "秘密の氏名"
    for columns in ({"氏名": secret * 5}, {"区分": secret}, {"電話": secret}, {"個人番号": secret}, {"申請日": secret}):
        error = held(recipe, application(**columns))
        assert secret not in error.note
        assert secret not in error.message


def test_a_core_may_allow_private_characters(tmp_path: Path) -> None:
    recipe = loaded(tmp_path, core=CORE + "private_use_allowed: yes\n")
    assert typed(plan(application(氏名="\ue000村"), recipe))["name"].value == "\ue000村"


def test_contradicting_conditions_are_held(tmp_path: Path) -> None:
    doubled = (
        '{from: other, key: x, to: {name: other}, when: {field: kind, is: "9"}}\n'
        '      - {text: ほか, key: x, to: {name: other2}, when: {field: told, is: "1"}}'
    )
    text = RECIPE.replace('{from: other, to: {name: other}, when: {field: kind, is: "9"}}', doubled)
    recipe = loaded(tmp_path, text)
    error = held(recipe, application(区分="9", その他="a", 同意="1"))
    assert (error.reason, error.note) == (Reason.VALUE_INVALID, "その他と同意（1 つの欄に 2 つの値があります）")


def test_choosing_the_recipe(recipe: LoadedRecipe) -> None:
    assert choose([recipe], application()) is recipe
    unknown = replace(application(), procedure_code="Z9")
    old_form = replace(application(), form_version="v0")
    for sent, reason, note in (
        (unknown, Reason.NO_RECIPE, "手続コード Z9"),
        (old_form, Reason.RECIPE_NOT_VALID, "様式の版 v0"),
        (replace(old_form, form_version=""), Reason.RECIPE_NOT_VALID, "申請に様式の版がありません"),
        (application("2026-03-31T23:59:59+09:00"), Reason.RECIPE_NOT_VALID, "申請日 2026-03-31"),
        (application("2027-04-01T00:00:00+09:00"), Reason.RECIPE_NOT_VALID, "申請日 2027-04-01"),
    ):
        with pytest.raises(BusinessError) as error:
            choose([recipe], sent)
        assert (error.value.reason, error.value.note) == (reason, note)
    assert choose([recipe], application("2026-03-31T15:00:00+00:00")) is recipe


def test_two_stages_of_one_person_are_two_persons_to_the_check(tmp_path: Path) -> None:
    staged = loaded(tmp_path, RECIPE.replace("same_person_days: 10", "same_person_days: 10\nsame_person_apart: kind"))
    first, again = (
        planned_person(application(区分="1"), staged),
        planned_person(application(区分="1", メモ="x"), staged),
    )
    assert first == again
    assert planned_person(application(区分="2"), staged) != first
    assert planned_person(application(atena_no="", 区分="1"), staged)[0] == ""


def test_what_tells_them_apart_must_be_an_item(tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match=r"recipe\.yaml:12:.*kinds.*kind"):
        loaded(tmp_path, RECIPE.replace("same_person_days: 10", "same_person_days: 10\nsame_person_apart: kinds"))


def test_the_person_and_the_window(recipe: LoadedRecipe) -> None:
    assert planned_person(application(), recipe) == ("0001", 10)
