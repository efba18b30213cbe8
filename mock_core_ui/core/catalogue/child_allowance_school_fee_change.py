"""Screen 学校給食費等徴収変更 of the 総合行政システム: lines of an earlier 申出 that change or end."""

from __future__ import annotations

from mock_core_ui.core.catalogue.child_allowance_parts import OFFERED, entitled, school_fees
from mock_core_ui.core.catalogue.codes import choices
from mock_core_ui.core.catalogue.screen import Field, Group, Kind, Screen

SCREEN = Screen(
    procedure="child_allowance_school_fee_change",
    core="sogo",
    number="JT-1090",
    title="学校給食費等徴収変更・撤回入力",
    category="児童手当",
    prefix="JI",
    application_date="uketsuke.moshidebi",
    reference=True,
    groups=(
        OFFERED,
        Group(
            "henko",
            "変更内容",
            (
                Field("kubun", "処理区分", Kind.RADIO, True, choices=choices(("T", "撤回"), ("H", "内容変更"))),
                Field("kaishi", "適用年月", Kind.DIGITS, True, 6, exact=True, note="西暦６桁"),
            ),
        ),
        entitled(numbered=True),
        school_fees("変更・撤回する費目"),
    ),
)
