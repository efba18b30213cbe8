"""Stops and their order, text boxes, combos and the office of an entry window, by keys alone."""

from __future__ import annotations

import pytest

from scripts.display import LIMIT_S
from tests.desktop.driver import CARE_PLAN, MENU, PICKER, REISSUE, RENEWAL, Clerk
from tests.desktop.test_log_in import box_text
from tests.desktop.x11 import Display

STOPS_OF_INSURED = 16
"""番号, カナ, 氏名, 元号 年 月 日, 性別, 個人番号, 郵便 2, 住所, 方書, 電話 3"""


def test_the_header_has_four_stops_of_which_the_last_can_be_changed(clerk: Clerk, display: Display) -> None:
    clerk.open(RENEWAL)
    clerk.key("ctrl+2", "ctrl+0")
    assert clerk.text_here() == "0099999901"
    display.type("x")  # read only
    assert clerk.text_after("Tab") == "研修　太郎"
    assert clerk.text_after("Tab") == "S25.04.01"
    clerk.key("Tab")
    display.type("abc")
    assert clerk.text_after("Tab") == "0099999901"
    assert clerk.text_after("shift+Tab") == "abc"


def test_tab_goes_round_the_stops_of_one_page_in_their_order(clerk: Clerk, display: Display) -> None:
    clerk.open(REISSUE)
    clerk.key("ctrl+2")
    clerk.type("1", "a", "2", "", "3", "4", "5", "", "6", "7", "8", "9", "10", "11", "12", "13")
    display.type("first")  # no digit, so refused: the first stop again
    assert clerk.text_here() == "1"
    order = [clerk.text_after("Tab") for at in range(1, STOPS_OF_INSURED) if at not in (3, 7) or clerk.key("Tab")]
    assert order[-1] == "13"


def test_ctrl_and_a_number_bring_up_a_page(clerk: Clerk, display: Display) -> None:
    clerk.open(REISSUE)
    clerk.key("ctrl+2")
    display.type("77")
    clerk.key("ctrl+4", "End", "ctrl+1", "ctrl+9", "ctrl+2")
    assert clerk.text_here() == "77"
    assert display.copied("ctrl+4", "ctrl+c") == "その他"


def test_a_selection_is_replaced_and_nothing_selected_copies_nothing(clerk: Clerk, display: Display) -> None:
    clerk.open(RENEWAL)
    clerk.key("ctrl+4", "Tab")
    assert display.pasted("国民健康保険") == "国民健康保険"
    assert display.pasted("後期高齢") == "後期高齢"
    clerk.key("Delete")
    display.type("abc")
    owner = display.put("untouched")
    clerk.key("ctrl+c", "Escape")
    display.wait_active("入力破棄")
    assert owner.poll() is None


def test_too_long_text_is_cut_without_a_word(clerk: Clerk, display: Display) -> None:
    clerk.open(RENEWAL)
    clerk.key("ctrl+2")
    display.type("123456789012")
    assert clerk.text_here() == "1234567890"
    clerk.key("Tab", "Tab")
    assert display.pasted("あ" * 45) == "あ" * 40
    clerk.key("Home", "Delete", "Delete", "Home")
    assert display.pasted("いろは") == "いろ" + "あ" * 38 or display.clipboard == "いろは"


@pytest.mark.parametrize(
    ("entered", "kept"),
    [
        ("青木 ﾊﾅｺ 2-15A", "青木 ハナコ ２-１５Ａ"),
        ("ｶﾞｷﾞﾊﾟ", "ガギパ"),
        ("髙橋　一郎", "髙橋　一郎"),
    ],
)
def test_leaving_a_wide_box_widens_letters_digits_and_kana(
    clerk: Clerk, display: Display, entered: str, kept: str
) -> None:
    clerk.open(RENEWAL)
    clerk.key("ctrl+2", "Tab", "Tab")
    assert display.pasted(entered) == entered
    assert clerk.text_after("Tab", "shift+Tab") == kept


def test_leaving_a_box_of_half_width_kana_halves_it(clerk: Clerk, display: Display) -> None:
    clerk.open(RENEWAL)
    clerk.key("ctrl+2", "Tab")
    assert display.pasted("ヴァン　ガーデン") == "ヴァン　ガーデン"
    assert clerk.text_after("Tab", "shift+Tab") == "ｳﾞｧﾝ ｶﾞｰﾃﾞﾝ"


def test_full_width_kana_refuses_anything_else(clerk: Clerk, display: Display) -> None:
    clerk.open(CARE_PLAN)
    clerk.key("ctrl+2", "Tab")
    assert display.pasted("ケンシュウ　タロウ") == "ケンシュウ　タロウ"
    assert display.pasted("研修") == "ケンシュウ　タロウ"
    assert display.pasted("ｹﾝｼｭｳ") == "ケンシュウ　タロウ"


def test_digits_are_taken_in_full_width_and_left_in_half(clerk: Clerk, display: Display) -> None:
    clerk.open(RENEWAL)
    clerk.key("ctrl+2")
    assert display.pasted("００１２３") == "００１２３"
    assert clerk.text_after("Tab", "shift+Tab") == "00123"
    assert display.pasted("12-34") == "00123"


def test_a_combo_changes_by_keys_and_copies_its_label(clerk: Clerk, display: Display) -> None:
    clerk.open(RENEWAL)
    clerk.key("ctrl+1")
    assert display.copied("Home", "ctrl+c") == "明治"
    assert display.copied("Down", "Down", "ctrl+c") == "昭和"
    assert display.copied("End", "ctrl+c") == "令和"
    assert display.copied("Up", "ctrl+c") == "平成"
    assert display.copied("Delete", "ctrl+c") == "平成"  # required: it cannot be emptied
    clerk.key("ctrl+4", "shift+Tab")
    assert display.copied("1", "ctrl+c") == "10 早老症"
    assert display.copied("1", "ctrl+c") == "11 多系統萎縮症"
    assert display.copied("0", "ctrl+c") == "01 がん末期"
    owner = display.put("untouched")
    clerk.key("Delete", "ctrl+c", "Escape")
    display.wait_active("入力破棄")
    assert owner.poll() is None


def test_closing_asks_only_when_something_was_entered(clerk: Clerk, display: Display) -> None:
    clerk.open(RENEWAL)
    clerk.key("ctrl+2")
    display.type("1")
    clerk.key("Escape")
    display.wait_active("入力破棄")
    asked = box_text("入力破棄", "入力内容を破棄します。よろしいですか。", "はい(Y)   いいえ(N)")
    assert display.copied("ctrl+c") == asked
    clerk.key("Return")  # いいえ is the default
    display.wait_active(RENEWAL)
    assert clerk.text_here() == "1"
    clerk.key("Escape")
    display.wait_active("入力破棄")
    clerk.key("alt+y")
    display.wait_active(MENU)
    assert display.titles() == [MENU]


def test_an_unknown_office_keeps_the_focus(clerk: Clerk, display: Display) -> None:
    clerk.open(CARE_PLAN)
    clerk.key("ctrl+3")
    display.type("9999999999")
    clerk.key("Tab")
    display.wait_active("入力エラー")
    assert display.copied("ctrl+c") == box_text("入力エラー", "事業所番号が正しくありません。")
    clerk.key("Return")
    display.wait_active(CARE_PLAN)
    assert display.copied("ctrl+c") == "9999999999"
    display.type("0070200123")  # over the selection
    clerk.key("Tab")
    display.type("123")
    assert clerk.text_after("shift+Tab") == "0070200123"


def test_the_office_is_chosen_from_a_list(clerk: Clerk, display: Display) -> None:
    clerk.open(CARE_PLAN)
    clerk.key("ctrl+3", "F4")
    display.wait_active(PICKER)
    clerk.key("Tab")
    assert display.pasted("ケアプランみな") == "ケアプランみな"
    clerk.key("F5")
    assert display.copied("F8") == (
        "事業所番号\t事業所名\t所在地\n"
        "0070200115\tケアプランみなも\t汐見原市内\n"
        "0070200131\tケアプランみなも東\t汐見原市十一番町8-2-2\n"
        "0070200149\tケアプランみなと\t汐見原市港町7-1-3\n"
        "検索結果 3件 （1／1頁）"
    )
    clerk.key("Down", "Down", "Up", "Return")
    display.wait_active(CARE_PLAN)
    assert clerk.text_here() == "0070200131"


def test_no_key_overtakes_a_paste(clerk: Clerk, display: Display) -> None:
    clerk.open(RENEWAL)
    clerk.key("ctrl+4", "Tab", "Tab")  # 記号, then 番号
    offered = display.put("abc")
    clerk.key("ctrl+v", "d", "Tab", "ctrl+v", "Home", "e", "ctrl+a", "ctrl+c")
    offered.wait(timeout=LIMIT_S)  # a copy was made, so the pastes before it are over
    assert display.clipboard == "eabc"
    assert clerk.text_after("shift+Tab") == "abcd"
