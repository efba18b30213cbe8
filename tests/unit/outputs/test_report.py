"""The morning sheet says what the books say, in two files that no value can turn into something else."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from bridge_agent.domain.reasons import EXPLANATIONS, Reason
from bridge_agent.domain.sheet import HeldLine, RemarkLine, SheetData
from bridge_agent.outputs import report
from bridge_agent.outputs.report import frames, safe_cell, write_sheet
from bridge_agent.outputs.sheet_html import html_of
from tests.unit.outputs.sheets import REISSUE, night, unbalanced

HOSTILE = "<script>alert('x')</script>&\"' =1+1\r\n\x1b"


def test_a_balanced_night_says_so_and_what_is_left_to_do() -> None:
    page = html_of(night())
    assert "突合: 一致" in page
    assert "不一致" not in page
    assert "職員の判断が必要な申請が 10 件" in page
    assert "令和8年11月23日（月）" in page
    assert "20:00～20:14" in page


def test_a_night_with_nothing_to_do_says_so() -> None:
    quiet = replace(night(), held=(), doubts=())
    assert "職員の判断が必要な申請はありません" in html_of(quiet)


def test_an_unbalanced_night_names_every_number() -> None:
    page = html_of(unbalanced())
    assert "突合: 不一致" in page
    assert "突合: 一致" not in page
    for number in ("02026110700042", "02026110800003", "02026110900001"):
        assert number in page.partition('id="todo"')[0]
    assert "総合福祉システムが応答しません" in page


@pytest.mark.parametrize(
    "bad",
    [replace(night(), duplicates=("1",)), replace(night(), missing=("1",)), replace(night(), lost=("1",))],
    ids=["duplicates", "missing", "lost"],
)
def test_one_duplicate_missing_or_lost_is_enough(bad: SheetData) -> None:
    assert night().balanced
    assert not bad.balanced
    assert "突合: 不一致" in html_of(bad)


def test_differences_of_two_procedures_do_not_cancel_out() -> None:
    first, second, *rest = night().balance
    shifted = (replace(first, approved=first.approved + 1), replace(second, approved=second.approved - 1), *rest)
    bad = replace(night(), balance=shifted)
    assert bad.total("approved") == night().total("approved")
    assert bad.difference == 2
    assert not bad.balanced


def test_every_held_one_has_its_reason_and_what_to_do() -> None:
    page = html_of(night())
    for line in night().held:
        assert line.receipt_no in page
        assert EXPLANATIONS[Reason(line.reason)].sentence in page
        assert EXPLANATIONS[Reason(line.reason)].action in page
    assert page.count("先に基幹システムを確かめてください。") == 1


def test_what_a_person_should_look_at_is_not_told_as_a_stop() -> None:
    data = night()
    told = "申請の列が変わっています。情報担当者に確かめてもらってください。"
    page = html_of(replace(data, run=replace(data.run, notices=(told,))))
    assert f'<div class="todo"><b>確かめてください</b><ul><li>{told}</li></ul></div>' in page
    assert "途中で止まりました" not in page
    stopped = html_of(replace(data, run=replace(data.run, stops=(told,))))
    assert f'<div class="alarm"><b>途中で止まりました</b><ul><li>{told}</li></ul></div>' in stopped
    assert "確かめてください</b>" not in stopped
    facts = frames(replace(data, run=replace(data.run, stops=("止",), notices=(told,))))["実行の記録"]
    assert [row[1] for row in facts.itertuples(index=False) if row[0] == "途中で止まった理由"] == ["止"]
    assert [row[1] for row in facts.itertuples(index=False) if row[0] == "確かめること"] == [told]


def test_an_unknown_reason_is_no_crash() -> None:
    page = html_of(replace(night(), held=(HeldLine("0001", "x", "from_a_newer_version"),)))
    assert "理由のコードが一覧にありません" in page


SUBSTITUTED = RemarkLine(
    "02026110800001", REISSUE, "R8-000414", ("氏名 1文字目 U+20BB7→U+5409", "氏名 3文字目 U+9AD9→U+9AD8")
)


def test_substituted_characters_are_shown_by_application_column_and_code_point() -> None:
    data = replace(night(), remarks=(SUBSTITUTED,))
    page = html_of(data)
    section = page.partition("<h2>文字を置き換えて入力した申請 <small>1件</small></h2>")[2].partition("<h2>")[0]
    for told in (SUBSTITUTED.receipt_no, SUBSTITUTED.receipt_at_core, *SUBSTITUTED.remarks):
        assert told in section
    assert data.balanced
    assert frames(data)["置き換え"].to_dict("records") == [
        {
            "受付番号": "02026110800001",
            "手続": REISSUE,
            "基幹側受付番号": "R8-000414",
            "項目と文字（申請→入力）": remark,
        }
        for remark in SUBSTITUTED.remarks
    ]


def test_a_night_without_any_says_nothing_of_them() -> None:
    assert "文字を置き換えて入力した申請" not in html_of(night())
    assert "置き換え" not in frames(night())


def hostile() -> SheetData:
    data = night()
    return replace(
        data,
        run=replace(
            data.run,
            site=HOSTILE,
            started_by=HOSTILE,
            stops=(HOSTILE,),
            notices=(HOSTILE,),
            accounts=((HOSTILE, HOSTILE),),
        ),
        balance=(replace(data.balance[0], procedure_name=HOSTILE),),
        held=(HeldLine(HOSTILE, HOSTILE, "absent", HOSTILE, HOSTILE),),
        doubts=(replace(data.doubts[0], receipt_no=HOSTILE, procedure_name=HOSTILE),),
        registered=(replace(data.registered[0], receipt_no="=1+1", receipt_at_core=HOSTILE, procedure_name=HOSTILE),),
        remarks=(RemarkLine(HOSTILE, HOSTILE, HOSTILE, (HOSTILE,)),),
        duplicates=(HOSTILE,),
        missing=(HOSTILE,),
        lost=(HOSTILE,),
    )


def test_no_text_becomes_mark_up() -> None:
    page = html_of(hostile())
    assert "<script" not in page
    assert page.count("&lt;script&gt;") == 22
    assert "default-src 'none'" in page
    assert not re.search(r"(?:src|href)=\"(?!#)", page)


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@x", "\t=1", "＝1", "＋1", "－1", "＠x", " =1", "　=1", " x", "\n=1", "−1"]
)
def test_what_could_be_a_formula_gets_a_leading_quote(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


def test_a_control_character_is_shown() -> None:
    assert safe_cell("\r=1") == "\\u000d=1"


@pytest.mark.parametrize("value", ["007", "R8-000412", "山田", "", 12, "1+1", "a=b"])
def test_everything_else_stays(value: object) -> None:
    assert safe_cell(value) == value


def test_excel_holds_texts_as_texts_and_counts_as_numbers(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write_sheet(night(), tmp_path).excel)
    assert book.sheetnames == ["突合表", "保留一覧", "登録一覧", "実行の記録"]
    balance, held, registered, _ = book.worksheets
    assert [cell.value for cell in balance[6]] == ["合計", 60, 46, 2, 7, 1, 1, 1, 2, 0]
    assert held["A3"].value == "02026110200007"
    assert (held["A3"].data_type, held["A3"].number_format) == ("s", "@")
    assert [held["C2"].value, held["C3"].value, held["C4"].value] == ["結果不明", "登録済だった", "保留"]
    assert registered.max_row == 47
    assert all(sheet.freeze_panes == "B2" for sheet in book.worksheets)


def test_excel_holds_no_formula_whatever_came_in(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write_sheet(hostile(), tmp_path).excel)
    kinds = {cell.data_type for sheet in book.worksheets for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"s", "n", "inlineStr"}
    assert book["登録一覧"]["A2"].value == "'=1+1"
    assert book["保留一覧"]["A3"].value == "<script>alert('x')</script>&\"' =1+1\\u000d\n\\u001b"


def test_an_empty_night_is_a_sheet_too(tmp_path: Path) -> None:
    files = write_sheet(SheetData(night().run, ()), tmp_path)
    assert "突合: 一致" in files.html.read_text(encoding="utf-8")
    assert openpyxl.load_workbook(files.excel)["保留一覧"].max_row == 1


def test_the_frames_hold_every_line() -> None:
    tables = frames(night())
    assert len(tables["突合表"]) == 5
    assert list(tables["突合表"]["差"]) == [0, 0, 0, 0, 0]
    assert len(tables["保留一覧"]) == 10
    assert list(tables["登録一覧"]["報告"]).count("未報告") == 1


def test_what_a_look_up_found_of_a_held_one_stands_beside_its_reason(tmp_path: Path) -> None:
    files = write_sheet(night(), tmp_path)
    assert files.html.read_text(encoding="utf-8").count("照会の結果: 基幹システムに 1 件") == 1
    book = openpyxl.load_workbook(files.excel)["保留一覧"]
    counts = {row[0].value: row[-1].value for row in book.iter_rows(min_row=2)}
    assert counts["02026110700042"] == "1"
    assert not counts["02026110500031"]


def test_a_sheet_is_replaced_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    folder = tmp_path / "朝の 帳票"
    write_sheet(night(), folder)
    files = write_sheet(night(), folder)
    assert {file.name for file in folder.iterdir()} == {files.html.name, files.excel.name}
    assert files.excel.name == "突合表_20261123_第12回.xlsx"


def test_a_sheet_that_is_held_open_gets_a_neighbour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    original = Path.replace

    def held_open(self: Path, target: Path) -> Path:
        if target.name.endswith("第12回.xlsx"):
            raise PermissionError
        return original(self, target)

    monkeypatch.setattr(Path, "replace", held_open)
    files = write_sheet(night(), tmp_path)
    assert files.excel.name == "突合表_20261123_第12回-2.xlsx"
    assert not list(tmp_path.glob(".writing*"))


def test_a_failed_write_leaves_the_old_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = write_sheet(night(), tmp_path)
    before = old.excel.read_bytes()

    def full(path: Path, data: SheetData) -> None:
        path.write_bytes(b"half")
        raise OSError(28, "disk full")

    monkeypatch.setattr(report, "_write_excel", full)
    with pytest.raises(OSError, match="disk full"):
        write_sheet(night(), tmp_path)
    assert old.excel.read_bytes() == before
    assert not list(tmp_path.glob(".writing*"))


def test_a_run_id_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    files = write_sheet(replace(night(), run=replace(night().run, run_id="../../x")), tmp_path)
    assert files.html.parent == tmp_path


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_only_the_agents_account_reads_the_sheets_until_a_person_shares_them(tmp_path: Path) -> None:
    files = write_sheet(night(), tmp_path)
    assert files.html.stat().st_mode & 0o077 == 0
