"""Columns of the 児童手当 forms; its team wrote the certification first and took blocks of it over later."""

from __future__ import annotations

from mock_core_ui.management.vendor_columns.tables import Group, Table

_CHILD = {
    "child_name": "氏名",
    "child_kana": "氏名カナ",
    "child_birth": "生年月日",
    "child_rel": "続柄CD",
    "child_live": "同別居",
    "child_address": "別居住所",
    "child_kango": "監護",
    "child_seikei": "生計",
    "child_mynumber": "マイナンバー",
}

_ACCOUNT = {
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
}

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
        **_ACCOUNT,
    },
    {
        "children": Group(
            "児童",
            10,
            _CHILD,
        ),
        "older_children": Group(
            "算定対象",
            5,
            {"older_child_name": "氏名", "older_child_birth": "生年月日", "older_child_support": "監護相当"},
        ),
    },
)

_RECIPIENT = {
    "certificate_no": "認定番号",
    "claimant_name": "受給者漢字氏名",
    "claimant_kana": "受給者カナ氏名",
    "claimant_birth": "受給者生年月日",
    "claimant_postal": "受給者郵便番号",
    "claimant_address": "受給者住所",
    "claimant_katagaki": "受給者方書",
    "claimant_tel": "受給者電話番号",
    "claimant_mynumber": "受給者個人番号",
}

AMOUNT_CHANGE = Table(
    {"claim_date": "請求届出日", "change_kind": "改定区分CD", **_RECIPIENT, "claimant_pension": "年金種別CD"},
    {
        "children": Group(
            "児童",
            10,
            {"child_change": "増減CD", "change_date": "事由発生日", "change_reason": "改定事由CD", **_CHILD},
        )
    },
)

NAME_ADDRESS_CHANGE = Table(
    {
        "notify_date": "届出日",
        "subject": "変更者CD",
        **_RECIPIENT,
        "change_item": "変更事項CD",
        "change_date": "変更日",
        "old_name": "旧_漢字氏名",
        "new_name": "新_漢字氏名",
        "new_kana": "新_カナ氏名",
        "old_address": "旧_住所",
        "new_postal": "新_郵便番号",
        "new_address": "新_住所",
        "new_pension": "新_年金種別CD",
        "change_reason": "変更理由CD",
    },
    {"children": Group("対象児童", 10, {"child_name": "漢字氏名", "child_live": "変更後同別居CD"})},
)

EXTINCTION = Table(
    {
        "notify_date": "届出日",
        **_RECIPIENT,
        "extinct_date": "消滅日",
        "extinct_reason": "消滅理由CD",
        "extinct_reason_text": "消滅理由_その他内容",
        "new_address": "転出先住所",
        "employer": "公務員_勤務先",
    },
    {"children": Group("対象児童", 10, {"child_name": "漢字氏名", "child_birth": "生年月日"})},
)

UNPAID = Table(
    {
        "claim_date": "請求日",
        "deceased_name": "死亡者_氏名",
        "deceased_kana": "死亡者_氏名カナ",
        "deceased_birth": "死亡者_生年月日",
        "deceased_postal": "死亡者_郵便番号",
        "deceased_address": "死亡者_住所",
        "deceased_katagaki": "死亡者_方書",
        "death_date": "死亡者_死亡日",
        "claimant_name": "請求児童_氏名",
        "claimant_kana": "請求児童_氏名カナ",
        "claimant_birth": "請求児童_生年月日",
        "claimant_postal": "請求児童_郵便番号",
        "claimant_address": "請求児童_住所",
        "claimant_katagaki": "請求児童_方書",
        "claimant_tel": "請求児童_電話番号",
        "claimant_mynumber": "請求児童_マイナンバー",
        "claimant_rel": "請求児童_続柄CD",
        "guardian_name": "代理人_氏名",
        "guardian_tel": "代理人_電話番号",
        "unpaid_from": "未支払期間_自",
        "unpaid_to": "未支払期間_至",
        **_ACCOUNT,
    }
)

_ENTITLED = {
    "claimant_name": "申出者氏名",
    "claimant_kana": "申出者フリガナ",
    "claimant_birth": "申出者生年月日",
    "claimant_postal": "申出者〒",
    "claimant_address": "申出者住所1",
    "claimant_katagaki": "申出者住所2",
    "claimant_tel": "申出者連絡先",
    "certificate_no": "認定通知書番号",
}
"""受給資格者 on the forms of 申出, which another team took in later."""

DONATION = Table(
    {
        "notify_date": "申出日",
        **_ENTITLED,
        "donation_scope": "寄附区分",
        "pay_month": "寄附支払期",
        "donation_amount": "寄附額",
        "start_ym": "寄附開始期月",
        "end_ym": "寄附終了期月",
        "purpose_note": "使途希望",
    }
)

DONATION_CHANGE = Table(
    {
        "notify_date": "申出日",
        **_ENTITLED,
        "original_date": "元申出日",
        "change_kind": "変更区分",
        "old_amount": "変更前額",
        "new_scope": "変更後区分",
        "new_amount": "変更後額",
        "from_ym": "変更期月",
    }
)

_FEES = Group(
    "徴収",
    10,
    {
        "child_name": "児童名",
        "child_birth": "児童生年月日",
        "school": "学校名",
        "grade": "学年組",
        "fee_kind": "費用区分",
        "fee_scope": "額区分",
        "fee_limit": "上限額",
    },
)

SCHOOL_FEE = Table({"notify_date": "申出日", **_ENTITLED, "start_ym": "徴収開始期月"}, {"children": _FEES})

SCHOOL_FEE_CHANGE = Table(
    {"notify_date": "申出日", **_ENTITLED, "change_kind": "変更撤回区分", "from_ym": "変更期月"}, {"children": _FEES}
)

STATUS = Table(
    {
        "notify_date": "届出日",
        **_RECIPIENT,
        "claimant_addr_jan1": "受給者1月1日住所",
        "claimant_job": "受給者職業CD",
        "claimant_pension": "受給者年金CD",
        "capital_gain": "受給者譲渡所得有無",
        "spouse_exists": "配偶者有無",
        "spouse_name": "配偶者漢字氏名",
        "spouse_job": "配偶者職業CD",
        "spouse_jan1_area": "配偶者1月1日登録地CD",
    },
    {"children": Group("児童", 10, {**_CHILD, "study_abroad_ym": "留学出国年月"})},
)
