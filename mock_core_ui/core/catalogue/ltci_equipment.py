"""Screen 福祉用具購入費 of the 介護認定システム: four pieces of equipment, what they cost together, an account."""

from __future__ import annotations

from mock_core_ui.core.catalogue.codes import choices
from mock_core_ui.core.catalogue.nintei_benefit_parts import ACCOUNT, FILING, PAY_METHOD, RECIPIENT
from mock_core_ui.core.catalogue.screen import Field, Group, Kind, Screen, When

_PIECES = Group(
    "yogu",
    "用具",
    (
        Field(
            "shumoku",
            "種目",
            Kind.SELECT,
            True,
            choices=choices(
                ("01", "腰掛便座"),
                ("02", "排泄処理装置部品"),
                ("03", "入浴補助"),
                ("04", "簡易浴槽"),
                ("05", "リフトつり具"),
                ("09", "排泄予測"),
                ("21", "固定スロープ"),
                ("22", "歩行器"),
                ("23", "歩行補助つえ"),
            ),
            number=611,
        ),
        Field("shohin", "商品名", Kind.TEXT, True, 30, number=612),
        Field("seizo", "製造元", Kind.TEXT, True, 30, number=613),
        Field("hanbai", "販売店", Kind.TEXT, True, 30, number=614),
        Field("kingaku", "金額", Kind.DIGITS, True, 7, number=615, note="円"),
        Field("ryoshubi", "領収日", Kind.DATE, True, number=616),
    ),
    rows=4,
    row_title="用具{n}",
    first_rows_required=1,
    row_step=10,
)

_PURCHASE = Group(
    "konyu",
    "購入",
    (
        Field("shiharai", "支払方法", Kind.RADIO, True, choices=PAY_METHOD, number=501),
        Field(
            "zaitaku",
            "購入時",
            Kind.SELECT,
            True,
            choices=choices(("0", "在宅"), ("1", "入院入所")),
            number=502,
        ),
        Field("kako", "同種目購入歴", Kind.RADIO, True, choices=choices(("1", "無"), ("2", "有")), number=503),
        Field(
            "saikonyu",
            "再購入理由",
            Kind.SELECT,
            When("kako", ("2",)),
            choices=choices(("J", "状態変化"), ("H", "破損"), ("Z", "他")),
            number=504,
            note="購入歴有のとき必須",
        ),
        Field("hanbai_no", "販売事業所番号", Kind.DIGITS, False, 10, exact=True, number=505),
        Field("gokei", "合計額", Kind.DIGITS, True, 7, number=506, note="円"),
        Field("riyu", "必要理由", Kind.TEXTAREA, True, 200, number=507, note="200文字まで"),
    ),
)

SCREEN = Screen(
    procedure="ltci_equipment",
    core="nintei",
    number="NK0450",
    title="福祉用具購入費支給入力",
    category="給付業務",
    prefix="KG",
    application_date="uketsuke.shinseibi",
    reference=False,
    groups=(Group("uketsuke", "受付", FILING), RECIPIENT, _PIECES, _PURCHASE, ACCOUNT),
)
