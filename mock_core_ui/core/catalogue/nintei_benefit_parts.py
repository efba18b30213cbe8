"""What the 給付 screens of the 介護認定システム share. Their team counts from 0201 on and has codes of its own."""

from __future__ import annotations

from mock_core_ui.core.catalogue.codes import choices
from mock_core_ui.core.catalogue.screen import Field, Group, Kind, When

SEX = choices(("M", "男"), ("F", "女"))
PAY_METHOD = choices(("1", "受領委任"), ("2", "償還"))
_NOT_THE_PERSON = When("moshide", ("3", "5", "9"))
_AT_BANK = When("furikomi", ("01",))
_AT_POST = When("furikomi", ("02",))

RECIPIENT = Group(
    "jukyu",
    "受給者",
    (
        Field("hiho_no", "被保険者番号", Kind.DIGITS, True, 10, exact=True, number=201, register="insured_no"),
        Field("kana", "カナ氏名", Kind.KANA, True, 60, number=202, register="kana", note="全角カナ"),
        Field("shimei", "漢字氏名", Kind.TEXT, True, 30, number=203, register="name"),
        Field("seibetsu", "性別", Kind.RADIO, True, choices=SEX, number=204, register="sex"),
        Field("birth", "生年月日", Kind.DATE, True, number=205, register="birth"),
        Field("tel", "電話番号", Kind.PHONE, True, number=209, register="tel"),
        Field("yubin", "郵便番号", Kind.POSTAL, True, number=212, register="postal"),
        Field("jusho", "現住所", Kind.TEXT, True, 60, number=214, register="address"),
        Field("katagaki", "方書", Kind.TEXT, False, 30, number=215, register="katagaki"),
        Field("kojin_no", "個人番号", Kind.DIGITS, False, 12, exact=True, number=216),
    ),
)

FILING = (
    Field("shinseibi", "受付年月日", Kind.DATE, True, number=221),
    Field(
        "moshide",
        "申請者区分",
        Kind.RADIO,
        True,
        choices=choices(("1", "本人"), ("3", "親族"), ("5", "後見人"), ("9", "事業者")),
        number=225,
    ),
    Field("moshide_nm", "申請者名", Kind.TEXT, _NOT_THE_PERSON, 30, number=226, note="本人以外のとき必須"),
    Field("moshide_kankei", "関係", Kind.TEXT, False, 12, number=227),
    Field("moshide_jusho", "申請者現住所", Kind.TEXT, False, 60, number=228),
    Field("moshide_tel", "申請者電話番号", Kind.PHONE, number=229),
)
"""受付 and 申請者."""

ACCOUNT = Group(
    "koza",
    "口座",
    (
        Field(
            "furikomi",
            "振込方法",
            Kind.SELECT,
            True,
            choices=choices(("01", "銀行等"), ("02", "郵便局"), ("09", "公金受取口座")),
            number=241,
        ),
        Field("ginko_cd", "銀行CD", Kind.DIGITS, _AT_BANK, 4, exact=True, number=242),
        Field("shiten_cd", "支店CD", Kind.DIGITS, _AT_BANK, 3, exact=True, number=243),
        Field("ginko_nm", "銀行名", Kind.TEXT, _AT_BANK, 20, number=244),
        Field("shiten_nm", "支店名", Kind.TEXT, _AT_BANK, 20, number=245),
        Field(
            "shumoku",
            "種目",
            Kind.SELECT,
            _AT_BANK,
            choices=choices(("1", "普通"), ("2", "当座"), ("9", "他")),
            number=246,
        ),
        Field("koza_no", "口座番号", Kind.DIGITS, _AT_BANK, 7, exact=True, number=247),
        Field("kigo", "記号", Kind.DIGITS, _AT_POST, 5, exact=True, number=248),
        Field("bango", "番号", Kind.DIGITS, _AT_POST, 8, number=249),
        Field("meigi", "名義人ｶﾅ", Kind.ZENGIN, When("furikomi", ("01", "02")), 30, number=250, note="全銀文字"),
    ),
)
