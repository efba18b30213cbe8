"""What the three screens of the ひばり介護保険システム share: the page of the insured person, code lists, who files."""

from __future__ import annotations

from mock_core_ui.core.catalogue.codes import choices
from mock_core_ui.core.catalogue.screen import Field, Group, Kind, When

WAY = choices(("10", "窓口"), ("20", "郵送"), ("40", "支所"), ("90", "電子"))
SEX = choices(("M", "男"), ("F", "女"))
CONSENT = choices(("Y", "同意する"), ("N", "同意しない"))
YES_NO = choices(("Y", "あり"), ("N", "なし"))
_FILER = choices(("H", "本人"), ("K", "家族・親族"), ("S", "成年後見人等"), ("D", "提出代行者"))

FILING = (
    Field("moshide", "申請者区分", Kind.SELECT, True, choices=_FILER),
    Field(
        "moshide_nm",
        "申請者氏名",
        Kind.TEXT,
        When("moshide", ("K", "S", "D")),
        40,
        note="本人以外のとき必須",
        widen=True,
    ),
    Field("kankei", "本人との関係", Kind.TEXT, False, 20),
    Field("moshide_jusho", "申請者住所", Kind.TEXT, False, 80, widen=True),
    Field("moshide_tel", "申請者電話", Kind.PHONE),
)
"""申請者: seven stops."""


def insured_page(kana: Kind, note: str) -> Group:
    """被保険者, sixteen stops; this vendor's screens do not agree on the kind of kana."""
    return Group(
        "hiho",
        "被保険者",
        (
            Field("hiho_no", "被保険者番号", Kind.DIGITS, True, 10, exact=True, register="insured_no"),
            Field("kana", "カナ氏名", kana, True, 80, register="kana", note=note),
            Field("shimei", "漢字氏名", Kind.TEXT, True, 40, register="name", widen=True),
            Field("birth", "生年月日", Kind.DATE, True, register="birth"),
            Field("seibetsu", "性別", Kind.SELECT, True, choices=SEX, register="sex"),
            Field("kojin_no", "個人番号", Kind.DIGITS, False, 12, exact=True),
            Field("yubin", "郵便番号", Kind.POSTAL, True, register="postal"),
            Field("jusho", "住所", Kind.TEXT, True, 80, register="address", widen=True),
            Field("katagaki", "方書", Kind.TEXT, False, 40, register="katagaki", widen=True),
            Field("tel", "電話番号", Kind.PHONE, True, register="tel"),
        ),
    )
