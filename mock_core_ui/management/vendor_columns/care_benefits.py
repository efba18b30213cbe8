"""Columns of the forms about 介護給付: another team than the one of 介護認定 named them."""

from __future__ import annotations

from mock_core_ui.management.vendor_columns.tables import Group, Table

_RECIPIENT = {
    "insured_no": "被保険者証番号",
    "insured_name": "対象者漢字氏名",
    "insured_kana": "対象者カナ氏名",
    "insured_birth": "対象者生年月日",
    "insured_sex": "対象者性別CD",
    "insured_postal": "対象者郵便番号",
    "insured_address": "対象者住所",
    "insured_katagaki": "対象者住所方書",
    "insured_tel": "対象者電話番号",
    "insured_mynumber": "対象者マイナンバー",
}
_FILER = {
    "applicant_kind": "申請人区分CD",
    "applicant_name": "申請人氏名",
    "applicant_rel": "申請人続柄",
    "applicant_address": "申請人住所",
    "applicant_tel": "申請人電話番号",
}
_PAYEE = {
    "payee_use_public_account": "公金口座利用FLG",
    "payee_bank_kind": "振込先種別CD",
    "payee_bank_name": "振込先金融機関名",
    "payee_bank_code": "振込先金融機関コード",
    "payee_branch_name": "振込先店舗名",
    "payee_branch_code": "振込先店舗コード",
    "payee_account_type": "振込先種目CD",
    "payee_account_no": "振込先口座番号",
    "payee_yucho_kigou": "振込先ゆうちょ記号",
    "payee_yucho_bangou": "振込先ゆうちょ番号",
    "payee_holder_kana": "振込先名義人カナ",
}

HIGH_COST = Table(
    {
        "apply_date": "申請日",
        **_RECIPIENT,
        **_FILER,
        "service_ym": "サービス利用年月",
        "consent_tax": "課税情報同意FLG",
        "heir_kind": "申請人資格CD",
        **_PAYEE,
    },
    {
        "members": Group(
            "同居者",
            6,
            {
                "member_name": "漢字氏名",
                "member_birth": "生年月日",
                "member_sex": "性別CD",
                "member_insured_no": "被保険者証番号",
            },
        )
    },
)

BURDEN_LIMIT = Table(
    {
        "apply_date": "申請日",
        **_RECIPIENT,
        "facility_kind": "施設種類CD",
        "facility_name": "施設名称",
        "facility_address": "施設所在地",
        "facility_tel": "施設電話番号",
        "admit_date": "施設入所日",
        "spouse_exists": "配偶者有無FLG",
        "spouse_name": "配偶者漢字氏名",
        "spouse_kana": "配偶者カナ氏名",
        "spouse_birth": "配偶者生年月日",
        "spouse_mynumber": "配偶者マイナンバー",
        "spouse_address": "配偶者住所",
        "spouse_addr_jan1": "配偶者1月1日住所",
        "spouse_tax": "配偶者課税CD",
        "income_class": "収入申告CD",
        "nontax_pension": "非課税年金種類CD",
        "pension_payer": "非課税年金保険者CD",
        "asset_deposit": "預貯金額",
        "asset_securities": "有価証券額",
        "asset_other": "その他資産額",
        "asset_under_limit": "資産基準内FLG",
        "consent": "金融機関照会同意FLG",
        **_FILER,
    }
)

EQUIPMENT = Table(
    {
        "apply_date": "申請日",
        **_RECIPIENT,
        "seller_office_no": "販売事業者番号",
        "need_reason": "福祉用具の必要理由",
        "past_purchase": "同種目購入有無FLG",
        "repurchase_reason": "再購入理由CD",
        "at_home": "購入時状況CD",
        "pay_method": "支給方法CD",
        "total_price": "購入金額合計",
        **_FILER,
        **_PAYEE,
    },
    {
        "items": Group(
            "用具",
            5,
            {
                "item_kind": "種目CD",
                "item_name": "商品名",
                "item_maker": "製造事業者名",
                "item_seller": "販売事業者名",
                "item_price": "購入金額",
                "item_date": "領収日",
            },
        )
    },
)

HOME_RENOVATION = Table(
    {
        "apply_date": "申請日",
        "stage": "事前事後CD",
        **_RECIPIENT,
        "owner_name": "住宅所有者氏名",
        "owner_rel": "住宅所有者続柄",
        "owner_address": "住宅所有者住所",
        "contractor": "施工業者名",
        "start_date": "着工日",
        "end_date": "完成日",
        "total_cost": "改修全費用額",
        "target_cost": "支給対象費用額",
        "pay_method": "支給方法CD",
        **_FILER,
        **_PAYEE,
    },
    {
        "works": Group(
            "改修",
            8,
            {"work_kind": "工事種別CD", "work_place": "箇所CD", "work_scale": "規模"},
        )
    },
)
