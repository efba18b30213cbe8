"""Meanings of the codes on the forms of childcare, child rearing, pregnancy and vehicles."""

from __future__ import annotations

_YES = {"1": "有", "0": "無"}
_SEX = {"1": "男", "2": "女"}
_REASON = {
    "1": "就労",
    "2": "妊娠・出産",
    "3": "疾病・障害",
    "4": "親族の介護・看護",
    "5": "災害復旧",
    "6": "求職活動",
    "7": "就学",
    "8": "虐待・DV",
    "9": "育児休業中の継続利用",
    "10": "その他",
}
_EXAMINED = {"1": "受けた", "2": "受けていない"}

FAMILY: dict[str, dict[str, str]] = {
    "child_sex": _SEX,
    "child_disability": _YES,
    "father_reason": _REASON,
    "mother_reason": _REASON,
    "hoiku_wish": {"1": "あり", "0": "なし"},
    "cert_class": {"1": "1号", "2": "2号", "3": "3号"},
    "need_hours": {"1": "保育標準時間", "2": "保育短時間"},
    "welfare": _YES,
    "consent_tax": {"1": "はい", "0": "いいえ"},
    "sibling_apply": _YES,
    "sibling_policy": {"1": "同時・同園のみ", "2": "同時なら別園可", "3": "片方だけでも可"},
    "current_care": {
        "1": "家庭(保護者)",
        "2": "祖父母等",
        "3": "認可外施設",
        "4": "一時預かり",
        "5": "勤務先に同伴",
        "6": "その他",
    },
    "member_rel": {
        "1": "父",
        "2": "母",
        "3": "兄",
        "4": "姉",
        "5": "弟",
        "6": "妹",
        "7": "祖父",
        "8": "祖母",
        "9": "その他",
    },
    "continue_wish": {"1": "希望する", "0": "希望しない"},
    "change_flag": _YES,
    "pension": {"1": "受けていない", "2": "受けている", "3": "申請中"},
    "house": {"1": "持家", "2": "借家", "3": "公営住宅", "4": "親族宅", "5": "その他"},
    "child_reason": {
        "1": "離婚",
        "2": "父(母)の死亡",
        "3": "父(母)の障害",
        "4": "生死不明",
        "5": "遺棄",
        "6": "DV保護命令",
        "7": "拘禁",
        "8": "未婚",
        "9": "その他",
    },
    "multiple": {"1": "単胎", "2": "双胎", "3": "品胎以上"},
    "std_check": _EXAMINED,
    "tb_check": _EXAMINED,
    "first_birth": {"1": "初産", "2": "経産"},
    "smoking": _YES,
}

VEHICLES: dict[str, dict[str, str]] = {
    "report_kind": {
        "1": "新規登録(新車)",
        "2": "新規登録(中古車)",
        "3": "移転登録",
        "4": "転入",
        "5": "転出",
        "6": "抹消登録",
        "7": "変更",
        "8": "その他",
    },
    "ownership_form": {
        "1": "自己所有",
        "2": "所有権留保",
        "3": "商品車",
        "4": "リース",
        "5": "譲渡担保",
        "6": "その他",
    },
    "use_kind": {"1": "営業用", "2": "自家用"},
    "fuel": {"1": "ガソリン", "2": "軽油", "3": "電気", "4": "LPG", "5": "その他"},
    "acquire_cause": {"1": "売買", "2": "相続", "3": "贈与", "4": "所有権留保解除", "5": "その他"},
    "tax_rate": {"0": "非課税", "10": "1%", "20": "2%", "30": "3%"},
    "reg_plan": {"1": "済", "2": "予定あり", "3": "未定"},
    "land_right": {"1": "自己(自認書)", "2": "他人(使用承諾証明書)", "3": "共有"},
}

OF_ONE_FORM: dict[tuple[str, str], dict[str, str]] = {
    ("J0011", "apply_kind"): {"1": "新規", "2": "変更", "3": "再交付"},
    ("V0031", "apply_kind"): {"1": "新規", "2": "代替"},
}
"""手続コード and item -> meanings, where an item of another procedure has the same key."""
