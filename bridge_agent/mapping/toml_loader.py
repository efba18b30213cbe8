"""Reads a TOML settings file into its model; every mistake at once, each a Japanese sentence with its line.

Raises ConfigError only. A file that an editor saved in another encoding is told so, not guessed at.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from bridge_agent.domain.errors import ConfigError
from bridge_agent.file_errors import readable
from bridge_agent.mapping.model_errors import Problem, problems_of

AnyModel = TypeVar("AnyModel", bound=BaseModel)
Path_ = tuple[str | int, ...]

_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_HEADING = re.compile(r"^\s*(\[\[?)([^\[\]]+)\]\]?\s*(?:#.*)?$")
_MEANT = re.compile("もしかして「(.+)」")
_KEY = re.compile(r"^\s*([\w\-.\"' ]+?)\s*=")

_BACKSLASH: Final = (
    "「\\」をそのまま書けません。フォルダの区切りは / で書く（C:/bridge/data）か、"
    "値を ' で囲んで（'C:\\bridge\\data'）ください"
)
_BROKEN: Final[Mapping[str, str]] = {
    "Unescaped '\\'": _BACKSLASH,
    "Invalid hex value": _BACKSLASH,
    "Expected '=' after a key": "項目の名前のあとに = がありません。「名前 = 値」の形で書いてください",
    "Expected newline or end of document": '値のあとに余分な文字があります。文字の値は全体を " で囲んでください',
    "Cannot overwrite a value": "同じ項目が 2 回書かれています。どちらかを消してください",
    "Cannot declare": "同じ [見出し] が 2 回書かれています。1 つにまとめてください",
    "Expected ']'": "見出しの ] がありません。[site] のように囲んでください",
    "Unterminated string": '文字の値を閉じる " がありません。値の終わりに " を書いてください',
    "Expected '\"": '文字の値を閉じる " がありません。値の終わりに " を書いてください',
    "Expected \"'": "文字の値を閉じる ' がありません。値の終わりに ' を書いてください",
    "Illegal character '\\n'": '文字の値を閉じる " がありません。値の終わりに " を書いてください',
    "Unclosed array": "一覧を閉じる ] がありません。一覧の終わりに ] を書いてください",
    "Invalid value": '値の書き方が違います。文字は "…" で囲み、はい・いいえは true か false、数は半角の数字で書いてください',
    "Invalid statement": "行の書き方が違います。「名前 = 値」か [見出し] を書き、説明は # のあとに書いてください",
    "Invalid initial character for a key part": "項目の名前に使えない文字があります。半角の英数字と _ で書いてください",
    "Illegal character": "使えない文字があります。その行を入力し直してください",
}
"""How tomllib's message begins -> what is said. The first that fits; `_PLACE` gives the line."""


def read_toml(file: Path, model: type[AnyModel], title: str) -> AnyModel:
    """`title` is what a person calls the file. A file that is not there is the caller's to tell: FileNotFoundError."""
    name = f"{title} {file}"
    try:
        with readable(title, file):
            content = _bytes_of(file)
    except _Missing:
        raise FileNotFoundError(file) from None
    text = _text_of(content, name)
    try:
        plain = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{name} を読めません。\n{_broken(str(error), text)}") from None
    except (RecursionError, ValueError):  # brackets without end, a number of thousands of digits
        raise ConfigError(f"{name} を読めません。深すぎる括弧か、長すぎる数があります。") from None
    try:
        return model.model_validate(plain)
    except ValidationError as error:
        raise ConfigError(_report(name, error, model, text)) from None


class _Missing(Exception):
    """The file is not there, which `readable` must not word."""


def _bytes_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        raise _Missing from None


def _text_of(content: bytes, name: str) -> str:
    try:
        # Notepad's "UTF-8 (BOM付き)" puts a mark in front, which is no mistake of the person.
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
    raise ConfigError(
        f"{name} の文字コードが UTF-8 ではありません{_guessed(content)}（{line} 行目）。"
        "メモ帳で開き、「名前を付けて保存」の「エンコード」で UTF-8 を選んで保存し直してください。"
    )


def _guessed(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "。UTF-16（Unicode）で保存されています"
    try:
        content.decode("cp932")
    except UnicodeDecodeError:
        return ""
    return "。Shift_JIS（ANSI）で保存されているようです"


def _broken(message: str, text: str) -> str:
    place = _PLACE.search(message)
    # At the end of the document it is the last line with something on it that was left open.
    line = int(place[1]) if place and place[1] else len(text.rstrip().split("\n"))
    sentence = next((said for start, said in _BROKEN.items() if message.startswith(start)), "")
    return f"{line} 行目: {sentence or '書き方が違います。前後の行と見比べて直してください'}。"


# ---- what does not fit the model ----------------------------------------------------------------------------------


def _report(name: str, error: ValidationError, model: type[BaseModel], text: str) -> str:
    lines = dict(reversed(list(_lines(text))))  # the first line of a name counts
    # problems_of keeps the order of error.errors()
    both = list(zip(problems_of(error, model), error.errors(), strict=True))
    mistyped = {(*p.path[:-1], word) for p, _ in both for word in _MEANT.findall(p.remedy)}
    told = [_line_of(p, found, lines) for p, found in both if not (p.shadow and p.path in mistyped)]
    told.sort(key=lambda pair: pair[0])
    return "\n".join([f"{name} に正しくないところが {len(told)} か所あります。", *(sentence for _, sentence in told)])


def _line_of(problem: Problem, found: Mapping[str, Any], lines: Mapping[Path_, int]) -> tuple[int, str]:
    known = next((lines[problem.path[:n]] for n in range(len(problem.path), 0, -1) if problem.path[:n] in lines), 0)
    where = f"{known} 行目 " if known else ""
    remedy = _in_toml(problem.remedy)
    if found["type"] == "literal_error":  # few words, so all are told, not only the nearest
        remedy = "使える語：" + "、".join(re.findall(r"'([^']*)'", found["ctx"]["expected"]))
    if problem.shadow and len(problem.path) == 1:
        remedy = f"[{problem.path[0]}] の見出しと、その下の項目を書く"
    return known, f"{where}{_named(problem.path)}: {_in_toml(problem.message)}" + (f" → {remedy}" if remedy else "。")


def _in_toml(words: str) -> str:
    """The sentences are made for YAML; the same thing is written otherwise in TOML."""
    if words.endswith(": を書く"):
        return f"{words.removesuffix(': を書く')} = … を書く"
    for yaml, toml in _WRITTEN_OTHERWISE.items():
        words = words.replace(yaml, toml)
    return words


_WRITTEN_OTHERWISE: Final = {
    "yes か no": "true か false",
    "「項目: 値」の組": " [見出し] と「項目 = 値」の行",
    "1 つの文字列を書いて": '"…" で囲んだ文字を書いて',
    "「- 」で始まる一覧": " [[見出し]] の行",
}


def _named(path: Path_) -> str:
    """`[cores.sogo] address`, as it is written in the file."""
    *sections, last = path
    heading = ".".join(str(step) for step in sections if isinstance(step, str))
    return f"[{heading}] {last}" if heading else f"[{last}]"


def _lines(text: str) -> Iterator[tuple[Path_, int]]:
    """Path -> line of headings and keys, as settings are usually written. A name it does not see has no line."""
    heading: Path_ = ()
    counted: dict[Path_, int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        found = _HEADING.match(line)
        if found is not None:
            heading = tuple(_steps(found[2]))
            if found[1] == "[[":
                counted[heading] = counted.get(heading, -1) + 1
                yield heading, number
                heading = (*heading, counted[heading])
            yield heading, number
        elif (key := _KEY.match(line)) is not None:
            yield (*heading, *_steps(key[1])), number


def _steps(dotted: str) -> list[str]:
    return [step.strip().strip("\"'") for step in dotted.split(".")]
