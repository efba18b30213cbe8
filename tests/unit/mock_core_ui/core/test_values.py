"""What a core keeps of a posted form, and what it refuses."""

from __future__ import annotations

import pytest

from mock_core_ui.core.catalogue import SCREENS
from mock_core_ui.core.catalogue.screen import Screen
from mock_core_ui.core.values import Values, application_date, errors_in, read
from tests.unit.mock_core_ui.core.samples import valid_values

REISSUE = SCREENS["ltci_burden_ratio_reissue"]
CHILDREN = SCREENS["child_allowance_certification"]
DISASTER = SCREENS["disaster_victim_certificate"]


def _read(screen: Screen, values: Values) -> Values:
    def posted(name: str) -> list[str]:
        held = values.get(name, "")
        return held if isinstance(held, list) else [held] if held else []

    return read(screen, posted)


def _errors(screen: Screen, **changes: str) -> list[str]:
    return errors_in(screen, _read(screen, {**valid_values(screen), **changes}))


def test_keeps_a_valid_form_as_it_is() -> None:
    for screen in SCREENS.values():
        assert _read(screen, valid_values(screen)) == valid_values(screen)


def test_cuts_too_long_text_without_a_word() -> None:
    values = _read(REISSUE, {**valid_values(REISSUE), "hihokensha_katagaki": "あ" * 41, "seiri_no": "1" * 21})
    assert values["hihokensha_katagaki"] == "あ" * 40
    assert values["seiri_no"] == "1" * 20
    assert errors_in(REISSUE, values) == []


def test_counts_a_line_break_once() -> None:
    values = _read(DISASTER, {**valid_values(DISASTER), "risai_jokyo": "あ\r\n" * 200})
    assert values["risai_jokyo"] == "あ\n" * 200


@pytest.mark.parametrize("text", ["𠮷田", "葛󠄀城", "–", "ゔ", "か\u3099"])
def test_refuses_characters_that_cp932_lacks(text: str) -> None:
    assert _errors(REISSUE, hihokensha_shimei=text) == ["被保険者 氏名に使用できない文字が含まれています。"]


@pytest.mark.parametrize("text", ["髙﨑　太郎", "①㈱Ⅳ", "～－"])
def test_takes_characters_that_cp932_has(text: str) -> None:
    assert _errors(REISSUE, hihokensha_shimei=text) == []


@pytest.mark.parametrize("text", ["シオミ ﾊﾅ", "ｼｵﾐ　ﾊﾅ", "しおみ"])
def test_half_width_kana_only(text: str) -> None:
    assert _errors(REISSUE, hihokensha_kana=text) == ["被保険者 氏名カナは半角カナで入力してください。"]


@pytest.mark.parametrize("text", ["ｼｵﾐ", "しおみ", "シオミ ハナ"])
def test_full_width_kana_only(text: str) -> None:
    assert _errors(CHILDREN, jido1_kana=text) == ["児童1 児童氏名フリガナは全角カタカナで入力してください。"]


@pytest.mark.parametrize("text", ["ｼｮｳｺ", "ｹｰｷ", "シオミ", "abc"])
def test_transfer_kana_only(text: str) -> None:
    assert _errors(CHILDREN, koza_meigi=text) == ["振込先口座 口座名義人カナに振込で使用できない文字があります。"]


def test_counts_digits() -> None:
    assert _errors(REISSUE, hihokensha_hiho_no="123") == ["被保険者 被保険者番号は10桁で入力してください。"]
    assert _errors(REISSUE, hihokensha_hiho_no="１２３") == ["被保険者 被保険者番号は半角数字で入力してください。"]


def test_dates_must_have_been() -> None:
    wrong = {
        "hihokensha_birth_g": "4",
        "hihokensha_birth_y": "31",
        "hihokensha_birth_m": "5",
        "hihokensha_birth_d": "1",
    }
    assert _errors(REISSUE, **wrong) == ["被保険者 生年月日の日付が正しくありません。"]
    assert _errors(REISSUE, hihokensha_birth_y="") == ["被保険者 生年月日の日付が正しくありません。"]


def test_split_fields_want_all_parts() -> None:
    assert _errors(REISSUE, hihokensha_tel_2="") == ["被保険者 電話番号は半角数字ですべての欄に入力してください。"]
    assert _errors(REISSUE, hihokensha_yubin_2="101") == ["被保険者 郵便番号の桁数が正しくありません。"]


def test_unknown_codes() -> None:
    assert _errors(REISSUE, saikofu_riyu="03") == ["再交付内容 再交付事由の値が不正です。"]


def test_lists_every_error_in_page_order() -> None:
    assert _errors(REISSUE, uketsuke_kubun="", hihokensha_shimei="", saikofu_kofu="") == [
        "受付情報 受付区分は必須です。",
        "被保険者 氏名は必須です。",
        "再交付内容 交付方法は必須です。",
    ]


def test_required_only_under_its_condition() -> None:
    assert _errors(REISSUE, todokede_kubun="01", todokede_shimei="") == []
    assert _errors(REISSUE, todokede_kubun="02", todokede_shimei="") == ["届出人 氏名は必須です。"]


def test_unused_rows_need_nothing_but_used_ones_do() -> None:
    assert _errors(CHILDREN, jido3_shimei="汐見　実")[0] == "児童3 児童氏名フリガナは必須です。"


def test_first_child_is_required() -> None:
    blank = {name: "" for name in valid_values(CHILDREN) if name.startswith("jido1_")}
    assert "児童1 児童氏名は必須です。" in _errors(CHILDREN, **blank)


def test_deleted_row_is_stored_empty() -> None:
    values = _read(CHILDREN, {**valid_values(CHILDREN, rows=2), "jido2_sakujo": "1", "jido2_kojin_no": "1"})
    assert {values[name] for name in values if name.startswith("jido2_")} == {""}
    assert errors_in(CHILDREN, values) == []


def test_application_date() -> None:
    assert application_date(REISSUE, valid_values(REISSUE)).isoformat() == "2026-11-05"
    with pytest.raises(ValueError):
        application_date(REISSUE, {})
