"""The morning sheet as one HTML file: self-contained, for A4 paper, without scripts. Every text passes `_t`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from html import escape
from pathlib import Path

from bridge_agent.domain.clock import JST
from bridge_agent.domain.eras import era_date
from bridge_agent.domain.ledger_records import ProcedureBalance
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.sheet import (
    COLUMN_TITLES,
    DoubtLine,
    HeldLine,
    RegisteredLine,
    RemarkLine,
    SheetData,
    WaitingLine,
)

_WEEKDAYS = "月火水木金土日"
_LOOK_AT = ("held", "in_doubt", "already_there")
_BREAKS = {"登録確認済": "登録<wbr>確認済", "登録済だった": "登録済<wbr>だった", "職員が終了": "職員が<wbr>終了"}
"""Where a narrow heading may break."""
_STYLE = Path(__file__).with_name("sheet.css")


def html_of(data: SheetData) -> str:
    run = data.run
    title = f"突合表 {_day(run.started_at)} 第{run.run_id}回"
    parts = (
        '<!DOCTYPE html>\n<html lang="ja">\n<head>\n<meta charset="utf-8">\n',
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
        # Opened from a disk there is no header to say it: nothing is loaded, nothing runs.
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n",
        f"<title>{_t(title)}</title>\n<style>\n{_STYLE.read_text(encoding='utf-8')}</style>\n</head>\n<body>\n",
        '<a class="skip" href="#todo">職員の判断が必要な申請へ移動</a>\n',
        _heading(data),
        "<main>\n",
        _verdict(data),
        _alarms(data),
        _to_do(data),
        _numbers(data),
        _balance(data),
        _doubts(data.doubts),
        _held(data.held),
        _waiting(data.waiting),
        _remarks(data.remarks),
        _registered(data.registered),
        _run(data),
        "</main>\n<footer>この表には氏名・住所・個人番号などの個人情報は載せていません。",
        "申請の内容は、受付番号で申請管理システムを開いて確かめてください。</footer>\n</body>\n</html>\n",
    )
    return "".join(parts)


def _t(value: object) -> str:
    return escape(str(value), quote=True)


def _day(moment: datetime) -> str:
    day = moment.astimezone(JST).date()
    era = era_date(day)
    return f"{era.text if era else day.isoformat()}（{_WEEKDAYS[day.weekday()]}）"


def _minute(moment: datetime) -> str:
    return f"{moment.astimezone(JST):%H:%M}"


def _day_and_minute(moment: datetime) -> str:
    local = moment.astimezone(JST)
    return f"{local.month}/{local.day} {local:%H:%M}"


def _heading(data: SheetData) -> str:
    run = data.run
    sealed = "".join(f"<th>{who}</th>" for who in ("担当", "係長", "課長"))
    return (
        f'<header>\n<div><h1>突合表</h1>\n<p class="of">{_t(run.site)}　{_t(_day(run.started_at))}　'
        f"第{_t(run.run_id)}回　{_minute(run.started_at)}～{_minute(run.ended_at)}</p></div>\n"
        f'<table class="seals" aria-label="確認印"><thead><tr>{sealed}</tr></thead>'
        "<tbody><tr><td></td><td></td><td></td></tr></tbody></table>\n</header>\n"
    )


def _verdict(data: SheetData) -> str:
    approved = data.total("approved")
    if data.balanced:
        sure = data.total("registered")
        return (
            '<div class="verdict good" role="status"><span class="mark" aria-hidden="true">✓</span><div>'
            f"<strong>突合: 一致</strong><p>承認済 {approved} 件は、すべて行き先が分かっています。"
            f"うち {sure} 件は、基幹システムへの登録を照会で確かめました。</p></div></div>\n"
        )
    return (
        '<div class="verdict bad" role="alert"><span class="mark" aria-hidden="true">✕</span><div>'
        f"<strong>突合: 不一致</strong><p>承認済 {approved} 件の行き先が合いません。"
        "次の点を基幹システムで確かめるまで、手作業の入力をしないでください。</p></div></div>\n"
    )


def _alarms(data: SheetData) -> str:
    lines: list[str] = []
    if data.difference:
        lines.append(f"行き先の分からない申請が {data.difference} 件あります（下の表の「差」）。{_numbered(data.lost)}")
    elif data.lost:
        lines.append(f"行き先の分からない申請が {len(data.lost)} 件あります。{_numbered(data.lost)}")
    if data.duplicates:
        lines.append(
            f"基幹システムに2件以上登録されている申請が {len(data.duplicates)} 件あります。{_numbered(data.duplicates)}"
        )
    if data.missing:
        lines.append(
            f"登録を確かめたのに、基幹システムから消えている申請が {len(data.missing)} 件あります。{_numbered(data.missing)}"
        )
    alarm = f'<div class="alarm"><ul>{"".join(f"<li>{line}</li>" for line in lines)}</ul></div>\n' if lines else ""
    return (
        alarm
        + _sentences("alarm", "途中で止まりました", data.run.stops)
        + _sentences("todo", "確かめてください", data.run.notices)
    )


def _sentences(kind: str, title: str, sentences: Sequence[str]) -> str:
    lines = "".join(f"<li>{_t(sentence)}</li>" for sentence in sentences)
    return f'<div class="{kind}"><b>{title}</b><ul>{lines}</ul></div>\n' if sentences else ""


def _numbered(receipt_numbers: Sequence[str]) -> str:
    return f"受付番号 {_t('、'.join(receipt_numbers))}" if receipt_numbers else ""


def _to_do(data: SheetData) -> str:
    if not data.waiting_for_people:
        return '<p class="todo nothing" id="todo">職員の判断が必要な申請はありません。</p>\n'
    parts = []
    if data.doubts:
        parts.append(f"結果不明 {len(data.doubts)} 件")
    if data.held:
        parts.append(f"保留・登録済だった {len(data.held)} 件")
    return (
        f'<p class="todo" id="todo"><b>職員の判断が必要な申請が {data.waiting_for_people} 件あります</b>'
        f"（{'、'.join(parts)}）。下の一覧の「すること」を順に進めてください。</p>\n"
    )


def _numbers(data: SheetData) -> str:
    items = []
    for column, title in COLUMN_TITLES.items():
        count = data.total(column)
        kind = "first" if column == "approved" else "zero" if not count else "look" if column in _LOOK_AT else ""
        items.append(f'<li class="{kind}"><span class="count">{count}</span><span class="word">{title}</span></li>')
    return f'<ul class="numbers" aria-label="件数">{"".join(items)}</ul>\n'


def _balance(data: SheetData) -> str:
    titles = (_BREAKS.get(title, title) for title in (*COLUMN_TITLES.values(), "差"))
    head = "".join(f'<th class="n" scope="col">{title}</th>' for title in titles)
    totals = "".join(f'<td class="n">{data.total(column)}</td>' for column in COLUMN_TITLES)
    return (
        "<h2>手続ごとの突合</h2>\n"
        f'<div class="scroll"><table class="grid"><thead><tr><th scope="col">手続</th>{head}</tr></thead>\n'
        f"<tbody>{''.join(map(_balance_row, data.balance))}</tbody>\n"
        f'<tfoot><tr><th scope="row">合計</th>{totals}{_difference(data.difference)}</tr></tfoot></table></div>\n'
        '<p class="caption">差 = 承認済 −（登録確認済 + 登録済だった + 保留 + 結果不明 + 取下げ + 職員が終了 + 未入力）。'
        "どの申請も、必ず1つの列だけに入ります。</p>\n"
    )


def _balance_row(line: ProcedureBalance) -> str:
    counts = "".join(_count(getattr(line, column)) for column in COLUMN_TITLES)
    return f'<tr><th scope="row">{_t(line.procedure_name)}</th>{counts}{_difference(line.difference)}</tr>\n'


def _count(count: int) -> str:
    return f'<td class="n{"" if count else " zero"}">{count}</td>'


def _difference(count: int) -> str:
    return f'<td class="n{" off" if count else ""}">{count}</td>'


def _table(headings: Iterable[str], rows: Iterable[str]) -> str:
    head = "".join(f'<th scope="col">{heading}</th>' for heading in headings)
    return (
        f'<div class="scroll"><table class="grid"><thead><tr>{head}</tr></thead>\n'
        f"<tbody>{''.join(rows)}</tbody></table></div>\n"
    )


def _doubts(doubts: Sequence[DoubtLine]) -> str:
    if not doubts:
        return ""

    def row(line: DoubtLine) -> str:
        after = f"{_day_and_minute(line.look_up_after)} 以後" if line.look_up_after else "照会の準備ができしだい"
        return (
            f'<tr><td class="id">{_t(line.receipt_no)}</td><td>{_t(line.procedure_name)}</td>'
            f'<td class="id">{_day_and_minute(line.since)}</td><td class="id">{after}</td></tr>\n'
        )

    return (
        f"<h2>結果不明 <small>{len(doubts)}件</small></h2>\n"
        '<p class="warn">登録されている可能性があります。エージェントの照会で結果が出るまで、手作業で入力しないでください。</p>\n'
        + _table(("受付番号", "手続", "登録操作の時刻", "次の照会"), map(row, doubts))
    )


def _held(held: Sequence[HeldLine]) -> str:
    head = f"<h2>保留と登録済だった申請 <small>{len(held)}件</small></h2>\n"
    if not held:
        return head + '<p class="none">ありません。</p>\n'
    return head + _table(("受付番号", "手続", "理由", "すること", "確認"), map(_held_row, held))


def _held_row(line: HeldLine) -> str:
    found = line.explanation
    note = f"<small>{_t(line.note)}</small>" if line.note else ""
    at_core = f"<small>基幹側受付番号 {_t(line.receipt_at_core)}</small>" if line.receipt_at_core else ""
    count = "" if line.at_core is None else f"<small>照会の結果: 基幹システムに {line.at_core} 件</small>"
    sent = (
        '<small class="warn">登録操作をした申請です。先に基幹システムを確かめてください。</small>'
        if line.sent_before and line.reason != Reason.ALREADY_AT_CORE
        else ""
    )
    return (
        f'<tr><td class="id">{_t(line.receipt_no)}</td><td class="what">{_t(line.procedure_name)}</td>'
        f'<td class="reason">{_t(found.sentence)}{note}{at_core}{count}</td><td>{_t(found.action)}{sent}</td>'
        '<td class="tick">□</td></tr>\n'
    )


def _waiting(waiting: Sequence[WaitingLine]) -> str:
    if not waiting:
        return ""

    def row(line: WaitingLine) -> str:
        return (
            f'<tr><td class="id">{_t(line.receipt_no)}</td><td>{_t(line.procedure_name)}</td>'
            f'<td>{_t(line.what)}</td><td class="id">{_day(line.again)} 以後</td></tr>\n'
        )

    return (
        f"<h2>前提が整うのを待っている申請 <small>{len(waiting)}件</small></h2>\n"
        '<p class="caption">「未入力」に数えています。することはありません。日を改めて自動でもう一度試します。</p>\n'
        + _table(("受付番号", "手続", "待っているもの", "次に試す日"), map(row, waiting))
    )


def _remarks(remarks: Sequence[RemarkLine]) -> str:
    if not remarks:
        return ""

    def row(line: RemarkLine) -> str:
        told = "<br>".join(_t(remark) for remark in line.remarks)
        return (
            f'<tr><td class="id">{_t(line.receipt_no)}</td><td>{_t(line.procedure_name)}</td>'
            f'<td class="id">{_t(line.receipt_at_core)}</td><td>{told}</td><td class="tick">□</td></tr>\n'
        )

    return (
        f"<h2>文字を置き換えて入力した申請 <small>{len(remarks)}件</small></h2>\n"
        '<p class="warn">基幹システムに入らない文字を、承認された表の字に置き換えて入力しました。'
        "申請の文字と見比べてください。</p>\n"
        + _table(("受付番号", "手続", "基幹側受付番号", "項目と文字（申請→入力）", "確認"), map(row, remarks))
    )


def _registered(registered: Sequence[RegisteredLine]) -> str:
    head = f"<h2>登録を確かめた申請 <small>{len(registered)}件</small></h2>\n"
    if not registered:
        return head + '<p class="none">ありません。</p>\n'

    def then(line: RegisteredLine) -> str:
        return f"<small>この後: {_t(line.ends_at)}</small>" if line.ends_at else ""

    def row(line: RegisteredLine) -> str:
        return (
            f'<tr><td class="id">{_t(line.receipt_no)}</td><td>{_t(line.procedure_name)}{then(line)}</td>'
            f'<td class="id">{_t(line.receipt_at_core)}</td><td class="id">{_day_and_minute(line.at)}</td>'
            f"<td>{'報告済' if line.reported else '未報告（次の実行で報告します）'}</td></tr>\n"
        )

    return head + _table(
        ("受付番号", "手続", "基幹側受付番号", "確認時刻", "申請管理システムへの報告"), map(row, registered)
    )


def _run(data: SheetData) -> str:
    run = data.run
    accounts = "、".join(f"{system}: {account}" for system, account in run.accounts)
    facts = (
        ("開始～終了", f"{_day(run.started_at)} {_minute(run.started_at)}～{_day_and_minute(run.ended_at)}"),
        ("開始した人", run.started_by),
        ("操作したアカウント", accounts),
        ("エージェントの版", run.agent_version),
    )
    lines = "".join(f"<dt>{name}</dt><dd>{_t(text)}</dd>" for name, text in facts if text)
    recipes = "".join(
        f'<dt>レシピ</dt><dd>{_t(used.procedure_name)}　<span class="digest">{_t(used.digest[:16])}</span></dd>'
        for used in run.recipes
    )
    return f"<h2>実行の記録</h2>\n<dl>{lines}{recipes}</dl>\n"
