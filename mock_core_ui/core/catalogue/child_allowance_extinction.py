"""Screen 児童手当受給事由消滅 of the 総合行政システム: one cause, one day, and the children it is about."""

from __future__ import annotations

from mock_core_ui.core.catalogue.child_allowance_parts import DELETE_LINE, FILED, recipient
from mock_core_ui.core.catalogue.codes import choices
from mock_core_ui.core.catalogue.screen import Field, Group, Kind, Screen, When

_CAUSE = choices(
    ("01", "市外転出"),
    ("02", "国外転出"),
    ("03", "受給者死亡"),
    ("04", "公務員となった"),
    ("11", "児童死亡"),
    ("12", "監護終了"),
    ("13", "生計関係終了"),
    ("14", "児童の施設入所・里親委託"),
    ("15", "児童と別居（離婚協議等）"),
    ("16", "児童の国外転出"),
    ("21", "後見人・父母指定者でなくなった"),
    ("99", "その他"),
)

SCREEN = Screen(
    procedure="child_allowance_extinction",
    core="sogo",
    number="JT-1040",
    title="児童手当受給事由消滅入力",
    category="児童手当",
    prefix="JS",
    application_date="uketsuke.todokebi",
    reference=True,
    groups=(
        FILED,
        recipient(numbered=True),
        Group(
            "shometsu",
            "消滅内容",
            (
                Field("jiyu", "消滅事由", Kind.SELECT, True, choices=_CAUSE),
                Field("jiyu_text", "事由詳細", Kind.TEXT, When("jiyu", ("99",)), 60, note="その他のとき必須"),
                Field("bi", "消滅年月日", Kind.DATE, True),
                Field("tenshutsu", "転出先", Kind.TEXT, When("jiyu", ("01",)), 80, note="市外転出のとき必須"),
                Field("kinmusaki", "勤務先官署", Kind.TEXT, When("jiyu", ("04",)), 40, note="公務員のとき必須"),
            ),
        ),
        Group(
            "jido",
            "消滅対象児童",
            (
                Field("shimei", "氏名", Kind.TEXT, True, 40),
                Field("birth", "生年月日", Kind.DATE, True),
                DELETE_LINE,
            ),
            rows=6,
            row_title="消滅対象児童{n}",
            first_rows_required=1,
            grid=True,
        ),
    ),
)
