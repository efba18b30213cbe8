"""Groups that several screens of わかば share: the vendor built them once and shows them wherever a child is at issue."""

from __future__ import annotations

from mock_core_ui.core.catalogue.codes import choices
from mock_core_ui.core.catalogue.screen import Adding, Field, Group, Kind, When

ROUTE = choices(("M", "窓口"), ("Y", "郵送"), ("D", "電子"))
SEX = choices(("m", "男児"), ("f", "女児"))
YES = choices(("ari", "有"), ("nasi", "無"))
REASON = choices(
    ("R10", "就労"),
    ("R20", "妊娠・出産"),
    ("R30", "疾病・障がい"),
    ("R40", "介護・看護"),
    ("R50", "災害復旧"),
    ("R60", "求職活動"),
    ("R70", "就学・職業訓練"),
    ("R80", "虐待・ＤＶのおそれ"),
    ("R85", "育休中の継続利用"),
    ("R99", "その他市長が認める事由"),
)
RELATION = choices(
    ("11", "父"),
    ("12", "母"),
    ("21", "兄"),
    ("22", "姉"),
    ("23", "弟"),
    ("24", "妹"),
    ("31", "祖父"),
    ("32", "祖母"),
    ("99", "その他"),
)


def reception(*further: Field) -> Group:
    """受付, the first page of every screen: the day that the record is filed under, and how the paper came."""
    return Group(
        "uketsuke",
        "受付",
        (
            Field("uketsukebi", "受付年月日", Kind.DATE, True),
            Field("keiro", "受付経路", Kind.SELECT, True, choices=ROUTE),
            *further,
        ),
        page=1,
        page_title="受付・保護者",
    )


def person(key: str, legend: str, *further: Field, page: int = 1) -> Group:
    """The person whose 宛名番号 was entered, as the register knows them."""
    return Group(
        key,
        legend,
        (
            Field("shimei", "氏名", Kind.TEXT, True, 30, register="name"),
            Field("kana", "カナ氏名", Kind.HALF_KANA, True, 40, register="kana", note="半角カナ"),
            Field("birth", "生年月日", Kind.DATE, True, register="birth"),
            Field("kojin_no", "個人番号", Kind.DIGITS, False, 12, exact=True),
            Field("tel", "電話番号", Kind.PHONE, True, register="tel"),
            Field("yubin", "郵便番号", Kind.POSTAL, True, register="postal"),
            Field("jusho", "現住所", Kind.TEXT, True, 60, register="address"),
            Field("katagaki", "方書", Kind.TEXT, False, 40, register="katagaki"),
            *further,
        ),
        page=page,
    )


GUARDIAN = person("hogosha", "保護者")


def child(page_title: str, *further: Field) -> Group:
    """児童: the one child that the entry is about, at the head of the second page."""
    return Group(
        "jido",
        "児童",
        (
            Field("shimei", "児童氏名", Kind.TEXT, True, 30),
            Field("kana", "児童カナ", Kind.HALF_KANA, True, 40, note="半角カナ"),
            Field("seibetsu", "性別", Kind.RADIO, True, choices=SEX),
            Field("birth", "生年月日", Kind.DATE, True),
            *further,
        ),
        page=2,
        page_title=page_title,
    )


CHILD_NUMBER = Field("kojin_no", "児童の個人番号", Kind.DIGITS, False, 12, exact=True)
CHILD_DISABILITY = Field("techo", "障害者手帳", Kind.RADIO, True, choices=YES)


def _parent(key: str, written: str) -> Group:
    there = When("umu", ("1",))
    return Group(
        key,
        f"{written}の状況",
        (
            Field("umu", f"{written}の有無", Kind.SELECT, True, choices=choices(("1", "いる"), ("0", "いない"))),
            Field("jiyu", "保育を必要とする事由", Kind.SELECT, there, choices=REASON),
            Field("shimei", f"{written}氏名", Kind.TEXT, there, 30),
            Field("kana", f"{written}カナ", Kind.HALF_KANA, there, 40, note="半角カナ"),
            Field("birth", "生年月日", Kind.DATE, there),
            Field("kojin_no", f"{written}個人番号", Kind.DIGITS, False, 12, exact=True),
            Field("kinmusaki", f"{written}勤務先・学校名", Kind.TEXT, False, 30),
            Field("nissu", f"{written}就労日数（週）", Kind.DIGITS, False, 1),
            Field("jikan", f"{written}就労時間帯", Kind.TEXT, False, 20, loose=True),
            Field("tel", "日中の連絡先", Kind.PHONE, False),
        ),
        page=3,
        page_title="父母の状況",
    )


FATHER = _parent("chichi", "父")
MOTHER = _parent("haha", "母")

MEMBERS = Group(
    "setai",
    "世帯員",
    (
        Field("shimei", "世帯員氏名", Kind.TEXT, True, 30),
        Field("zokugara", "児童からみた続柄", Kind.SELECT, True, choices=RELATION),
        Field("birth", "生年月日", Kind.DATE, True),
        Field("shokugyo", "職業・学校等", Kind.TEXT, False, 30, loose=True),
    ),
    rows=6,
    row_title="世帯員{n}",
    first_rows_required=1,
    page=4,
    page_title="世帯の状況",
    adding=Adding.EDITOR,
)
