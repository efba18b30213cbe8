"""Screen 教育・保育給付認定 of わかば: the child's block comes first, an address of January 1st makes the late box come."""

from __future__ import annotations

from mock_core_ui.core.catalogue.codes import choices
from mock_core_ui.core.catalogue.screen import Field, Group, Kind, Screen
from mock_core_ui.core.catalogue.wakaba_parts import (
    CHILD_DISABILITY,
    CHILD_NUMBER,
    FATHER,
    GUARDIAN,
    MEMBERS,
    MOTHER,
    YES,
    child,
    reception,
)

_CERTIFICATION = Group(
    "nintei",
    "認定の希望",
    (
        Field("hoiku", "保育利用の希望", Kind.RADIO, True, choices=YES),
        Field(
            "kubun",
            "認定区分",
            Kind.SELECT,
            True,
            choices=choices(
                ("N3", "３号（満３歳未満・保育）"), ("N2", "２号（満３歳以上・保育）"), ("N1", "１号（教育）")
            ),
        ),
        Field("jikan", "保育必要量", Kind.RADIO, True, choices=choices(("STD", "標準時間"), ("SHT", "短時間"))),
        Field("kara", "希望期間の始期", Kind.DATE, True),
        Field("made", "希望期間の終期", Kind.DATE, False),
    ),
    page=2,
)

_TAX = Group(
    "zei",
    "課税・同意",
    (
        Field("seiho", "生活保護受給", Kind.SELECT, True, choices=YES),
        Field("jan1_jusho", "１月１日の住所", Kind.TEXT, False, 60, note="現住所と異なる場合"),
        Field("doi", "税情報の閲覧に同意", Kind.CHECK, True),
    ),
    page=4,
)

SCREEN = Screen(
    procedure="childcare_certification",
    core="wakaba",
    number="WB-110",
    title="教育・保育給付認定申請受付",
    category="保育",
    prefix="NK",
    application_date="uketsuke.uketsukebi",
    reference=True,
    groups=(
        reception(
            Field(
                "kubun",
                "認定申請の区分",
                Kind.SELECT,
                True,
                choices=choices(("1N", "新規認定"), ("2H", "認定変更"), ("3S", "認定証再交付")),
            ),
        ),
        GUARDIAN,
        child("児童・認定の希望", CHILD_NUMBER, CHILD_DISABILITY),
        _CERTIFICATION,
        FATHER,
        MOTHER,
        MEMBERS,
        _TAX,
    ),
)
