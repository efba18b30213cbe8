"""The command tree and the options that every command shares."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from bridge_agent import __version__, wiring
from bridge_agent.cli.japanese import PROGRAM, JapaneseGroup
from bridge_agent.settings import FILE_NAME

app = typer.Typer(
    name=PROGRAM,
    cls=JapaneseGroup,
    help="オンライン申請を基幹システムへ、1件ずつ、1回だけ入力します（方式２の橋渡し）。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@dataclass(frozen=True, slots=True)
class Shared:
    """Options given before the command."""

    config: Path
    passphrase_from_stdin: bool


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def shared(
    context: typer.Context,
    config: Annotated[Path, typer.Option("--config", "-c", help="設定ファイル")] = Path(FILE_NAME),
    passphrase_stdin: Annotated[
        bool, typer.Option("--passphrase-stdin", help="認証情報ファイルの合言葉を標準入力の1行目から読む")
    ] = False,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="版を表示")] = False,
) -> None:
    context.obj = Shared(config, passphrase_stdin)


def start_of(context: typer.Context) -> wiring.Start:
    """What the wiring needs to know of how the command was called."""
    shared: Shared = context.obj
    return wiring.Start(shared.config, shared.passphrase_from_stdin)
