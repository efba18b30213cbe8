"""Screen 児童手当寄附申出 of the 総合行政システム: how much of which payments is given to the town."""

from __future__ import annotations

from mock_core_ui.core.catalogue.child_allowance_parts import OFFERED, entitled
from mock_core_ui.core.catalogue.codes import choices
from mock_core_ui.core.catalogue.screen import Field, Group, Kind, Screen, When

_PAYMENTS = choices(
    ("02", "２月"),
    ("04", "４月"),
    ("06", "６月"),
    ("08", "８月"),
    ("10", "１０月"),
    ("12", "１２月"),
)

SCREEN = Screen(
    procedure="child_allowance_donation",
    core="sogo",
    number="JT-1060",
    title="児童手当寄附申出入力",
    category="児童手当",
    prefix="JD",
    application_date="uketsuke.moshidebi",
    reference=True,
    groups=(
        OFFERED,
        entitled(numbered=False),
        Group(
            "kifu",
            "寄附内容",
            (
                Field("kaishi", "寄附開始年月", Kind.DIGITS, True, 6, exact=True, note="西暦６桁"),
                Field("shuryo", "寄附終了年月", Kind.DIGITS, False, 6, exact=True, note="西暦６桁"),
                Field("kigetsu", "対象支払月", Kind.CHECKS, True, choices=_PAYMENTS),
                Field("kubun", "寄附区分", Kind.RADIO, True, choices=choices(("A", "全額"), ("P", "一部"))),
                Field("gaku", "一部の額", Kind.DIGITS, When("kubun", ("P",)), 6, note="１回の支払あたり（円）"),
                Field("shito", "使途", Kind.TEXTAREA, False, 150),
            ),
        ),
    ),
)
