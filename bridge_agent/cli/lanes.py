"""Commands about lanes: lane list, lane restart, and the hidden one that is a lane's own process."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated

import typer

from bridge_agent import wiring
from bridge_agent.cli.app import app, start_of
from bridge_agent.domain.breaker import breaker_sentence
from bridge_agent.domain.errors import BridgeError, ConfigError
from bridge_agent.lanes.stopping import StopOnSignal
from bridge_agent.lanes.supervisor import Supervisor
from bridge_agent.lanes.watchdog import WatchdogProcess
from bridge_agent.lanes.worker_lines import LineProgress
from bridge_agent.pipeline.doubts import LaneNight
from bridge_agent.pipeline.night import CoreAccess, Night, RunOptions
from bridge_agent.pipeline.reconcile import Reconciled
from bridge_agent.pipeline.run import WorkLanes, lane_night, unsettled

lane = typer.Typer(help="レーン（基幹システムのアカウント）の状態と再開", no_args_is_help=True)
app.add_typer(lane, name="lane")
ENTRY = ("-m", "bridge_agent")
WORKER = "lane-process"


@lane.command("list")
def lane_list_command(context: typer.Context) -> None:
    """止まっているレーンと、その理由・することを表示します。"""
    with wiring.desk(start_of(context)) as desk:
        opened = desk.ledger.breakers()
    for one in opened:
        typer.echo(breaker_sentence(one.why, f"レーン {one.lane} ", one.lane, one.note))
    if not opened:
        typer.echo("止まっているレーンはありません。")


@lane.command("restart")
def lane_restart_command(
    context: typer.Context, name: Annotated[str, typer.Argument(help="レーンの名前（lane list で確かめられます）")]
) -> None:
    """止まったレーンを再開します。次の run から入力します。先に理由を確かめてください。"""
    with wiring.desk(start_of(context)) as desk:
        if not desk.ledger.close_breaker(name, desk.who):
            names = "、".join(one.lane for one in desk.ledger.breakers()) or "なし"
            raise ConfigError(f"レーン {name} は止まっていません。止まっているレーン: {names}")
    typer.echo(f"レーン {name} を再開しました。次の run から入力します。")


@contextmanager
def watched(*, alone: bool) -> Iterator[WatchdogProcess | None]:
    """The watchdog of a lane that runs in this process; lanes with processes of their own bring their own."""
    if not alone:
        yield None
        return
    watchdog = WatchdogProcess()
    try:
        yield watchdog
    finally:
        watchdog.close()


def supervisor_for(start: wiring.Start, site: wiring.Site, options: RunOptions, lanes: int) -> WorkLanes:
    def command(access: CoreAccess, limit: int) -> list[str]:
        words = [sys.executable, *ENTRY, "--config", str(start.config)]
        words += ["--passphrase-stdin"] if site.passphrase is not None else []
        words += [WORKER, "--lane", access.lane, "--lanes", str(lanes), "--limit", str(limit)]
        words += ["--procedure", options.procedure] if options.procedure else []
        return words + (["--rehearse"] if options.rehearse else [])

    supervisor = Supervisor(command, site.passphrase.reveal() if site.passphrase is not None else None, lanes)

    def in_turn_of_the_cores(night: Night, lanes: Sequence[CoreAccess], sums: Reconciled) -> Sequence[LaneNight]:
        return supervisor(night, fair_order(night, lanes), sums)

    return in_turn_of_the_cores


def fair_order(night: Night, lanes: Sequence[CoreAccess]) -> list[CoreAccess]:
    """Lanes that owe an answer first, then cores with something to enter, each core's first account before any second."""
    turns: Counter[str] = Counter()

    def place(access: CoreAccess) -> tuple[bool, bool, int]:
        core = access.profile.core
        turns[core] += 1
        return not unsettled(night, access), not night.ledger.count_pending(core, night.options.procedure), turns[core]

    return sorted(lanes, key=place)


@app.command(WORKER, hidden=True)
def lane_process_command(
    context: typer.Context,
    name: Annotated[str, typer.Option("--lane")],
    lanes: Annotated[int, typer.Option("--lanes")],
    limit: Annotated[int, typer.Option("--limit")] = 0,
    procedure: Annotated[str, typer.Option("--procedure")] = "",
    rehearse: Annotated[bool, typer.Option("--rehearse")] = False,
) -> None:
    """One lane of a run with several lanes; started by the supervisor, spoken to over standard input and output."""
    progress = LineProgress(sys.stdout)
    stopping = StopOnSignal()
    try:
        site = wiring.open_site(start_of(context))
        stopping.also_when(sys.stdin)
        options = RunOptions(procedure, limit, rehearse, site.settings.evidence.pictures)
        with (
            watched(alone=True) as watchdog,
            wiring.night(
                site, progress, options, stopping.requested, watchdog=watchdog, lanes=lanes, whole=False
            ) as night,
        ):
            access = next(one for one in night.lanes if one.lane == name)
            progress.ended(lane_night(night, access, None))
    except BridgeError as error:
        progress.ended(LaneNight(stopped=error.message))
    finally:
        stopping.restore()
