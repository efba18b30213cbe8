"""Commands that prepare a site: init, credentials set/test, doctor."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import Annotated

import typer

from bridge_agent import wiring
from bridge_agent.cli.app import Shared, app, start_of
from bridge_agent.cli.check_ups import check_ups
from bridge_agent.credentials import Secret
from bridge_agent.domain.errors import BridgeError, ConfigError
from bridge_agent.settings import TEMPLATE, load_settings

credentials = typer.Typer(help="パスワードの登録と確認", no_args_is_help=True)
app.add_typer(credentials, name="credentials")


@app.command("init")
def init_command(
    context: typer.Context,
    force: Annotated[bool, typer.Option("--force", help="すでにある設定ファイルを書き直す")] = False,
) -> None:
    """説明付きの設定ファイル bridge.toml を作ります。"""
    shared: Shared = context.obj
    if shared.config.exists() and not force:
        raise ConfigError(f"{shared.config} はすでにあります。書き直すときは --force を付けてください。")
    shared.config.parent.mkdir(parents=True, exist_ok=True)
    shared.config.write_text(TEMPLATE, encoding="utf-8", newline="\n")
    typer.echo(f"{shared.config} を作りました。中の説明を読んで書き直し、credentials set → doctor と進めてください。")


@credentials.command("set")
def credentials_set_command(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="名前（例 core/sogo/bridge01）。省くと設定にある全部を尋ねます")] = "",
    value_stdin: Annotated[bool, typer.Option("--value-stdin", help="値を標準入力から読む")] = False,
) -> None:
    """パスワードを鍵の保管庫に登録します（画面にもファイルにも出しません）。"""
    start = start_of(context)
    settings = load_settings(start.config)
    store = wiring.open_store(start, settings)
    known = wiring.secret_names(settings)
    if name and name not in known:
        raise ConfigError(f"「{name}」は設定にありません。使える名前: {'、'.join(known)}")
    for one in [name] if name else known:
        text = sys.stdin.readline().rstrip("\r\n") if value_stdin else getpass.getpass(f"{one} のパスワード: ")
        store.set(one, Secret(text))
        typer.echo(f"{one} を登録しました。")


@credentials.command("test")
def credentials_test_command(context: typer.Context) -> None:
    """申請管理システムと基幹システムに、1回ずつログインできるかを確かめます。"""
    start = start_of(context)
    failed = False
    for name, outcome in wiring.try_log_ins(start):
        failed = failed or outcome is not None
        typer.echo(f"{'×' if outcome else '○'} {name}" + (f"　{outcome}" if outcome else "　ログインできました。"))
    raise typer.Exit(2 if failed else 0)


@app.command("doctor")
def doctor_command(context: typer.Context) -> None:
    """夜の前に、この端末で動くかどうかを順に確かめます。"""
    failed = False
    for title, check in check_ups(start_of(context)):
        try:
            typer.echo(f"○ {title}: {check()}")
        except BridgeError as error:
            failed = True
            typer.echo(f"× {title}: {error.message}")
    raise typer.Exit(2 if failed else 0)


def config_path(context: typer.Context) -> Path:
    shared: Shared = context.obj
    return shared.config
