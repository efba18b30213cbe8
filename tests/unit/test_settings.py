"""Mistakes in bridge.toml are all told at once, in Japanese, each with its line and what may stand there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bridge_agent.domain.errors import ConfigError
from bridge_agent.settings import TEMPLATE, load_settings

MISTAKES = """\
[site]
data = "C:\\bridge"
[source]
profile = "minamo"
adress = "http://127.0.0.1:1"
user = 3
[cores.sogo]
address = "http://127.0.0.1:2"
user = "bridge01"
[[cores.sogo.more_accounts]]
user = "bridge02"
opertor = "bridge02"
[credentials]
store = "fiel"
[browser]
headless = "maybe"
[evidence]
keep_days = 0
[run]
lanes = "many"
look_back_days = 1.5
[schedule]
at = "25:00"
[evidense]
"""
TOLD = [
    "2 行目 [site] data: 「\\」が改行などの記号として読まれました。",
    "5 行目 [source] adress: 「adress」という項目はありません → もしかして「address」",
    '6 行目 [source] user: 「user」には "…" で囲んだ文字を書いてください。',
    "7 行目 [cores.sogo] operator: 「operator」がありません → operator = … を書く",
    "12 行目 [cores.sogo.more_accounts] opertor: 「opertor」という項目はありません → もしかして「operator」",
    "14 行目 [credentials] store: 「store」の値が決められた語ではありません → 使える語：os、file",
    "16 行目 [browser] headless: 「headless」には true か false を書いてください。",
    "18 行目 [evidence] keep_days: 「keep_days」は 1 以上の数にしてください。",
    "20 行目 [run] lanes: 「lanes」には整数を書いてください。",
    "21 行目 [run] look_back_days: 「look_back_days」には整数を書いてください。",
    "23 行目 [schedule] at: 「at」には 20:00 のように、",
    "24 行目 [evidense]: 「evidense」という項目はありません → もしかして「evidence」",
]


def told(folder: Path, content: str | bytes) -> str:
    file = folder / "bridge.toml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    with pytest.raises(ConfigError) as refused:
        load_settings(file)
    assert refused.value.message.startswith(f"設定ファイル {file} ")
    return refused.value.message.removeprefix(f"設定ファイル {file} ")


def test_every_mistake_is_told_with_its_line(tmp_path: Path) -> None:
    first, *lines = told(tmp_path, MISTAKES).split("\n")
    assert first == f"に正しくないところが {len(TOLD)} か所あります。"
    assert len(lines) == len(TOLD)
    assert [line for line, start in zip(lines, TOLD, strict=True) if not line.startswith(start)] == []


def test_missing_sections_are_named(tmp_path: Path) -> None:
    lines = told(tmp_path, "").split("\n")[1:]
    assert [line.split(":")[0] for line in lines] == ["[source]", "[cores]"]
    assert "[source] の見出しと、その下の項目を書く" in lines[0]


@pytest.mark.parametrize(
    ("content", "line", "sentence"),
    [
        ('[site]\ndata = "C:\\Users\\x"', 2, "フォルダの区切りは / で書く"),
        ('[site]\ndata = "D:\\data"', 2, "フォルダの区切りは / で書く"),
        ('[site]\ndata "x"', 2, "= がありません"),
        ("[site]\ndata = x", 2, "値の書き方が違います"),
        ('[site]\ndata = "x\nname = "y"', 2, '閉じる " がありません'),
        ('[site]\ndata = "x', 2, '閉じる " がありません'),
        ('[site]\ndata = "x" y', 2, "余分な文字"),
        ('[site]\ndata = "x"\ndata = "y"\n', 3, "2 回書かれています"),
        ("[site]\n[site]\n", 2, "2 回書かれています"),
        ("[site", 1, "] がありません"),
        ("名前 = 1", 1, "行の書き方が違います"),
    ],
)
def test_broken_toml_is_told_with_its_line(content: str, line: int, sentence: str, tmp_path: Path) -> None:
    message = told(tmp_path, content)
    assert message.startswith(f"を読めません。\n{line} 行目: ")
    assert sentence in message
    assert re.search(r"[A-Z][a-z]+ [a-z]+", message) is None  # nothing of the library's English


@pytest.mark.parametrize(("encoding", "guess"), [("cp932", "Shift_JIS（ANSI）"), ("utf-16", "UTF-16（Unicode）")])
def test_another_encoding_is_told_with_the_way_to_save_it(encoding: str, guess: str, tmp_path: Path) -> None:
    message = told(tmp_path, TEMPLATE.encode(encoding))
    assert guess in message
    assert "UTF-8 を選んで保存し直してください" in message


@pytest.mark.parametrize("content", [TEMPLATE.encode("utf-8-sig"), TEMPLATE.replace("\n", "\r\n").encode()])
def test_notepads_mark_and_line_ends_are_no_mistake(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "bridge.toml").write_bytes(content)
    assert load_settings(tmp_path / "bridge.toml").site.name == "○○市"


def test_a_file_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuses)
    with pytest.raises(ConfigError, match="読み取りの権限がありません"):
        load_settings(tmp_path / "bridge.toml")


def test_a_missing_file_names_the_command_that_makes_it(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="bridge-agent init"):
        load_settings(tmp_path / "no" / "bridge.toml")


TWO_CORES = """
[source]
profile = "minamo"
address = "http://127.0.0.1:1"
user = "bridge01"
[cores.sogo]
address = "http://127.0.0.1:2"
user = "a"
operator = "a"
[[cores.sogo.more_accounts]]
user = "b"
operator = "b"
[cores.nintei]
address = "http://127.0.0.1:3/"
user = "a"
operator = "a"
"""


def test_accounts_of_different_cores_may_have_one_name(tmp_path: Path) -> None:
    file = tmp_path / "bridge.toml"
    file.write_text(TWO_CORES, encoding="utf-8")
    assert [account.user for account in load_settings(file).cores["sogo"].accounts] == ["a", "b"]


@pytest.mark.parametrize(
    ("was", "becomes", "sentence"),
    [
        ('user = "b"', 'user = "a"', "利用者 a が2回書かれています"),
        ("127.0.0.1:3/", "127.0.0.1:2/", "sogo と nintei の利用者 a が重なります"),
        ("http://127.0.0.1:2", "10.0.0.1:8081", "http:// か https:// から"),
        ("http://127.0.0.1:2", "http://x:99999", "http:// か https:// から"),
        ('user = "b"', 'user = ""', "user"),
    ],
)
def test_what_would_make_two_lanes_one_or_lead_nowhere_is_refused(
    tmp_path: Path, was: str, becomes: str, sentence: str
) -> None:
    assert was in TWO_CORES
    assert sentence in told(tmp_path, TWO_CORES.replace(was, becomes, 1))


def test_lanes_that_would_have_one_name_are_refused(tmp_path: Path) -> None:
    text = TWO_CORES.replace("[cores.nintei]", '[cores."sogo-a"]').replace('user = "b"', 'user = "a-c"')
    text = text.replace('address = "http://127.0.0.1:3/"\nuser = "a"', 'address = "http://127.0.0.1:3/"\nuser = "c"')
    assert "重なります" in told(tmp_path, text)


@pytest.mark.parametrize("name", ['"""水\n面市"""', '"水\t面市"'])
def test_a_line_end_in_a_name_is_no_mistaken_folder(tmp_path: Path, name: str) -> None:
    file = tmp_path / "bridge.toml"
    file.write_text(f"[site]\nname = {name}\n{TWO_CORES}", encoding="utf-8")
    assert load_settings(file).site.name.startswith("水")


@pytest.mark.parametrize("value", ["[" * 5000 + "]" * 5000, "9" * 5000])
def test_what_nobody_writes_is_refused_in_a_sentence(tmp_path: Path, value: str) -> None:
    assert "を読めません" in told(tmp_path, f"x = {value}\n")


FOLDER_SITE = """\
[site]
recipes = "r"
[source]
profile = "minamo-folder"
{source}
[cores.sogo]
address = "http://127.0.0.1:2"
user = "bridge01"
operator = "bridge01"
"""


def test_a_drop_folder_is_relative_to_the_settings_and_needs_no_account(tmp_path: Path) -> None:
    file = tmp_path / "bridge.toml"
    file.write_text(FOLDER_SITE.format(source='path = "drop"'), encoding="utf-8")
    settings = load_settings(file)
    assert (Path(settings.source.path), settings.source.user) == (tmp_path / "drop", "")


@pytest.mark.parametrize(
    "source",
    [
        "",
        'path = "drop"\naddress = "http://127.0.0.1:1"\nuser = "b"',
        'address = "http://127.0.0.1:1"',
        'path = "d"\nuser = "b"',
    ],
)
def test_a_source_is_reached_in_one_way(tmp_path: Path, source: str) -> None:
    sentence = told(tmp_path, FOLDER_SITE.format(source=source))
    assert "address" in sentence
    assert "path" in sentence
