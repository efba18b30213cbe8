"""Columns of the form after a disaster."""

from __future__ import annotations

from mock_core_ui.management.vendor_columns.shape import Group, Table

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
