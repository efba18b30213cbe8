"""Screen 学校給食費等徴収申出 of the 総合行政システム: fees that are taken from the child allowance, line by line."""

from __future__ import annotations

from mock_core_ui.core.catalogue.child_allowance_parts import OFFERED, entitled, school_fees
from mock_core_ui.core.catalogue.screen import Field, Group, Kind, Screen

SCREEN = Screen(
    procedure="child_allowance_school_fee",
    core="sogo",
    number="JT-1080",
    title="学校給食費等徴収申出入力",
    category="児童手当",
    prefix="JG",
    application_date="uketsuke.moshidebi",
    reference=True,
    groups=(
        OFFERED,
        entitled(numbered=False),
        school_fees("徴収する費目"),
        Group(
            "choshu",
            "徴収",
            (Field("kaishi", "徴収開始年月", Kind.DIGITS, True, 6, exact=True, note="西暦６桁"),),
        ),
    ),
)
