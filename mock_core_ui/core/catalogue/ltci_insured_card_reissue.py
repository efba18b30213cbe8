"""Screen HB0230 被保険者証再交付入力 of the ひばり介護保険システム: the certificates in a table of five lines."""

from __future__ import annotations

from mock_core_ui.core.catalogue.codes import choices
from mock_core_ui.core.catalogue.hibari_parts import FILING, WAY, insured_page
from mock_core_ui.core.catalogue.screen import Field, Group, Kind, Screen, When

_CARDS = choices(
    ("21", "被保険者証"),
    ("22", "資格者証"),
    ("25", "受給資格証明書"),
    ("31", "負担割合証"),
    ("41", "負担限度額認定証"),
)

_APPLICATION = Group(
    "shinsei",
    "申請",
    (
        Field("shinseibi", "申請日", Kind.DATE, True),
        Field("hoho", "受付方法", Kind.SELECT, True, choices=WAY),
        *FILING,
    ),
)

_CERTIFICATES = Group(
    "shomei",
    "証明書",
    (
        Field("shubetsu", "証明書", Kind.SELECT, True, choices=_CARDS),
        Field("maisu", "枚数", Kind.DIGITS, False, 2, note="空欄は１枚"),
    ),
    rows=5,
    row_title="証明書{n}",
    first_rows_required=1,
    grid=True,
)

_REISSUE = Group(
    "saikofu",
    "再交付",
    (
        Field(
            "riyu",
            "再交付理由",
            Kind.SELECT,
            True,
            choices=choices(("A1", "紛失・焼失"), ("A2", "汚損・破損"), ("Z9", "その他")),
        ),
        Field("riyu_text", "理由の詳細", Kind.TEXT, When("riyu", ("Z9",)), 60, note="その他のとき必須", widen=True),
        Field("hokensha_nm", "医療保険者名", Kind.TEXT, False, 30, note="第２号被保険者のみ", widen=True),
        Field("kofu", "受取方法", Kind.SELECT, True, choices=choices(("P", "郵送"), ("W", "窓口"))),
    ),
)

SCREEN = Screen(
    procedure="ltci_insured_card_reissue",
    core="hibari",
    number="HB0230",
    title="被保険者証再交付入力",
    category="資格",
    prefix="HB",
    application_date="shinsei.shinseibi",
    reference=True,
    groups=(_APPLICATION, insured_page(Kind.HALF_KANA, "半角カナ"), _CERTIFICATES, _REISSUE),
)
