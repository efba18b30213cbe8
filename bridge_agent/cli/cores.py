"""Commands about core systems: core test (measures a test environment), core show."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bridge_agent import wiring
from bridge_agent.cli.app import app, start_of
from bridge_agent.domain.conformance import Outcome
from bridge_agent.domain.core_profile import OnAbsent
from bridge_agent.domain.errors import ConfigError
from bridge_agent.mapping.conformance_files import load_record, record_file, save_record
from bridge_agent.workshop.conformance.bench import Bench, Pace
from bridge_agent.workshop.conformance.dummies import dummies_of
from bridge_agent.workshop.conformance.suite import line_of, refuse_production, run

core = typer.Typer(help="基幹システムの適合試験", no_args_is_help=True)
app.add_typer(core, name="core")

QUICK_OTHERS = 3


@core.command("test")
def core_test_command(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="基幹システムの名前（recipes/ のフォルダ名）")],
    procedure: Annotated[str, typer.Option("--procedure", help="登録に使う手続。省くと conformance.yaml の手続")] = "",
    samples: Annotated[
        Path | None, typer.Option("--samples", help="conformance.yaml のあるフォルダ。省くと recipes/<基幹システム>/")
    ] = None,
    atena_no: Annotated[str, typer.Option("--atena-no", help="試験用住民の宛名番号")] = "",
    rounds: Annotated[int, typer.Option("--rounds", min=1, help="照会に出るまでの時間を測る回数")] = 20,
    cuts: Annotated[int, typer.Option("--cuts", min=1, help="接続を断ち切る回数")] = 10,
    idle_minutes: Annotated[
        float, typer.Option("--idle-minutes", min=0, help="ログイン切れを試す分数。0 は試さない")
    ] = 0,
    signer: Annotated[str, typer.Option("--signer", help="実施者の氏名。省くと尋ねます")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="確認を尋ねない")] = False,
    json_file: Annotated[Path | None, typer.Option("--json", help="記録の写しを書くファイル")] = None,
) -> None:
    """試験環境の基幹システムに試験用の申請を実際に登録し、二重登録を防ぐ前提が守られるかを測って記録します。"""
    site = wiring.read_site(start_of(context))
    refuse_production(site, name)
    if json_file is not None and not json_file.parent.is_dir():  # told before the measuring, not after it
        raise ConfigError(f"--json のフォルダ {json_file.parent} がありません。フォルダを作ってから実行してください。")
    folder = samples or site.settings.site.recipes / name
    dummies = dummies_of(site.book.recipes, site.book.variants, folder, name, procedure, atena_no)
    bench = Bench(site, name, dummies, Pace(rounds, cuts, min(QUICK_OTHERS, cuts), idle_minutes=idle_minutes))
    if not yes:
        _confirm(bench)
        signer = signer or typer.prompt("実施者の氏名")
    record = run(bench, signer or wiring.person(), lambda found: typer.echo(line_of(found)))
    file = record_file(site.settings.site.recipes, name)
    for place in (file, json_file):
        if place is not None:
            save_record(place, record)
    typer.echo(
        f"記録を {file} に書きました（実施者 {record.signer}、ブラウザ {record.browser} {record.browser_version}）。"
    )
    typer.echo(_permission(site, name))
    raise typer.Exit(1 if any(found.outcome is Outcome.FAILED for found in record.findings) else 0)


def _confirm(bench: Bench) -> None:
    typer.echo(
        f"{bench.profile.name}（{bench.address}）に、宛名番号 {bench.dummies.application.atena_no} の試験用の申請を"
        f" {bench.pace.registrations} 件以上、実際に登録します。取り消しはしません。"
    )
    if not typer.confirm("このアドレスは業者の試験環境で、宛名番号は試験用住民ですか", default=False):
        raise typer.Abort


def _permission(site: wiring.Site, name: str) -> str:
    missing = wiring.resending_needs(site.settings, site.cores[name], site.sealer)
    if missing:
        return f"この記録では resubmit_on_absent: after_quiescence を使えません。{missing}"
    return "この記録で、core.yaml に resubmit_on_absent: after_quiescence を書けます。"


@core.command("show")
def core_show_command(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="基幹システムの名前（recipes/ のフォルダ名）")],
) -> None:
    """基幹システムの設定と、適合試験の記録を表示します。"""
    site = wiring.read_site(start_of(context))
    if name not in site.cores:
        raise ConfigError(f"設定に基幹システム「{name}」がありません。使える名前: {'、'.join(sorted(site.cores))}")
    profile, account = site.cores[name], site.settings.cores[name]
    place = "試験環境" if account.environment == "test" else "本番環境"
    typer.echo(f"{profile.name}（{name}）　{account.place}　{place}")
    limits = profile.limits
    typer.echo(
        f"settle_s {limits.settle_s:g} 秒、visibility_max_s {limits.visibility_max_s:g} 秒、"
        f"request_timeout_s {limits.request_timeout_s:g} 秒、resubmit_on_absent {profile.resubmit_on_absent}"
    )
    record = load_record(site.settings.site.recipes, name)
    if record is not None:
        when = record.measured_at.astimezone().strftime("%Y-%m-%d %H:%M")
        typer.echo(f"適合試験 {when}　{record.host}　{record.browser} {record.browser_version}　実施者 {record.signer}")
        for found in record.findings:
            typer.echo(line_of(found))
    typer.echo(_permission(site, name))
    raise typer.Exit(1 if profile.resubmit_on_absent is not OnAbsent.NEVER and _missing(site, name) else 0)


def _missing(site: wiring.Site, name: str) -> bool:
    return bool(wiring.resending_needs(site.settings, site.cores[name], site.sealer))
