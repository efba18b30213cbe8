"""Screen 現況届 of わかば: reached through the menu's drawer and the search for the person."""

from __future__ import annotations

from mock_core_ui.core.catalogue.codes import choices
from mock_core_ui.core.catalogue.screen import Field, Group, Kind, Screen
from mock_core_ui.core.catalogue.wakaba_parts import FATHER, GUARDIAN, MEMBERS, MOTHER, YES, child, reception
from mock_core_ui.people.places import NURSERIES

_LISTED = choices(*((nursery.name, nursery.name) for nursery in NURSERIES))
"""The name itself is stored, as it is where it is typed."""

_NURSERY = Group(
    "zaien",
    "在園の状況",
    (
        Field("en", "在園施設名", Kind.TEXT, True, 30, choices=_LISTED, either=True),
        Field("keizoku", "継続の意向", Kind.RADIO, True, choices=choices(("C", "継続する"), ("E", "退園する"))),
        Field("henko", "家庭状況の変更", Kind.RADIO, True, choices=YES),
        Field("naiyo", "変更事項", Kind.TEXTAREA, False, 150),
    ),
    page=2,
)

SCREEN = Screen(
    procedure="nursery_status",
    core="wakaba",
    number="WB-130",
    title="保育現況届受付",
    category="保育",
    prefix="HG",
    application_date="uketsuke.uketsukebi",
    reference=True,
    groups=(
        reception(Field("nintei_no", "認定証番号", Kind.TEXT, False, 10)),
        GUARDIAN,
        child("児童・在園の状況"),
        _NURSERY,
        FATHER,
        MOTHER,
        MEMBERS,
    ),
)
