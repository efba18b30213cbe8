"""Screen 児童手当現況届 of the 総合行政システム: what the yearly report says of parents and children."""

from __future__ import annotations

from mock_core_ui.core.catalogue.child_allowance_parts import CHILD_FIELDS, DELETE_BLOCK, FILED, recipient
from mock_core_ui.core.catalogue.codes import HAS, OCCUPATION, PENSION, choices
from mock_core_ui.core.catalogue.screen import Field, Group, Kind, Screen, When

_AREA = choices(("S", "本市"), ("G", "他市区町村"), ("K", "国外"))

SCREEN = Screen(
    procedure="child_allowance_status",
    core="sogo",
    number="JT-1100",
    title="児童手当現況届入力",
    category="児童手当",
    prefix="JY",
    application_date="uketsuke.todokebi",
    reference=True,
    groups=(
        FILED,
        recipient(numbered=False),
        Group(
            "jokyo",
            "受給者の状況",
            (
                Field("nenkin", "加入年金", Kind.SELECT, True, choices=PENSION),
                Field("shokugyo", "職業区分", Kind.SELECT, True, choices=OCCUPATION),
                Field("jan1_jusho", "１月１日の住所", Kind.TEXT, False, 60, note="市外の場合"),
                Field("joto", "譲渡所得がある", Kind.CHECK),
            ),
        ),
        Group(
            "haigusha",
            "配偶者の状況",
            (
                Field("umu", "配偶者", Kind.SELECT, True, choices=HAS),
                Field("chiku", "１月１日の住民登録地", Kind.RADIO, True, choices=_AREA),
                Field("shimei", "氏名", Kind.TEXT, When("umu", ("1",)), 40),
                Field("shokugyo", "職業区分", Kind.SELECT, When("umu", ("1",)), choices=OCCUPATION),
            ),
        ),
        Group(
            "jido",
            "養育する児童",
            (
                *CHILD_FIELDS,
                Field("shukkoku", "留学による出国年月", Kind.DIGITS, False, 6, exact=True, note="西暦６桁"),
                DELETE_BLOCK,
            ),
            rows=5,
            row_title="児童{n}",
            first_rows_required=1,
        ),
    ),
)
