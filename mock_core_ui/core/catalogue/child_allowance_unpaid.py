"""Screen 未支払児童手当 of the 総合行政システム: a child claims what a parent who died had not yet been paid."""

from __future__ import annotations

from mock_core_ui.core.catalogue.child_allowance_parts import ACCOUNT, RELATION
from mock_core_ui.core.catalogue.codes import COUNTER
from mock_core_ui.core.catalogue.screen import Field, Group, Kind, Screen

_CHILD = Group(
    "seikyusha",
    "請求者",
    (
        Field("kana", "氏名カナ", Kind.HALF_KANA, True, 80, register="kana", note="半角カナ"),
        Field("shimei", "氏名", Kind.TEXT, True, 40, register="name"),
        Field("birth", "生年月日", Kind.DATE, True, register="birth"),
        Field("zokugara", "死亡者からみた続柄", Kind.SELECT, True, choices=RELATION),
        Field("kojin_no", "個人番号", Kind.DIGITS, False, 12, exact=True),
        Field("yubin", "郵便番号", Kind.POSTAL, True, register="postal"),
        Field("jusho", "住所", Kind.TEXT, True, 80, register="address"),
        Field("katagaki", "方書", Kind.TEXT, False, 40, register="katagaki"),
        Field("tel", "電話番号", Kind.PHONE, True, register="tel"),
    ),
)
_DECEASED = Group(
    "shibosha",
    "死亡者",
    (
        Field("atena", "宛名番号", Kind.DIGITS, False, 10, exact=True, note="受給台帳から転記する"),
        Field("shibobi", "死亡年月日", Kind.DATE, True),
        Field("shimei", "氏名", Kind.TEXT, True, 40),
        Field("kana", "氏名フリガナ", Kind.KANA, True, 60, note="全角カナ"),
        Field("birth", "生年月日", Kind.DATE, True),
        Field("jusho", "住所", Kind.TEXT, True, 80),
        Field("katagaki", "方書", Kind.TEXT, False, 40),
        Field("yubin", "郵便番号", Kind.POSTAL, True),
    ),
)

SCREEN = Screen(
    procedure="child_allowance_unpaid",
    core="sogo",
    number="JT-1050",
    title="未支払児童手当請求入力",
    category="児童手当",
    prefix="JM",
    application_date="uketsuke.seikyubi",
    reference=True,
    groups=(
        Group(
            "uketsuke",
            "受付情報",
            (
                Field("seikyubi", "請求日", Kind.DATE, True),
                Field("kubun", "受付区分", Kind.SELECT, True, choices=COUNTER),
            ),
        ),
        _CHILD,
        Group(
            "hotei",
            "法定代理人",
            (
                Field("shimei", "氏名", Kind.TEXT, True, 40, note="請求者が未成年のため必須"),
                Field("tel", "電話番号", Kind.PHONE),
            ),
        ),
        _DECEASED,
        Group(
            "mishiharai",
            "未支払期間",
            (
                Field("kaishi", "開始年月", Kind.DIGITS, False, 6, exact=True, note="西暦６桁"),
                Field("shuryo", "終了年月", Kind.DIGITS, False, 6, exact=True, note="西暦６桁"),
            ),
        ),
        ACCOUNT,
    ),
)
