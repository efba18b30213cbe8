"""Commands for the auditor: audit verify, audit export. They change nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bridge_agent.cli.app import app
from bridge_agent.cli.books import Json, books_of, report_problems, say
from bridge_agent.domain.errors import ConfigError
from bridge_agent.ledger.keeping import read_heads

audit = typer.Typer(help="記録の監査", no_args_is_help=True)
app.add_typer(audit, name="audit")


@audit.command("verify")
def audit_verify_command(
    context: typer.Context,
    head: Annotated[
        Path | None, typer.Option("--head", help="別の場所に控えた記録の控え（audit-heads.jsonl など）")
    ] = None,
    as_json: Json = False,
) -> None:
    """記録の鎖を計算し直し、控えと突き合わせます。切り取りや作り直しも見つけます（問題があれば終了コード 4）。"""
    site = books_of(context)
    heads = read_heads(head) if head else read_heads(site.settings.heads_file)
    report_problems(site.problems(heads), as_json)


@audit.command("export")
def audit_export_command(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="書き出すファイル（JSON Lines）")],
    as_json: Json = False,
) -> None:
    """すべての記録を1行1件で書き出します（個人情報は含みません）。最後の行は記録の鎖の先頭です。"""
    if file.exists():
        raise ConfigError(f"{file} はすでにあります。別の名前にしてください。")
    count = books_of(context).export(file)
    say(as_json, {"file": str(file), "events": count}, f"記録 {count} 件を {file} に書き出しました。")
