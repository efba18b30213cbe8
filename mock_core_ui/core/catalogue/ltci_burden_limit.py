"""Screen 負担限度額 of the 介護認定システム: a facility that a pop-up fills, husband or wife, means."""

from __future__ import annotations

from mock_core_ui.core.catalogue.codes import choices
from mock_core_ui.core.catalogue.nintei_benefit_parts import FILING, RECIPIENT
from mock_core_ui.core.catalogue.screen import Field, Group, Kind, Screen, When

_MARRIED = When("umu", ("1",))

_FACILITY = Group(
    "shisetsu",
    "入所施設",
    (
        Field(
            "shurui",
            "種類",
            Kind.SELECT,
            True,
            choices=choices(
                ("01", "特養"),
                ("02", "地域密着特養"),
                ("03", "老健"),
                ("04", "医療院"),
                ("21", "短期生活"),
                ("22", "短期療養"),
            ),
            number=401,
        ),
        Field("shisetsu", "施設", Kind.PICKER, number=402, note="[検索] の別窓で選ぶ"),
        Field("jusho", "施設住所", Kind.TEXT, False, 60, number=404),
        Field("tel", "施設電話", Kind.PHONE, number=405),
        Field("nyushobi", "入所日", Kind.DATE, number=408),
    ),
)

_SPOUSE = Group(
    "haigu",
    "配偶者",
    (
        Field("umu", "有無", Kind.RADIO, True, choices=choices(("2", "無"), ("1", "有")), number=421),
        Field("kana", "ｶﾅ", Kind.HALF_KANA, _MARRIED, 60, number=422, note="半角カナ"),
        Field("shimei", "氏名", Kind.TEXT, _MARRIED, 30, number=423),
        Field("birth", "生年月日", Kind.DATE, _MARRIED, number=424),
        Field("kojin_no", "個人番号", Kind.DIGITS, False, 12, exact=True, number=428),
        Field("jusho", "住所", Kind.TEXT, False, 60, number=429),
        Field("jan1_jusho", "賦課期日住所", Kind.TEXT, False, 60, number=430, note="１月１日の住所"),
        Field("kazei", "課税", Kind.SELECT, _MARRIED, choices=choices(("0", "非課税"), ("1", "課税")), number=431),
    ),
)

_INCOME = Group(
    "shunyu",
    "収入",
    (
        Field(
            "kubun",
            "収入区分",
            Kind.SELECT,
            True,
            choices=choices(("A", "生保・老福"), ("B", "基準額以下"), ("C", "120万円以下"), ("D", "120万円超")),
            number=441,
        ),
        Field("nenkin", "非課税年金", Kind.CHECKS, choices=choices(("S", "障害"), ("I", "遺族")), number=442),
        Field(
            "nenkin_hokensha",
            "年金保険者",
            Kind.CHECKS,
            choices=choices(("01", "年金機構"), ("11", "国共済"), ("12", "地共済"), ("13", "私学")),
            number=443,
        ),
    ),
)

_MEANS = Group(
    "shisan",
    "資産",
    (
        Field("yochokin", "預貯金", Kind.DIGITS, True, 9, number=451, note="円"),
        Field("shoken", "有価証券", Kind.DIGITS, True, 9, number=452, note="円"),
        Field("sonota", "その他", Kind.DIGITS, False, 9, number=453, note="円"),
        Field("kijun", "基準以下の申出", Kind.CHECK, True, number=454, note="チェック必須"),
        Field("doi", "照会同意", Kind.CHECK, True, number=455, note="チェック必須"),
    ),
)

SCREEN = Screen(
    procedure="ltci_burden_limit",
    core="nintei",
    number="NK0430",
    title="負担限度額認定入力",
    category="給付業務",
    prefix="KG",
    application_date="uketsuke.shinseibi",
    reference=False,
    groups=(Group("uketsuke", "受付", FILING), RECIPIENT, _FACILITY, _SPOUSE, _INCOME, _MEANS),
)
