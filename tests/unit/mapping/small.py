"""A small core and a small recipe as text, to be spoiled one word at a time by the tests of this folder."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from bridge_agent.domain.application import Application, ApplicationKey
from bridge_agent.domain.recipe import LoadedRecipe
from bridge_agent.mapping.recipe_files import load_recipe

CORE = """\
core: small
name: 小さな基幹システム
driver: browser
login:
  open: /login
  user: {label: 利用者ID}
  password: {label: パスワード}
  press: {role: "button|ログイン"}
  done: {shows: [{css: "#menu"}]}
  refused: {shows: [{text: 違います}]}
session_lost:
  - shows: [{css: "#login"}]
register_request: {path: /register}
dialogs:
  - {kind: alert, text: 注意, answer: accept}
lookup:
  by_reference: {get: "/records?no={reference}"}
  by_person: {get: "/records?person={atena_no}"}
  detail: {get: "/records/{record}"}
  list:
    rows: tbody tr
    headings: thead th
    columns: {record: 番号}
    count: "#count"
    count_pattern: "([0-9]+)件"
    page_size: 10
  record: {rows: tr, label: th, value: td}
codes:
  era: {明治: "1", 大正: "2", 昭和: "3", 平成: "4", 令和: "5"}
"""

RECIPE = """\
procedure: greeting
name: あいさつの届出
core: small
accepts: {procedure_codes: A1, form_versions: [v1, v2]}
valid: {from: 2026-04-01, to: 2027-03-31}
author: 甲
approver: 乙
finish: register
reference: receipt_no
application_date: day
same_person_days: 10
inputs:
  day: {column: 申請日, type: date, class: plain, required: yes}
  name: {column: 氏名, type: name, class: personal, required: yes}
  kana: {column: カナ, type: kana, class: personal}
  kind: {column: 区分, type: choice, class: plain, required: yes}
  other: {column: その他, type: text, class: plain, required_when: {field: kind, is: "9"}}
  number: {column: 個人番号, type: mynumber, class: mynumber}
  tel: {column: 電話, type: phone, class: personal}
  wants: {column: 希望, type: multi_choice, class: plain}
  told: {column: 同意, type: bool, class: plain}
  memo: {column: メモ, type: textarea, class: plain}
groups:
  items:
    name: 品目
    max: 3
    rows: 2
    inputs:
      item: {column: "品目{n}", type: text, class: plain, required: yes}
      price: {column: "価格{n}", type: yen, class: plain, required_when: {field: item, is_not: 無料}}
codes:
  kind: {"1": a, "2": b, "9": z}
  wants_shown: {"2": 二, "1": 一}
steps:
  - open: /entry
  - expect:
      shows: [{text: 入力}]
      instead: [{shows: [{text: 該当なし}], hold: resident_not_found}]
  - resident:
      - {from: name, to: {near: 氏名}}
  - fill:
      - {from: receipt_no, to: {label: 整理番号}, max: 14}
      - {from: application_date, as: wareki, key: applied, to: {label: 申請日}}
      - {from: name, to: {label: 氏名, within: 届出人}, max: 10}
      - {from: kana, as: half_kana, to: {name: kana}, max: 10, max_unit: bytes}
      - {from: kind, codes: kind, to: {name: kind}, control: select}
      - {from: other, to: {name: other}, when: {field: kind, is: "9"}}
      - {from: number, to: {name: number}, max: 12}
      - from: tel
        split: phone
        parts: {area: {to: {name: t1}, max: 4}, city: {to: {name: t2}}, number: {to: {name: t3}}}
      - {from: wants, boxes: {"1": {label: 一}, "2": {label: 二}}}
      - {from: told, to: {name: told}, control: check}
      - {from: memo, as: line_ends, to: {name: memo}}
  - rows:
      of: items
      fields:
        - {from: item, to: {name: "item{n}", within: "品目{n}"}}
        - {from: price, as: commas, to: {name: "price{n}"}}
  - press: {role: "button|確認"}
  - press: {text: 住所も変える}
    when: {field: kind, is: "2"}
  - check:
      - {from: receipt_no, to: {css: "#no"}}
commit:
  press: {role: "button|登録"}
  completed: {shows: [{text: 完了}]}
  receipt: {css: "#receipt"}
  refused: [{shows: [{text: 登録できません}]}]
  proofs: [{from: receipt_no, to: {css: "#no"}}]
look_up:
  procedure: greeting
  by: reference
  compare:
    - {label: 氏名, from: name}
    - {label: 申請日, from: application_date}
    - {label: 電話, from: tel}
    - {label: 希望, from: wants, codes: wants_shown}
    - {rows: items, label: "品目{n}/名称", from: item}
"""

COLUMNS = {
    "申請日": "2026-11-05",
    "氏名": "渡邉　花子",
    "カナ": "ワタナベ",
    "区分": "1",
    "その他": "",
    "個人番号": "",
    "電話": "",
    "希望": "",
    "同意": "",
    "メモ": "",
    "品目1": "",
    "価格1": "",
    "品目2": "",
    "価格2": "",
    "品目3": "",
    "価格3": "",
}


def write(root: Path, recipe: str = RECIPE, core: str = CORE, parts: Mapping[str, str] | None = None) -> Path:
    """The recipes folder with one core and one recipe."""
    folder = root / "small" / "greeting"
    folder.mkdir(parents=True, exist_ok=True)
    (root / "small" / "core.yaml").write_text(core, encoding="utf-8", newline="\n")
    (folder / "recipe.yaml").write_text(recipe, encoding="utf-8", newline="\n")
    for name, text in (parts or {}).items():
        (root / "small" / "parts").mkdir(exist_ok=True)
        (root / "small" / "parts" / name).write_text(text, encoding="utf-8", newline="\n")
    return root


def loaded(root: Path, recipe: str = RECIPE, core: str = CORE) -> LoadedRecipe:
    return load_recipe(write(root, recipe, core), root / "small" / "greeting")


def application(received: str = "2026-11-05T09:00:00+09:00", atena_no: str = "0001", **columns: str) -> Application:
    return Application(
        key=ApplicationKey("source", "scope", "00000000000001"),
        procedure_code="A1",
        procedure_name="あいさつの届出",
        form_version="v1",
        revision="0",
        received_at=datetime.fromisoformat(received),
        atena_no=atena_no,
        signature_result="1",
        columns=COLUMNS | columns,
    )
