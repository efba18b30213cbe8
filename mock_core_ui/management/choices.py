"""What the codes of single-choice items mean on the application's page; the CSV carries the bare codes."""

from __future__ import annotations

from mock_core_ui.management.family_choices import FAMILY, OF_ONE_FORM, VEHICLES

_SEX = {"1": "男", "2": "女"}
_YES = {"1": "有", "0": "無"}
_FLAG = {"1": "はい", "0": "いいえ"}
_JOB = {"1": "会社員等（被用者）", "2": "公務員", "3": "自営業等（被用者でない）", "4": "無職・その他"}

CHOICES: dict[str, dict[str, str]] = {
    "signature_result": {"1": "正常", "2": "失効", "3": "検証不能", "4": "署名なし"},
    "claimant_sex": _SEX,
    "insured_sex": _SEX,
    "claimant_job": _JOB,
    "spouse_job": _JOB,
    "claimant_pension": {
        "1": "厚生年金保険",
        "2": "国民年金",
        "3": "国家公務員共済",
        "4": "地方公務員等共済",
        "5": "私立学校教職員共済",
        "6": "加入していない",
        "7": "その他",
    },
    "spouse_exists": _YES,
    "child_rel": {"1": "子", "2": "養子", "3": "孫", "4": "甥・姪", "5": "兄弟姉妹", "6": "その他"},
    "child_live": {"1": "同居", "2": "別居"},
    "child_kango": _YES,
    "child_seikei": {"1": "同一", "2": "維持"},
    "older_child_support": _YES,
    "payee_use_public_account": _FLAG,
    "payee_bank_kind": {"1": "銀行等", "2": "ゆうちょ銀行"},
    "payee_account_type": {"1": "普通", "2": "当座", "3": "その他"},
    "apply_kind": {"1": "新規", "2": "要支援者の要介護新規"},
    "applicant_kind": {"1": "本人", "2": "家族", "3": "代理人（成年後見人等）", "4": "提出代行者"},
    "agent_kind": {
        "1": "地域包括支援センター",
        "2": "居宅介護支援事業者",
        "3": "介護老人福祉施設",
        "4": "介護老人保健施設",
        "5": "介護医療院",
    },
    "prev_class": {
        "11": "要支援１",
        "12": "要支援２",
        "21": "要介護１",
        "22": "要介護２",
        "23": "要介護３",
        "24": "要介護４",
        "25": "要介護５",
    },
    "kind": {"1": "新規", "2": "変更"},
    "plan_kind": {
        "1": "居宅サービス計画",
        "2": "介護予防サービス計画",
        "3": "介護予防ケアマネジメント",
        "4": "小規模多機能型居宅介護",
        "5": "看護小規模多機能型居宅介護",
    },
    "same_month_use": _YES,
    "stay": {"1": "住所と同じ", "2": "入院中", "3": "入所中", "4": "その他（家族宅等）"},
    "consent": _FLAG,
    "reason": {"1": "紛失・焼失", "2": "破損・汚損", "3": "その他"},
    "delivery": {"1": "郵送（住民票住所）", "2": "郵送（送付先登録）", "3": "窓口"},
    "disaster_cause": {
        "1": "地震",
        "2": "津波",
        "3": "暴風・竜巻",
        "4": "豪雨・洪水",
        "5": "土砂災害",
        "6": "豪雪",
        "7": "高潮",
        "8": "その他",
    },
    "ownership": {"1": "持家", "2": "借家", "3": "貸家", "4": "その他"},
    "building_use": {"1": "住家", "2": "非住家"},
    "flood": {"1": "浸水なし", "2": "床下浸水", "3": "床上浸水"},
    "self_judge": _FLAG,
    **FAMILY,
    **VEHICLES,
}
_OF_ONE_PROCEDURE: dict[tuple[str, str], dict[str, str]] = {
    ("S0027", "applicant_rel"): {"1": "本人", "2": "同一世帯員", "3": "代理人", "4": "法人"},
    ("K0019", "delivery"): {"1": "郵送", "2": "窓口"},
    **OF_ONE_FORM,
}
"""手続コード and item -> meanings, where an item of another procedure has the same key."""


def meaning(procedure_code: str, item: str, code: str) -> str:
    """The words for a code, or '' when the item is no choice or the code is unknown."""
    own = _OF_ONE_PROCEDURE.get((procedure_code, item))
    return (own or CHOICES.get(item, {})).get(code, "")
