"""Commands that work through a night: run, stop, status, reconcile, schedule run."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer
from loguru import logger
from rich.console import Console

from bridge_agent import wiring
from bridge_agent.cli.app import app, start_of
from bridge_agent.cli.balance import print_balance
from bridge_agent.cli.lanes import supervisor_for, watched
from bridge_agent.cli.progress import progress_for
from bridge_agent.cli.sheet import write_sheet
from bridge_agent.cli.times import shown
from bridge_agent.domain.breaker import breaker_sentence
from bridge_agent.domain.clock import JST
from bridge_agent.domain.errors import BridgeError, ConfigError, sentence_of
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.work_item import STATE_NAMES, State
from bridge_agent.lanes.stopping import StopOnSignal
from bridge_agent.ledger.in_use import somebody_works
from bridge_agent.pipeline.night import Night, RunOptions
from bridge_agent.pipeline.run import RunReport, in_turn, summary_of
from bridge_agent.pipeline.run import run as run_night
from bridge_agent.settings import load_settings


@app.command("run")
def run_command(
    context: typer.Context,
    procedure: Annotated[str, typer.Option("--procedure", help="この手続（レシピ名）だけを処理する")] = "",
    limit: Annotated[int, typer.Option("--limit", min=0, help="基幹システムごとの入力件数の上限（0 = 上限なし）")] = 0,
    lanes: Annotated[
        int | None, typer.Option("--lanes", min=1, help="同時に動かすレーン（アカウント）の数。省くと設定の値")
    ] = None,
    rehearse: Annotated[bool, typer.Option("--rehearse", help="予行: 登録の直前まで進み、登録はしない")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="結果を JSON で標準出力に書く")] = False,
) -> None:
    """承認済の申請を取り込み、基幹システムへ入力し、突合表を作ります。"""
    start = start_of(context)
    site = wiring.open_site(start)
    console = Console(stderr=as_json)
    settings = site.settings
    refuse_unknown(procedure, {loaded.recipe.procedure for loaded in site.book.recipes})
    lanes = at_most(lanes or settings.run.lanes, site, console)
    options = RunOptions(procedure, limit, rehearse, settings.evidence.pictures, settings.run.look_back_days)
    report, sheet = one_run(start, site, options, console, lanes=lanes)
    content = summary_of(report) | {"run_id": report.run_id, "exit_code": report.exit_code, "sheet": str(sheet or "")}
    if as_json:
        sys.stdout.write(json.dumps(content, ensure_ascii=False) + "\n")
    else:
        print_balance(console, report)
        if sheet:
            console.print(f"突合表: {sheet}", markup=False, soft_wrap=True)
    raise typer.Exit(report.exit_code)


def refuse_unknown(procedure: str, known: set[str]) -> None:
    """A name nobody knows would enter nothing, and look like a quiet night."""
    if procedure and procedure not in known:
        raise ConfigError(
            f"--procedure {procedure} というレシピはありません。使える名前: {'、'.join(sorted(known)) or 'なし'}"
        )


def at_most(lanes: int, site: wiring.Site, console: Console) -> int:
    """Lanes that can be: an account is worked by one lane only."""
    accounts = sum(len(site.settings.cores[core].accounts) for core in site.cores)
    if lanes > accounts > 0:
        console.print(f"設定にあるアカウントは {accounts} つです。同時に動くレーンも {accounts} つまでです。")
    return max(1, min(lanes, accounts))


def one_run(
    start: wiring.Start, site: wiring.Site, options: RunOptions, console: Console, *, lanes: int
) -> tuple[RunReport, Path | None]:
    """A run with progress, a stop on Ctrl-C after the entry in hand, and the morning sheet at its end."""
    stopping = StopOnSignal()
    progress = progress_for(console, quiet=False)
    try:
        with (
            watched(alone=lanes == 1) as watchdog,
            wiring.night(site, progress, options, stopping.requested, watchdog=watchdog, lanes=lanes) as night,
        ):
            report = run_night(night, in_turn if lanes == 1 else supervisor_for(start, site, options, lanes))
            sheet = None if options.rehearse else sheet_or_notice(site, night, report)
    finally:
        progress.close()
        stopping.restore()
    return report, sheet


def sheet_or_notice(site: wiring.Site, night: Night, report: RunReport) -> Path | None:
    """A sheet that cannot be written must not hide what the books say: they are told on the terminal all the same."""
    try:
        return write_sheet(site, night, report)
    except Exception as error:  # whatever breaks the sheet, the books are made
        report.stops.append(f"突合表ができませんでした。{sentence_of(error)}")
        logger.error("{}", report.stops[-1])
        report.exit_code = max(report.exit_code, 3)
        return None


@app.command("stop")
def stop_command(context: typer.Context) -> None:
    """動いている実行を、入力中の1件を終えてから止めます。"""
    if not somebody_works(wiring.lock_folder(load_settings(start_of(context).config))):
        typer.echo("動いている実行はありません。")
        return
    with wiring.desk(start_of(context)) as desk:
        desk.ledger.request_stop(desk.who)
    typer.echo("停止を指示しました。入力中の1件を終えると止まります。")


@app.command("status")
def status_command(
    context: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="JSON で書く")] = False
) -> None:
    """台帳の状態ごとの件数と、最後の実行の結果を表示します。"""
    with wiring.desk(start_of(context)) as desk:
        counts, last, opened = desk.ledger.counts(), desk.ledger.last_run(), desk.ledger.breakers()
        held = desk.ledger.items(states=[State.HELD])
    there = sum(item.reason == Reason.ALREADY_AT_CORE for item in held)
    if as_json:
        stopped = [{"lane": o.lane, "why": o.why.value, "note": o.note, "since": o.since} for o in opened]
        content = {"states": {s.value: counts.get(s, 0) for s in State}, "last_run": last, "stopped_lanes": stopped}
        sys.stdout.write(json.dumps(content, ensure_ascii=False) + "\n")
        return
    for state in State:
        apart = f"（うち登録済だった {there} 件）" if state is State.HELD and there else ""
        typer.echo(f"{STATE_NAMES[state]:　<8}{counts.get(state, 0):>6} 件{apart}")
    typer.echo(_last_run(last))
    for one in opened:
        typer.echo(breaker_sentence(one.why, f"レーン {one.lane} ", one.lane, one.note))


def _last_run(last: Mapping[str, Any] | None) -> str:
    if last is None:
        return "まだ一度も実行していません。"
    if last["ended_at"] is None:
        return f"最後の実行: {shown(last['started_at'])} に開始、まだ終わっていません。動いていなければ途中で中断しています。もう一度 run を実行すると続きから再開します。"
    return f"最後の実行: {shown(last['started_at'])} 〜 {shown(last['ended_at'])}　終了コード {last['exit_code']}"


@app.command("reconcile")
def reconcile_command(
    context: typer.Context,
    days: Annotated[int, typer.Option("--days", min=1, max=3650, help="何日前までの登録を確かめるか")] = 7,
    as_json: Annotated[bool, typer.Option("--json", help="JSON で書く")] = False,
) -> None:
    """登録確認済の申請を基幹システムでもう一度照会し、1件だけあることを確かめます。"""
    site = wiring.open_site(start_of(context))
    console = Console(stderr=True)
    progress = progress_for(console, quiet=False)
    try:
        with wiring.night(site, progress, RunOptions(), lambda: False) as night:
            sums = wiring.reconcile_all(night, night.clock.now() - timedelta(days=days))
    finally:
        progress.close()
    if as_json:
        content = {
            "checked": sums.checked,
            "duplicates": sums.duplicates,
            "missing": sums.missing,
            "unreadable": sums.unreadable,
        }
        sys.stdout.write(json.dumps(content) + "\n")
    else:
        typer.echo(
            f"照会 {sums.checked} 件・二重登録 {sums.duplicates} 件・消失 {sums.missing} 件・読めず {sums.unreadable} 件"
        )
    raise typer.Exit(4 if sums.duplicates or sums.missing else 3 if sums.unreadable else 0)


schedule = typer.Typer(help="夜間処理の予定", no_args_is_help=True)
app.add_typer(schedule, name="schedule")


@schedule.command("run")
def schedule_run_command(
    context: typer.Context,
    once: Annotated[bool, typer.Option("--next", help="次の開始時刻を表示するだけで終わる")] = False,
) -> None:
    """開庁日の決まった時刻に run を行います（止めるまで動き続けます）。"""
    start_from = start_of(context)
    from bridge_agent.schedule.timetable import next_start, nightly, run_timetable  # the scheduler: only here

    at = load_settings(start_from.config).schedule.at
    typer.echo(f"次の夜間処理: {next_start(datetime.now(JST), at):%Y-%m-%d %H:%M}（開庁日の {at}）")
    if once:
        return
    site = wiring.open_site(start_from)
    console = Console()

    def start() -> None:
        try:
            settings = site.settings
            options = RunOptions(pictures=settings.evidence.pictures, look_back_days=settings.run.look_back_days)
            report, _sheet = one_run(start_from, site, options, console, lanes=settings.run.lanes)
            print_balance(console, report)
        except BridgeError as error:  # this night failed; the next one is tried all the same
            logger.error("{}", error.message)
            console.print(error.message, markup=False)

    run_timetable(start, nightly(at), lambda: datetime.now(JST).date())
