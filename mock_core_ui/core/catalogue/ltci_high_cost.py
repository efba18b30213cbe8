"""Screen 高額サービス費 of the 介護認定システム: the household in a table of four lines, an account."""

from __future__ import annotations

from mock_core_ui.core.catalogue.codes import choices
from mock_core_ui.core.catalogue.nintei_benefit_parts import ACCOUNT, FILING, RECIPIENT, SEX
from mock_core_ui.core.catalogue.screen import Field, Group, Kind, Screen

_BENEFIT = Group(
    "kyufu",
    "給付",
    (
        Field("service_ym", "サービス年月", Kind.DIGITS, True, 6, exact=True, number=261, note="西暦6桁"),
        Field("doi", "課税照会同意", Kind.CHECK, True, number=271, note="チェック必須"),
    ),
)

_HOUSEHOLD = Group(
    "setai",
    "同一世帯",
    (
        Field("shimei", "氏名", Kind.TEXT, True, 30, number=311),
        Field("birth", "生年月日", Kind.DATE, True, number=312),
        Field("seibetsu", "性別", Kind.SELECT, True, choices=SEX, number=316),
        Field("hiho_no", "被保険者番号", Kind.DIGITS, False, 10, exact=True, number=317),
    ),
    rows=4,
    row_title="同一世帯{n}",
    grid=True,
    row_step=10,
)

SCREEN = Screen(
    procedure="ltci_high_cost",
    core="nintei",
    number="NK0410",
    title="高額サービス費支給入力",
    category="給付業務",
    prefix="KG",
    application_date="uketsuke.shinseibi",
    reference=False,
    groups=(
        Group(
            "uketsuke",
            "受付",
            (
                *FILING,
                Field(
                    "shikaku",
                    "申請者資格",
                    Kind.SELECT,
                    choices=choices(("20", "成年後見人"), ("10", "相続人"), ("90", "他")),
                    number=232,
                    note="本人以外のとき",
                ),
            ),
        ),
        RECIPIENT,
        _BENEFIT,
        _HOUSEHOLD,
        ACCOUNT,
    ),
)
