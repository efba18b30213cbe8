"""Commands for recipe authors: recipe check, recipe coverage, recipe record."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bridge_agent import wiring
from bridge_agent.cli.app import Shared, app, start_of
from bridge_agent.cli.times import shown
from bridge_agent.domain.errors import ConfigError
from bridge_agent.mapping.check import Severity, check_recipes
from bridge_agent.mapping.recipe_files import load_core
from bridge_agent.settings import load_settings
from bridge_agent.workshop.coverage import NO_NIGHTS, CoverageLine, Nights, coverage, covered_count
from bridge_agent.workshop.recording.offered import items_of
from bridge_agent.workshop.recording.running import let_author_mark, refuse_without_window_parts

recipe = typer.Typer(help="レシピの点検と、画面の場所の記録", no_args_is_help=True)
app.add_typer(recipe, name="recipe")


@recipe.command("check")
def recipe_check_command(
    context: typer.Context,
    folder: Annotated[Path | None, typer.Argument(help="レシピのフォルダ。省くと設定の場所")] = None,
) -> None:
    """すべてのレシピを読み、誤りと注意を ファイル:行:桁 で示し、見本を入力計画と突き合わせます。"""
    folder = _recipes_folder(context, folder)
    findings = check_recipes(folder)
    for finding in findings:
        typer.echo(finding.line)
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    typer.echo(f"誤り {errors} 件、注意 {len(findings) - errors} 件。")
    raise typer.Exit(2 if errors else 0)


@recipe.command("coverage")
def recipe_coverage_command(
    context: typer.Context,
    folder: Annotated[Path | None, typer.Argument(help="レシピのフォルダ。省くと設定の場所")] = None,
    nights: Annotated[
        bool,
        typer.Option(
            "--nights", help="台帳を開き、登録の手前まで進んだ最後の予行と、前の夜の件数も示す（合言葉を尋ねます）"
        ),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON で書く")] = False,
) -> None:
    """国の 31 手続について、レシピ・画面・見本があるかを表にします。"""
    folder = _recipes_folder(context, folder)
    lines = coverage(folder, _known_nights(context) if nights else NO_NIGHTS)
    if as_json:
        typer.echo(json.dumps([asdict(line) for line in lines], ensure_ascii=False, default=str))
        return
    have, of = covered_count(lines)
    table = Table(title=f"{have}／{of} 手続にレシピがあります")
    titles = [
        "番号",
        "手続",
        "レシピ",
        "基幹システムの画面",
        "見本",
        "入力の後",
        *(["最後の予行", "前の夜"] if nights else []),
    ]
    for title in titles:
        table.add_column(title, overflow="fold")
    for line in lines:
        table.add_row(*_cells(line)[: len(titles)])
    Console().print(table)


def _cells(line: CoverageLine) -> tuple[str, ...]:
    night = line.last_night
    numbers = "" if night is None else f"承認済 {night.approved}・登録 {night.registered}・保留 {night.held}"
    return (
        str(line.number or "－"),
        line.name,
        "、".join(one.recipe for one in line.recipes) or "（レシピなし）",
        "、".join(f"{one.core_name} {one.screen}".strip() for one in line.recipes),
        "、".join(str(one.samples) for one in line.recipes),
        "、".join(one.ends_at or "登録済" for one in line.recipes),
        shown(line.rehearsed_at.isoformat()) if line.rehearsed_at else "まだ",
        numbers or "なし",
    )


def _known_nights(context: typer.Context) -> Nights:
    with wiring.desk(start_of(context)) as desk:
        return Nights(desk.ledger.rehearsed(), desk.ledger.last_night())


@recipe.command("record")
def recipe_record_command(
    context: typer.Context,
    window: Annotated[str, typer.Option("--window", help="記録する画面の題名の全部（* は任意の文字）")],
    out: Annotated[Path, typer.Option("--out", help="targets.yaml と pictures/ を書くフォルダ")],
    desktop: Annotated[str, typer.Option("--desktop", help="基幹システムの名前（recipes/ のフォルダ名）")],
    page: Annotated[
        list[str] | None, typer.Option("--page", help="ページを出すキー。ページごとに書く（ctrl+1 など）")
    ] = None,
    procedure: Annotated[str, typer.Option("--procedure", help="この手続のレシピの項目を、名前の候補に出す")] = "",
    scaling: Annotated[
        int | None, typer.Option("--scaling", min=100, max=400, help="画面の拡大率（%）。省くと端末の値")
    ] = None,
) -> None:
    """開いてあるクライアントの画面の欄を Tab でたどり、名前と目印を付けて、レシピに写す場所を書き出します。

    試験用の利用者で画面を開いてから実行します。押すのは --page のキーと Tab だけで、入力も登録もしません。
    """
    folder = _recipes_folder(context, None)
    if not (folder / desktop).is_dir():
        raise ConfigError(f"レシピのフォルダ {folder} に基幹システム「{desktop}」がありません。")
    profile = load_core(folder, desktop)
    items = items_of(folder, procedure) if procedure else ()
    refuse_without_window_parts()
    record = wiring.record_window(profile, window, page or [], scaling, typer.echo)
    files = let_author_mark(record, window, out, items)
    for file in files:
        typer.echo(f"{file} に書きました。")
    if not files:
        typer.echo("何も書いていません。")


def _recipes_folder(context: typer.Context, folder: Path | None) -> Path:
    shared: Shared = context.obj
    if folder is None:
        folder = load_settings(shared.config).site.recipes if shared.config.exists() else Path("recipes")
    if not folder.is_dir():
        raise ConfigError(f"レシピのフォルダ {folder} がありません。")
    return folder
