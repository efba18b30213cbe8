"""Screen 児童手当寄附変更 of the 総合行政システム: which earlier 申出, and what becomes of it."""

from __future__ import annotations

from mock_core_ui.core.catalogue.child_allowance_parts import OFFERED, entitled
from mock_core_ui.core.catalogue.codes import choices
from mock_core_ui.core.catalogue.screen import Field, Group, Kind, Screen, When

SCREEN = Screen(
    procedure="child_allowance_donation_change",
    core="sogo",
    number="JT-1070",
    title="児童手当寄附変更・撤回入力",
    category="児童手当",
    prefix="JE",
    application_date="uketsuke.moshidebi",
    reference=True,
    groups=(
        OFFERED,
        entitled(numbered=True),
        Group(
            "moto",
            "元の申出",
            (
                Field("moshidebi", "元の申出日", Kind.DATE, True),
                Field("gaku", "元の額", Kind.TEXT, False, 9, note="カンマ区切り（円）"),
            ),
        ),
        Group(
            "henko",
            "変更内容",
            (
                Field(
                    "kubun",
                    "変更区分",
                    Kind.SELECT,
                    True,
                    choices=choices(("10", "額変更"), ("20", "支払月変更"), ("90", "撤回")),
                ),
                Field("kaishi", "適用年月", Kind.DIGITS, True, 6, exact=True, note="西暦６桁"),
                Field(
                    "hani",
                    "変更後の区分",
                    Kind.SELECT,
                    When("kubun", ("10",)),
                    choices=choices(("A", "全額"), ("P", "一部")),
                ),
                Field("gaku", "変更後の額", Kind.TEXT, When("hani", ("P",)), 9, note="カンマ区切り（円）"),
            ),
        ),
    ),
)
