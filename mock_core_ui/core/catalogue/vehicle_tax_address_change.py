"""Screen 住所等変更届 of the 自動車手続システム: the new address stands before the old one."""

from __future__ import annotations

from mock_core_ui.core.catalogue.codes import choices
from mock_core_ui.core.catalogue.jidosha_parts import PLATE, reception
from mock_core_ui.core.catalogue.screen import Field, Group, Kind, Screen

SCREEN = Screen(
    procedure="vehicle_tax_address_change",
    core="jidosha",
    number="AT-310",
    title="自動車税種別割 住所等変更届",
    category="自動車税",
    prefix="JH",
    application_date="uketsuke.hi",
    reference=True,
    groups=(
        reception("届出受理日"),
        PLATE,
        Group(
            "gimusha",
            "納税義務者",
            (
                Field("shimei", "氏名又は名称", Kind.TEXT, True, 40, register="name"),
                Field("kana", "カナ氏名", Kind.HALF_KANA, False, 50, register="kana", note="半角カナ"),
                Field("tel", "電話番号", Kind.PHONE, True, register="tel"),
            ),
            page=2,
            page_title="納税義務者・住所",
        ),
        Group(
            "shin",
            "変更後",
            (
                Field("yubin", "郵便番号", Kind.POSTAL, True, register="postal"),
                Field("jusho", "住所", Kind.TEXT, True, 60, register="address"),
                Field("katagaki", "建物名等", Kind.TEXT, False, 40, register="katagaki"),
            ),
            page=2,
        ),
        Group(
            "kyu",
            "変更前",
            (
                Field("yubin", "郵便番号", Kind.POSTAL, False),
                Field("jusho", "住所", Kind.TEXT, True, 60, note="車検証のとおり"),
            ),
            page=2,
        ),
        Group(
            "henko",
            "変更の内容",
            (
                Field("bi", "住所変更日", Kind.DATE, False),
                Field(
                    "toroku",
                    "変更登録",
                    Kind.SELECT,
                    False,
                    choices=choices(("Z", "登録済"), ("Y", "予定あり"), ("M", "未定")),
                ),
            ),
            page=2,
        ),
    ),
)
