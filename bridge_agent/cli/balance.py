"""The balance of a run on the terminal: a table where there is room, else lines."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from rich.console import Console
from rich.table import Table

from bridge_agent.domain.sheet import COLUMN_TITLES
from bridge_agent.pipeline.run import RunReport

MEANINGS = {
    0: "突合は一致しました。することはありません。",
    1: "突合は一致しました。保留の確認が必要です。",
    3: "途中で止まりました。上に書かれた理由を確かめてから、もう一度 run を実行すると続きから再開します。",
    4: "突合が一致しません。すぐに保留の一覧と基幹システムを確かめてください。",
}

WIDE = 120
"""Columns of a terminal that the whole table needs; on a narrower one its names would be cut to pieces."""


def print_balance(console: Console, report: RunReport) -> None:
    if console.width < WIDE:
        print_lines(console, report)
    else:
        console.print(table_of(report))
    console.print(f"二重登録 {report.balance.duplicates} 件・登録の消失 {report.balance.missing} 件")
    for sentence in [*report.stops, *report.notices]:
        console.print(sentence, style="yellow", markup=False, soft_wrap=True)
    console.print(MEANINGS[report.exit_code], style="green" if report.exit_code < 2 else "red", soft_wrap=True)


def print_lines(console: Console, report: RunReport) -> None:
    """The table as lines: a procedure's name, below it the columns that are not empty."""

    def numbers(count_of: Callable[[str], int], difference: int) -> str:
        told = [f"{title} {count_of(column)}" for column, title in COLUMN_TITLES.items() if count_of(column)]
        return "・".join([*told, f"差 {difference}"])

    console.print(f"突合表（第{report.run_id}回）", style="bold")
    for line in report.balance.procedures:
        console.print(line.procedure_name, markup=False)
        console.print("　" + numbers(partial(getattr, line), line.difference), markup=False)
    console.print("合計", style="bold")
    console.print("　" + numbers(report.balance.total, report.balance.lost), style="bold")


def table_of(report: RunReport) -> Table:
    table = Table(title=f"突合表（第{report.run_id}回）")
    table.add_column("手続", overflow="fold")
    for title in [*COLUMN_TITLES.values(), "差"]:
        table.add_column(title, justify="right", overflow="fold")
    for line in report.balance.procedures:
        numbers = [getattr(line, c) for c in COLUMN_TITLES] + [line.difference]
        table.add_row(line.procedure_name, *(str(n) for n in numbers))
    totals = [report.balance.total(c) for c in COLUMN_TITLES] + [report.balance.lost]
    table.add_row("合計", *(str(n) for n in totals), style="bold")
    return table
