"""`recipe check`: what it refuses, what it advises, and samples that fail."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from bridge_agent.mapping.check import Finding, Severity, check_recipes
from bridge_agent.mapping.schema import schema_text
from bridge_agent.steps.kinds import KINDS
from tests.unit.mapping.small import CORE, RECIPE, write

SAMPLE = """\
application: {receipt_no: "00000000000001", received_at: "2026-11-05T09:00:00+09:00", atena_no: "0001"}
columns: {申請日: 2026-11-05, 氏名: 渡邉　花子, 区分: "1"}
"""
EXPECTED = """\
fields:
  receipt_no: "00000000000001"
  applied: 令和8年11月5日
  name: 渡邉　花子
  kind: a
  wants.1: "0"
  wants.2: "0"
  told: "0"
"""


def with_sample(root: Path, sample: str = SAMPLE, expected: str | None = EXPECTED) -> Path:
    folder = write(root) / "small" / "greeting"
    for name, text in (("samples", sample), ("expected", expected)):
        (folder / name).mkdir()
        if text is not None:
            (folder / name / "usual.yaml").write_text(text, encoding="utf-8")
    return root


def messages(findings: list[Finding], severity: Severity) -> list[str]:
    return [finding.message for finding in findings if finding.severity is severity]


def test_a_good_recipe_with_a_good_sample(tmp_path: Path) -> None:
    findings = check_recipes(with_sample(tmp_path), date(2026, 11, 5))
    assert messages(findings, Severity.ERROR) == []
    assert "見本（samples）が 1 件です" in messages(findings, Severity.WARNING)


@pytest.mark.parametrize(
    ("right", "wrong", "severity", "message"),
    [
        ("type: mynumber, class: mynumber", "type: mynumber, class: personal", Severity.ERROR, "個人番号の class"),
        (
            "column: 電話, type: phone, class: personal",
            "column: 電話, type: phone, class: plain",
            None,
            "個人の情報なのに",
        ),
        ("column: メモ, type: textarea, class: plain", "column: メモ, type: textarea", None, "class がありません"),
        ("codes: kind, to", "to", None, "選択肢の「kind」を対応表なしで"),
        ("same_person_days: 10", "same_person_days: 0", None, "同じ人の重ねての申請"),
        ("finish: register", "finish: draft", None, "まだ対応していない"),
        ("    - {label: 電話, from: tel}\n", "", None, "「tel」は入力しますが、照会で比べていません"),
        ("      - {from: told, to: {name: told}, control: check}\n", "", None, "「told」はどこにも使われていません"),
        ("codes:\n", "codes:\n  spare: {a: b}\n", None, "対応表「spare」は使われていません"),
        ("{from: name, to: {label", "{from: name, as: full_width, to: {label", None, "氏名・住所を変換して"),
        ("approver: 乙", "approver: 甲", Severity.ERROR, "別の人でなければなりません"),
    ],
)
def test_advice(tmp_path: Path, right: str, wrong: str, severity: Severity | None, message: str) -> None:
    assert right in RECIPE
    findings = check_recipes(write(tmp_path, RECIPE.replace(right, wrong, 1)))
    found = [finding for finding in findings if message in finding.message]
    assert [finding.severity for finding in found] == [severity or Severity.WARNING]
    assert found[0].where.startswith("small/greeting/recipe.yaml:")


LEFT_ALONE = "画面に残っている値が登録されます"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("control: select", True),
        ("control: radio", True),
        ("control: select, empty: clear", False),
        ("control: radio, empty: clear", False),
        ("control: radio, empty: skip", False),
        ('control: select, when: {field: memo, is_not: ""}', False),
        ('control: select, when: {field: kind, is_not: ""}', True),
        ("control: text", False),
    ],
)
def test_a_list_that_may_be_left_alone_wants_a_decision(tmp_path: Path, words: str, told: bool) -> None:
    field = "{from: memo, as: line_ends, to: {name: memo}}"
    assert field in RECIPE
    text = RECIPE.replace(field, f"{{from: memo, to: {{name: memo}}, {words}}}")
    found = [one for one in check_recipes(write(tmp_path, text)) if LEFT_ALONE in one.message]
    assert len(found) == told
    assert all("「memo」" in one.message and one.severity is Severity.WARNING for one in found)


def test_the_lists_of_a_split_value_want_a_decision_too(tmp_path: Path) -> None:
    parts = "parts: {area: {to: {name: t1}, max: 4}, city"
    assert parts in RECIPE
    text = RECIPE.replace(parts, "parts: {area: {to: {name: t1}, control: select}, city")
    [told] = [one.message for one in check_recipes(write(tmp_path, text)) if LEFT_ALONE in one.message]
    assert told.startswith("「tel」は")


def test_recipes_whose_time_is_over(tmp_path: Path) -> None:
    findings = check_recipes(write(tmp_path), date(2027, 4, 1))
    assert "有効期間が過ぎています" in messages(findings, Severity.WARNING)
    findings = check_recipes(write(tmp_path), date(2027, 3, 31))
    assert "有効期間が過ぎています" not in messages(findings, Severity.WARNING)


def test_a_recipe_without_reference_compare_list_and_resident(tmp_path: Path) -> None:
    text = RECIPE.replace("reference: receipt_no", "reference: none").replace("by: reference", "by: person")
    text = text.replace("      - {from: receipt_no, to: {label: 整理番号}, max: 14}\n", "")
    text = text[: text.index("  compare:")].replace("  - resident:\n      - {from: name, to: {near: 氏名}}\n", "")
    told = messages(check_recipes(write(tmp_path, text)), Severity.WARNING)
    assert any("受付番号を画面に残さない" in message for message in told)
    assert any("compare）がありません" in message for message in told)
    assert any("申請の本人かを確かめていません" in message for message in told)


def test_a_broken_core_is_told_once(tmp_path: Path) -> None:
    findings = check_recipes(write(tmp_path, core=CORE.replace("driver: browser", "driver: robot")))
    assert len(findings) == 1
    assert findings[0].severity is Severity.ERROR
    assert findings[0].line.startswith("small/core.yaml:3:1: エラー: ")


@pytest.mark.parametrize(
    ("sample", "expected", "message"),
    [
        (SAMPLE, EXPECTED.replace("kind: a", "kind: b"), "kind は「b」のはずが「a」"),
        (SAMPLE, EXPECTED.replace("  kind: a\n", ""), "kind は「」のはずが「a」"),
        (SAMPLE, "reason: too_long\n", "reason は「too_long」のはずが「（保留にならない）」"),
        (SAMPLE.replace("渡邉　花子", ""), EXPECTED, "のはずが「required_missing（氏名）」"),
        (SAMPLE.replace("渡邉　花子", ""), "reason: required_missing\nnote: 住所\n", "note は「住所」のはずが「氏名」"),
        (
            SAMPLE.replace('"0001"}', '"0001", signature_result: 検証OK}'),
            EXPECTED,
            "のはずが「signature_invalid（署名が正常な見本には signature_result を書きません）」",
        ),
        (SAMPLE.replace("氏名:", "指名:"), EXPECTED, "レシピに「指名」という列はありません"),
        (SAMPLE, "reason: too_lang\n", "「reason」の値が決められた語ではありません"),
        (SAMPLE, "note: a\n", "fields か reason のどちらか一方"),
        (SAMPLE, None, "ファイルを読めません"),
        (SAMPLE.replace("+09:00", ""), EXPECTED, "+09:00"),
    ],
)
def test_samples_that_fail(tmp_path: Path, sample: str, expected: str | None, message: str) -> None:
    told = messages(check_recipes(with_sample(tmp_path, sample, expected)), Severity.ERROR)
    assert len(told) == 1
    assert message in told[0]


def test_a_held_sample(tmp_path: Path) -> None:
    root = with_sample(tmp_path, SAMPLE.replace('"1"}', '"3"}'), "reason: code_unknown\nnote: 区分\n")
    assert messages(check_recipes(root), Severity.ERROR) == []


def test_the_schema_knows_every_step_and_every_word() -> None:
    schema = json.loads(schema_text())
    words = {word for step in schema["properties"]["steps"]["items"]["anyOf"] for word in step["properties"]}
    assert set(KINDS) <= words
    assert {"procedure", "inputs", "commit", "look_up"} <= set(schema["properties"])
    assert {"array", "string"} <= set(schema["properties"]["ends_at"]["type"])  # one word, or one for each kind
    text = json.dumps(schema)
    assert all(f"#/$defs/{name}" in text for name in ("FieldText", "TargetText", "When"))
