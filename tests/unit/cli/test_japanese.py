"""The command line's help and refusals are Japanese, for every command; what was meant is offered."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import typer
from rich.cells import cell_len

from bridge_agent import cli
from bridge_agent.cli.app import app

ENGLISH = re.compile(
    r"usage|options|arguments|commands?\b|show this|required|default|range|error|invalid|missing", re.I
)


def typed(words: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """The exit code of a command line that is refused, or that only shows help."""
    monkeypatch.setattr(sys, "argv", ["__main__.py", *words.split()])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert isinstance(ended.value.code, int)
    return ended.value.code


def command_paths(command: Any = None, path: str = "") -> Iterator[str]:
    command = command or typer.main.get_command(app)
    yield path
    for name, below in getattr(command, "commands", {}).items():
        yield from command_paths(below, f"{path} {name}".strip())


@pytest.mark.parametrize("path", list(command_paths()))
def test_help_is_japanese_and_fits_the_screen(
    path: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert typed(f"{path} --help", monkeypatch) == 0
    shown = capsys.readouterr().out
    assert shown.startswith(f"使い方: bridge-agent {path}".strip())
    assert "オプション:\n" in shown
    assert "この説明を表示" in shown
    # An option's own name may be English; its explanation is not.
    assert ENGLISH.search(re.sub(r"\bbridge-agent\b.*|--[\w-]+", "", shown)) is None
    assert max(map(cell_len, shown.splitlines())) <= 80
    assert not [line for line in shown.splitlines() if line.strip()[:1] in ("。", "、", "）")]


def test_help_says_what_must_be_given_and_what_is_taken_otherwise(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed("run --help", monkeypatch)
    run_help = "".join(capsys.readouterr().out.split())
    typed("hold close --help", monkeypatch)
    close_help = "".join(capsys.readouterr().out.split())
    assert "--limit<整数>基幹システムごとの入力件数の上限（0=上限なし）［既定0、0以上］" in run_help
    assert "［必須］" in close_help


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("statu", "「statu」というコマンドはありません。もしかして「status」ですか。"),
        ("hold lis", "「lis」というコマンドはありません。もしかして「list」ですか。"),
        ("nonsense", "「nonsense」というコマンドはありません。\n"),
        ("run --reherse", "「--reherse」というオプションはありません。もしかして「--rehearse」ですか。"),
        ("run -x", "「-x」というオプションはありません。\n"),
        ("run --limit many", "「--limit」には整数を書いてください。"),
        ("run --limit -1", "「--limit」は 0 以上の数にしてください。"),
        ("core test x --idle-minutes long", "「--idle-minutes」には数を書いてください。"),
        ("run --limit", "「--limit」のあとに値がありません。"),
        ("run --rehearse=yes", "「--rehearse」に値は付けられません。"),
        ("run now", "余分な言葉があります: now"),
        ("show", "引数 receipt_no（受付番号）がありません。"),
        ("hold close R001", "「--reason」（"),
    ],
)
def test_a_mistyped_command_is_refused_in_japanese(
    words: str, told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert typed(words, monkeypatch) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(told)
    assert re.search(r"使い方は bridge-agent [\w -]*--help で見られます。\n$", captured.err)
    assert "Error" not in captured.err


def test_a_group_without_a_command_shows_its_help(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert typed("hold", monkeypatch) == 2
    assert capsys.readouterr().err.startswith("使い方: bridge-agent hold [オプション] コマンド [引数]...")
