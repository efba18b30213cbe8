"""Screen 環境性能割・種別割申告 of the 自動車手続システム: four pages; amounts with commas."""

from __future__ import annotations

from mock_core_ui.core.catalogue.codes import choices
from mock_core_ui.core.catalogue.jidosha_parts import OWNER, PLATE, REPORT, TAXPAYER, USER, VEHICLE, reception
from mock_core_ui.core.catalogue.screen import Field, Group, Kind, Screen

_AMOUNT = 13
"""Ten digits and their commas."""

_ACQUISITION = Group(
    "shutoku",
    "取得",
    (
        Field("bi", "取得日", Kind.DATE, True),
        Field(
            "genin",
            "取得の原因",
            Kind.SELECT,
            True,
            choices=choices(("1", "売買"), ("3", "相続"), ("2", "贈与"), ("5", "留保解除"), ("9", "その他")),
        ),
        Field("kakaku", "取得価額（円）", Kind.TEXT, True, _AMOUNT, note="桁区切りあり"),
        Field("fuka", "付加物（円）", Kind.TEXT, False, _AMOUNT, note="桁区切りあり"),
    ),
    page=4,
    page_title="取得・税額",
)

_TAX = Group(
    "zei",
    "税額",
    (
        Field(
            "ritsu",
            "税率",
            Kind.RADIO,
            True,
            choices=choices(("N", "非課税"), ("T1", "１％"), ("T2", "２％"), ("T3", "３％")),
        ),
        Field("kankyo", "環境性能割（円）", Kind.TEXT, True, _AMOUNT, note="桁区切りあり"),
        Field("shubetsu", "種別割（円）", Kind.TEXT, False, _AMOUNT, note="桁区切りあり"),
        Field("gokei", "納付額合計（円）", Kind.TEXT, True, _AMOUNT, note="桁区切りあり"),
    ),
    page=4,
)

SCREEN = Screen(
    procedure="vehicle_env_tax",
    core="jidosha",
    number="AT-110",
    title="環境性能割・種別割申告受付",
    category="自動車税",
    prefix="JK",
    application_date="uketsuke.hi",
    reference=True,
    groups=(
        reception("申告受理日", Field("kubun", "申告の種別", Kind.SELECT, True, choices=REPORT)),
        PLATE,
        TAXPAYER,
        OWNER,
        USER,
        VEHICLE,
        _ACQUISITION,
        _TAX,
    ),
)
