"""The look-up, one application's contents, and the texts that both copy."""

from __future__ import annotations

import re

from tests.desktop.driver import LOOK_UP, MENU, TRAINEE, Clerk, Core
from tests.desktop.test_log_in import box_text
from tests.desktop.x11 import Display

HEADINGS = ["受付番号", "整理番号", "宛名番号", "氏名", "手続", "申請日", "登録日時", "登録者"]


def open_look_up(clerk: Clerk, display: Display) -> None:
    display.wait_active(MENU)
    clerk.key("F9")
    display.wait_active(LOOK_UP)


def test_a_list_is_copied_with_its_headings_and_its_last_line(clerk: Clerk, display: Display) -> None:
    open_look_up(clerk, display)
    clerk.key("Tab")
    display.type(TRAINEE)
    clerk.key("F5")
    heading, *rows, last = display.copied("F8").split("\n")
    assert heading.split("\t") == HEADINGS
    oldest = rows[-1].split("\t")
    assert re.fullmatch(r"HB-2026-\d{6}", oldest[0])
    assert oldest[1:] == ["", TRAINEE, "研修　太郎", "更新認定申請", "R08.04.01", "2026/04/01 10:00:00", "clerk01"]
    assert last == f"検索結果 {len(rows)}件 （1／1頁）"


def test_no_hits_are_one_line(clerk: Clerk, display: Display) -> None:
    open_look_up(clerk, display)
    display.type("no-such-reference")
    clerk.key("F5")
    assert display.copied("F8") == "検索結果 0件 （1／1頁）"


def test_pages_are_turned_by_keys(clerk: Clerk, core: Core, display: Display) -> None:
    open_look_up(clerk, display)
    core.faults({"fault": "small_pages", "size": 1})
    clerk.key("F5")
    first = display.copied("F8").split("\n")
    second = display.copied("F7", "F8").split("\n")
    assert (len(first), len(second)) == (3, 3)
    assert first[1] != second[1]
    assert re.fullmatch(r"検索結果 \d+件 （2／\d+頁）", second[2])
    assert display.copied("F6", "F8").split("\n") == first


def test_a_list_that_could_not_be_fetched_is_not_copied(clerk: Clerk, core: Core, display: Display) -> None:
    open_look_up(clerk, display)
    clerk.key("F5")
    display.copied("F8")
    core.faults({"fault": "lookup_error"})
    owner = display.put("as before")
    clerk.key("F5")
    display.wait_active("通信エラー")
    clerk.key("Return")
    display.wait_active(LOOK_UP)
    clerk.key("F8", "Escape")
    display.wait_active(MENU)
    assert owner.poll() is None


def test_the_contents_of_an_application_are_copied_whole(clerk: Clerk, display: Display) -> None:
    open_look_up(clerk, display)
    clerk.key("Tab")
    display.type(TRAINEE)
    clerk.key("F5")
    receipt = display.copied("F8").split("\n")[-2].split("\t")[0]
    clerk.key("Tab")
    display.type(receipt)
    clerk.key("F2")
    display.wait_active(f"ひばり介護保険 - 申請内容 ({receipt})")
    lines = display.copied("F8").split("\n")
    assert lines[:9] == [
        f"受付番号\t{receipt}",
        "整理番号\t",
        "手続\t更新認定申請",
        f"宛名番号\t{TRAINEE}",
        "氏名\t研修　太郎",
        "申請日\tR08.04.01",
        "登録日時\t2026/04/01 10:00:00",
        "登録者\tclerk01",
        "［申請］",
    ]
    assert [line for line in lines if line.startswith("［")] == [
        "［申請］",
        "［被保険者］",
        "［前回認定］",
        "［医療保険］",
        "［主治医］",
        "［訪問調査］",
    ]
    clerk.key("Escape")
    display.wait_active(LOOK_UP)
    assert clerk.text_here() == receipt
    clerk.key("Escape")
    display.wait_active(MENU)


def test_an_unknown_receipt_number_is_said_so(clerk: Clerk, display: Display) -> None:
    open_look_up(clerk, display)
    clerk.key("shift+Tab")
    display.type("HB-2026-999999")
    clerk.key("F2")
    display.wait_active("申請照会")
    expected = box_text("申請照会", "該当するデータがありません。（受付番号：HB-2026-999999）")
    assert display.copied("ctrl+c") == expected
