"""Screen 児童手当住所氏名等変更 of the 総合行政システム: who changed, what changed, and both states side by side."""

from __future__ import annotations

from mock_core_ui.core.catalogue.child_allowance_parts import DELETE_LINE, FILED, recipient
from mock_core_ui.core.catalogue.codes import PENSION, choices
from mock_core_ui.core.catalogue.screen import Field, Group, Kind, Screen

_WHO = choices(("J", "受給者"), ("H", "配偶者"), ("K", "児童"))
_WHAT = choices(("11", "住所"), ("12", "氏名"), ("21", "加入年金"), ("22", "職業"), ("90", "その他"))
_WHY = choices(("1", "転居"), ("2", "単身赴任"), ("4", "結婚"), ("5", "離婚"), ("6", "縁組"), ("9", "その他"))

SCREEN = Screen(
    procedure="child_allowance_name_address_change",
    core="sogo",
    number="JT-1030",
    title="児童手当住所氏名等変更入力",
    category="児童手当",
    prefix="JH",
    application_date="uketsuke.todokebi",
    reference=True,
    groups=(
        FILED,
        recipient(numbered=False),
        Group(
            "ido",
            "異動",
            (
                Field("jiko", "異動事項", Kind.CHECKS, True, choices=_WHAT),
                Field("idosha_1", "異動者１", Kind.SELECT, True, choices=_WHO),
                Field("idosha_2", "異動者２", Kind.SELECT, False, choices=_WHO),
                Field("idosha_3", "異動者３", Kind.SELECT, False, choices=_WHO),
                Field("bi", "異動日", Kind.DATE, True),
                Field("riyu", "異動理由", Kind.SELECT, False, choices=_WHY),
            ),
        ),
        Group(
            "shin",
            "変更後",
            (
                Field("kana", "氏名フリガナ", Kind.KANA, False, 60, note="全角カナ"),
                Field("shimei", "氏名", Kind.TEXT, False, 40),
                Field("yubin", "郵便番号", Kind.POSTAL),
                Field("jusho", "住所", Kind.TEXT, False, 80),
                Field("nenkin", "加入年金", Kind.SELECT, False, choices=PENSION),
            ),
        ),
        Group(
            "kyu",
            "変更前",
            (
                Field("shimei", "氏名", Kind.TEXT, False, 40),
                Field("jusho", "住所", Kind.TEXT, False, 60),
            ),
        ),
        Group(
            "jido",
            "対象児童",
            (
                Field("shimei", "児童氏名", Kind.TEXT, True, 40),
                Field("kubun", "変更後の同別居", Kind.SELECT, True, choices=choices(("D", "同居"), ("B", "別居監護"))),
                DELETE_LINE,
            ),
            rows=5,
            row_title="対象児童{n}",
            grid=True,
        ),
    ),
)
