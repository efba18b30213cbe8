"""Code lists that several screens of one vendor share. Every vendor numbers the same things differently."""

from __future__ import annotations

from mock_core_ui.core.catalogue.screen import Choice


def choices(*pairs: tuple[str, str]) -> tuple[Choice, ...]:
    """Pairs of code and label as choices."""
    return tuple(Choice(code, label) for code, label in pairs)


ERAS: dict[str, tuple[Choice, ...]] = {
    "sogo": choices(("3", "昭和"), ("4", "平成"), ("5", "令和"), ("2", "大正"), ("1", "明治")),
    "nintei": choices(("R", "令"), ("H", "平"), ("S", "昭"), ("T", "大"), ("M", "明")),
    "hibari": choices(("01", "明治"), ("02", "大正"), ("03", "昭和"), ("04", "平成"), ("05", "令和")),
    "wakaba": choices(("reiwa", "令和"), ("heisei", "平成"), ("showa", "昭和"), ("taisho", "大正"), ("meiji", "明治")),
    "jidosha": choices(("95", "令和"), ("94", "平成"), ("93", "昭和"), ("92", "大正"), ("91", "明治")),
}
"""Core -> its 元号 list, in the order of its screens."""

ERA_NAMES: dict[str, dict[str, str]] = {
    "sogo": {"1": "明治", "2": "大正", "3": "昭和", "4": "平成", "5": "令和"},
    "nintei": {"M": "明治", "T": "大正", "S": "昭和", "H": "平成", "R": "令和"},
    "hibari": {"01": "明治", "02": "大正", "03": "昭和", "04": "平成", "05": "令和"},
    "wakaba": {"reiwa": "令和", "heisei": "平成", "showa": "昭和", "taisho": "大正", "meiji": "明治"},
    "jidosha": {"91": "明治", "92": "大正", "93": "昭和", "94": "平成", "95": "令和"},
}

COUNTER = choices(("1", "窓口"), ("2", "郵送"), ("5", "出張所"), ("9", "電子申請"))
SEX = choices(("1", "男性"), ("2", "女性"))
HAS = choices(("1", "あり"), ("2", "なし"))
OCCUPATION = choices(("10", "被用者"), ("20", "公務員"), ("30", "被用者以外（自営業等）"), ("90", "無職・その他"))
PENSION = choices(
    ("01", "国民年金"),
    ("02", "厚生年金"),
    ("03", "国家公務員共済"),
    ("04", "地方公務員等共済"),
    ("05", "私学共済"),
    ("08", "その他"),
    ("09", "未加入"),
)
APPLICANT = choices(("01", "被保険者本人"), ("02", "親族"), ("03", "成年後見人等"), ("09", "代行申請事業者等"))
