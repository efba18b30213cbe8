"""Groups that several screens of the prefecture's 自動車手続システム share."""

from __future__ import annotations

from mock_core_ui.core.catalogue.codes import choices
from mock_core_ui.core.catalogue.screen import Field, Group, Kind

ROUTE = choices(("10", "窓口"), ("20", "郵送"), ("30", "ＯＳＳ"))
PLATE_OFFICE = choices(("HG", "東浜"), ("SM", "汐見"), ("AN", "青波"))
REPORT = choices(
    ("11", "新規（新車）"),
    ("12", "新規（中古車）"),
    ("21", "移転"),
    ("31", "転入"),
    ("32", "転出"),
    ("41", "抹消"),
    ("51", "変更"),
    ("99", "その他"),
)
OWNERSHIP = choices(
    ("J", "自己所有"), ("R", "所有権留保"), ("S", "商品車"), ("L", "リース"), ("T", "譲渡担保"), ("X", "その他")
)
USE = choices(("B", "自家用"), ("A", "営業用"))
FUEL = choices(("G", "ガソリン"), ("D", "軽油"), ("P", "ＬＰＧ"), ("E", "電気"), ("X", "その他"))


def reception(label: str, *further: Field, page_title: str = "受付・登録番号") -> Group:
    """受付: the day that the record is filed under has another name in every procedure."""
    return Group(
        "uketsuke",
        "受付",
        (
            Field("hi", label, Kind.DATE, True),
            Field("keiro", "受付経路", Kind.SELECT, True, choices=ROUTE),
            *further,
        ),
        page=1,
        page_title=page_title,
    )


PLATE = Group(
    "bango",
    "登録番号",
    (
        Field("kyoku", "運輸支局", Kind.SELECT, True, choices=PLATE_OFFICE),
        Field("bunrui", "分類番号", Kind.TEXT, True, 3),
        Field("kana", "かな", Kind.TEXT, True, 1, loose=True),
        Field("ichiren", "一連指定番号", Kind.DIGITS, True, 4),
        Field("shadai", "車台番号", Kind.TEXT, True, 18, note="打刻のとおり"),
    ),
    page=1,
)

TAXPAYER = Group(
    "gimusha",
    "納税義務者",
    (
        Field("kana", "カナ氏名", Kind.HALF_KANA, True, 50, register="kana", note="半角カナ"),
        Field("shimei", "氏名又は名称", Kind.TEXT, True, 40, register="name"),
        Field("birth", "生年月日", Kind.DATE, True, register="birth"),
        Field("kojin_no", "個人番号", Kind.DIGITS, False, 12, exact=True),
        Field("yubin", "郵便番号", Kind.POSTAL, True, register="postal"),
        Field("jusho", "住所", Kind.TEXT, True, 60, register="address"),
        Field("katagaki", "建物名等", Kind.TEXT, False, 40, register="katagaki"),
        Field("tel", "電話番号", Kind.PHONE, True, register="tel"),
    ),
    page=2,
    page_title="納税義務者・所有者・使用者",
)

OWNER = Group(
    "shoyu",
    "所有者",
    (
        Field("keitai", "所有の形態", Kind.SELECT, True, choices=OWNERSHIP),
        Field("shimei", "所有者の氏名又は名称", Kind.TEXT, True, 40),
        Field("jusho", "所有者の住所", Kind.TEXT, True, 60),
    ),
    page=2,
)
USER = Group(
    "shiyo",
    "使用者",
    (
        Field("shimei", "使用者の氏名又は名称", Kind.TEXT, False, 40),
        Field("jusho", "使用者の住所", Kind.TEXT, False, 60),
    ),
    page=2,
)

VEHICLE = Group(
    "shogen",
    "車両諸元",
    (
        Field("shamei", "車名", Kind.TEXT, True, 20),
        Field("katashiki", "型式", Kind.TEXT, True, 16),
        Field("shodo", "初度登録年月", Kind.YEAR_MONTH, True),
        Field("nenryo", "燃料", Kind.SELECT, True, choices=FUEL),
        Field("haiki", "総排気量・定格出力", Kind.TEXT, True, 6, note="Ｌ又はｋＷ"),
        Field("teiin", "定員", Kind.DIGITS, False, 2),
        Field("eiji", "営自の別", Kind.RADIO, True, choices=USE),
        Field("teichi", "主たる定置場", Kind.TEXT, True, 30, loose=True),
    ),
    page=3,
)
