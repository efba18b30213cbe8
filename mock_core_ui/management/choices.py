"""What the codes of single-choice items mean on the application's page; the CSV carries the bare codes."""

from __future__ import annotations

_SEX = {"1": "男", "2": "女"}
_YES = {"1": "有", "0": "無"}
_FLAG = {"1": "はい", "0": "いいえ"}
_JOB = {"1": "会社員等（被用者）", "2": "公務員", "3": "自営業等（被用者でない）", "4": "無職・その他"}

CHOICES: dict[str, dict[str, str]] = {
    "signature_result": {"1": "正常", "2": "失効", "3": "検証不能", "4": "署名なし"},
    "claimant_sex": _SEX,
    "insured_sex": _SEX,
    "member_sex": _SEX,
    "consent_tax": _FLAG,
    "spouse_tax": {"1": "課税", "2": "非課税"},
    "asset_under_limit": _FLAG,
    "item_kind": {
        "1": "腰掛便座",
        "2": "自動排泄処理装置の交換可能部品",
        "3": "排泄予測支援機器",
        "4": "入浴補助用具",
        "5": "簡易浴槽",
        "6": "移動用リフトのつり具の部分",
        "7": "固定用スロープ",
        "8": "歩行器",
        "9": "単点杖・多点杖",
    },
    "stage": {"1": "事前申請", "2": "事後（完了）申請"},
    "work_kind": {
        "1": "手すりの取付け",
        "2": "段差の解消",
        "3": "床材等の変更",
        "4": "引き戸等への扉の取替え",
        "5": "洋式便器等への便器の取替え",
        "6": "付帯工事",
    },
    "work_place": {"1": "トイレ", "2": "玄関", "3": "浴室", "4": "居室", "5": "廊下", "6": "その他"},
    "past_purchase": _YES,
    "cert_no": _YES,
    "repurchase_reason": {"1": "破損", "2": "状態の変化", "3": "その他"},
    "at_home": {"1": "在宅", "2": "入院・入所中"},
    "pay_method": {"1": "償還払い", "2": "受領委任払い"},
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
}
_OF_ONE_PROCEDURE: dict[tuple[str, str], dict[str, str]] = {
    ("S0027", "applicant_rel"): {"1": "本人", "2": "同一世帯員", "3": "代理人", "4": "法人"},
    ("K0021", "change_reason"): {"1": "状態が著しく悪化", "2": "状態が著しく改善", "3": "その他"},
    ("K0022", "heir_kind"): {"1": "相続人", "2": "成年後見人", "3": "その他"},
    ("K0023", "facility_kind"): {
        "1": "介護老人福祉施設（特養）",
        "2": "介護老人保健施設",
        "3": "介護医療院",
        "4": "地域密着型介護老人福祉施設",
        "5": "短期入所生活介護",
        "6": "短期入所療養介護",
    },
    ("K0023", "income_class"): {
        "1": "生活保護受給者・老齢福祉年金受給者（世帯非課税）",
        "2": "世帯非課税（基準額以下）",
        "3": "世帯非課税（基準額を超え120万円以下）",
        "4": "世帯非課税（120万円超）",
    },
    ("K0019", "delivery"): {"1": "郵送", "2": "窓口"},
}
"""手続コード and item -> meanings, where an item of another procedure has the same key."""


def meaning(procedure_code: str, item: str, code: str) -> str:
    """The words for a code, or '' when the item is no choice or the code is unknown."""
    own = _OF_ONE_PROCEDURE.get((procedure_code, item))
    return (own or CHOICES.get(item, {})).get(code, "")
