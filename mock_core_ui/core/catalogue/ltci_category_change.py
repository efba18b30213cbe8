"""Screen 区分変更 of the 介護認定システム: as the first application, with the class held now and why it should change."""

from __future__ import annotations

from mock_core_ui.core.catalogue.codes import choices
from mock_core_ui.core.catalogue.nintei_parts import (
    APPLIED_ON,
    CARE_CLASSES,
    DOCTOR,
    FILER,
    INSURANCE,
    INSURED,
    VISIT,
)
from mock_core_ui.core.catalogue.screen import Field, Group, Kind, Screen

_HELD_NOW = Group(
    "genkai",
    "現認定",
    (
        Field("kaigodo", "要介護度", Kind.SELECT, True, choices=CARE_CLASSES, number=90),
        Field("yuko_kara", "有効期間自", Kind.DATE, True, number=91),
        Field("yuko_made", "有効期間至", Kind.DATE, True, number=95),
    ),
)

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
        _HELD_NOW,
        _CHANGE,
        DOCTOR,
        INSURANCE,
        VISIT,
    ),
)
