"""The vendor's column names in the downloaded CSV, one table a procedure: national item key -> column.

The vendor named its columns long before the national item names, and each form's team did it in its own way.
"""

from __future__ import annotations

from mock_core_ui.management.vendor_columns import care_benefits, child_allowance, childcare, vehicles
from mock_core_ui.management.vendor_columns.tables import Group, Table

ENVELOPE = {
    "receipt_no": "受付番号",
    "procedure_code": "手続コード",
    "procedure_name": "手続名",
    "form_version": "様式版",
    "received_at": "申請日時",
    "atena_no": "宛名番号",
    "signature_result": "署名検証結果",
    "revision": "版",
}
"""Columns that every package begins with."""


_INSURED = {
    "insured_no": "被保険者番号",
    "insured_name": "被保険者_氏名",
    "insured_kana": "被保険者_氏名カナ",
    "insured_birth": "被保険者_生年月日",
    "insured_sex": "被保険者_性別区分",
    "insured_postal": "被保険者_郵便番号",
    "insured_address": "被保険者_住所",
    "insured_katagaki": "被保険者_方書",
    "insured_tel": "被保険者_電話番号",
    "insured_mynumber": "被保険者_個人番号",
}
_FILER = {
    "applicant_kind": "申請者区分",
    "applicant_name": "申請者_氏名",
    "applicant_rel": "申請者_本人との関係",
    "applicant_address": "申請者_住所",
    "applicant_tel": "申請者_電話番号",
}

BURDEN_RATIO_REISSUE = Table(
    {
        "apply_date": "申請年月日",
        **_INSURED,
        **_FILER,
        "reason": "再交付理由区分",
        "reason_text": "再交付理由_その他",
        "delivery": "交付方法区分",
    }
)

_AGENT = {
    "agent_kind": "提出代行者_種別区分",
    "agent_office_no": "提出代行者_事業所番号",
    "agent_name": "提出代行者_名称",
}
_EXAMINATION = {
    "ins_name": "医療保険_保険者名",
    "ins_no": "医療保険_保険者番号",
    "ins_symbol": "医療保険_記号",
    "ins_number": "医療保険_番号",
    "ins_branch": "医療保険_枝番",
    "disease": "特定疾病コード",
    "doc_name": "主治医_氏名",
    "doc_clinic": "主治医_医療機関名",
    "doc_dept": "主治医_診療科名",
    "doc_address": "主治医_医療機関所在地",
    "doc_tel": "主治医_医療機関電話番号",
    "doc_last_visit": "主治医_最終受診日",
    "stay": "居所区分",
    "stay_name": "居所_施設名",
    "stay_from": "居所_入所入院日",
    "visit_contact": "訪問調査_連絡先氏名",
    "visit_tel": "訪問調査_連絡先電話番号",
    "consent": "情報提供同意フラグ",
}

LTCI_CERTIFICATION = Table(
    {
        "apply_date": "申請年月日",
        "apply_kind": "認定申請区分",
        **_INSURED,
        **_FILER,
        **_AGENT,
        **_EXAMINATION,
    }
)

LTCI_RENEWAL = Table(
    {
        "apply_date": "申請年月日",
        **_INSURED,
        **_FILER,
        **_AGENT,
        "prev_class": "前回認定_要介護状態区分",
        "prev_from": "前回認定_有効期間開始日",
        "prev_to": "前回認定_有効期間終了日",
        **_EXAMINATION,
    }
)

LTCI_CATEGORY_CHANGE = Table(
    {
        "apply_date": "申請年月日",
        **_INSURED,
        **_FILER,
        **_AGENT,
        "prev_class": "現認定_要介護状態区分",
        "prev_from": "現認定_有効期間開始日",
        "prev_to": "現認定_有効期間終了日",
        "change_reason": "区分変更_理由区分",
        "change_reason_text": "区分変更_具体的内容",
        **_EXAMINATION,
    }
)

LTCI_AFTER_MOVE = Table(
    {
        "apply_date": "申請年月日",
        **_INSURED,
        **_FILER,
        **_AGENT,
        "move_in_date": "転入年月日",
        "prev_municipality": "前住所地_市町村名",
        "prev_insurer_no": "前住所地_保険者番号",
        "prev_address": "前住所地_住所",
        "cert_no": "受給資格証明書_有無区分",
        "prev_class": "前住所地_要介護状態区分",
        "prev_from": "前住所地_認定有効期間開始日",
        "prev_to": "前住所地_認定有効期間終了日",
        **{item: column for item, column in _EXAMINATION.items() if item.startswith("ins_") or item == "disease"},
    }
)

LTCI_CARE_PLAN = Table(
    {
        "notify_date": "届出年月日",
        "kind": "届出区分",
        "plan_kind": "計画種別区分",
        **_INSURED,
        "office_no": "事業所_番号",
        "office_name": "事業所_名称",
        "office_postal": "事業所_郵便番号",
        "office_address": "事業所_所在地",
        "office_tel": "事業所_電話番号",
        "care_manager": "事業所_担当者氏名",
        "start_date": "適用開始年月日",
        "change_date": "変更年月日",
        "change_reason": "変更事由",
        "same_month_use": "同月利用_有無",
        "same_month_service": "同月利用_サービス名",
        "consent": "情報提供同意フラグ",
    }
)

LTCI_CARD_REISSUE = Table(
    {
        "apply_date": "申請年月日",
        **_INSURED,
        **_FILER,
        "cards": "再交付証区分",
        "reason": "再交付理由区分",
        "reason_text": "再交付理由_その他",
        "ins_name": "医療保険_保険者名",
        "delivery": "受取方法区分",
    }
)

DISASTER_CERTIFICATE = Table(
    {
        "apply_date": "申請日",
        "applicant_name": "申請者氏名",
        "applicant_kana": "申請者氏名_フリガナ",
        "applicant_birth": "申請者生年月日",
        "applicant_postal": "申請者郵便番号",
        "applicant_address": "申請者住所",
        "applicant_katagaki": "申請者住所_建物等",
        "applicant_tel": "申請者電話",
        "applicant_mynumber": "申請者個人番号",
        "applicant_rel": "罹災者との関係コード",
        "contact_address": "避難先等連絡先",
        "head_name": "世帯主氏名",
        "disaster_name": "罹災原因名称",
        "disaster_cause": "罹災原因コード",
        "disaster_date": "罹災日",
        "damage_address": "罹災場所",
        "building_name": "罹災場所_建物等",
        "ownership": "所有区分コード",
        "building_use": "建物用途コード",
        "owner_name": "所有者氏名",
        "damage_detail": "被害状況",
        "flood": "浸水区分コード",
        "self_judge": "自己判定希望",
        "purpose": "使用目的コード",
        "copies": "必要部数",
        "survey_contact": "立会連絡先電話",
    },
    {
        "members": Group(
            "世帯員",
            10,
            {"member_name": "氏名", "member_rel": "続柄", "member_birth": "生年月日", "member_age": "年齢"},
        )
    },
)

DOMICILE_EXCEPTION = Table(
    {"apply_date": "届出日", **_INSURED, "facility_name": "入所施設名", "moved_in": "入所年月日"}
)

TABLES: dict[str, Table] = {
    "J0001": child_allowance.CERTIFICATION,
    "J0002": child_allowance.AMOUNT_CHANGE,
    "J0003": child_allowance.NAME_ADDRESS_CHANGE,
    "J0004": child_allowance.EXTINCTION,
    "J0005": child_allowance.UNPAID,
    "J0006": child_allowance.DONATION,
    "J0007": child_allowance.DONATION_CHANGE,
    "J0008": child_allowance.SCHOOL_FEE,
    "J0009": child_allowance.SCHOOL_FEE_CHANGE,
    "J0010": child_allowance.STATUS,
    "J0011": childcare.CERTIFICATION,
    "J0012": childcare.NURSERY,
    "J0013": childcare.STATUS,
    "J0014": childcare.REARING_STATUS,
    "J0015": childcare.PREGNANCY,
    "K0016": LTCI_CERTIFICATION,
    "K0017": LTCI_RENEWAL,
    "K0018": LTCI_CARE_PLAN,
    "K0019": LTCI_CARD_REISSUE,
    "K0020": BURDEN_RATIO_REISSUE,
    "K0021": LTCI_CATEGORY_CHANGE,
    "K0022": care_benefits.HIGH_COST,
    "K0023": care_benefits.BURDEN_LIMIT,
    "K0024": care_benefits.EQUIPMENT,
    "K0025": care_benefits.HOME_RENOVATION,
    "K0026": LTCI_AFTER_MOVE,
    "S0027": DISASTER_CERTIFICATE,
    "V0028": vehicles.ENV_TAX,
    "V0029": vehicles.REPORT,
    "V0030": vehicles.ADDRESS,
    "V0031": vehicles.PARKING,
    "K0099": DOMICILE_EXCEPTION,
}
"""手続コード -> columns."""


def all_columns(table: Table) -> list[tuple[str, str]]:
    """Every column after the envelope in the order of the file, with its item (`group.row.item` in groups)."""
    columns = [(column, item) for item, column in table.columns.items()]
    for key, group in table.groups.items():
        columns += [
            (group.column(row, item), f"{key}.{row}.{item}")
            for row in range(1, group.rows + 1)
            for item in group.columns
        ]
    return columns
