"""Commands for recipe authors: recipe check."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bridge_agent.cli.app import Shared, app
from bridge_agent.domain.errors import ConfigError
from bridge_agent.mapping.check import Severity, check_recipes
from bridge_agent.settings import load_settings

recipe = typer.Typer(help="レシピの点検", no_args_is_help=True)
app.add_typer(recipe, name="recipe")


@recipe.command("check")
def recipe_check_command(
    context: typer.Context,
    folder: Annotated[Path | None, typer.Argument(help="レシピのフォルダ。省くと設定の場所")] = None,
) -> None:
    """すべてのレシピを読み、誤りと注意を ファイル:行:桁 で示し、見本を入力計画と突き合わせます。"""
    shared: Shared = context.obj
    if folder is None:
        folder = load_settings(shared.config).site.recipes if shared.config.exists() else Path("recipes")
    if not folder.is_dir():
        raise ConfigError(f"レシピのフォルダ {folder} がありません。")
    findings = check_recipes(folder)
    for finding in findings:
        typer.echo(finding.line)
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    typer.echo(f"誤り {errors} 件、注意 {len(findings) - errors} 件。")
    raise typer.Exit(2 if errors else 0)
