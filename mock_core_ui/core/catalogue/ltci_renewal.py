"""Screen HB0210 更新認定申請入力 of the ひばり介護保険システム: the longest one, six pages."""

from __future__ import annotations

from mock_core_ui.core.catalogue.codes import choices
from mock_core_ui.core.catalogue.hibari_parts import CONSENT, FILING, WAY, insured_page
from mock_core_ui.core.catalogue.screen import Field, Group, Kind, Screen, When

_CLASSES = choices(
    ("S1", "要支援１"),
    ("S2", "要支援２"),
    ("K1", "要介護１"),
    ("K2", "要介護２"),
    ("K3", "要介護３"),
    ("K4", "要介護４"),
    ("K5", "要介護５"),
)

_DISEASES = choices(
    ("T01", "01 がん末期"),
    ("T02", "02 関節リウマチ"),
    ("T03", "03 筋萎縮性側索硬化症"),
    ("T04", "04 後縦靱帯骨化症"),
    ("T05", "05 骨粗鬆症（骨折）"),
    ("T06", "06 初老期認知症"),
    ("T07", "07 パーキンソン病関連疾患"),
    ("T08", "08 脊髄小脳変性症"),
    ("T09", "09 脊柱管狭窄症"),
    ("T10", "10 早老症"),
    ("T11", "11 多系統萎縮症"),
    ("T12", "12 糖尿病性合併症"),
    ("T13", "13 脳血管疾患"),
    ("T14", "14 閉塞性動脈硬化症"),
    ("T15", "15 慢性閉塞性肺疾患"),
    ("T16", "16 変形性関節症"),
)
"""Labels that begin with a number, so that a key of the combo box finds them."""

_AGENTS = choices(
    ("11", "居宅介護支援事業者"),
    ("12", "地域包括支援センター"),
    ("21", "特別養護老人ホーム"),
    ("22", "老人保健施設"),
    ("23", "介護医療院"),
)

_APPLICATION = Group(
    "shinsei",
    "申請",
    (
        Field("shinseibi", "申請日", Kind.DATE, True),
        Field("hoho", "受付方法", Kind.SELECT, True, choices=WAY),
        *FILING,
        Field("daiko_kubun", "代行者種別", Kind.SELECT, choices=_AGENTS),
        Field("daiko", "代行事業所番号", Kind.PICKER, note="[F4] で検索"),
    ),
)

_EARLIER = Group(
    "zenkai",
    "前回認定",
    (
        Field("kubun", "要介護状態区分", Kind.SELECT, True, choices=_CLASSES),
        Field("kaishi", "有効期間 開始", Kind.DATE, True),
        Field("shuryo", "有効期間 終了", Kind.DATE, True),
    ),
)

_INSURANCE = Group(
    "iryo",
    "医療保険",
    (
        Field("hokensha_no", "保険者番号", Kind.DIGITS, True, 8),
        Field("hokensha_nm", "保険者名", Kind.TEXT, True, 30, widen=True),
        Field("kigo", "記号", Kind.TEXT, False, 20),
        Field("bango", "番号", Kind.TEXT, True, 20),
        Field("edaban", "枝番", Kind.DIGITS, False, 2),
        Field("shippei", "特定疾病", Kind.SELECT, choices=_DISEASES, note="第２号被保険者のみ"),
    ),
)

_DOCTOR = Group(
    "shujii",
    "主治医",
    (
        Field("iryo_nm", "医療機関名", Kind.TEXT, True, 40, widen=True),
        Field("ka", "診療科", Kind.TEXT, False, 20, widen=True),
        Field("ishi_nm", "医師氏名", Kind.TEXT, True, 30, widen=True),
        Field("iryo_jusho", "所在地", Kind.TEXT, False, 80, widen=True),
        Field("iryo_tel", "電話番号", Kind.PHONE),
        Field("jushinbi", "最終受診日", Kind.DATE),
    ),
)

_VISIT = Group(
    "chosa",
    "訪問調査",
    (
        Field(
            "kyosho",
            "居所",
            Kind.SELECT,
            True,
            choices=choices(("A", "自宅"), ("B", "入院"), ("C", "入所"), ("Z", "その他")),
        ),
        Field("shisetsu_nm", "施設名", Kind.TEXT, When("kyosho", ("B", "C")), 40, widen=True),
        Field("nyushobi", "入所・入院日", Kind.DATE),
        Field("renraku_nm", "連絡先氏名", Kind.TEXT, False, 40, widen=True),
        Field("renraku_tel", "連絡先電話", Kind.PHONE),
        Field("doi", "情報提供", Kind.SELECT, True, choices=CONSENT),
    ),
)

SCREEN = Screen(
    procedure="ltci_renewal",
    core="hibari",
    number="HB0210",
    title="更新認定申請入力",
    category="認定",
    prefix="HB",
    application_date="shinsei.shinseibi",
    reference=True,
    groups=(_APPLICATION, insured_page(Kind.HALF_KANA, "半角カナ"), _EARLIER, _INSURANCE, _DOCTOR, _VISIT),
)
