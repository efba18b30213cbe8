"""Screen 区分変更 of the 介護認定システム: as the first application, with the class held now and why it should change."""

from __future__ import annotations

from mock_core_ui.core.catalogue.codes import choices
from mock_core_ui.core.catalogue.nintei_parts import (
    APPLIED_ON,
    DOCTOR,
    FILER,
    HELD_NOW,
    INSURANCE,
    INSURED,
    VISIT,
)
from mock_core_ui.core.catalogue.screen import Field, Group, Kind, Screen

_CHANGE = Group(
    "henko",
    "変更理由",
    (
        Field(
            "jiyu",
            "変更事由",
            Kind.RADIO,
            True,
            choices=choices(("K", "改善"), ("A", "悪化"), ("Z", "他")),
            number=121,
        ),
        Field("shosai", "状態の変化", Kind.TEXTAREA, True, 250, number=122, note="250文字まで"),
    ),
)

SCREEN = Screen(
    procedure="ltci_category_change",
    core="nintei",
    number="NK0230",
    title="区分変更申請入力",
    category="認定業務",
    prefix="NI",
    application_date="shinsei.shinseibi",
    reference=False,
    groups=(
        INSURED,
        Group("shinsei", "申請", (APPLIED_ON, *FILER)),
        HELD_NOW,
        _CHANGE,
        DOCTOR,
        INSURANCE,
        VISIT,
    ),
)
