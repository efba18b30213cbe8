"""Columns of nurseries, child rearing allowance and pregnancy: one team's forms, with blocks that they share."""

from __future__ import annotations

from mock_core_ui.management.vendor_columns.tables import Group, Table

_GUARDIAN = {
    "guardian_name": "保護者氏名",
    "guardian_kana": "保護者氏名カナ",
    "guardian_birth": "保護者生年月日",
    "guardian_postal": "保護者_〒",
    "guardian_address": "保護者_現住所",
    "guardian_katagaki": "保護者_現住所_建物",
    "guardian_tel": "保護者_TEL",
    "guardian_mynumber": "保護者_マイナンバー",
}
_CHILD = {
    "child_name": "入所児童氏名",
    "child_kana": "入所児童氏名カナ",
    "child_birth": "入所児童生年月日",
    "child_sex": "入所児童性別CD",
}


def _parent(prefix: str, written: str) -> dict[str, str]:
    return {
        f"{prefix}_name": f"{written}_氏名",
        f"{prefix}_kana": f"{written}_氏名カナ",
        f"{prefix}_birth": f"{written}_生年月日",
        f"{prefix}_mynumber": f"{written}_マイナンバー",
        f"{prefix}_reason": f"{written}_保育必要事由CD",
        f"{prefix}_employer": f"{written}_就労先",
        f"{prefix}_work_days": f"{written}_週就労日数",
        f"{prefix}_work_time": f"{written}_就労時間",
        f"{prefix}_tel": f"{written}_日中連絡先",
    }


_PARENTS = {**_parent("father", "父"), **_parent("mother", "母")}
_MEMBERS = Group(
    "同居者",
    10,
    {
        "member_name": "氏名",
        "member_rel": "続柄CD",
        "member_birth": "生年月日",
        "member_occupation": "職業学校",
    },
)

CERTIFICATION = Table(
    {
        "apply_date": "申請日",
        "apply_kind": "認定申請区分CD",
        **_GUARDIAN,
        **_CHILD,
        "child_mynumber": "入所児童マイナンバー",
        "child_disability": "入所児童手帳有無",
        "hoiku_wish": "保育希望有無",
        "cert_class": "認定区分CD",
        "need_hours": "必要量CD",
        "use_from": "利用期間_開始",
        "use_to": "利用期間_終了",
        **_PARENTS,
        "welfare": "生活保護有無",
        "tax_addr_jan1": "課税地住所",
        "consent_tax": "税情報同意",
    },
    {"members": _MEMBERS},
)

NURSERY = Table(
    {
        "apply_date": "申込日",
        **_GUARDIAN,
        **_CHILD,
        "child_mynumber": "入所児童マイナンバー",
        "child_disability": "入所児童手帳有無",
        "use_from": "利用期間_開始",
        "use_to": "利用期間_終了",
        "use_days": "利用曜日CD",
        "use_time_from": "利用時間_開始",
        "use_time_to": "利用時間_終了",
        "sibling_apply": "兄弟同時申込有無",
        "sibling_policy": "兄弟入所希望CD",
        "current_care": "現在保育状況CD",
        "allergy": "健康状況備考",
        **_PARENTS,
        "consent": "利用調整同意",
    },
    {
        "wishes": Group(
            "希望園",
            10,
            {
                "wish_order": "順位",
                "wish_facility": "施設名",
                "wish_facility_code": "施設CD",
                "wish_reason": "理由",
            },
        ),
        "members": _MEMBERS,
    },
)

STATUS = Table(
    {
        "notify_date": "届出日",
        "cert_no": "認定証番号",
        **_GUARDIAN,
        **_CHILD,
        "facility": "在園施設名",
        "continue_wish": "継続希望有無",
        "change_flag": "変更有無",
        "change_detail": "変更内容",
        **_PARENTS,
    },
    {"members": _MEMBERS},
)

REARING_STATUS = Table(
    {
        "notify_date": "届出日",
        "certificate_no": "児扶証書番号",
        "claimant_name": "受給者氏名",
        "claimant_kana": "受給者氏名カナ",
        "claimant_birth": "受給者生年月日",
        "claimant_postal": "受給者_〒",
        "claimant_address": "受給者_現住所",
        "claimant_katagaki": "受給者_現住所_建物",
        "claimant_tel": "受給者_TEL",
        "claimant_mynumber": "受給者_マイナンバー",
        "occupation": "受給者_職業勤務先",
        "pension": "公的年金受給CD",
        "pension_kind": "公的年金種類記号番号",
        "support_claimant": "養育費_受給者分",
        "support_child": "養育費_児童分",
        "dependents": "扶養人数",
        "income": "前年所得",
        "house": "住居CD",
    },
    {
        "children": Group(
            "対象児童",
            10,
            {
                "child_name": "氏名",
                "child_birth": "生年月日",
                "child_rel": "続柄CD",
                "child_live": "同別居CD",
                "child_reason": "支給事由CD",
            },
        ),
        "supporters": Group(
            "扶養義務者",
            6,
            {
                "supporter_name": "氏名",
                "supporter_rel": "続柄",
                "supporter_mynumber": "マイナンバー",
            },
        ),
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
