"""Commands that look after the ledger: ledger backup, restore, verify, rekey, release-absent, new; purge."""

from __future__ import annotations

import json
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from bridge_agent import wiring
from bridge_agent.cli.app import app, start_of
from bridge_agent.cli.site_books import SiteBooks, site_books
from bridge_agent.domain.clock import JST
from bridge_agent.domain.errors import ConfigError

ledger = typer.Typer(help="台帳の控え・復元・検査・鍵の更新", no_args_is_help=True)
app.add_typer(ledger, name="ledger")

Json = Annotated[bool, typer.Option("--json", help="結果を JSON で標準出力に書く")]
Yes = Annotated[bool, typer.Option("--yes", help="確認の質問をしない")]


def say(as_json: bool, content: dict[str, object], sentence: str) -> None:
    if as_json:
        sys.stdout.write(json.dumps(content, ensure_ascii=False) + "\n")
    else:
        typer.echo(sentence)


def ask(yes: bool, question: str) -> None:
    if not yes:
        typer.confirm(question, abort=True)


def books_of(context: typer.Context) -> SiteBooks:
    return site_books(start_of(context))


@ledger.command("backup")
def backup_command(
    context: typer.Context,
    to: Annotated[Path | None, typer.Argument(help="控えのファイルまたはフォルダ。省くと台帳の隣")] = None,
    as_json: Json = False,
) -> None:
    """台帳の控えを取り、読み直して確かめます。実行中でも取れます。控えの隣に記録の鎖の先頭（.head）を書きます。"""
    site = books_of(context)
    name = f"ledger-backup-{datetime.now(JST):%Y%m%d%H%M%S}.db"
    target = site.settings.ledger_file.with_name(name) if to is None else to / name if to.is_dir() else to
    if target.exists():
        raise ConfigError(f"{target} はすでにあります。別の名前にしてください。")
    if not target.parent.is_dir():
        raise ConfigError(f"フォルダー {target.parent} がありません。先に作るか、別の場所を指定してください。")
    head = site.back_up(target)
    say(
        as_json,
        {"file": str(target), "event": head.event},
        f"控えを {target} に取り、確かめました（記録 {head.event}）。",
    )


@ledger.command("restore")
def restore_command(
    context: typer.Context,
    source: Annotated[Path, typer.Argument(help="ledger backup で取った控え")],
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    """控えから台帳を復元します。いまの台帳は別名で残ります。

    控えの後に入力したかもしれない申請は、次の run で基幹システムを照会してから扱います。見つからないものは保留になり、
    2人で確かめて ledger release-absent で解除します。
    """
    if not source.is_file():
        raise ConfigError(f"控え {source} がありません。")
    site = books_of(context)  # its passphrase is the first line of the input, and comes before any answer
    ask(yes, f"台帳を {source} に置き換えます（いまの台帳は別名で残します）。よろしいですか")
    aside = site.restore(source)
    kept = f"前の台帳は {aside} に残しました。" if aside else ""
    say(
        as_json,
        {"restored_from": str(source), "kept": str(aside or "")},
        f"復元しました。{kept}次の run の前に、エージェントのパソコンを再起動してください（前の実行のブラウザーが残っていると、"
        "あとから登録が届くことがあります）。次の run で、控えの後に入力したかもしれない申請を照会します。",
    )


@ledger.command("verify")
def verify_command(
    context: typer.Context,
    accept_restore: Annotated[
        bool, typer.Option("--accept-restore", help="手作業で戻した台帳を、復元した台帳として扱う")
    ] = False,
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    """台帳のすべての行と記録を検査し、問題を1行ずつ表示します（問題があれば終了コード 4）。"""
    site = books_of(context)
    found = site.problems(site.heads_if_any())
    if accept_restore and not found:
        ask(yes, "いまの台帳を復元したものとして扱い、未報告の申請を結果不明にして照会し直します。よろしいですか")
        site.accept_restore()
    report_problems(found, as_json)


def report_problems(found: list[str], as_json: bool) -> None:
    if as_json:
        say(True, {"problems": found}, "")
    else:
        for sentence in found:
            typer.echo(sentence)
        typer.echo(f"問題が {len(found)} 件あります。" if found else "問題はありません。")
    raise typer.Exit(4 if found else 0)


@ledger.command("rekey")
def rekey_command(
    context: typer.Context,
    forget_former: Annotated[
        bool, typer.Option("--forget-former", help="前の鍵を消す（前の鍵の控えと証跡は、開けなくなります）")
    ] = False,
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    """台帳の鍵を作り直し、すべての封印と照合値を新しい鍵で付け直します。前の鍵は --forget-former まで残ります。"""
    site = books_of(context)
    if forget_former:
        ask(yes, "前の鍵を消します。前の鍵で作った控えと証跡は開けなくなります。よろしいですか")
        site.forget_former_key()
        say(as_json, {"forgotten": True}, "前の鍵を消しました。")
        return
    ask(yes, "台帳の鍵を作り直します。先に ledger backup を済ませてください。よろしいですか")
    done = site.rekey()
    lost = f"（人の照合値を付け直せなかったもの {done.persons_lost} 件）" if done.persons_lost else ""
    say(
        as_json,
        {"items": done.items, "plans": done.plans, "persons_lost": done.persons_lost},
        f"申請 {done.items} 件・試行 {done.plans} 件の鍵を更新しました{lost}。新しい鍵の控えを取ってください。",
    )


@ledger.command("release-absent")
def release_absent_command(
    context: typer.Context,
    receipt_numbers: Annotated[list[str] | None, typer.Argument(help="受付番号（いくつでも）")] = None,
    everything: Annotated[bool, typer.Option("--all", help="該当する保留のすべて")] = False,
    first: Annotated[str, typer.Option("--first", help="基幹システムに無いことを確かめた人")] = "",
    second: Annotated[str, typer.Option("--second", help="もう一人の、確かめた人")] = "",
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    """復元の後の照会で見つからなかった申請を、2人の確認で入力待ちに戻します。2人の名前は記録に残ります。"""
    with wiring.desk(start_of(context)) as desk:
        numbers = list(desk.ledger.absent_after_restore()) if everything else list(receipt_numbers or [])
        if not numbers:
            raise ConfigError("解除する受付番号がありません。受付番号か --all を付けてください。")
        ask(yes, f"{'、'.join(numbers)} を入力待ちに戻します。基幹システムに無いことを2人で確かめましたか")
        desk.ledger.release_absent(numbers, first, second)
    say(as_json, {"released": numbers}, f"{len(numbers)} 件を入力待ちに戻しました。次の run で入力します。")


@ledger.command("new")
def new_command(context: typer.Context, yes: Yes = False) -> None:
    """はじめての台帳を作り直せるようにします（台帳が無いか、空のときだけ）。過去の申請の記録は無いものになります。"""
    site = books_of(context)
    ask(yes, "台帳をはじめから作ります。過去に入力した申請の記録は失われたものとして扱います。よろしいですか")
    site.begin_anew()
    typer.echo("次の run で、新しい台帳を作ります。")


@app.command("purge")
def purge_command(
    context: typer.Context,
    dry: Annotated[bool, typer.Option("--dry-run", help="数えるだけで消さない")] = False,
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    """保存期間（[ledger] keep_days と [evidence] keep_days）を過ぎた申請の中身・送信内容・証跡を消します。"""
    site = books_of(context)
    keep = timedelta(days=site.settings.ledger.keep_days)
    counted = site.purge(keep, dry=True)
    if not dry and (counted.contents or counted.plans):
        ask(yes, f"申請の中身 {counted.contents} 件・送信内容 {counted.plans} 件を消します。戻せません。よろしいですか")
    done = counted if dry else site.purge(keep, dry=False)
    content = {"contents": done.contents, "plans": done.plans, "until": done.until.isoformat(), "dry_run": dry}
    verb = "消せます" if dry else "消しました"
    say(
        as_json,
        content,
        f"申請の中身 {done.contents} 件・送信内容 {done.plans} 件を{verb}（{done.until.astimezone(JST):%Y-%m-%d} より前に終わったもの）。",
    )
