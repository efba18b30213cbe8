"""Screen 児童手当額改定 of the 総合行政システム: children who come or go, each with a cause and a day of its own."""

from __future__ import annotations

from mock_core_ui.core.catalogue.child_allowance_parts import CHILD_FIELDS, DELETE_BLOCK, FILED, recipient
from mock_core_ui.core.catalogue.codes import PENSION, choices
from mock_core_ui.core.catalogue.screen import Field, Group, Kind, Screen

_CAUSE = choices(
    ("011", "出生"),
    ("012", "縁組"),
    ("013", "監護開始"),
    ("014", "施設退所・委託解除"),
    ("015", "国外からの転入"),
    ("021", "死亡"),
    ("022", "監護終了"),
    ("023", "施設入所・里親委託"),
    ("024", "国外転出"),
    ("025", "離婚等による別世帯"),
    ("099", "その他"),
)

SCREEN = Screen(
    procedure="child_allowance_amount_change",
    core="sogo",
    number="JT-1020",
    title="児童手当額改定入力",
    category="児童手当",
    prefix="JK",
    application_date="uketsuke.todokebi",
    reference=True,
    groups=(
        FILED,
        recipient(numbered=False),
        Group(
            "jido",
            "異動児童",
            (
                Field("ido", "異動区分", Kind.SELECT, True, choices=choices(("1", "増"), ("9", "減"))),
                Field("ido_jiyu", "異動事由", Kind.SELECT, True, choices=_CAUSE),
                Field("ido_bi", "異動年月日", Kind.DATE, True),
                *CHILD_FIELDS,
                DELETE_BLOCK,
            ),
            rows=4,
            row_title="児童{n}",
            first_rows_required=1,
        ),
        Group(
            "kaitei",
            "改定内容",
            (
                Field("kubun", "改定区分", Kind.RADIO, True, choices=choices(("Z", "増額改定"), ("G", "減額改定"))),
                Field("nenkin", "加入年金", Kind.SELECT, False, choices=PENSION, note="変更のある場合"),
            ),
        ),
    ),
)
