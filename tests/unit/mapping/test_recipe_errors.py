"""Every mistake an author can make: where it is, what is wrong, and the nearest right word."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge_agent.domain.errors import RecipeError
from bridge_agent.mapping.loader import MAX_BYTES, parse
from bridge_agent.mapping.recipe_files import load_recipe, load_recipes, load_variants
from tests.unit.mapping.small import CORE, RECIPE, loaded, write


def refused(root: Path, recipe: str = RECIPE, core: str = CORE) -> RecipeError:
    with pytest.raises(RecipeError) as error:
        loaded(root, recipe, core)
    return error.value


def place_of_refusal(load: Callable[[], object]) -> str:
    """'nowhere' when it loads; anything but RecipeError passes through and fails the test."""
    try:
        load()
    except RecipeError as error:
        return error.where
    return "nowhere"


def line_of(text: str, piece: str) -> int:
    return text[: text.index(piece)].count("\n") + 1


MISTAKES = [
    ("finish: register", "finish: regster", "「finish」の値が決められた語ではありません", "もしかして「register」"),
    ("finish: register", "finsh: register", "「finsh」という項目はありません", "もしかして「finish」"),
    ("approver: 乙", "approver: 甲", "author（作成者）と approver（承認者）は別の人でなければなりません", ""),
    ("valid: {from: 2026-04-01", "valid: {from: 2026-04-31", "2026-04-01 の形で、存在する日付を書いてください", ""),
    ("to: 2027-03-31", "to: 2025-03-31", "to が from より前の日です", ""),
    ("type: mynumber", "type: my_number", "「type」の値が決められた語ではありません", "もしかして「mynumber」"),
    ("required: yes}\n  kana", "required: はい}\n  kana", "「required」には yes か no を書いてください", ""),
    ("column: 氏名, ", "", "「column」がありません", "column: を書く"),
    ("max: 3", "max: 三", "「max」には整数を書いてください", ""),
    ("max: 3", "max: 0", "「max」は 0 より大きい数にしてください", ""),
    ('column: "品目{n}"', "column: 品目", "item の column に行番号の {n} がありません", ""),
    (
        "{from: name, to: {label: 氏名",
        "{from: nam, to: {label: 氏名",
        "inputs に「nam」がありません",
        "もしかして「name」",
    ),
    ("as: half_kana", "as: han_kana", "「han_kana」という変換はありません", "もしかして「half_kana」"),
    ("codes: kind, to", "codes: kinds, to", "対応表「kinds」がありません", "もしかして「kind」"),
    ("split: phone", "split: fone", "「fone」という分け方はありません", "もしかして「phone」"),
    ("city: {to: {name: t2}}, ", "", "parts に「city」がありません", "city: を書く"),
    ("city: {to: {name: t2}}", "cities: {to: {name: t2}}", "「cities」という部分はありません", "もしかして「city」"),
    ("of: items", "of: item", "groups に「item」がありません", "もしかして「items」"),
    ('field: kind, is: "2"', 'field: kinds, is: "2"', "inputs に「kinds」がありません", "もしかして「kind」"),
    (
        'field: kind, is: "2"',
        'field: kind, equals: "2"',
        "「equals」という項目はありません",
        "使える語：field、is、is_not",
    ),
    ("{from: memo, as", "{from: item, as", "「item」は繰返しの項目なので、rows の中でだけ使えます", ""),
    ('press: {role: "button|確認"}', 'click: {role: "button|確認"}', "「click」という手順はありません", "もしかして"),
    (
        'press: {role: "button|確認"}',
        "press: {role: 確認}",
        "role は「種類|名前」の形で書いてください",
        "button|登録する",
    ),
    ('press: {role: "button|確認"}', "press: {within: 下}", "場所が書かれていません", "label、role"),
    ('press: {role: "button|確認"}', 'press: {label: "確認{n}"}', "{n} は rows の中でだけ使えます", ""),
    (
        "hold: resident_not_found",
        "hold: resident_notfound",
        "「hold」の値が決められた語ではありません",
        "もしかして「resident",
    ),
    ("control: select", "control: selct", "「control」の値が決められた語ではありません", "もしかして「select」"),
    ("{name: told}, control: check", "{name: told}, control: shown", "check の手順を使ってください", ""),
    ("application_date: day", "application_date: date", "inputs にある date 型の項目を書いてください", "使える語：day"),
    ("reference: receipt_no", "reference: none", "look_up の by を person にしてください", ""),
    (
        "{from: receipt_no, to: {label: 整理番号}, max: 14}",
        "{text: a, key: b, to: {name: c}}",
        "受付番号を入れる欄",
        "",
    ),
    ("core: small", "core: large", "core がフォルダー名「small」と違います", "core: small"),
    (
        "procedure: greeting",
        "procedure: parting",
        "procedure がフォルダー名「greeting」と違います",
        "procedure: greeting",
    ),
    ('  kind: {"1"', '  era: {"1"', "対応表「era」は基幹システム定義（core.yaml）にもあります", "別の名前"),
    ("  other: {column", "  atena_no: {column", "「atena_no」は 2 回使われているか、決められた語です", ""),
    ("{from: number, to", "{from: number, key: name, to", "欄の名前「name」が 2 回使われています", "key で"),
    ("{from: kana, as", "{as", "from か text のどちらか一方を書いてください", ""),
    ("{from: told, to: {name: told}", "{from: told, text: a, to: {name: told}", "from か text のどちらか一方", ""),
    ("rows: items, label", "rows: itens, label", "groups に「itens」がありません", "もしかして「items」"),
    ("steps:\n", "steps:\n  - {open: /a, press: {text: b}}\n", "手順には 1 つの語", ""),
    ("steps:\n", "steps:\n  - 開く\n", "手順には 1 つの語", ""),
    ("compare:\n", "compere:\n", "「compere」という項目はありません", "もしかして「compare」"),
    ("name: あいさつの届出", "name: あいさつの届出\nname: また", "「name」が 2 回書かれています", "最初は"),
]


@pytest.mark.parametrize(("right", "wrong", "message", "remedy"), MISTAKES)
def test_mistakes_in_a_recipe(tmp_path: Path, right: str, wrong: str, message: str, remedy: str) -> None:
    assert right in RECIPE, right
    error = refused(tmp_path, RECIPE.replace(right, wrong, 1))
    file, line, column = error.where.rsplit(":", 2)
    assert file.startswith("small/greeting/recipe.yaml")
    assert int(line) >= 1
    assert int(column) >= 1
    assert message in error.message
    assert remedy in error.remedy


def test_the_place_is_the_word_itself(tmp_path: Path) -> None:
    error = refused(tmp_path, RECIPE.replace("as: half_kana", "as: han_kana"))
    line = line_of(RECIPE, "as: half_kana")
    column = RECIPE.splitlines()[line - 1].index("as: half_kana") + 1
    assert error.where == f"small/greeting/recipe.yaml:{line}:{column}"


def test_the_first_of_several_mistakes_with_their_number(tmp_path: Path) -> None:
    error = refused(tmp_path, RECIPE.replace("type: phone", "type: fone").replace("type: bool", "type: boole"))
    assert error.where.split(":")[1] == str(line_of(RECIPE, "type: phone"))
    assert "ほかに 1 件" in error.message


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("core: small", "core: big", "core がフォルダー名「small」と違います"),
        ("([0-9]+)件", "[0-9]+件", "count_pattern には件数を囲む"),
        ("([0-9]+)件", "([0-9]+件", "count_pattern には件数を囲む"),
        ("driver: browser", "driver: robot", "「driver」の値が決められた語ではありません"),
        ("answer: accept", "answer: accept, hold: because", "hold には保留の理由コードを書いてください"),
        ("name: 小さな基幹システム", "name: 小\ncharset: cp9999", "「charset」の値が決められた語ではありません"),
        ("name: 小さな基幹システム", "name: 小\ncharset: shift_jis", "「charset」の値が決められた語ではありません"),
        ("name: 小さな基幹システム", "name: 小\nlimits: {settle_s: 1}", "settle_s は visibility_max_s 以上"),
        ('count: "#count"', "", "「count」がありません"),
        ("path: /register}", "path: register}", "register_request の path は / で始め"),
        ("path: /register}", "path: /register, method: GET}", "register_request の method は POST など"),
    ],
)
def test_mistakes_in_a_core_profile(tmp_path: Path, right: str, wrong: str, message: str) -> None:
    assert right in CORE
    error = refused(tmp_path, core=CORE.replace(right, wrong, 1))
    assert error.where.startswith("small/core.yaml:")
    assert message in error.message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: &x 1\nb: *x\n", "別名"),
        ("a: !!python/object:os.system 1\n", "タグ"),
        ("a: !!str 1\n", "タグ"),
        ("a: 1\na: 2\n", "2 回書かれています"),
        ("? [a, b]\n: 1\n", "項目名には 1 つの語"),
        ("a: 1\n---\nb: 2\n", "文書の区切り"),
        ("a: [1\n", "YAML として読めません"),
        ("a: b: c\n", "YAML として読めません"),
        ("a: \x07\n", "YAML として読めません"),
        ("", "空です"),
        ("# だけ\n", "空です"),
        ("[" * 25 + "]" * 25, "入れ子"),
    ],
)
def test_yaml_that_is_refused(text: str, message: str) -> None:
    with pytest.raises(RecipeError) as error:
        parse(text.encode(), "x.yaml")
    assert message in error.value.message
    assert error.value.where.startswith("x.yaml:")


def test_too_large_and_wrongly_encoded_files() -> None:
    with pytest.raises(RecipeError, match="256 kB"):
        parse(b"#" * (MAX_BYTES + 1), "x.yaml")
    with pytest.raises(RecipeError, match="UTF-8") as error:
        parse("a: 1\nb: 漢字\n".encode("cp932"), "x.yaml")
    assert error.value.where == "x.yaml:2:1"


def test_scalars_stay_the_text_that_was_written() -> None:
    text = "a: 0012\nb: yes\nc: 2026-04-01\nd: 1e3\ne: null\nf: ''\ng:\nh: ~\ni: 0x1F\nj: 12:30\n"
    assert parse(text.encode(), "x").plain() == {
        "a": "0012",
        "b": "yes",
        "c": "2026-04-01",
        "d": "1e3",
        "e": "null",
        "f": "",
        "g": "",
        "h": "~",
        "i": "0x1F",
        "j": "12:30",
    }


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    refused_at = place_of_refusal(lambda: parse(text.encode("utf-8", "surrogatepass"), "x.yaml"))
    assert refused_at.startswith(("x.yaml:", "nowhere"))


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    assert place_of_refusal(lambda: parse(content, "x.yaml")).startswith(("x.yaml:", "nowhere"))


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_a_spoiled_recipe_is_loaded_or_refused(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """Any line of the recipe lost, doubled or cut: never anything but RecipeError."""
    lines = RECIPE.splitlines()
    at = data.draw(st.integers(0, len(lines) - 1))
    cut = data.draw(st.integers(0, len(lines[at])))
    spoiled = data.draw(st.sampled_from(([], [lines[at]] * 2, [lines[at][:cut]], [lines[at][cut:]])))
    root = write(tmp_path_factory.mktemp("spoiled"), "\n".join([*lines[:at], *spoiled, *lines[at + 1 :]]) + "\n")
    refused_at = place_of_refusal(lambda: load_recipe(root, root / "small" / "greeting"))
    assert refused_at.startswith(("small/greeting/recipe.yaml:", "nowhere"))


def test_parts_are_included_in_lists_and_mappings(tmp_path: Path) -> None:
    text = RECIPE.replace('  - press: {role: "button|確認"}\n', "  - include: go.yaml\n")
    text = text.replace("codes:\n  kind", "codes:\n  include: codes.yaml\n  kind")
    parts = {"go.yaml": '- press: {role: "button|確認"}\n- press: {text: 次}\n', "codes.yaml": "more: {a: b}\n"}
    root = write(tmp_path, text, parts=parts)
    found = load_recipe(root, root / "small" / "greeting")
    assert [step.kind for step in found.recipe.steps].count("press") == 3
    assert found.recipe.codes["more"] == {"a": "b"}
    (root / "small" / "parts" / "go.yaml").write_text("- press: {rolle: x}\n", encoding="utf-8")
    with pytest.raises(RecipeError) as error:
        load_recipe(root, root / "small" / "greeting")
    assert error.value.where == "small/parts/go.yaml:1:11"
    assert "もしかして「role」" in error.value.remedy


@pytest.mark.parametrize(
    ("include", "message"),
    [
        ("go.yml", "もしかして「go.yaml」"),
        ("../core.yaml", "部品が parts フォルダーにありません"),
        ("/etc/passwd", "部品が parts フォルダーにありません"),
        ("words.yaml", "一覧の部品が要ります"),
    ],
)
def test_parts_that_cannot_be_included(tmp_path: Path, include: str, message: str) -> None:
    text = RECIPE.replace('  - press: {role: "button|確認"}\n', f"  - include: {include}\n")
    root = write(tmp_path, text, parts={"go.yaml": "- open: /a\n", "words.yaml": "a: b\n"})
    with pytest.raises(RecipeError) as error:
        load_recipe(root, root / "small" / "greeting")
    assert message in error.value.message


def test_the_digest_covers_every_byte_of_every_file(tmp_path: Path) -> None:
    text = RECIPE.replace('  - press: {role: "button|確認"}\n', "  - include: go.yaml\n")
    go = '- press: {role: "button|確認"}\n'
    digests = set()
    for number, (recipe, core, part) in enumerate(
        [(text, CORE, go), (text + "# x\n", CORE, go), (text, CORE + "# x\n", go), (text, CORE, go + "# x\n")]
    ):
        root = write(tmp_path / str(number), recipe, core, {"go.yaml": part, "unused.yaml": str(number)})
        digests.add(load_recipe(root, root / "small" / "greeting").digest)
    assert len(digests) == 4
    again = write(tmp_path / "again", text, CORE, {"go.yaml": go})
    assert load_recipe(again, again / "small" / "greeting").digest in digests


def test_two_recipes_for_one_application_are_refused(tmp_path: Path) -> None:
    root = write(tmp_path)
    other = root / "small" / "parting"
    other.mkdir()
    text = RECIPE.replace("procedure: greeting\n", "procedure: parting\n")
    (other / "recipe.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(RecipeError, match="重なります"):
        load_recipes(root)
    later = text.replace("from: 2026-04-01, to: 2027-03-31", "from: 2027-04-01, to: 2028-03-31")
    (other / "recipe.yaml").write_text(later, encoding="utf-8")
    assert len(load_recipes(root)) == 2


def test_the_variant_table(tmp_path: Path) -> None:
    assert load_variants(tmp_path).twins == {}
    file = tmp_path / "variants.yaml"
    file.write_text("approved_by: 市民課\ngroups: [高髙]\n", encoding="utf-8")
    assert load_variants(tmp_path).fold("髙") == "高"
    file.write_text("approved_by: 市民課\ngroups: [高髙, 髙崎]\n", encoding="utf-8")
    with pytest.raises(RecipeError, match="2 つの組"):
        load_variants(tmp_path)
    file.write_text("groups: [高髙]\n", encoding="utf-8")
    with pytest.raises(RecipeError, match="approved_by"):
        load_variants(tmp_path)
