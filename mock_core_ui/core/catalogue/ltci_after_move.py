"""Screen 転入者認定 of the 介護認定システム: somebody whom another town had certified; no doctor, no visit."""

from __future__ import annotations

from mock_core_ui.core.catalogue.codes import choices
from mock_core_ui.core.catalogue.nintei_parts import APPLIED_ON, FILER, HELD_NOW, INSURANCE, INSURED
from mock_core_ui.core.catalogue.screen import Field, Group, Kind, Screen

_MOVE = Group(
    "tennyu",
    "転入",
    (
        Field("shomei", "受給資格証", Kind.RADIO, True, choices=choices(("1", "無"), ("2", "有")), number=131),
        Field("tennyubi", "転入日", Kind.DATE, True, number=132),
        Field("mae_hokensha_no", "前保険者番号", Kind.DIGITS, False, 6, exact=True, number=136),
        Field("mae_hokensha", "前保険者", Kind.TEXT, True, 15, number=137),
        Field("mae_jusho", "前住所", Kind.TEXT, True, 60, number=138),
    ),
)

SCREEN = Screen(
    procedure="ltci_after_move",
    core="nintei",
    number="NK0220",
    title="転入者認定入力",
    category="認定業務",
    prefix="NI",
    application_date="shinsei.shinseibi",
    reference=False,
    needs_insured_no=True,
    groups=(INSURED, _MOVE, HELD_NOW, Group("shinsei", "申請", (APPLIED_ON, *FILER)), INSURANCE),
)
