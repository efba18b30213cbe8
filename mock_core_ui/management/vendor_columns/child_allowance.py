"""Columns of the 児童手当 forms; its team wrote the certification first and took blocks of it over later."""

from __future__ import annotations

from mock_core_ui.management.vendor_columns.tables import Group, Table

CERTIFICATION = Table(
    {
        "claim_date": "請求日",
        "claimant_name": "請求者_氏名(漢字)",
        "claimant_kana": "請求者_氏名(カナ)",
        "claimant_birth": "請求者_生年月日",
        "claimant_sex": "請求者_性別",
        "claimant_postal": "請求者_住所_郵便番号",
        "claimant_address": "請求者_住所",
        "claimant_katagaki": "請求者_住所_方書",
        "claimant_tel": "請求者_連絡先TEL",
        "claimant_mynumber": "請求者_マイナンバー",
        "claimant_addr_jan1": "請求者_1月1日住所",
        "claimant_job": "請求者_職業CD",
        "claimant_employer": "請求者_勤務先",
        "claimant_pension": "請求者_年金種別CD",
        "spouse_exists": "配偶者_有無",
        "spouse_name": "配偶者_氏名(漢字)",
        "spouse_kana": "配偶者_氏名(カナ)",
        "spouse_birth": "配偶者_生年月日",
        "spouse_mynumber": "配偶者_マイナンバー",
        "spouse_job": "配偶者_職業CD",
        "spouse_address": "配偶者_別居住所",
        "payee_use_public_account": "公金受取口座利用",
        "payee_bank_kind": "口座_金融機関種別",
        "payee_bank_name": "口座_金融機関名",
        "payee_bank_code": "口座_金融機関CD",
        "payee_branch_name": "口座_支店名",
        "payee_branch_code": "口座_支店CD",
        "payee_account_type": "口座_預金種目",
        "payee_account_no": "口座_番号",
        "payee_yucho_kigou": "口座_ゆうちょ記号",
        "payee_yucho_bangou": "口座_ゆうちょ番号",
        "payee_holder_kana": "口座_名義カナ",
    },
    {
        "children": Group(
            "児童",
            10,
            {
                "child_name": "氏名",
                "child_kana": "氏名カナ",
                "child_birth": "生年月日",
                "child_rel": "続柄CD",
                "child_live": "同別居",
                "child_address": "別居住所",
                "child_kango": "監護",
                "child_seikei": "生計",
                "child_mynumber": "マイナンバー",
            },
        ),
        "older_children": Group(
            "算定対象",
            5,
            {"older_child_name": "氏名", "older_child_birth": "生年月日", "older_child_support": "監護相当"},
        ),
    },
)
