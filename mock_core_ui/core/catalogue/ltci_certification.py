"""Screen 要介護認定 of the 介護認定システム: numbered controls, a facility that a pop-up fills, no reference."""

from __future__ import annotations

from mock_core_ui.core.catalogue.codes import choices
from mock_core_ui.core.catalogue.nintei_parts import APPLIED_ON, DOCTOR, FILER, INSURANCE, INSURED, VISIT
from mock_core_ui.core.catalogue.screen import Field, Group, Kind, Screen

_APPLICANT = Group(
    "shinsei",
    "申請",
    (
        APPLIED_ON,
        Field(
            "kubun",
            "申請区分",
            Kind.SELECT,
            True,
            choices=choices(("11", "新規"), ("14", "新規（要支援から）"), ("20", "更新"), ("30", "区分変更")),
            number=35,
        ),
        *FILER,
    ),
)

SCREEN = Screen(
    procedure="ltci_certification",
    core="nintei",
    number="NK0210",
    title="認定申請入力",
    category="認定業務",
    prefix="NI",
    application_date="shinsei.shinseibi",
    reference=False,
    groups=(INSURED, _APPLICANT, INSURANCE, DOCTOR, VISIT),
)
