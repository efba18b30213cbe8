"""Screen 住宅改修費 of the 介護認定システム: before and after the works, six of them in a table, an account."""

from __future__ import annotations

from mock_core_ui.core.catalogue.codes import choices
from mock_core_ui.core.catalogue.nintei_benefit_parts import ACCOUNT, FILING, PAY_METHOD, RECIPIENT
from mock_core_ui.core.catalogue.screen import Field, Group, Kind, Screen, When

_HOUSE = Group(
    "jutaku",
    "住宅",
    (
        Field("shoyusha", "所有者", Kind.TEXT, True, 30, number=701),
        Field("shoyusha_kankei", "受給者との関係", Kind.TEXT, True, 12, number=702),
        Field("shoyusha_jusho", "所有者住所", Kind.TEXT, False, 60, number=703),
    ),
)

_WORKS = Group(
    "koji",
    "工事",
    (
        Field(
            "shubetsu",
            "種別",
            Kind.SELECT,
            True,
            choices=choices(
                ("A", "手すり"), ("B", "段差"), ("C", "床材"), ("D", "扉"), ("E", "便器"), ("Z", "付帯工事")
            ),
            number=711,
        ),
        Field(
            "basho",
            "場所",
            Kind.SELECT,
            True,
            choices=choices(("1", "玄関"), ("2", "廊下"), ("3", "便所"), ("4", "浴室"), ("5", "居室"), ("9", "他")),
            number=712,
        ),
        Field("kibo", "規模", Kind.TEXT, True, 40, number=713),
    ),
    rows=6,
    row_title="工事{n}",
    first_rows_required=1,
    grid=True,
    row_step=10,
)

_PROGRESS = Group(
    "seko",
    "施工",
    (
        Field("dankai", "申請段階", Kind.RADIO, True, choices=choices(("1", "完了"), ("2", "事前")), number=800),
        Field("gyosha", "業者", Kind.TEXT, True, 30, number=801),
        Field("chakko", "着工", Kind.DATE, True, number=802),
        Field("kanryo", "完了", Kind.DATE, When("dankai", ("1",)), number=806),
    ),
)

_COST = Group(
    "hiyo",
    "費用",
    (
        Field("sogaku", "工事総額", Kind.DIGITS, True, 8, number=811, note="円"),
        Field("taishogaku", "対象額", Kind.DIGITS, True, 6, number=812, note="円"),
        Field("shiharai", "支払方法", Kind.RADIO, True, choices=PAY_METHOD, number=813),
    ),
)

SCREEN = Screen(
    procedure="ltci_home_renovation",
    core="nintei",
    number="NK0460",
    title="住宅改修費支給入力",
    category="給付業務",
    prefix="KG",
    application_date="uketsuke.shinseibi",
    reference=False,
    groups=(Group("uketsuke", "受付", FILING), RECIPIENT, _PROGRESS, _WORKS, _HOUSE, _COST, ACCOUNT),
)
