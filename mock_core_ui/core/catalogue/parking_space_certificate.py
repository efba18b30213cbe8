"""Screen 保管場所証明 of the 自動車手続システム: three pages, reached through the menu that flies out."""

from __future__ import annotations

from mock_core_ui.core.catalogue.codes import choices
from mock_core_ui.core.catalogue.jidosha_parts import reception
from mock_core_ui.core.catalogue.screen import Field, Group, Kind, Screen, When

_APPLICANT = Group(
    "shinseisha",
    "申請者",
    (
        Field("shimei", "氏名", Kind.TEXT, True, 40, register="name"),
        Field("kana", "カナ氏名", Kind.HALF_KANA, True, 50, register="kana", note="半角カナ"),
        Field("yubin", "郵便番号", Kind.POSTAL, True, register="postal"),
        Field("jusho", "住所", Kind.TEXT, True, 60, register="address", note="丁目・番・号"),
        Field("katagaki", "建物名等", Kind.TEXT, False, 40, register="katagaki"),
        Field("tel", "電話番号", Kind.PHONE, True, register="tel"),
        Field("renraku", "連絡先の氏名", Kind.TEXT, False, 40),
        Field("renraku_tel", "連絡先の電話", Kind.PHONE, False),
    ),
    page=1,
)

_VEHICLE = Group(
    "kuruma",
    "自動車",
    (
        Field("shamei", "車名（メーカー名）", Kind.TEXT, True, 20),
        Field("katashiki", "型式", Kind.TEXT, True, 16),
        Field("shadai", "車台番号", Kind.TEXT, False, 18, note="未定のときは空欄"),
        Field("nagasa", "長さ（cm）", Kind.DIGITS, True, 4),
        Field("haba", "幅（cm）", Kind.DIGITS, True, 3),
        Field("takasa", "高さ（cm）", Kind.DIGITS, True, 3),
        Field("kubun", "申請の別", Kind.RADIO, True, choices=choices(("S", "新規"), ("D", "代替"))),
        Field("kyu_bango", "代替する車の番号", Kind.TEXT, When("kubun", ("D",)), 20),
    ),
    page=2,
)

_PLACE = Group(
    "basho",
    "保管場所",
    (
        Field("honkyo", "使用の本拠の位置", Kind.TEXT, True, 60),
        Field("ichi", "保管場所の位置", Kind.TEXT, True, 60),
        Field("kukaku", "区画", Kind.TEXT, False, 20, loose=True),
        Field(
            "kengen",
            "使用権原",
            Kind.SELECT,
            True,
            choices=choices(("1", "自己の土地（自認書）"), ("2", "他人の土地（承諾書）"), ("3", "共有")),
        ),
        Field("hyosho", "標章番号", Kind.TEXT, False, 12, note="令和7年4月に廃止"),
    ),
    page=3,
)

SCREEN = Screen(
    procedure="parking_space_certificate",
    core="jidosha",
    number="HK-010",
    title="保管場所証明申請受付",
    category="保管場所",
    prefix="HK",
    application_date="uketsuke.hi",
    reference=True,
    groups=(
        reception(
            "申請受理日",
            Field(
                "keisatsu",
                "警察署",
                Kind.SELECT,
                True,
                choices=choices(("P11", "東浜警察署"), ("P21", "汐見原警察署"), ("P31", "青波警察署")),
            ),
            page_title="受付・申請者",
        ),
        _APPLICANT,
        _VEHICLE,
        _PLACE,
    ),
)
