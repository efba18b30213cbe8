"""From the menu to a stored record, with the server's commit log as the truth: values, questions, one request."""

from __future__ import annotations

from tests.desktop.driver import COMPLETE, LOG_IN, MENU, REISSUE, Clerk, Core
from tests.desktop.test_log_in import box_text
from tests.desktop.x11 import Display

QUESTION = "登録確認"


def fill(clerk: Clerk, reference: str) -> None:
    """A complete entry of a reissue, every stop in its order."""
    clerk.key("ctrl+0", "Tab", "Tab", "Tab")
    clerk.type(reference)
    clerk.key("ctrl+1")
    clerk.choose("End")
    clerk.type("8", "11", "05")
    clerk.choose("Home", "Down", "Down", "Down")  # 電子
    clerk.choose("Home", "Down")  # 家族・親族
    clerk.paste("研修　次郎")
    clerk.paste("長男")
    clerk.paste("汐見原市中央一丁目２番")
    clerk.type("0123", "45", "6789")
    clerk.key("ctrl+2")
    clerk.type("0099999901")
    clerk.paste("ｹﾝｼｭｳ ﾀﾛｳ")
    clerk.paste("研修　太郎")
    clerk.choose("Home", "Down", "Down")  # 昭和
    clerk.type("25", "4", "1")
    clerk.choose("Home")  # 男
    clerk.type("999999999902", "000", "0001")
    clerk.paste("汐見原市中央一丁目１番１号")
    clerk.type("", "0000", "00", "0000")
    clerk.key("ctrl+3")
    clerk.choose("Home")
    clerk.type("1")
    clerk.choose("Home", "Down", "Down", "Down")
    clerk.type("2")
    clerk.key("ctrl+4")
    clerk.choose("End")  # その他
    clerk.paste("水ぬれ")
    clerk.choose()
    clerk.choose("End")  # 窓口


EXPECTED = {
    "shinsei_shinseibi_g": "05",
    "shinsei_shinseibi_y": "8",
    "shinsei_shinseibi_m": "11",
    "shinsei_shinseibi_d": "05",
    "shinsei_hoho": "90",
    "shinsei_moshide": "K",
    "shinsei_moshide_nm": "研修　次郎",
    "shinsei_kankei": "長男",
    "shinsei_moshide_jusho": "汐見原市中央一丁目２番",
    "shinsei_moshide_tel_1": "0123",
    "shinsei_moshide_tel_2": "45",
    "shinsei_moshide_tel_3": "6789",
    "hiho_hiho_no": "0099999901",
    "hiho_kana": "ｹﾝｼｭｳ ﾀﾛｳ",
    "hiho_shimei": "研修　太郎",
    "hiho_birth_g": "03",
    "hiho_birth_y": "25",
    "hiho_birth_m": "4",
    "hiho_birth_d": "1",
    "hiho_seibetsu": "M",
    "hiho_kojin_no": "999999999902",
    "hiho_yubin_1": "000",
    "hiho_yubin_2": "0001",
    "hiho_jusho": "汐見原市中央一丁目１番１号",
    "hiho_katagaki": "",
    "hiho_tel_1": "0000",
    "hiho_tel_2": "00",
    "hiho_tel_3": "0000",
    "shomei1_shubetsu": "21",
    "shomei1_maisu": "1",
    "shomei2_shubetsu": "31",
    "shomei2_maisu": "2",
    "saikofu_riyu": "Z9",
    "saikofu_riyu_text": "水ぬれ",
    "saikofu_hokensha_nm": "",
    "saikofu_kofu": "W",
}


def test_a_registration_stores_every_stop_under_its_name_and_once(clerk: Clerk, core: Core, display: Display) -> None:
    before = core.commits()
    person, name = core.stranger()
    clerk.open(REISSUE, person)
    fill(clerk, "2026-K0019-1")
    clerk.key("F12")
    display.wait_active(QUESTION)
    assert display.copied("ctrl+c") == box_text(QUESTION, "登録します。よろしいですか。", "はい(Y)   いいえ(N)")
    clerk.key("n")
    display.wait_active(REISSUE)
    assert core.commits() == before
    clerk.key("F12")
    display.wait_active(QUESTION)
    clerk.key("Return")  # いいえ is the default
    display.wait_active(REISSUE)
    clerk.key("F12")
    display.wait_active(QUESTION)
    clerk.key("y", "y", "F12")  # what comes after the one はい goes to the completion, which does not know it
    display.wait_active(COMPLETE)
    [made] = core.commits()[len(before) :]
    assert {name: text for name, text in made["values"].items() if text or name in EXPECTED} == {
        **EXPECTED,
        "seiri_no": "2026-K0019-1",
    }
    assert (made["operator"], made["atena_no"], made["reference"]) == ("bridge01", person, "2026-K0019-1")
    shown = [clerk.text_here(), *(clerk.text_after("Tab") for _ in range(4))]
    assert shown == [made["core_receipt_no"], person, name, "R08.11.05", "2026-K0019-1"]
    assert clerk.text_after("Tab") == made["core_receipt_no"]
    clerk.key("Return")
    display.wait_active(MENU)
    assert display.titles() == [MENU]


def test_an_application_of_the_same_person_is_asked_about_first(clerk: Clerk, core: Core, display: Display) -> None:
    person, _ = core.stranger()
    clerk.open(REISSUE, person)
    fill(clerk, "A-1")
    clerk.key("F12")
    display.wait_active(QUESTION)
    clerk.key("y")
    display.wait_active(COMPLETE)
    clerk.key("Escape")
    clerk.open(REISSUE, person)
    fill(clerk, "A-2")
    clerk.key("F12")
    display.wait_active("確認")
    question = "同一人の申請があります。登録を続けますか。"
    assert display.copied("ctrl+c") == box_text("確認", question, "はい(Y)   いいえ(N)")
    clerk.key("Escape")
    display.wait_active(REISSUE)
    clerk.key("F12")
    display.wait_active("確認")
    clerk.key("alt+y")
    display.wait_active(QUESTION)
    clerk.key("y")
    display.wait_active(COMPLETE)
    assert [row["reference"] for row in core.commits()[-2:]] == ["A-1", "A-2"]


def test_errors_are_listed_one_a_line_and_the_entry_stays(clerk: Clerk, core: Core, display: Display) -> None:
    before = core.commits()
    clerk.open(REISSUE)
    fill(clerk, "E-1")
    clerk.key("ctrl+2", "ctrl+a", "Delete")
    display.type("123")
    clerk.key("ctrl+4", "Tab", "ctrl+a", "Delete", "F12")
    display.wait_active("入力エラー")
    lines = "被保険者 被保険者番号は10桁で入力してください。\n再交付 理由の詳細は必須です。"
    assert display.copied("ctrl+c") == box_text("入力エラー", lines)
    clerk.key("space")
    display.wait_active(REISSUE)
    assert clerk.text_after("ctrl+2") == "123"
    assert core.commits() == before


def test_an_answer_that_was_lost_is_not_asked_for_again(clerk: Clerk, core: Core, display: Display) -> None:
    before = core.commits()
    clerk.open(REISSUE, core.stranger()[0])
    fill(clerk, "L-1")
    core.faults({"fault": "commit_then_drop"})
    clerk.key("F12")
    display.wait_active(QUESTION)
    clerk.key("y")
    display.wait_active("通信エラー")
    assert display.copied("ctrl+c") == box_text("通信エラー", "サーバーと通信できません。")
    clerk.key("Return")
    display.wait_active(REISSUE)
    assert [row["reference"] for row in core.commits()[len(before) :]] == ["L-1"]


def test_a_lost_session_leads_back_to_the_log_in(clerk: Clerk, core: Core, display: Display) -> None:
    before = core.commits()
    clerk.open(REISSUE, core.stranger()[0])
    fill(clerk, "S-1")
    core.faults({"fault": "expired_before_submit"})
    clerk.key("F12")
    display.wait_active(QUESTION)
    clerk.key("y")
    display.wait_active("セッションエラー")
    clerk.key("Return")
    display.wait_active(LOG_IN)
    assert display.titles() == [LOG_IN]
    clerk.log_in()
    display.wait_active(MENU)
    assert core.commits() == before
