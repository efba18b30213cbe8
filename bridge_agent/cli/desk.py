"""Commands of the hold desk: show, hold list, hold release, hold look-again, hold close. They read the ledger or make one state move."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bridge_agent import wiring
from bridge_agent.cli.app import app, start_of
from bridge_agent.cli.attached import attachment_count, attachment_lines
from bridge_agent.cli.times import shown
from bridge_agent.cli.words import LOOKUPS, OUTCOMES, VERDICTS, event_words
from bridge_agent.domain.answers import ANSWERS
from bridge_agent.domain.errors import ConfigError
from bridge_agent.domain.reasons import EXPLANATIONS, Reason
from bridge_agent.domain.result import Verdict
from bridge_agent.domain.work_item import STATE_NAMES, State
from bridge_agent.ledger.reading import ItemView

CLOSINGS: dict[Reason, str] = {
    Reason.WITHDRAWN: "取り下げられた",
    Reason.ENTERED_BY_HAND: "手作業で入力した",
    Reason.DISMISSED: "入力しないことにした",
}
CLOSINGS_TOLD = "終了の理由: " + "・".join(f"{reason.value}（{what}）" for reason, what in CLOSINGS.items())

hold = typer.Typer(help="保留の一覧と処理", no_args_is_help=True)
app.add_typer(hold, name="hold")


@app.command("show")
def show_command(context: typer.Context, receipt_no: Annotated[str, typer.Argument(help="受付番号")]) -> None:
    """1件の申請の状態・試行・照会の記録を表示します（申請の中身は、添付の名前と大きさのほかは表示しません）。"""
    with wiring.desk(start_of(context)) as desk:
        found = [(view, list(attachment_lines(desk, view.item.item_id))) for view in desk.ledger.find(receipt_no)]
    if not found:
        raise ConfigError(f"受付番号 {receipt_no} は台帳にありません。")
    for view, attached in found:
        print_view(Console(soft_wrap=True), view, attached)


def print_view(console: Console, view: ItemView, attached: Sequence[str]) -> None:
    item = view.item
    console.print(f"受付番号 {item.receipt_no}　{item.procedure_name}", markup=False)
    console.print(f"状態: {STATE_NAMES[item.state]}　基幹側の受付番号: {item.receipt_at_core or 'なし'}", markup=False)
    if item.reason:
        explained = EXPLANATIONS[Reason(item.reason)]
        console.print(f"理由: {explained.sentence}{f'（{item.note}）' if item.note else ''}", markup=False)
        console.print(f"すること: {explained.action}", markup=False)
    if item.core_count is not None and item.state is State.HELD:
        console.print(f"照会の結果: 基幹システムに {item.core_count} 件", markup=False)
    for line in attached:
        console.print(line, markup=False, emoji=False)  # a name may hold what looks like a mark-up of rich
    for tried in view.attempts:
        console.print(
            f"試行 {tried.number}: {shown(tried.armed_at)}　読み戻し {tried.fields_equal}/{tried.fields_read} 一致　"
            f"送信 {_times(tried.sent)}・遮断 {_times(tried.blocked)}　答え {ANSWERS.get(tried.answer, tried.answer)}　"
            f"結果 {OUTCOMES.get(tried.outcome, tried.outcome)}",
            markup=False,
        )
    for look in view.lookups:
        found = f"（{'・'.join(look['records'])}）" if look["records"] else ""
        console.print(
            f"照会 {shown(look['at'])}: {LOOKUPS.get(look['kind'], look['kind'])} → {VERDICTS[Verdict(look['verdict'])]}{found}",
            markup=False,
        )
    for at, kind in view.events:
        console.print(f"記録 {shown(at)}: {event_words(kind)}", markup=False)


def _times(count: int | None) -> str:
    """None: the driver cannot count them, or none was told before the end."""
    return "不明" if count is None else f"{count} 回"


@hold.command("list")
def hold_list_command(
    context: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="JSON で書く")] = False
) -> None:
    """保留の一覧を、理由と「すること」を付けて表示します。"""
    with wiring.desk(start_of(context)) as desk:
        held = desk.ledger.items(states=[State.HELD])
        attached = {i.item_id: attachment_count(desk, i.item_id) for i in held}
    if as_json:
        rows = [
            {
                "receipt_no": i.receipt_no,
                "procedure": i.procedure,
                "reason": i.reason,
                "note": i.note,
                "attempts": i.attempts,
                "at_core": i.core_count,
                "attachments": attached[i.item_id],
            }
            for i in held
        ]
        sys.stdout.write(json.dumps(rows, ensure_ascii=False) + "\n")
        return
    if not held:
        typer.echo("保留はありません。")
        return
    table = Table(title=f"保留 {len(held)} 件", show_lines=True)
    for title in ("受付番号", "手続", "理由", "すること"):
        table.add_column(title, overflow="fold")  # Japanese has no blanks to break at: else it is cut with an ellipsis
    for item in held:
        explained = EXPLANATIONS[Reason(item.reason)]
        note = f"（{item.note}）" if item.note else ""
        if item.core_count is not None:
            note += f"\n照会の結果: 基幹システムに {item.core_count} 件"
        if attached[item.item_id]:
            note += f"\n添付 {attached[item.item_id]} 件"
        table.add_row(item.receipt_no, item.procedure_name, explained.sentence + note, explained.action)
    Console().print(table)


@hold.command("release")
def hold_release_command(context: typer.Context, receipt_no: Annotated[str, typer.Argument(help="受付番号")]) -> None:
    """保留を解除し、次の run で入力します。登録操作の記録がある申請は解除できません。"""
    with wiring.desk(start_of(context)) as desk:
        desk.ledger.release(receipt_no, desk.who)
    typer.echo(
        f"受付番号 {receipt_no} の保留を解除しました。次の run で入力します（保留の理由が残っていれば、もう一度保留になります）。"
    )


@hold.command("look-again")
def hold_look_again_command(
    context: typer.Context, receipt_no: Annotated[str, typer.Argument(help="受付番号")]
) -> None:
    """登録操作の結果が分からない保留を、次の run でもう一度照会します。見つかれば登録確認済になります。"""
    with wiring.desk(start_of(context)) as desk:
        desk.ledger.ask_again(receipt_no, desk.who)
    typer.echo(f"受付番号 {receipt_no} を、次の run でもう一度照会します。照会で決まらなければ、保留に戻ります。")


@hold.command("close")
def hold_close_command(
    context: typer.Context,
    receipt_no: Annotated[str, typer.Argument(help="受付番号")],
    reason: Annotated[str, typer.Option("--reason", help=CLOSINGS_TOLD)],
    record: Annotated[str, typer.Option("--record", help="手入力した登録の、基幹側の受付番号")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="確認の質問をしない")] = False,
) -> None:
    """保留の申請を終了にします。終了は取り消せません。"""
    closing = next((one for one in CLOSINGS if one.value == reason), None)
    if closing is None:
        raise ConfigError(f"--reason は {'・'.join(CLOSINGS)} のどれかにしてください。")
    if closing is Reason.ENTERED_BY_HAND and not record:
        raise ConfigError("手作業で入力した申請を終了するときは、基幹側の受付番号を --record で指定してください。")
    with wiring.desk(start_of(context)) as desk:
        name = name_of_closable(desk.ledger.find(receipt_no), receipt_no)
        if not yes:
            typer.confirm(f"受付番号 {receipt_no}（{name}）を終了します。取り消せません。よろしいですか", abort=True)
        desk.ledger.close_held(receipt_no, closing, desk.who, record)
    typer.echo(f"受付番号 {receipt_no} を終了にしました。")


def name_of_closable(views: Sequence[ItemView], receipt_no: str) -> str:
    """The procedure's name. Raises ConfigError before anything is asked; the ledger judges once more when it closes."""
    if len(views) > 1:
        raise ConfigError(f"受付番号 {receipt_no} が複数の申請元にあります。情報担当者に相談してください。")
    stands = f"いまの状態は {STATE_NAMES[views[0].item.state]} です" if views else "台帳にありません"
    if not views or views[0].item.state is not State.HELD:
        raise ConfigError(f"受付番号 {receipt_no} は保留ではありません（{stands}）。終了にはできません。")
    if views[0].attempts:
        raise ConfigError(
            f"受付番号 {receipt_no} には登録操作の記録があるため、この版では終了できません。保留の一覧に残ります。"
            "証跡を show で確かめ、情報担当者に相談してください。"
        )
    return views[0].item.procedure_name
