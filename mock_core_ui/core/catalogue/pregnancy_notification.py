"""Screen 妊娠届出 of わかば: three pages, a calendar field behind a shadow root, papers to be brought along."""

from __future__ import annotations

from mock_core_ui.core.catalogue.codes import choices
from mock_core_ui.core.catalogue.screen import Field, Group, Kind, Screen

_PERSON = Group(
    "ninpu",
    "妊婦の情報",
    (
        Field("kana", "フリガナ", Kind.KANA, True, 60, register="kana", note="全角カタカナ"),
        Field("shimei", "氏名", Kind.TEXT, True, 40, register="name"),
        Field("birth", "生年月日", Kind.DATE, True, register="birth"),
        Field("yubin", "郵便番号", Kind.POSTAL, True, register="postal"),
        Field("jusho", "住所", Kind.TEXT, True, 80, register="address"),
        Field("katagaki", "方書・部屋番号", Kind.TEXT, False, 40, register="katagaki"),
        Field("tel", "連絡先電話番号", Kind.PHONE, True, register="tel"),
        Field("kojin_no", "個人番号", Kind.DIGITS, False, 12, exact=True),
        Field("shokugyo", "職業", Kind.TEXT, False, 20, loose=True),
        Field("setainushi", "世帯主", Kind.TEXT, False, 40, loose=True),
        Field("partner", "パートナー氏名", Kind.TEXT, False, 40),
    ),
    page=2,
)

_PREGNANCY = Group(
    "ninshin",
    "妊娠の状況",
    (
        Field("yotei", "出産予定日", Kind.DATE, True),
        Field("shu", "届出時の週数", Kind.DIGITS, True, 2),
        Field(
            "tanta",
            "単胎・多胎",
            Kind.SELECT,
            True,
            choices=choices(("T0", "単胎"), ("T2", "双胎"), ("T3", "三胎以上")),
        ),
        Field("keiken", "出産の経験", Kind.RADIO, True, choices=choices(("N", "初めて"), ("Y", "あり"))),
        Field("iryokikan", "医療機関・助産所", Kind.TEXT, True, 40),
        Field("ishi", "医師・助産師", Kind.TEXT, False, 40),
        Field("seibyo", "性病に関する健康診断", Kind.RADIO, True, choices=choices(("2", "受診済"), ("1", "未受診"))),
        Field("kekkaku", "結核に関する健康診断", Kind.RADIO, True, choices=choices(("2", "受診済"), ("1", "未受診"))),
    ),
    page=3,
)

SCREEN = Screen(
    procedure="pregnancy_notification",
    core="wakaba",
    number="WB-510",
    title="妊娠届出受付",
    category="母子保健",
    prefix="NT",
    application_date="uketsuke.todokebi",
    reference=True,
    groups=(
        Group(
            "uketsuke",
            "受付",
            (
                Field("todokebi", "届出日", Kind.DATE, True),
                Field(
                    "keiro", "受付経路", Kind.SELECT, True, choices=choices(("M", "窓口"), ("Y", "郵送"), ("D", "電子"))
                ),
                Field("tempu", "添付書類", Kind.FILES, False, note="PDF・画像、複数可"),
            ),
            page=1,
        ),
        _PERSON,
        _PREGNANCY,
        Group(
            "mendan",
            "面談・アンケート",
            (
                Field("kibobi", "面談の希望日", Kind.DATE, False),
                Field("kitsuen", "現在の喫煙", Kind.RADIO, False, choices=choices(("0", "吸わない"), ("1", "吸う"))),
                Field(
                    "jotai", "受付後の状態", Kind.SELECT, True, choices=choices(("10", "面談待ち"), ("90", "交付済"))
                ),
            ),
            page=3,
        ),
    ),
)
