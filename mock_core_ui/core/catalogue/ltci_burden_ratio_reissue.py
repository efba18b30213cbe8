"""Screen 負担割合証再交付 of the 総合行政システム: the shortest one."""

from __future__ import annotations

from mock_core_ui.core.catalogue.codes import APPLICANT, COUNTER, SEX, choices
from mock_core_ui.core.catalogue.screen import Field, Group, Kind, Screen, When

SCREEN = Screen(
    procedure="ltci_burden_ratio_reissue",
    core="sogo",
    number="KG-2310",
    title="負担割合証再交付申請入力",
    category="介護保険",
    prefix="KF",
    application_date="uketsuke.shinseibi",
    reference=True,
    groups=(
        Group(
            "uketsuke",
            "受付情報",
            (
                Field("kubun", "受付区分", Kind.SELECT, required=True, choices=COUNTER),
                Field("shinseibi", "申請日", Kind.DATE, required=True),
            ),
        ),
        Group(
            "hihokensha",
            "被保険者",
            (
                Field("hiho_no", "被保険者番号", Kind.DIGITS, True, 10, exact=True, register="insured_no"),
                Field("kana", "氏名カナ", Kind.HALF_KANA, True, 80, register="kana", note="半角カナ"),
                Field("shimei", "氏名", Kind.TEXT, True, 40, register="name"),
                Field("birth", "生年月日", Kind.DATE, True, register="birth"),
                Field("seibetsu", "性別", Kind.RADIO, True, choices=SEX, register="sex"),
                Field("kojin_no", "個人番号", Kind.DIGITS, False, 12, exact=True),
                Field("yubin", "郵便番号", Kind.POSTAL, True, register="postal"),
                Field("jusho", "住所", Kind.TEXT, True, 80, register="address"),
                Field("katagaki", "方書", Kind.TEXT, False, 40, register="katagaki"),
                Field("tel", "電話番号", Kind.PHONE, True, register="tel"),
            ),
        ),
        Group(
            "todokede",
            "届出人",
            (
                Field("kubun", "届出人区分", Kind.SELECT, True, choices=APPLICANT),
                Field("shimei", "氏名", Kind.TEXT, When("kubun", ("02", "03", "09")), 40, note="本人以外のとき必須"),
                Field("kankei", "本人との関係", Kind.TEXT, False, 20),
                Field("jusho", "住所", Kind.TEXT, False, 80),
                Field("tel", "電話番号", Kind.PHONE),
            ),
        ),
        Group(
            "saikofu",
            "再交付内容",
            (
                Field(
                    "riyu",
                    "再交付事由",
                    Kind.SELECT,
                    True,
                    choices=choices(("01", "破損・汚損"), ("02", "紛失・焼失"), ("09", "その他")),
                ),
                Field("riyu_text", "事由詳細", Kind.TEXT, When("riyu", ("09",)), 60, note="その他のとき必須"),
                Field(
                    "kofu",
                    "交付方法",
                    Kind.RADIO,
                    True,
                    choices=choices(("1", "窓口交付"), ("2", "住民票住所へ郵送"), ("3", "登録送付先へ郵送")),
                ),
            ),
        ),
    ),
)
