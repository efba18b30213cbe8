"""The command line's own help and refusals in Japanese. Commands and options bring their Japanese words themselves.

The library has no catalogue for its words, so they are replaced where it writes them: in the formatter of the help and in
the exceptions of the parser. Exceptions are told apart by the names of their classes, which have moved between packages.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Final

import typer
from pydantic import ValidationError
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text
from typer.core import TyperGroup

from bridge_agent.mapping.model_errors import sentence_for

PROGRAM: Final = "bridge-agent"
_HEADINGS: Final = {"Options": "オプション", "Commands": "コマンド", "Arguments": "引数"}
_TYPES: Final = {"str": "文字列", "int": "整数", "float": "数", "path": "場所", "bool": "真偽"}
_TYPE = re.compile(r"<(?:list\[)?(str|int|float|path|bool)(?: range)?\]?>")
_EXTRA = re.compile(r"\[((?:default: |required|x[<>]=|-?[\d.]+<=x)[^\]]*)\]$")
_RANGE = re.compile(r"^(?:(-?[\d.]+)<=)?x(?:(>=|<=)(-?[\d.]+))?$")
_NEVER_FIRST: Final = "。、）」』］・"
"""Stays at the end of its line, one character beyond the edge: the library leaves two columns free there."""
_OWN_HELP: Final = "Show this message and exit."
_LONGEST_NAME: Final = 30  # columns; what is longer has its explanation on the next line


# ---- help ---------------------------------------------------------------------------------------------------------


class JapaneseFormatter(typer.Context.formatter_class):  # type: ignore[misc, valid-type]  # its module has moved
    """Writes the library's headings, types and remarks in Japanese; a Japanese character takes two columns."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, "使い方: " if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        super().write_heading(_HEADINGS.get(heading, heading))

    def write_text(self, text: str) -> None:
        indent = " " * self.current_indent
        for number, paragraph in enumerate(text.split("\n\n")):
            joined = "".join(line.strip() for line in paragraph.split("\n"))
            lines = _wrapped(joined, self.width - self.current_indent)
            self.write("\n" * (number > 0) + "".join(f"{indent}{line}\n" for line in lines))

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = _LONGEST_NAME, col_spacing: int = 2) -> None:
        told = [(_TYPE.sub(lambda found: f"<{_TYPES[found[1]]}>", name), _explained(text)) for name, text in rows]
        column = min(max((cell_len(name) for name, _ in told), default=0), col_max) + col_spacing
        start = " " * self.current_indent
        next_line = "\n" + start + " " * column
        for name, text in told:
            fits = cell_len(name) <= column - col_spacing
            gap = " " * (column - cell_len(name)) if fits else next_line
            lines = _wrapped(text, max(self.width - column - self.current_indent, 10))
            self.write((start + name + gap + next_line.join(lines)).rstrip() + "\n")


def _wrapped(text: str, columns: int) -> list[str]:
    lines = [line.plain.rstrip() for line in Text(text).wrap(Console(width=columns), columns)] or [""]
    for number in range(1, len(lines)):
        while lines[number][:1] in _NEVER_FIRST and lines[number]:
            lines[number - 1] += lines[number][0]
            lines[number] = lines[number][1:]
    return [line for line in lines if line] or [""]


def _explained(text: str) -> str:
    """The explanation of an option, with the library's remarks behind it in Japanese."""
    if text == _OWN_HELP:
        return "この説明を表示"
    return _EXTRA.sub(lambda found: f"［{'、'.join(map(_remark, found[1].split('; ')))}］", text)


def _remark(remark: str) -> str:
    if remark == "required":
        return "必須"
    if remark.startswith("default: "):
        return f"既定 {remark.removeprefix('default: ')}"
    bounds = _RANGE.match(remark)
    if bounds is None:
        return remark
    least = bounds[1] or (bounds[3] if bounds[2] == ">=" else None)
    most = bounds[3] if bounds[2] == "<=" else None
    return "".join([f"{least} 以上" if least else "", f"{most} 以下" if most else ""])


class JapaneseContext(typer.Context):
    formatter_class = JapaneseFormatter


class JapaneseGroup(TyperGroup):
    """The top of the command tree; makes everything below it speak Japanese."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        _in_japanese(self)


def _in_japanese(command: Any) -> None:
    command.context_class = JapaneseContext
    command.options_metavar = "[オプション]"
    if not command.short_help:  # the library would cut a Japanese sentence at its first blank
        command.short_help = (command.help or "").split("\n\n")[0]
    if isinstance(command, TyperGroup):
        command.subcommand_metavar = "コマンド [引数]..."
        for below in command.commands.values():
            _in_japanese(below)


# ---- refusals -----------------------------------------------------------------------------------------------------


def refusal_of(error: Exception) -> str | None:
    """What is wrong with the words on the command line and where the help is; None when `error` is about nothing such."""
    kinds = {kind.__name__ for kind in type(error).__mro__}
    if "NoArgsIsHelpError" in kinds:  # no mistake: its text is the help
        return str(getattr(error, "message", ""))
    if "UsageError" not in kinds:
        return None
    context = getattr(error, "ctx", None)
    return f"{_sentence(error, kinds, context)}\n使い方は {_path_of(context)} --help で見られます。"


def _path_of(context: Any) -> str:
    return str(context.command_path) if context is not None else PROGRAM


def _sentence(error: Any, kinds: set[str], context: Any) -> str:
    if "NoSuchOption" in kinds:
        return f"「{error.option_name}」というオプションはありません。{_maybe(error.possibilities or ())}"
    if "BadOptionUsage" in kinds:
        if "does not take" in error.message:
            return f"「{error.option_name}」に値は付けられません。「=」と値を消してください。"
        return f"「{error.option_name}」のあとに値がありません。値を書いてください。"
    if "MissingParameter" in kinds:
        told = str(getattr(error.param, "help", "") or "").split("。")[0]
        return f"{_named(error).strip()}{f'（{told}）' if told else ''}がありません。付け足してください。"
    if "BadParameter" in kinds:
        return _bad_value(error)
    return _other(error.message, context)


def _other(message: str, context: Any) -> str:
    """These have no class of their own; their texts are the library's only sign."""
    word = re.search(r"'(.+?)'", message)
    extra = re.search(r"unexpected extra arguments?(?:\(s\))? \((.+)\)", message)
    if message.startswith("No such command") and word is not None:
        known = [name for name, command in context.command.commands.items() if not command.hidden] if context else []
        return f"「{word[1]}」というコマンドはありません。{_maybe(difflib.get_close_matches(word[1], known))}"
    if message.startswith("Missing command"):
        return "コマンドがありません。"
    if extra is not None:
        return (
            f'余分な言葉があります: {extra[1]}　綴りを確かめるか、消してください。空白を含む値は " で囲んでください。'
        )
    return "コマンドの書き方が正しくありません。"


def _maybe(words: Sequence[str]) -> str:
    return f"もしかして「{'」「'.join(sorted(words))}」ですか。" if words else ""


def _named(error: Any) -> str:
    if error.param is None:
        return "必要なもの"
    options = [word for word in error.param.opts if word.startswith("-")]
    return f"「{'・'.join(options)}」" if options else f"引数 {error.param.name} "


def _bad_value(error: Any) -> str:
    cause = error.__cause__
    if isinstance(cause, ValidationError):
        found = cause.errors(include_url=False)[0]
        with suppress(KeyError):
            return f"{sentence_for(found['type'], _named(error).strip('「」 '), found.get('ctx', {}))}。"
    if not error.message.isascii():  # a check of our own
        return f"{_named(error)}: {error.message}"
    return f"{_named(error)}の値が正しくありません。"
