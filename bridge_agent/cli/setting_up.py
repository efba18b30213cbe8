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
from bridge_agent.credentials import Secret, SecretStore, choose_passphrase, new_file_warning
from bridge_agent.domain.errors import BridgeError, ConfigError
from bridge_agent.file_errors import writable
from bridge_agent.settings import TEMPLATE, Settings, load_settings

credentials = typer.Typer(help="パスワードの登録と確認", no_args_is_help=True)
app.add_typer(credentials, name="credentials")


@app.command("init")
def init_command(
    context: typer.Context,
    force: Annotated[bool, typer.Option("--force", help="すでにある設定ファイルを書き直す")] = False,
) -> None:
    """説明付きの設定ファイル bridge.toml を作ります。"""
    shared: Shared = context.obj
    with writable("設定ファイル", shared.config):
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
    store = _store(start, settings)
    known = wiring.secret_names(settings)
    if name and name not in known:
        raise ConfigError(f"「{name}」は設定にありません。使える名前: {'、'.join(known)}")
    for one in [name] if name else known:
        text = sys.stdin.readline().rstrip("\r\n") if value_stdin else getpass.getpass(f"{one} のパスワード: ")
        store.set(one, Secret(text))
        typer.echo(f"{one} を登録しました。")


def _store(start: wiring.Start, settings: Settings) -> SecretStore:
    """The store; whoever makes its file now is told what the passphrase is for."""
    file = settings.credentials.file
    if settings.credentials.store != "file" or file.exists():
        return wiring.open_store(start, settings)
    if sys.stdin.isatty() and not start.passphrase_from_stdin:
        return wiring.store_with(settings, choose_passphrase(file, getpass.getpass, typer.echo))
    store = wiring.open_store(start, settings)
    typer.echo(new_file_warning(file), err=True)  # a program has chosen: asking twice would break its pipe
    return store


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
    told: dict[str, str] = {}
    for title, check in check_ups(start_of(context)):
        try:
            typer.echo(f"○ {title}: {check()}")
        except BridgeError as error:
            # The same cause is met by several checks; it is told once, where it is mended.
            first = told.setdefault(error.message, title)
            later = f"上の「{first}」が×のため確かめられません。直してから、もう一度 doctor を実行してください。"
            typer.echo(f"× {title}: {error.message if first == title else later}")
    raise typer.Exit(2 if told else 0)


def config_path(context: typer.Context) -> Path:
    shared: Shared = context.obj
    return shared.config
