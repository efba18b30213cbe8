"""Columns of the four vehicle procedures, which come from the prefecture's side."""

from __future__ import annotations

from mock_core_ui.management.vendor_columns.tables import Table

_PLATE = {
    "plate_office": "登録番号_支局名",
    "plate_class": "登録番号_分類",
    "plate_kana": "登録番号_ひらがな",
    "plate_no": "登録番号_番号",
    "chassis_no": "車台番号",
}
_PEOPLE = {
    "taxpayer_name": "納税者_氏名等",
    "taxpayer_kana": "納税者_氏名等カナ",
    "taxpayer_birth": "納税者_生年月日",
    "taxpayer_postal": "納税者_郵便番号",
    "taxpayer_address": "納税者_所在",
    "taxpayer_katagaki": "納税者_所在_建物",
    "taxpayer_tel": "納税者_電話",
    "taxpayer_mynumber": "納税者_個人番号",
    "owner_name": "所有者_氏名等",
    "owner_address": "所有者_所在",
    "user_name": "使用者_氏名等",
    "user_address": "使用者_所在",
    "ownership_form": "所有形態区分",
}
_CAR = {
    "garage_place": "定置場",
    "use_kind": "用途区分",
    "car_name": "自動車_車名",
    "model": "自動車_型式",
    "first_reg": "自動車_初度登録",
    "fuel": "自動車_燃料区分",
    "displacement": "自動車_総排気量",
    "seats": "自動車_乗車定員",
}

ENV_TAX = Table(
    {
        "report_date": "申告年月日",
        "report_kind": "申告事由区分",
        **_PLATE,
        **_PEOPLE,
        **_CAR,
        "acquire_cause": "取得_原因区分",
        "acquire_date": "取得_年月日",
        "acquire_price": "取得_価額",
        "accessory": "取得_付加物価額",
        "tax_rate": "税率区分",
        "env_tax": "税額_環境性能割",
        "type_tax": "税額_種別割",
        "total_tax": "税額_合計",
    }
)

REPORT = Table(
    {
        "report_date": "申告年月日",
        "report_kind": "申告事由区分",
        **_PLATE,
        **_PEOPLE,
        **_CAR,
        "change_date": "異動年月日",
        "old_owner_name": "旧所有者_氏名等",
        "old_owner_address": "旧所有者_所在",
        "old_plate": "旧登録番号",
        "reporter_name": "申告者名",
    }
)

ADDRESS = Table(
    {
        "notify_date": "届出年月日",
        **_PLATE,
        "taxpayer_name": "納税者_氏名等",
        "taxpayer_kana": "納税者_氏名等カナ",
        "old_postal": "旧住所_郵便番号",
        "old_address": "旧住所",
        "new_postal": "新住所_郵便番号",
        "new_address": "新住所",
        "new_katagaki": "新住所_建物",
        "moved_date": "転居年月日",
        "tel": "納税者_電話",
        "reg_plan": "変更登録区分",
    }
)

PARKING = Table(
    {
        "apply_date": "申請年月日",
        "police": "提出先",
        "car_name": "自動車_車名",
        "model": "自動車_型式",
        "chassis_no": "車台番号",
        "length_cm": "自動車_長さ",
        "width_cm": "自動車_幅",
        "height_cm": "自動車_高さ",
        "base_address": "使用本拠位置",
        "park_address": "保管場所位置",
        "park_slot": "保管場所区画",
        "label_no": "保管場所標章番号",
        "applicant_name": "申請者_氏名",
        "applicant_kana": "申請者_氏名カナ",
        "applicant_postal": "申請者_郵便番号",
        "applicant_address": "申請者_所在",
        "applicant_katagaki": "申請者_所在_建物",
        "applicant_tel": "申請者_電話",
        "land_right": "使用権原区分",
        "apply_kind": "新規代替区分",
        "old_plate": "代替車登録番号",
        "contact_name": "連絡先_氏名",
        "contact_tel": "連絡先_電話",
    }
)
