"""Screen 児童手当認定請求 of the 総合行政システム: the longest one, with five children and two account blocks."""

from __future__ import annotations

from mock_core_ui.core.catalogue.child_allowance_parts import ACCOUNT, CHILD_FIELDS, DELETE_BLOCK, DELETE_LINE
from mock_core_ui.core.catalogue.codes import COUNTER, HAS, OCCUPATION, PENSION, SEX
from mock_core_ui.core.catalogue.screen import Field, Group, Kind, Screen, When

_WITH_SPOUSE = When("umu", ("1",))

_CLAIMANT = Group(
    "seikyusha",
    "請求者",
    (
        Field("kana", "氏名カナ", Kind.HALF_KANA, True, 80, register="kana", note="半角カナ"),
        Field("shimei", "氏名", Kind.TEXT, True, 40, register="name"),
        Field("seibetsu", "性別", Kind.RADIO, True, choices=SEX, register="sex"),
        Field("birth", "生年月日", Kind.DATE, True, register="birth"),
        Field("kojin_no", "個人番号", Kind.DIGITS, False, 12, exact=True),
        Field("yubin", "郵便番号", Kind.POSTAL, True, register="postal"),
        Field("jusho", "住所", Kind.TEXT, True, 80, register="address"),
        Field("katagaki", "方書", Kind.TEXT, False, 40, register="katagaki"),
        Field("tel", "電話番号", Kind.PHONE, True, register="tel"),
        Field("jan1_jusho", "１月１日の住所", Kind.TEXT, False, 80, note="現住所と異なる場合のみ"),
        Field("shokugyo", "職業区分", Kind.SELECT, True, choices=OCCUPATION),
        Field("nenkin", "加入年金", Kind.SELECT, True, choices=PENSION),
        Field("kinmusaki", "勤務先名", Kind.TEXT, False, 40),
    ),
)

_SPOUSE = Group(
    "haigusha",
    "配偶者",
    (
        Field("umu", "配偶者の有無", Kind.RADIO, True, choices=HAS),
        Field("kana", "氏名カナ", Kind.HALF_KANA, _WITH_SPOUSE, 80, note="半角カナ"),
        Field("shimei", "氏名", Kind.TEXT, _WITH_SPOUSE, 40),
        Field("birth", "生年月日", Kind.DATE, _WITH_SPOUSE),
        Field("kojin_no", "個人番号", Kind.DIGITS, False, 12, exact=True),
        Field("shokugyo", "職業区分", Kind.SELECT, _WITH_SPOUSE, choices=OCCUPATION),
        Field("jusho", "住所", Kind.TEXT, False, 80, note="別居の場合のみ"),
    ),
)

_CHILDREN = Group(
    "jido",
    "支給対象児童",
    (*CHILD_FIELDS, DELETE_BLOCK),
    rows=5,
    row_title="児童{n}",
    first_rows_required=1,
)

_OLDER = Group(
    "santei",
    "算定対象となる子（大学生年代）",
    (
        Field("shimei", "氏名", Kind.TEXT, True, 40),
        Field("birth", "生年月日", Kind.DATE, True),
        Field("futan", "監護相当・生計費負担", Kind.SELECT, True, choices=HAS),
        DELETE_LINE,
    ),
    rows=3,
    row_title="算定対象の子{n}",
    grid=True,
)

SCREEN = Screen(
    procedure="child_allowance_certification",
    core="sogo",
    number="JT-1010",
    title="児童手当認定請求入力",
    category="児童手当",
    prefix="JT",
    application_date="uketsuke.seikyubi",
    reference=True,
    groups=(
        Group(
            "uketsuke",
            "受付情報",
            (
                Field("kubun", "受付区分", Kind.SELECT, True, choices=COUNTER),
                Field("seikyubi", "請求日", Kind.DATE, True),
            ),
        ),
        _CLAIMANT,
        _SPOUSE,
        _CHILDREN,
        _OLDER,
        ACCOUNT,
    ),
)
