"""Screen 罹災証明 of the 総合行政システム: free text, multiple choice and a table of household members."""

from __future__ import annotations

from mock_core_ui.core.catalogue.codes import COUNTER, choices
from mock_core_ui.core.catalogue.screen import DELETE_KEY, Field, Group, Kind, Screen

_APPLICANT = Group(
    "shinseisha",
    "申請者",
    (
        Field("shimei", "氏名", Kind.TEXT, True, 40, register="name"),
        Field("kana", "氏名カナ", Kind.HALF_KANA, True, 80, register="kana", note="半角カナ"),
        Field("birth", "生年月日", Kind.DATE, True, register="birth"),
        Field("kojin_no", "個人番号", Kind.DIGITS, False, 12, exact=True),
        Field("yubin", "郵便番号", Kind.POSTAL, True, register="postal"),
        Field("jusho", "住所", Kind.TEXT, True, 80, register="address"),
        Field("katagaki", "方書", Kind.TEXT, False, 40, register="katagaki"),
        Field("tel", "電話番号", Kind.PHONE, True, register="tel"),
        Field(
            "kankei",
            "罹災者との関係",
            Kind.SELECT,
            True,
            choices=choices(("1", "本人"), ("2", "世帯員"), ("4", "法人"), ("8", "代理人")),
        ),
        Field("renrakusaki", "避難先等の連絡先", Kind.TEXT, False, 80),
    ),
)

_DAMAGE = Group(
    "risai",
    "罹災状況",
    (
        Field("risaibi", "罹災年月日", Kind.DATE, True),
        Field(
            "shubetsu",
            "災害種別",
            Kind.SELECT,
            True,
            choices=choices(
                ("11", "地震"),
                ("12", "津波"),
                ("21", "風水害（暴風・竜巻）"),
                ("22", "風水害（豪雨・洪水）"),
                ("23", "風水害（高潮）"),
                ("31", "土砂災害"),
                ("41", "雪害"),
                ("99", "その他"),
            ),
        ),
        Field("saigai_nm", "災害名", Kind.TEXT, True, 40),
        Field("basho", "罹災場所", Kind.TEXT, True, 80),
        Field("tatemono", "建物名・部屋番号", Kind.TEXT, False, 40),
        Field(
            "shoyu",
            "所有区分",
            Kind.RADIO,
            True,
            choices=choices(("A", "持家"), ("B", "借家"), ("C", "貸家"), ("Z", "その他")),
        ),
        Field("shoyusha", "所有者氏名", Kind.TEXT, False, 40, note="借家の場合"),
        Field("yoto", "建物用途", Kind.RADIO, True, choices=choices(("1", "住家"), ("2", "非住家"))),
        Field("shinsui", "浸水区分", Kind.SELECT, choices=choices(("0", "なし"), ("1", "床下"), ("2", "床上"))),
        Field("jokyo", "被害状況", Kind.TEXTAREA, True, 400),
        Field("jiko_hantei", "自己判定方式を希望する", Kind.CHECK),
    ),
)

_CERTIFICATE = Group(
    "shomei",
    "証明書",
    (
        Field(
            "mokuteki",
            "使用目的",
            Kind.CHECKS,
            True,
            choices=choices(
                ("01", "公的支援"),
                ("02", "保険請求"),
                ("03", "税減免"),
                ("04", "融資"),
                ("05", "勤務先提出"),
                ("99", "その他"),
            ),
        ),
        Field("maisu", "交付枚数", Kind.DIGITS, True, 2),
        Field("tachiai_tel", "調査立会連絡先", Kind.PHONE),
    ),
)

_HOUSEHOLD = Group(
    "setaiin",
    "世帯員",
    (
        Field("shimei", "氏名", Kind.TEXT, True, 40),
        Field("zokugara", "続柄", Kind.TEXT, True, 10),
        Field("birth", "生年月日", Kind.DATE, True),
        Field("nenrei", "年齢", Kind.DIGITS, False, 3),
        Field(DELETE_KEY, "削除", Kind.CHECK, note="チェックした行は登録されない"),
    ),
    rows=6,
    row_title="世帯員{n}",
    grid=True,
)

SCREEN = Screen(
    procedure="disaster_victim_certificate",
    core="sogo",
    number="SG-4100",
    title="罹災証明書交付申請入力",
    category="被災者支援",
    prefix="RS",
    application_date="uketsuke.shinseibi",
    reference=True,
    groups=(
        Group(
            "uketsuke",
            "受付情報",
            (
                Field("shinseibi", "申請日", Kind.DATE, True),
                Field("kubun", "受付区分", Kind.SELECT, True, choices=COUNTER),
            ),
        ),
        _APPLICANT,
        _DAMAGE,
        _CERTIFICATE,
        Group("setai", "世帯", (Field("setainushi", "世帯主氏名", Kind.TEXT, False, 40),)),
        _HOUSEHOLD,
    ),
)
