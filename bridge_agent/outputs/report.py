"""Writes the morning sheet as HTML and Excel. The only place, beside the package parser, where pandas may be used."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bridge_agent.domain.clock import JST
from bridge_agent.domain.reasons import EXPLANATIONS, Reason
from bridge_agent.domain.sheet import COLUMN_TITLES, SheetData
from bridge_agent.outputs.sheet_html import html_of

_MOST_TRIES = 20
_FORMULA = re.compile(r"^[\s\u3000\ufeff]*[=+\-@\t\r＝＋－−＠]|^[\s\u3000]")
"""What a spreadsheet might take for a formula, or hide one behind blanks."""
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_WIDE = re.compile("[\u1100-\u115f\u2e80-\uffdc]")
_UNSAFE_IN_NAMES = re.compile(r"[^0-9A-Za-z_\-]+")

_ACCENT = "24476B"
_FAINT = "F4F6F8"
_LINE = Side(style="thin", color="C9D1DA")
_BAD = PatternFill("solid", fgColor="FDEEEE")


@dataclass(frozen=True, slots=True)
class SheetFiles:
    html: Path
    excel: Path


def write_sheet(data: SheetData, folder: Path) -> SheetFiles:
    """Both files, whole or not at all; an existing sheet is replaced. Raises OSError when the folder cannot be written."""
    folder.mkdir(parents=True, exist_ok=True)
    run_id = _UNSAFE_IN_NAMES.sub("-", data.run.run_id)
    stem = f"突合表_{data.run.started_at.astimezone(JST):%Y%m%d}_第{run_id}回"
    page = html_of(data).encode("utf-8")
    html = _placed(folder, stem, ".html", lambda path: _write_bytes(path, page))
    excel = _placed(folder, stem, ".xlsx", lambda path: _write_excel(path, data))
    return SheetFiles(html, excel)


def _write_bytes(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def _placed(folder: Path, stem: str, ending: str, write: Callable[[Path], None]) -> Path:
    """Write beside the place, then move there; a file that somebody holds open (Excel) gets a neighbour."""
    handle, name = tempfile.mkstemp(dir=folder, prefix=".writing-", suffix=ending)
    os.close(handle)
    written = Path(name)
    try:
        write(written)
        with written.open("rb+") as file:
            os.fsync(file.fileno())
        for number in range(1, _MOST_TRIES):
            place = folder / (f"{stem}{ending}" if number == 1 else f"{stem}-{number}{ending}")
            with suppress(PermissionError):
                written.replace(place)
                return place
        raise PermissionError("the sheet's places are all held open")
    finally:
        with suppress(OSError):
            written.unlink()


# ---- the tables ---------------------------------------------------------------------------------------------------


def frames(data: SheetData) -> dict[str, pd.DataFrame]:
    """Title of the Excel sheet -> its table; counts are numbers, everything else is text."""
    return {
        "突合表": _balance_frame(data),
        "保留一覧": _held_frame(data),
        **({"置き換え": _remarks_frame(data)} if data.remarks else {}),
        "登録一覧": _registered_frame(data),
        "実行の記録": _run_frame(data),
    }


def _balance_frame(data: SheetData) -> pd.DataFrame:
    rows: list[dict[str, object]] = [
        {"手続": line.procedure_name}
        | {title: getattr(line, column) for column, title in COLUMN_TITLES.items()}
        | {"差": line.difference}
        for line in data.balance
    ]
    total: dict[str, object] = {"手続": "合計"}
    total |= {title: data.total(column) for column, title in COLUMN_TITLES.items()} | {"差": data.difference}
    return pd.DataFrame([*rows, total], columns=["手続", *COLUMN_TITLES.values(), "差"])


def _held_frame(data: SheetData) -> pd.DataFrame:
    titles = ["受付番号", "手続", "区分", "理由コード", "理由", "詳細", "すること", "基幹側受付番号", "照会の件数"]
    rows = [
        (
            line.receipt_no,
            line.procedure_name,
            "結果不明",
            "",
            "登録されている可能性があります。",
            f"登録操作 {_moment(line.since)}",
            "エージェントの照会で結果が出るまで、手作業で入力しないでください。",
            "",
            "",
        )
        for line in data.doubts
    ]
    rows += [
        (
            line.receipt_no,
            line.procedure_name,
            "登録済だった" if line.reason == "already_at_core" else "保留",
            line.reason,
            line.explanation.sentence,
            line.note,
            line.explanation.action,
            line.receipt_at_core,
            "" if line.at_core is None else str(line.at_core),
        )
        for line in data.held
    ]
    rows += [
        (
            line.receipt_no,
            line.procedure_name,
            "前提待ち",
            Reason.PREREQUISITE.value,
            EXPLANATIONS[Reason.PREREQUISITE].sentence,
            f"{line.what}（次は {_moment(line.again)} 以後）",
            EXPLANATIONS[Reason.PREREQUISITE].action,
            "",
            "",
        )
        for line in data.waiting
    ]
    return pd.DataFrame(rows, columns=titles, dtype=str)


def _registered_frame(data: SheetData) -> pd.DataFrame:
    rows = [
        (
            line.receipt_no,
            line.procedure_name,
            line.receipt_at_core,
            _moment(line.at),
            "報告済" if line.reported else "未報告",
            line.ends_at or "登録済",
        )
        for line in data.registered
    ]
    titles = ["受付番号", "手続", "基幹側受付番号", "確認時刻", "報告", "この後"]
    return pd.DataFrame(rows, columns=titles, dtype=str)


def _remarks_frame(data: SheetData) -> pd.DataFrame:
    rows = [
        (line.receipt_no, line.procedure_name, line.receipt_at_core, remark)
        for line in data.remarks
        for remark in line.remarks
    ]
    return pd.DataFrame(rows, columns=["受付番号", "手続", "基幹側受付番号", "項目と文字（申請→入力）"], dtype=str)


def _run_frame(data: SheetData) -> pd.DataFrame:
    run = data.run
    facts: list[tuple[str, str]] = [
        ("突合", "一致" if data.balanced else "不一致"),
        ("団体", run.site),
        ("実行番号", run.run_id),
        ("開始", _moment(run.started_at)),
        ("終了", _moment(run.ended_at)),
        ("開始した人", run.started_by),
        ("エージェントの版", run.agent_version),
        *((f"アカウント（{system}）", account) for system, account in run.accounts),
        *((f"レシピ（{used.procedure_name}）", used.digest) for used in run.recipes),
        *(("途中で止まった理由", sentence) for sentence in run.stops),
        *(("確かめること", sentence) for sentence in run.notices),
        ("二重登録の受付番号", "、".join(data.duplicates)),
        ("登録が消えた受付番号", "、".join(data.missing)),
        ("行き先不明の受付番号", "、".join(data.lost)),
    ]
    return pd.DataFrame(facts, columns=["項目", "内容"], dtype=str)


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(JST):%Y-%m-%d %H:%M:%S}"


# ---- Excel --------------------------------------------------------------------------------------------------------


def _write_excel(path: Path, data: SheetData) -> None:
    with pd.ExcelWriter(path, engine="openpyxl") as writer:
        for title, frame in frames(data).items():
            # Made safe before pandas sees a cell: a text that starts with = would be stored as a formula.
            frame.map(safe_cell).to_excel(writer, sheet_name=title, index=False)
        book = writer.book
        assert isinstance(book, Workbook)
        for worksheet in book.worksheets:
            _dress(worksheet)
        book.properties.creator = "bridge-agent"
        book.properties.title = "突合表"


def safe_cell(value: object) -> object:
    """Numbers stay; a text that could act as a formula gets a leading quote, control characters are shown."""
    if not isinstance(value, str):
        return value
    text = _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", value)
    return f"'{text}" if _FORMULA.match(text) else text


def _dress(worksheet: Worksheet) -> None:
    """Heading, widths, borders, paper. Texts are stored as texts, so that leading zeros stay."""
    balance = worksheet.title == "突合表"
    for row in worksheet.iter_rows():
        for cell in row:
            if not isinstance(cell, Cell):
                continue
            cell.border = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if isinstance(cell.value, str):
                cell.data_type = "s"
                cell.number_format = "@"
            if cell.row == 1:
                cell.font = Font(bold=True, color="FFFFFF")
                cell.fill = PatternFill("solid", fgColor=_ACCENT)
                cell.alignment = Alignment(vertical="center", horizontal="center", wrap_text=True)
            elif balance and cell.row == worksheet.max_row:
                cell.font = Font(bold=True)
                cell.fill = PatternFill("solid", fgColor=_FAINT)
            if balance and cell.column == worksheet.max_column and isinstance(cell.value, int) and cell.value:
                cell.font, cell.fill = Font(bold=True, color="A61B1B"), _BAD
    for number, column in enumerate(worksheet.iter_cols(values_only=True), start=1):
        worksheet.column_dimensions[get_column_letter(number)].width = _width(column)
    worksheet.freeze_panes = "B2"
    if not balance and worksheet.max_row > 1:
        worksheet.auto_filter.ref = worksheet.dimensions
    worksheet.print_title_rows = "1:1"
    worksheet.page_setup.orientation = "landscape"
    worksheet.page_setup.paperSize = worksheet.PAPERSIZE_A4
    worksheet.page_setup.fitToWidth, worksheet.page_setup.fitToHeight = 1, 0
    worksheet.sheet_properties.pageSetUpPr.fitToPage = True
    worksheet.oddFooter.center.text = "&P / &N"


def _width(values: Sequence[object]) -> float:
    """In characters; a Japanese one counts double, and a long sentence is wrapped."""
    longest = max((len(text) + len(_WIDE.findall(text)) for text in map(str, values)), default=0)
    return min(max(longest + 3, 10), 52)
