"""Screen 種別割申告（報告） of the 自動車手続システム: the former owner is asked for only where a vehicle changes hands."""

from __future__ import annotations

from mock_core_ui.core.catalogue.jidosha_parts import OWNER, PLATE, REPORT, TAXPAYER, USER, VEHICLE, reception
from mock_core_ui.core.catalogue.screen import Field, Group, Kind, Screen, When

_TRANSFER = When("kubun", ("21",))

_CHANGE = Group(
    "ido",
    "異動",
    (
        Field("kubun", "申告の種別", Kind.SELECT, True, choices=REPORT),
        Field("bi", "異動年月日", Kind.DATE, True),
        Field("kyu_shimei", "旧所有者の氏名又は名称", Kind.TEXT, _TRANSFER, 40),
        Field("kyu_jusho", "旧所有者の住所", Kind.TEXT, _TRANSFER, 60),
        Field("kyu_bango", "旧登録番号", Kind.TEXT, False, 20),
        Field("hokokusha", "申告（報告）者", Kind.TEXT, False, 40),
    ),
    page=4,
)

SCREEN = Screen(
    procedure="vehicle_tax_report",
    core="jidosha",
    number="AT-120",
    title="種別割申告（報告）受付",
    category="自動車税",
    prefix="JS",
    application_date="uketsuke.hi",
    reference=True,
    guide="令和8年4月から、旧登録番号の記入が要ります。記入要領を確かめてから入力してください。",
    groups=(reception("報告受理日"), PLATE, TAXPAYER, OWNER, USER, VEHICLE, _CHANGE),
)
