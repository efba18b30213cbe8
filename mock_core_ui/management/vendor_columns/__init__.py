"""The vendor's column names in the downloaded CSV, one table a procedure: national item key -> column.

The vendor named its columns long before the national item names, and each form's team did it in its own way.
"""

from __future__ import annotations

from dataclasses import dataclass, field

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


@dataclass(frozen=True, slots=True)
class Group:
    """A repeat group laid out flat: `prefix`1_…, `prefix`2_… up to `rows`, whatever the number of rows given."""

    prefix: str
    rows: int
    columns: dict[str, str]

    def column(self, row: int, item: str) -> str:
        """Column of an item in a row; rows count from 1."""
        return f"{self.prefix}{row}_{self.columns[item]}"


@dataclass(frozen=True, slots=True)
class Table:
    """All columns of one procedure, single items first, then the groups."""

    columns: dict[str, str]
    groups: dict[str, Group] = field(default_factory=dict)


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

CHILD_ALLOWANCE = Table(
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

PREGNANCY = Table(
    {
        "notify_date": "届出日",
        "mother_name": "妊婦_氏名",
        "mother_kana": "妊婦_フリガナ",
        "mother_birth": "妊婦_生年月日",
        "mother_postal": "妊婦_郵便番号",
        "mother_address": "妊婦_住所",
        "mother_katagaki": "妊婦_方書",
        "mother_tel": "妊婦_電話",
        "mother_mynumber": "妊婦_個人番号",
        "occupation": "職業",
        "household_head": "世帯主氏名",
        "weeks": "妊娠週数",
        "due_date": "分娩予定日",
        "multiple": "多胎区分",
        "clinic": "医療機関名",
        "doctor": "医師名",
        "std_check": "性病検診区分",
        "tb_check": "結核検診区分",
        "first_birth": "出産経験区分",
        "partner_name": "パートナー氏名",
        "interview_date": "面談希望日",
        "smoking": "喫煙区分",
    }
)

DOMICILE_EXCEPTION = Table(
    {"apply_date": "届出日", **_INSURED, "facility_name": "入所施設名", "moved_in": "入所年月日"}
)

TABLES: dict[str, Table] = {
    "J0001": CHILD_ALLOWANCE,
    "J0015": PREGNANCY,
    "K0016": LTCI_CERTIFICATION,
    "K0017": LTCI_RENEWAL,
    "K0018": LTCI_CARE_PLAN,
    "K0019": LTCI_CARD_REISSUE,
    "K0020": BURDEN_RATIO_REISSUE,
    "S0027": DISASTER_CERTIFICATE,
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
